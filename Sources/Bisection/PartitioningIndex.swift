extension Range<Int> {
    /// The first index of the range for which `belongsInSecondPartition` is true, or `upperBound` if there is none.
    ///
    ///     let place = (0..<keys.count).partitioningIndex { keys[$0] >= key }    // where `key` is or would be
    ///
    /// The name and the meaning are those of the function for collections in swift-algorithms. This one takes the same
    /// number of steps for every range of a length, so the processor predicts them.
    ///
    /// - Parameter belongsInSecondPartition: True for every index behind the first for which it is true. A damaged file
    ///   may break this rule.
    /// - Returns: The index; one of the range or `upperBound`, even if the rule is broken.
    /// - Throws: The error of `belongsInSecondPartition`.
    /// - Complexity: O(log *n*) calls of `belongsInSecondPartition` for a range of *n* indices.
    @inlinable
    @inline(__always)
    package func partitioningIndex<Failure: Error>(
        where belongsInSecondPartition: (Int) throws(Failure) -> Bool
    ) throws(Failure) -> Int {
        guard !isEmpty else { return lowerBound }
        var (low, count) = (lowerBound, self.count)
        while count > 1 {
            let half = count / 2
            low = try belongsInSecondPartition(low + half - 1) ? low : low + half
            count -= half
        }
        return try belongsInSecondPartition(low) ? low : low + 1
    }

    /// The same as ``partitioningIndex(where:)``, and faster for an index near the start of the range: it doubles its
    /// step until it is behind the index.
    ///
    /// - Complexity: O(log *d*) calls of `belongsInSecondPartition` for an index *d* places behind the start.
    @inlinable
    @inline(__always)
    package func partitioningIndexNearStart<Failure: Error>(
        where belongsInSecondPartition: (Int) throws(Failure) -> Bool
    ) throws(Failure) -> Int {
        var (low, probe, step) = (lowerBound, lowerBound, 1)
        while probe < upperBound {
            if try belongsInSecondPartition(probe) {
                return try (low..<probe).partitioningIndex(where: belongsInSecondPartition)
            }
            low = probe + 1
            probe = low + step
            step *= 2
        }
        return try (low..<upperBound).partitioningIndex(where: belongsInSecondPartition)
    }
}
