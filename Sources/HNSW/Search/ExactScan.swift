import VectorKernels

/// Finds the nearest rows by looking at all of them.
///
/// Rows of floats and halves are compared as they are. Codes come with a bound on what they leave out, so that the scan
/// of codes is exact too, at a quarter of the bytes: with *x̂* what a row's codes stand for, *q̂* the query's,
/// *r* = |*x* − *x̂*| and *s* = |*q* − *q̂*|, Cauchy and Schwarz give
///
///     |q·x − q̂·x̂| ≤ |q|·r + s·|x̂| ≤ |q|·r + s·(|x| + r)
///
/// 1. Scan the codes. A row's distance is at least `estimate − bound` and at most `estimate + bound`; a row whose least
///    exceeds the *k*-th smallest most that was seen is out.
/// 2. Compare those left by their floats, in the order of their least distances, until that order exceeds the *k*-th
///    smallest distance found.
///
/// That is the near-optimal search over a VA-file (Weber, Schek & Blott, "A quantitative analysis and performance study
/// for similarity-search methods in high-dimensional spaces", VLDB 1998), with codes for its approximations.
struct ExactScan {
    let store: VectorStore
    let scratch: SearchScratch
    let predicate: ((UInt64) -> Bool)?

    /// The `k` nearest living rows that the predicate passes, for the query that the scratch holds encoded.
    ///
    /// - Complexity: O(*n*) comparisons, and at most *n* calls of the predicate.
    func nearest(_ k: Int) -> [TopK.Entry] {
        let k = min(k, store.liveCount)
        guard k > 0 else { return [] }
        return store.elements == .int8 ? nearestByCodes(k) : nearestByRows(k)
    }

    private func isWanted(_ row: Int) -> Bool {
        store.isLive(row) && predicate.map { $0(store.keys[row]) } ?? true
    }

    private func nearestByRows(_ k: Int) -> [TopK.Entry] {
        var nearest = TopK(capacity: k, keys: store.keys)
        // SAFETY: a block ends at the last row, and is no longer than the scratch has room for.
        let rows = unsafe store.exactRows
        let distances = unsafe scratch.distances
        for first in stride(from: 0, to: store.count, by: SearchScratch.blockSize) {
            let count = min(SearchScratch.blockSize, store.count - first)
            unsafe rows.scan(scratch.exactQuery, first: first, count: count, into: distances)
            for i in 0..<count {
                let ordered = unsafe Candidate.ordered(distances[i])
                if ordered <= nearest.limit, isWanted(first + i) { nearest.offer(first + i, ordered: ordered) }
            }
        }
        scratch.comparisons += store.count
        return nearest.sorted()
    }

    // MARK: - Codes

    private struct Survivor {
        let least: Float
        let row: UInt32
    }

    private func nearestByCodes(_ k: Int) -> [TopK.Entry] {
        // 1. Scan the codes.
        var most = TopK(capacity: k, keys: store.keys)
        var limit = Float.infinity
        var survivors: [Survivor] = []
        // SAFETY: a block ends at the last row, and is no longer than the scratch has room for; codes come with as many
        // residuals and squared norms as there are rows.
        let rows = unsafe store.primaryRows
        let distances = unsafe scratch.distances
        let residuals = unsafe store.residuals.base
        let squaredNorms = unsafe store.squaredNorms.base
        let bound = Bound(query: scratch.query, store: store)
        for first in stride(from: 0, to: store.count, by: SearchScratch.blockSize) {
            let count = min(SearchScratch.blockSize, store.count - first)
            unsafe rows.scan(scratch.query, first: first, count: count, into: distances)
            for i in 0..<count {
                let row = first &+ i
                let width = unsafe bound.width(residual: residuals[row], squaredNorm: squaredNorms[row])
                let least = unsafe distances[i] - width
                if least > limit { continue }
                guard isWanted(row) else { continue }
                survivors.append(Survivor(least: least, row: UInt32(row)))
                most.offer(row, ordered: unsafe Candidate.ordered(distances[i] + width))
                if most.isFull { limit = Candidate(bits: UInt64(most.limit) << 32).distance }
            }
        }
        scratch.comparisons += store.count
        // 2. Compare what is left by floats.
        survivors.removeAll { $0.least > limit }
        survivors.sort { $0.least < $1.least }
        var nearest = TopK(capacity: k, keys: store.keys)
        let exact = unsafe store.exactRows
        var next = 0
        while next < survivors.count {
            if nearest.isFull, Candidate.ordered(survivors[next].least) > nearest.limit { break }
            let count = min(Self.exactBlock, survivors.count - next)
            for i in 0..<count { unsafe scratch.rows[i] = survivors[next + i].row }
            unsafe exact.score(scratch.exactQuery, ids: scratch.rows, count: count, into: distances)
            for i in 0..<count {
                unsafe nearest.offer(Int(survivors[next + i].row), ordered: Candidate.ordered(distances[i]))
            }
            next += count
        }
        return nearest.sorted()
    }

    /// Rows that are compared by floats at once: enough to fetch them side by side, few enough to stop soon.
    private static let exactBlock = 16

    /// By how much a distance that codes give may be off.
    private struct Bound {
        /// The width is `residual` · `perResidual` + `norm` · `perNorm` + `constant`.
        private let perResidual: Float
        private let perNorm: Float
        private let constant: Float
        private let isSquared: Bool

        init(query: EncodedQuery, store: VectorStore) {
            // Sums of floats are off as well: by no more than n · 2⁻²⁴ of the product of the lengths, for n components
            // added in any order, in the estimate and in the distance that it stands for.
            let rounding = Float(store.dimensions + 8) * 0x1p-23
            isSquared = store.metric == .squaredEuclidean
            let factor: Float = isSquared ? 2 : 1
            perResidual = factor * (query.norm + query.residual)
            perNorm = factor * (query.residual + rounding * query.norm)
            constant = rounding * (isSquared ? query.norm * query.norm : 1)
            self.rounding = rounding
        }

        private let rounding: Float

        func width(residual: Float, squaredNorm: Float) -> Float {
            let width = residual * perResidual + squaredNorm.squareRoot() * perNorm + constant
            return isSquared ? width + squaredNorm * rounding : width
        }
    }
}
