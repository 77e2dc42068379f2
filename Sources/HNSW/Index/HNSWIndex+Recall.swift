import ParallelLoops

extension HNSWIndex {
    /// Measures the recall of the index and keeps the result as its ``certificate``.
    ///
    /// The certificate is saved with the index. It stays fresh by itself: when as many vectors have been added and removed
    /// since as a quarter of those that it was measured on, the call that adds or removes the next measures anew, with as
    /// many queries. An index that becomes empty loses it.
    ///
    /// The measurement depends on the index and its seed, and not on the number of threads.
    ///
    /// - Parameters:
    ///   - queries: The vectors to search for; at least 1. More of them make narrower intervals, by the root of their
    ///     number: 1,000 tell a recall of .99 to ±.003. By default one for each hundred vectors, from 250 to 1,000, so that
    ///     a small index is not longer measured than built.
    ///   - threads: The threads to use; by default as many as there are cores.
    /// - Complexity: O(*n*) comparisons a query, and walks whose `ef` add up to some 2,000.
    public mutating func certify(queries: Int? = nil, threads: Int? = nil) {
        let threads = threads ?? availableCores
        precondition(
            queries ?? 1 > 0 && threads > 0,
            "Measuring needs a query and a thread, was given \(queries ?? 1) and \(threads)"
        )
        certificate =
            isEmpty ? nil : RecallMeasurement(of: self, queries: queries, threads: threads).certificate()
        changesSinceCertificate = 0
    }

    /// The `ef` at which a search for the `k` nearest has a recall, as the ``certificate`` says.
    ///
    /// - Parameters:
    ///   - recall: The share of the true neighbours to be found on average, from 0 to 1.
    ///   - k: The number of neighbours; at least 1.
    /// - Returns: The `ef` at which the recall is reached with 97.5 % confidence; see ``RecallCertificate``. Where there is
    ///   no certificate, or no `ef` that was measured reaches the recall, the number of vectors: a search with it is an
    ///   exact scan.
    public func ef(forRecall recall: Double, k: Int) -> Int {
        precondition((0...1).contains(recall) && k >= 0, "No ef has recall \(recall) at k \(k)")
        return certificate?.ef(forRecall: recall, k: max(k, 1)) ?? count
    }

    /// Counts vectors that were added or removed, and measures the recall anew when they are many.
    mutating func noteChanges(_ count: Int, threads: Int) {
        guard let certificate else { return }
        changesSinceCertificate += count
        if isEmpty {
            self.certificate = nil
            changesSinceCertificate = 0
        } else if changesSinceCertificate > certificate.vectorCount / Self.recertifiedShare {
            certify(queries: certificate.queriesWanted, threads: threads)
        }
    }

    /// The share of the certified vectors, one in so many, after whose change the recall is measured anew.
    private static var recertifiedShare: Int { 4 }
}

extension VectorIndex {
    /// The `k` nearest vectors to a query, with a recall.
    ///
    /// - Parameters:
    ///   - query: As many finite components as the index has dimensions.
    ///   - k: The number of results wanted; at least 0.
    ///   - recall: The share of the true neighbours to be found on average, from 0 to 1: an ``HNSWIndex`` takes the
    ///     ``HNSWIndex/ef(forRecall:k:)`` of its certificate, or compares all vectors if that does not say.
    ///   - predicate: Which keys may be found; `nil` passes all.
    /// - Returns: min(*k*, *v*) results, nearest first, with *v* the number of vectors that the predicate passes.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch` or `notFinite`.
    public func search(
        for query: Span<Float>,
        k: Int,
        recall: Double,
        where predicate: ((UInt64) -> Bool)? = nil
    ) throws(HNSWError) -> [Neighbor] {
        try search(for: query, k: k, ef: ef(forRecall: recall, k: k), where: predicate)
    }

    /// The `k` nearest vectors to a query, with a recall. See ``search(for:k:recall:where:)-(Span<Float>,_,_,_)``.
    public func search(
        for query: [Float],
        k: Int,
        recall: Double,
        where predicate: ((UInt64) -> Bool)? = nil
    ) throws(HNSWError) -> [Neighbor] {
        try search(for: query.span, k: k, recall: recall, where: predicate)
    }
}
