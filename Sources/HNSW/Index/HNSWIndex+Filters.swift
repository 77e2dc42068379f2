import VectorKernels

/// How the nearest are found among those that pass a filter.
///
/// Either a walk keeps so many candidates that enough of them pass, or those that pass are listed and compared one by
/// one, which is exact. The share that passes decides which is the shorter: it is known of a ``KeySelection``, and
/// guessed of a predicate by trying it on a sample. If then too few of a walk's candidates pass, because what passes lies
/// elsewhere than the query, their share near the query takes the place of the guess.
///
/// Walks that compare only what passes, and reach it by detours over the links of what does not (ACORN-1: Patel et al.,
/// SIGMOD 2024, https://arxiv.org/abs/2403.04871), took 4 times as long for the same recall where a tenth passes: each
/// step then looks at hundreds of links and asks the predicate about each.
extension HNSWIndex {
    /// Leaves the `k` nearest of those that a predicate passes.
    func find(_ k: Int, ef: Int, where predicate: @escaping (UInt64) -> Bool, with scratch: SearchScratch) {
        let share = sampledShare(where: predicate)
        let listing = Self.lookCost * Double(store.count) + Self.listedCost * share * Double(store.count)
        if walk(k, ef: ef, share: share, listing: listing, where: predicate, with: scratch) { return }
        if share > Self.largestListedShare {
            ExactScan(store: store, scratch: scratch, predicate: predicate).findNearest(k)
        } else {
            store.list(where: predicate, in: scratch)
            ExactScan(store: store, scratch: scratch, predicate: nil, isListed: true).findNearest(k)
        }
    }

    /// Leaves the `k` nearest of those in a selection.
    func find(_ k: Int, ef: Int, among keys: KeySelection, with scratch: SearchScratch) {
        let share = min(1, (Double(keys.count) + 0.5) / Double(count))
        let listing = Self.listedCost * Double(keys.count)
        if walk(k, ef: ef, share: share, listing: listing, where: { keys.contains($0) }, with: scratch) { return }
        store.list(keys, in: scratch)
        ExactScan(store: store, scratch: scratch, predicate: nil, isListed: true).findNearest(k)
    }

    /// Walks for the `k` nearest that pass, unless to list them promises to be shorter. Returns whether `k` were found.
    private func walk(
        _ k: Int, ef: Int, share: Double, listing: Double, where predicate: @escaping (UInt64) -> Bool,
        with scratch: SearchScratch
    ) -> Bool {
        var width = filteredWidth(k: k, ef: ef, share: share)
        while width < count, Self.candidateCost * Double(width * parameters.m) < listing {
            walk(k: k, ef: width, where: predicate, with: scratch)
            if scratch.ranking.neighbors.count >= k { return true }
            let passing = Double(scratch.ranking.estimates.count)
            width = max(2 * width, filteredWidth(k: k, ef: ef, share: (passing + 0.5) / Double(width)))
        }
        return false
    }

    /// The candidates that a walk keeps where a share of them passes.
    ///
    /// To find as large a part of the nearest that pass as it finds of the nearest with `ef` candidates, where all pass, a
    /// walk needs some `ef` / √*share*: it need not be as thorough about the many that lie around a query as about the few.
    /// On 100,000 latent semantic vectors of papers, *k* 10:
    ///
    /// | share | .05 | .1 | .2 | .5 |
    /// | --- | --- | --- | --- | --- |
    /// | candidates for one of `ef`, measured | 4.9 to 6 | 3.1 to 4 | 2 to 2.1 | 1.2 to 1.3 |
    /// | 1 / √*share* | 4.5 | 3.2 | 2.2 | 1.4 |
    ///
    /// And *k* of them must pass, with something to spare for chance.
    private func filteredWidth(k: Int, ef: Int, share: Double) -> Int {
        let wanted = Double(max(ef, k)) / share.squareRoot()
        let passing = (Double(k) + Self.spareDeviations * Double(k).squareRoot()) / share
        return walkWidth(k: 0, ef: Int(min(max(wanted, passing), Double(count)).rounded(.up)))
    }

    /// The share of vectors that a predicate passes, guessed from a sample.
    private func sampledShare(where predicate: (UInt64) -> Bool) -> Double {
        // Scattered, for what passes may follow a rhythm in the order of the rows.
        let passed = (0..<Self.sampleSize).count { sample in
            let row = Int(KeyTable.hash(UInt64(sample)) % UInt64(store.count))
            return store.isLive(row) && predicate(store.keys[row])
        }
        return (Double(passed) + 0.5) / Double(Self.sampleSize + 1)
    }

    /// The rows that the predicate is tried on.
    private static var sampleSize: Int { 128 }

    /// The standard deviations of chance by which more candidates than `k` are expected to pass.
    private static var spareDeviations: Double { 1 }

    /// What things cost, in nanoseconds, on 256 dimensions: a link of a candidate in a walk; to ask a predicate about a
    /// row; to compare a row that passes. Only their ratios matter.
    private static var candidateCost: Double { 50 }
    private static var lookCost: Double { 4 }
    private static var listedCost: Double { 60 }

    /// The share from which on a scan of all, which asks only about rows that are near enough, is shorter than a list.
    private static var largestListedShare: Double { 0.25 }
}

extension VectorStore {
    /// Lists the rows of some keys in the scratch.
    func list(_ keys: KeySelection, in scratch: SearchScratch) {
        scratch.ranking.rows.removeAll(keepingCapacity: true)
        for key in keys.keys {
            if let row = row(of: key) { scratch.ranking.rows.append(UInt32(row)) }
        }
    }

    /// Lists the living rows that a predicate passes in the scratch.
    func list(where predicate: (UInt64) -> Bool, in scratch: SearchScratch) {
        scratch.ranking.rows.removeAll(keepingCapacity: true)
        let allLive = liveCount == count
        keys.withSpan { keys in
            for row in 0..<keys.count where (allLive || isLive(row)) && predicate(keys[row]) {
                scratch.ranking.rows.append(UInt32(row))
            }
        }
    }
}
