import VectorKernels

extension HNSWIndex {
    /// Leaves in the scratch the `k` nearest of a walk's candidates that may be found, by their exact distances, with
    /// their keys.
    func rank(_ beam: Beam, k: Int, where predicate: ((UInt64) -> Bool)?, with scratch: SearchScratch) {
        unsafe keepFindable(of: beam, where: predicate, with: scratch)
        nameKeys(of: compare(k: k, with: scratch), k: k, where: predicate, with: scratch)
    }

    /// Leaves in the scratch a walk's candidates whose exact distances are at most `radius`, with their keys.
    func rank(_ beam: Beam, within radius: Float, where predicate: ((UInt64) -> Bool)?, with scratch: SearchScratch) {
        unsafe keepFindable(of: beam, where: predicate, with: scratch)
        let count = compare(k: scratch.ranking.estimates.count, with: scratch)
        nameKeys(of: count, k: .max, where: predicate, with: scratch)
        while let last = scratch.ranking.neighbors.last, last.distance > radius {
            scratch.ranking.neighbors.removeLast()
        }
    }

    private func keepFindable(of beam: Beam, where predicate: ((UInt64) -> Bool)?, with scratch: SearchScratch) {
        scratch.ranking.estimates.removeAll(keepingCapacity: true)
        for i in 0..<(unsafe beam.count) {
            let candidate = unsafe beam[i]
            if isFindable(candidate.node, where: predicate) { scratch.ranking.estimates.append(candidate.bits) }
        }
    }

    private func nameKeys(
        of count: Int, k: Int, where predicate: ((UInt64) -> Bool)?, with scratch: SearchScratch
    ) {
        scratch.ranking.neighbors.removeAll(keepingCapacity: true)
        for i in 0..<count {
            let candidate = Candidate(bits: scratch.ranking.ranked[i])
            let found = scratch.ranking.neighbors.count
            if found >= k, candidate.distance > scratch.ranking.neighbors[k - 1].distance { break }
            graph.forEachTwin(of: candidate.node) { row in
                guard store.isLive(row) else { return true }
                let key = store.keys[row]
                if predicate.map({ $0(key) }) ?? true {
                    scratch.ranking.neighbors.append(Neighbor(key: key, distance: candidate.distance))
                }
                return true
            }
        }
        scratch.ranking.neighbors.finish(k: k)
    }

    /// Whether a node or one of its twins is alive and passes.
    func isFindable(_ node: Int, where predicate: ((UInt64) -> Bool)?) -> Bool {
        if graph.twins.count == 0 {
            return store.isLive(node) && predicate.map { $0(store.keys[node]) } ?? true
        }
        var isFindable = false
        graph.forEachTwin(of: node) { row in
            isFindable = store.isLive(row) && predicate.map { $0(store.keys[row]) } ?? true
            return !isFindable
        }
        return isFindable
    }

    /// Leaves in the scratch the candidates that may be among the `k` nearest, by their exact distances, and returns their
    /// number.
    ///
    /// Codes are ranked again by floats, in the order of the distances that the codes gave, a block at a time: until what
    /// follows is farther than the `k`-th nearest by twice the largest error that was seen. Of 64 candidates for 10
    /// results some 20 are compared, and the results are those of comparing all.
    private func compare(k: Int, with scratch: SearchScratch) -> Int {
        let total = scratch.ranking.estimates.count
        let k = min(k, total)
        guard elements == .int8 else {
            scratch.ranking.ranked.removeAll(keepingCapacity: true)
            scratch.ranking.ranked.append(contentsOf: scratch.ranking.estimates)
            return total
        }
        if scratch.ranking.ranked.count <= total {
            let missing = total + 1 - scratch.ranking.ranked.count
            scratch.ranking.ranked.append(contentsOf: repeatElement(0, count: missing))
        }
        // SAFETY: candidates are rows of the store; a block is no longer than the scratch has room for; there is room for
        // all candidates and one more among those ranked.
        let exact = unsafe store.exactRows
        var ranked = 0
        var largestError: Float = 0
        var size = min(k + max(k / 2, Self.rankingBlock / 2), SearchScratch.blockSize)
        while ranked < total {
            let first = ranked
            let count = min(size, total - first)
            for i in 0..<count {
                unsafe scratch.rows[i] = UInt32(Candidate(bits: scratch.ranking.estimates[first + i]).node)
            }
            unsafe exact.score(scratch.exactQuery, ids: scratch.rows, count: count, into: scratch.distances)
            for i in 0..<count {
                let estimate = Candidate(bits: scratch.ranking.estimates[first + i])
                let distance = unsafe scratch.distances[i]
                largestError = max(largestError, abs(distance - estimate.distance))
                // The estimate has been read, and makes room for what is exact.
                scratch.ranking.estimates[first + i] = Candidate(distance: distance, node: estimate.node).bits
            }
            unsafe scratch.ranking.estimates.withUnsafeBufferPointer { candidates in
                unsafe scratch.ranking.ranked.withUnsafeMutableBufferPointer { sorted in
                    guard let candidates = candidates.baseAddress, let sorted = sorted.baseAddress else { return }
                    _ = unsafe exact.merge(
                        candidates + first, count: count, into: sorted, count: &ranked, capacity: total)
                }
            }
            size = Self.rankingBlock
            guard ranked >= k, ranked < total else { continue }
            let farthest = Candidate(bits: scratch.ranking.ranked[k - 1]).distance
            if Candidate(bits: scratch.ranking.estimates[ranked]).distance - 2 * largestError > farthest { break }
        }
        return ranked
    }

    /// The candidates that are ranked by floats at once: enough to fetch them side by side, few enough to stop soon.
    private static var rankingBlock: Int { 16 }
}

extension [Neighbor] {
    /// An array of its own memory, which leaves that of the scratch to the next search.
    func copied() -> [Neighbor] {
        unsafe [Neighbor](unsafeUninitializedCapacity: count) { copy, filled in
            // SAFETY: there is room for as many results as there are.
            if let target = copy.baseAddress {
                unsafe withUnsafeBufferPointer { source in
                    if let start = source.baseAddress { unsafe target.initialize(from: start, count: source.count) }
                }
            }
            filled = count
        }
    }

    /// Copies all results to the front of a span that has room for them, and returns their number.
    func copy(into span: inout MutableSpan<Neighbor>) -> Int {
        for i in indices { span[i] = self[i] }
        return count
    }
}
