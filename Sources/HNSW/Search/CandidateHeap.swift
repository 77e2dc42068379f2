/// A binary heap of candidates, nearest first, that keeps its memory when it is emptied.
struct CandidateHeap {
    private var heap: [UInt64] = []

    /// The number of candidates.
    var count: Int { heap.count }

    /// The nearest candidate.
    var first: UInt64? { heap.first }

    /// Removes all candidates.
    mutating func removeAll() { heap.removeAll(keepingCapacity: true) }

    /// Adds a candidate without putting it in its place; ``arrange()`` must follow.
    mutating func append(_ candidate: UInt64) { heap.append(candidate) }

    /// Puts all candidates in their places.
    ///
    /// - Complexity: O(*n*).
    mutating func arrange() {
        for parent in stride(from: heap.count / 2 - 1, through: 0, by: -1) { siftDown(parent) }
    }

    /// Adds a candidate.
    ///
    /// - Complexity: O(log *n*).
    mutating func push(_ candidate: UInt64) {
        heap.append(candidate)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child] < heap[parent] else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes out the nearest candidate.
    ///
    /// - Complexity: O(log *n*).
    mutating func pop() -> UInt64? {
        guard let last = heap.popLast() else { return nil }
        guard let first = heap.first else { return last }
        heap[0] = last
        siftDown(0)
        return first
    }

    private mutating func siftDown(_ start: Int) {
        let moved = heap[start]
        var parent = start
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
            guard heap[child] < moved else { break }
            heap[parent] = heap[child]
            parent = child
        }
        heap[parent] = moved
    }
}
