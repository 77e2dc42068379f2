import VectorKernels

/// A search of a batch that takes turns with others: a walk in steps, then the ranking. It prefetches the floats of the
/// best candidates one turn before it ranks them.
@unsafe
struct SearchTurn {
    private let index: VectorIndex
    private let graph: Graph
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

    /// The number of candidates whose floats are prefetched. The ranking of ten results rarely compares more.
    private static let prefetched = 16

    /// SAFETY: until the last step, the index must live and not change, and nothing else may use the scratch.
    init(index: VectorIndex, graph: Graph, batch: SearchBatch, place: Int, ef: Int, scratch: SearchScratch) {
        unsafe self.index = index
        unsafe self.graph = graph
        unsafe self.batch = batch
        unsafe self.place = place
        unsafe self.ef = ef
        unsafe self.scratch = scratch
        unsafe walk = GraphWalk(graph: graph, store: index.store, scratch: scratch)
        let query = unsafe batch.query(place)
        do throws(HNSWError) {
            try unsafe index.store.validate(query: query.span)
            unsafe scratch.encode(query.span, for: index.store)
            // Without an entry point, as in a damaged file, the ranking finds no candidate and scans.
            unsafe state = walk.begin(downTo: 0, ef: ef) ? .walking : .ranking
        } catch {
            unsafe batch.finish(place, error)
            unsafe state = .over
        }
    }

    /// Takes a step. Returns `false` when the batch has the results.
    mutating func step(lookingAhead: Bool) -> Bool {
        switch unsafe state {
        case .walking:
            if unsafe !walk.step(downTo: 0, ef: ef, lookingAhead: lookingAhead) {
                unsafe prefetchFloats()
                unsafe state = .ranking
            }
            return true
        case .ranking:
            let found = unsafe index.conclude(walk.queue, of: graph, k: batch.k, ef: ef, with: scratch)
            unsafe batch.finish(place, with: found, recycledBy: scratch)
            unsafe state = .over
            return false
        case .over:
            return false
        }
    }

    private func prefetchFloats() {
        guard unsafe index.store.comparesCodes else { return }
        // SAFETY: candidates are rows of the store, and there is room for a block of them.
        let count = unsafe min(walk.queue.count, Self.prefetched)
        for i in 0..<count { unsafe scratch.rows[i] = walk.queue[i].node.rawValue }
        unsafe index.store.exactRows.prefetch(scratch.rows, count: count)
    }
}

/// Runs tasks that proceed in steps, several at a time: a step of one, then a step of the next. While one waits for
/// memory, the others compute.
///
/// - Parameters:
///   - indices: The tasks, which start in this order.
///   - slots: The largest number of tasks that run at once; at least 1.
///   - begin: Creates the task of an index, in a slot that no other running task has.
///   - step: Takes the next step of a task, and returns whether there is another. Its second argument says whether the
///     task is the only one.
func takeTurns<Task>(
    over indices: Range<Int>,
    slots: Int,
    begin: (_ index: Int, _ slot: Int) -> Task,
    step: (_ task: inout Task, _ isAlone: Bool) -> Bool
) {
    var next = indices.lowerBound
    var tasks: [(task: Task, slot: Int)] = []
    while next < indices.upperBound, tasks.count < slots {
        tasks.append((begin(next, tasks.count), tasks.count))
        next += 1
    }
    while !tasks.isEmpty {
        var i = 0
        while i < tasks.count {
            if step(&tasks[i].task, tasks.count == 1) {
                i += 1
            } else if next < indices.upperBound {
                tasks[i].task = begin(next, tasks[i].slot)
                next += 1
                i += 1
            } else {
                tasks.remove(at: i)
            }
        }
    }
}

/// The number of tasks that take turns on one thread.
///
/// Four take 73 % of the time of one in a sketch, and six no less; see <doc:Performance>.
let turnSlots = 4
