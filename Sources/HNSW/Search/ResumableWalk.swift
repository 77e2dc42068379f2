import CPages
import VectorKernels

/// A walk over the lowest level of a graph that goes on where it stopped.
///
/// A ``GraphWalk`` drops the candidates that fall out of its queue. This walk keeps them, with all that it has visited,
/// so that it can follow them later:
///
/// ```
/// taken │ window: the nearest, all expanded                 │ beyond: a heap of all others
///       │ may be taken                       │ may hide more │
/// ```
///
/// The caller takes candidates from the front of the window, up to two thirds of it. Then the walk fills the window
/// from the heap and expands what is not expanded. So a candidate is compared and expanded once, however often the walk
/// goes on. Iterative scans of pgvector and the incremental search of Hjaltason & Samet, "Distance browsing in spatial
/// databases" (1999), keep their candidates for the same reason.
struct ResumableWalk {
    /// A bit for each row that was visited or claimed.
    private var visited: [UInt64]

    /// The bits of the candidates of the window, ascending and marked as in a ``CandidateQueue``.
    private var window: [UInt64]

    private var beyond = CandidateHeap()

    /// The number of candidates of the window that were taken, and of those that may be.
    private var taken = 0
    private var limit = 0

    /// The number of candidates that were taken from earlier windows.
    private var takenBefore = 0

    /// The nearest candidate of the first window.
    private(set) var nearest: Candidate

    /// Whether the window is full and near-duplicates take its farther half; see
    /// ``CandidateQueue/endsInNearDuplicates``.
    private(set) var endsInNearDuplicates = false

    /// Whether no node that can be reached lies outside the window.
    private(set) var isExhausted = false

    /// Walks down to the lowest level. `nil` if the graph is empty. The window holds a node to start from.
    init?(graph: Graph, store: VectorStore, scratch: SearchScratch) {
        // SAFETY: neither store nor graph changes before the walk ends, and nothing else uses the scratch.
        var walk = unsafe GraphWalk(graph: graph, store: store, scratch: scratch)
        guard unsafe walk.run(downTo: 1, ef: 1) else { return nil }
        nearest = unsafe walk.queue[0]
        window = [nearest.bits]
        visited = Array(repeating: 0, count: graph.count / 64 + 1)
        _ = claim(nearest.node)
    }

    /// The number of candidates that were taken.
    var takenCount: Int { takenBefore + taken }

    /// Whether there is a candidate to take before the walk must go on.
    var mayTake: Bool { taken < limit }

    /// The nearest candidate that was not taken. No candidate that is taken later is nearer, as far as the walk can
    /// tell.
    var next: Candidate? { taken < window.count ? Candidate(bits: window[taken] & ~1) : nil }

    /// Takes the next candidate.
    mutating func removeFirst() { taken += 1 }

    /// The last candidate that may be taken, and the last of the window.
    var bounds: (takeable: Candidate, last: Candidate)? {
        guard limit > 0, let last = window.last else { return nil }
        return (Candidate(bits: window[limit - 1] & ~1), Candidate(bits: last & ~1))
    }

    /// Counts a row that is no node as visited. Returns whether it was not. So a damaged chain of duplicates gives no
    /// row twice.
    mutating func claim(_ row: NodeID) -> Bool {
        let bit = UInt64(1) << UInt64(row.index & 63)
        defer { visited[row.index >> 6] |= bit }
        return visited[row.index >> 6] & bit == 0
    }

    /// Goes on with a window of `width` candidates that were not taken: all of them are expanded then.
    mutating func goOn(width: Int, graph: Graph, store: VectorStore, scratch: SearchScratch) {
        let isFirst = takenBefore == 0 && limit == 0
        window.removeFirst(taken)
        (takenBefore, taken) = (takenBefore + taken, 0)
        beyond.arrange()
        while window.count < width, let candidate = beyond.first {
            window.append(candidate.bits)
            beyond.removeFirst()
        }
        let width = max(width, window.count)
        let count = window.count
        unsafe window.append(contentsOf: repeatElement(0, count: width + GraphWalk.mostFound - count))
        var filled = count
        unsafe window.withUnsafeMutableBufferPointer { window in
            unsafe visited.withUnsafeMutableBufferPointer { visited in
                guard let memory = window.baseAddress, let visited = visited.baseAddress else { return }
                // SAFETY: there are `count` ascending candidates, and room for the width and what a step finds.
                var queue = unsafe CandidateQueue(
                    memory: memory, capacity: width, spare: GraphWalk.mostFound, count: count)
                unsafe Self.expand(
                    &queue, visited: visited, beyond: &beyond, graph: graph, store: store, scratch: scratch)
                filled = unsafe queue.count
                endsInNearDuplicates = unsafe queue.endsInNearDuplicates
            }
        }
        window.removeLast(window.count - filled)
        isExhausted = filled < width
        limit = isExhausted ? filled : max(1, filled - filled / Self.hiddenShare)
        if isFirst { nearest = next ?? nearest }
    }

    /// Expands the candidates of a queue until all are expanded.
    private static func expand(
        _ queue: inout CandidateQueue, visited: UnsafeMutablePointer<UInt64>, beyond: inout CandidateHeap,
        graph: Graph, store: VectorStore, scratch: SearchScratch
    ) {
        // SAFETY: neither store nor graph changes before the call returns. `visited` has a bit for each row. There is
        // room for what a step finds in both memories of the scratch.
        let (rows, view) = unsafe (store.primaryRows, GraphView(graph))
        let (fresh, found) = unsafe (scratch.visitedRows(count: 0).list, scratch.found)
        while true {
            var expanded = 0
            var count = 0
            while unsafe expanded < GraphWalk.expansions, let node = unsafe queue.next() {
                expanded += 1
                guard let list = unsafe view.list(of: node, level: 0) else { continue }
                unsafe count += rows.gather(list, width: view.m0, seen: visited, into: fresh + count)
            }
            guard expanded > 0 else { return }
            if let next = unsafe queue.upcoming, let list = unsafe view.list(of: next, level: 0) {
                unsafe rows.lookAhead(list, width: view.m0, seen: visited)
            }
            let all = unsafe rows.near(
                scratch.query, ids: fresh, count: count, limit: .max, lists: nil, width: 0, into: found)
            scratch.comparisons += count
            // The near candidates go to the front, and their lists are on the way when they are expanded.
            let limit = unsafe queue.limit
            var near = 0
            for i in 0..<all {
                let candidate = unsafe found[i]
                guard candidate < limit else { continue }
                unsafe found[i] = found[near]
                unsafe found[near] = candidate
                near += 1
                if let list = unsafe view.list(of: Candidate(bits: candidate).node, level: 0) {
                    unsafe akin_pages_prefetch(list, view.m0 * MemoryLayout<UInt32>.stride)
                }
            }
            unsafe beyond.append(UnsafeBufferPointer(start: found + near, count: all - near))
            guard near > 0 else { continue }
            unsafe queue.merge(found, count: near, by: rows)
            unsafe queue.spill(into: &beyond)
        }
    }

    /// One of this many candidates of a window is not taken. It may hide a node that is nearer.
    private static let hiddenShare = 3
}
