import VectorKernels

/// Turns the candidates of a walk into results.
extension VectorIndex {
    /// The `k` nearest of a walk's candidates that the filter passes, by their exact distances.
    func rank(
        _ queue: CandidateQueue, of graph: Graph, k: Int, filter: KeyFilter, with scratch: SearchScratch
    ) -> WalkResult {
        let estimates = unsafe findable(queue, of: graph, filter: filter, in: scratch.memory.candidates.take())
        let findable = estimates.count
        let ranking = rankExactly(estimates, k: k, with: scratch)
        defer { scratch.memory.candidates.giveBack(ranking.candidates) }
        let found = results(of: ranking, graph: graph, k: k, filter: filter, with: scratch)
        guard let farthest = found.last?.distance else { return WalkResult(neighbors: found, findable: findable) }
        let isReliable =
            unsafe !(queue.count > 0 && isRemote(queue[0].distance, from: graph, with: scratch))
            && !isBlind(queue, ranking, farthest: farthest)
        return WalkResult(neighbors: found, findable: findable, isReliable: isReliable)
    }

    /// Whether the nearest candidate is so far from the query as no vector is from its nearest.
    ///
    /// A walk that ends so far away may have missed a part of the vectors that few links lead to: a small cluster far
    /// from all others, the first vectors of a new one. Or the query is from elsewhere, and only a scan finds its
    /// nearest.
    func isRemote(_ nearest: Float, from graph: Graph, with scratch: SearchScratch) -> Bool {
        guard graph.usualNearest > 0 else { return false }
        return scratch.exactQuery.distance(ofRaw: nearest) > Self.remoteFactor * graph.usualNearest
    }

    /// The square of twice the distance.
    private static var remoteFactor: Float { 4 }

    /// Whether codes are wrong by more than the vectors around the query differ. Nearer ones may then be missing.
    ///
    /// In a part of the vectors that lies far from the rest or close together, codes may be blind, while they are good
    /// everywhere else. So each walk compares the largest error that it saw with two distances:
    ///
    /// - From the nearest to the tenth nearest. If it is smaller, codes led neither the walk nor the build of the graph
    ///   around them.
    /// - From the farthest result to the last candidate. If it is smaller, a nearer vector may lie behind the last.
    ///   With no more candidates than results that distance says nothing, and a quarter of the distance from the first
    ///   candidate to the last counts.
    private func isBlind(
        _ queue: CandidateQueue, _ ranking: Ranking, farthest: Float
    ) -> Bool {
        guard store.comparesCodes, unsafe queue.isFull, ranking.count >= Self.fewestBlind else { return false }
        let (first, last) = unsafe (queue[0].distance, queue[queue.count - 1].distance)
        return Self.isBlind(
            error: ranking.largestError, tenNearest: ranking[Self.fewestBlind - 1].distance - ranking[0].distance,
            behind: last - farthest, candidates: last - first)
    }

    /// Whether codes that are wrong by `error` are blind to differences of distances: between the nearest and the tenth
    /// nearest, from the farthest result to the last candidate, and between all candidates.
    static func isBlind(error: Float, tenNearest: Float, behind: Float, candidates: Float) -> Bool {
        error > tenNearest || error > max(behind, candidates / 4)
    }

    /// The number of vectors that codes must be unable to tell apart. Fewer, such as the versions of one text, are all
    /// among the candidates.
    static var fewestBlind: Int { 10 }

    /// The walk's candidates that the filter passes and whose raw exact distances are at most `radius`.
    func rank(
        _ queue: CandidateQueue, of graph: Graph, within radius: Float, filter: KeyFilter, with scratch: SearchScratch
    ) -> [Neighbor] {
        let estimates = unsafe findable(queue, of: graph, filter: filter, in: scratch.memory.candidates.take())
        let ranking = rankExactly(estimates, k: estimates.count, with: scratch)
        defer { scratch.memory.candidates.giveBack(ranking.candidates) }
        var found = results(of: ranking, graph: graph, k: .max, filter: filter, with: scratch)
        while let last = found.last, last.distance > radius { found.removeLast() }
        return found
    }

    /// The bits of the candidates that the search may find, in memory of an empty array.
    private func findable(
        _ queue: CandidateQueue, of graph: Graph, filter: KeyFilter, in memory: consuming [UInt64]
    ) -> [UInt64] {
        var estimates = memory
        for i in 0..<(unsafe queue.count) {
            let candidate = unsafe queue[i]
            if isFindable(candidate.node, of: graph, filter) { estimates.append(candidate.bits) }
        }
        return estimates
    }

    /// Whether a search may find a node or one of its duplicates.
    func isFindable(_ node: NodeID, of graph: Graph, _ filter: KeyFilter) -> Bool {
        if graph.duplicates.count == 0 { return store.isFindable(node, filter) }
        var isFindable = false
        graph.forEachRow(of: node) { row in
            isFindable = store.isFindable(row, filter)
            return !isFindable
        }
        return isFindable
    }

    /// The `k` nearest results among ranked candidates and their duplicates. Distances are raw.
    private func results(
        of ranking: Ranking, graph: Graph, k: Int, filter: KeyFilter, with scratch: SearchScratch
    ) -> [Neighbor] {
        var found = scratch.memory.results.take()
        for i in 0..<ranking.count {
            let candidate = ranking[i]
            if found.count >= k, candidate.distance > found[k - 1].distance { break }
            if candidate.distance.isNaN { continue }
            graph.forEachRow(of: candidate.node) { row in
                guard store.isFindable(row, filter) else { return true }
                let isCopy = metric.normalizes && row != candidate.node
                let distance = isCopy ? exactDistance(of: row, with: scratch) : candidate.distance
                if !distance.isNaN { found.append(Neighbor(key: store.keys[row.index], distance: distance)) }
                if found.count / Self.mostPerResult > k { found.keepNearest(k) }
                return true
            }
        }
        // Duplicates under a metric that normalizes may differ in their last bits.
        if metric.normalizes, graph.duplicates.count > 0 { found.sort() }
        found.finish(k: k)
        return found
    }

    /// The number of duplicates for each result that are gathered before only the nearest are kept. A node may have
    /// thousands.
    private static var mostPerResult: Int { 16 }

    /// Candidates by their exact distances.
    private struct Ranking {
        /// The bits of the ranked candidates, ascending. There may be more behind them.
        let candidates: [UInt64]

        /// The number of ranked candidates.
        let count: Int

        /// The largest error of an estimate.
        let largestError: Float

        subscript(place: Int) -> Candidate { Candidate(bits: candidates[place]) }
    }

    /// Ranks estimates by exact distances, as far as the `k` nearest need it.
    ///
    /// Coded candidates are ranked by their floats in the order of their coded distances, a block at a time. It stops
    /// when the next candidate is farther than the `k`-th nearest by twice the largest error seen. Of 64 candidates for
    /// 10 results it compares about 20, and the results are nearly always those of comparing all.
    private func rankExactly(_ estimates: consuming [UInt64], k: Int, with scratch: SearchScratch) -> Ranking {
        let total = estimates.count
        let k = min(k, total)
        guard store.comparesCodes else { return Ranking(candidates: estimates, count: total, largestError: 0) }
        var sorted = scratch.memory.candidates.take()
        sorted.append(contentsOf: repeatElement(0, count: total + 1))
        // SAFETY: candidates are rows of the store. A block is no longer than the scratch has room for. There is room
        // for all candidates and one more among those ranked.
        let exact = unsafe store.exactRows
        var ranked = 0
        var largestError: Float = 0
        var size = min(k + max(k / 2, Self.rankingBlock / 2), SearchScratch.blockSize)
        while ranked < total {
            let first = ranked
            let count = min(size, total - first)
            for i in 0..<count { unsafe scratch.rows[i] = Candidate(bits: estimates[first + i]).node.rawValue }
            unsafe exact.score(scratch.exactQuery, ids: scratch.rows, count: count, into: scratch.distances)
            for i in 0..<count {
                let estimate = Candidate(bits: estimates[first + i])
                let distance = unsafe scratch.distances[i]
                largestError = max(largestError, abs(distance - estimate.distance))
                // The exact candidate takes the place of the estimate, which nobody reads again.
                estimates[first + i] = Candidate(distance: distance, node: estimate.node).bits
            }
            unsafe estimates.withUnsafeBufferPointer { candidates in
                unsafe sorted.withUnsafeMutableBufferPointer { sorted in
                    guard let candidates = candidates.baseAddress, let sorted = sorted.baseAddress else { return }
                    _ = unsafe exact.merge(
                        candidates + first, count: count, into: sorted, count: &ranked, capacity: total)
                }
            }
            size = Self.rankingBlock
            guard ranked >= k, ranked < total else { continue }
            let farthest = Candidate(bits: sorted[k - 1]).distance
            if Candidate(bits: estimates[ranked]).distance - 2 * largestError > farthest { break }
        }
        scratch.memory.candidates.giveBack(estimates)
        return Ranking(candidates: sorted, count: ranked, largestError: largestError)
    }

    /// The number of candidates that are ranked by floats at once: enough to prefetch them together, few enough to stop
    /// soon.
    private static var rankingBlock: Int { 16 }
}

extension [Neighbor] {
    /// Sorts results and keeps the first `k`.
    ///
    /// - Complexity: O(*n* log *n*), in place.
    fileprivate mutating func keepNearest(_ k: Int) {
        makeHeap(in: 0..<count) { $1 < $0 }
        sortHeap(in: 0..<count) { $1 < $0 }
        if count > k { removeLast(count - k) }
    }

    /// Sorts results of equal distance, which stand next to each other, by their keys, and keeps the first `k`.
    ///
    /// - Complexity: O(*n* log *n*), in place.
    fileprivate mutating func finish(k: Int) {
        var start = 0
        while start < count {
            var end = start + 1
            while end < count, self[end].distance == self[start].distance { end += 1 }
            if end > start + 1 {
                makeHeap(in: start..<end) { $0.key > $1.key }
                sortHeap(in: start..<end) { $0.key > $1.key }
            }
            start = end
        }
        if count > k { removeLast(count - k) }
    }

    /// A copy in memory of its own, so that the scratch keeps the memory of the original. Its distances are those of
    /// the metric.
    func converted(by query: EncodedQuery) -> [Neighbor] {
        unsafe [Neighbor](unsafeUninitializedCapacity: count) { copy, filled in
            // SAFETY: there is room for `count` results.
            for i in indices { unsafe copy.initializeElement(at: i, to: self[i].converted(by: query)) }
            filled = count
        }
    }
}

extension Neighbor {
    /// The result with the distance of the metric in place of a raw one.
    func converted(by query: EncodedQuery) -> Neighbor {
        Neighbor(key: key, distance: query.distance(ofRaw: distance))
    }
}
