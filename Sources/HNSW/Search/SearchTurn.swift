import VectorKernels

/// A search of a batch that takes turns with others: a walk in steps, and then the ranking, for which the floats of the best
/// candidates are asked for a turn before.
@unsafe
struct SearchTurn {
    private let index: HNSWIndex
    private let batch: SearchBatch
    private let place: Int
    private let ef: Int
    private let scratch: SearchScratch
    private var walk: GraphWalk
    private var state: State

    private enum State {
        case walking
        case ranking
        case over
    }

    /// The candidates whose floats are asked for: as many as are nearly always compared for ten results.
    private static let fetched = 16

    /// SAFETY: the index must not change or go, and nothing else may use the scratch, until the last step is taken.
    init(index: HNSWIndex, batch: SearchBatch, place: Int, ef: Int, scratch: SearchScratch) {
        unsafe self.index = index
        unsafe self.batch = batch
        unsafe self.place = place
        unsafe self.ef = ef
        unsafe self.scratch = scratch
        unsafe walk = GraphWalk(graph: index.graph, store: index.store, scratch: scratch)
        let query = unsafe batch.query(place)
        do throws(HNSWError) {
            try unsafe index.store.validate(query: query.span)
            unsafe scratch.encode(query.span, for: index.store)
            unsafe state = walk.begin(downTo: 0, ef: ef) ? .walking : .over
        } catch {
            unsafe batch.finish(place, error)
            unsafe state = .over
        }
    }

    /// Takes a step. Returns `false` when the results are where the batch wants them.
    mutating func step(lookingAhead: Bool) -> Bool {
        switch unsafe state {
        case .walking:
            if unsafe !walk.step(downTo: 0, ef: ef, lookingAhead: lookingAhead) {
                unsafe fetchFloats()
                unsafe state = .ranking
            }
            return true
        case .ranking:
            unsafe index.conclude(walk.beam, k: batch.k, with: scratch)
            unsafe batch.finish(place, with: scratch.ranking.neighbors)
            unsafe state = .over
            return false
        case .over:
            return false
        }
    }

    private func fetchFloats() {
        guard unsafe index.elements == .int8 else { return }
        // SAFETY: candidates are rows of the store, and there is room for a block of them.
        let count = unsafe min(walk.beam.count, Self.fetched)
        for i in 0..<count { unsafe scratch.rows[i] = UInt32(walk.beam[i].node) }
        unsafe index.store.exactRows.fetch(scratch.rows, count: count)
    }
}
