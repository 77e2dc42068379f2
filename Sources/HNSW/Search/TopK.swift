/// The `k` nearest of the rows that a scan offers, ties by the smaller key.
///
/// It is a heap with the farthest row on top. It keeps its memory from one search to the next.
struct TopK: Sendable {
    /// A row, its key, and its distance as an integer of the same order.
    struct Entry: Sendable {
        let ordered: UInt32
        let row: NodeID
        let key: UInt64

        fileprivate static func isFarther(_ a: Entry, _ b: Entry) -> Bool {
            a.ordered == b.ordered ? a.key > b.key : a.ordered > b.ordered
        }
    }

    private(set) var entries: [Entry] = []
    private var capacity = 0

    /// Forgets all rows. It then keeps the `capacity` nearest of the rows that follow.
    mutating func reset(capacity: Int) {
        precondition(capacity > 0)
        self.capacity = capacity
        entries.removeAll(keepingCapacity: true)
    }

    /// Whether it holds `k` rows.
    var isFull: Bool { entries.count == capacity }

    /// The distance, as an integer of the same order, above which it refuses a row.
    var limit: UInt32 { isFull ? entries[0].ordered : UInt32.max }

    /// Keeps the row if it is among the nearest so far.
    mutating func offer(_ row: NodeID, key: UInt64, ordered: UInt32) {
        let entry = Entry(ordered: ordered, row: row, key: key)
        if !isFull {
            entries.append(entry)
            entries.siftUp(entries.count - 1, by: Entry.isFarther)
        } else if Entry.isFarther(entries[0], entry) {
            entries[0] = entry
            entries.siftDown(0, in: 0..<entries.count, by: Entry.isFarther)
        }
    }

    /// Sorts the rows, nearest first. It accepts no row after that.
    ///
    /// - Complexity: O(*k* log *k*), in place.
    mutating func sort() {
        entries.sortHeap(in: 0..<entries.count, by: Entry.isFarther)
    }
}

/// Candidates in the order of their distances: a heap with the nearest on top. It keeps its memory when it becomes
/// empty.
struct CandidateHeap {
    private var heap: [Candidate] = []

    /// The nearest candidate.
    var first: Candidate? { heap.first }

    /// Removes all candidates.
    mutating func removeAll() { heap.removeAll(keepingCapacity: true) }

    /// Adds a candidate. Call ``arrange()`` after the last.
    mutating func append(_ candidate: Candidate) { heap.append(candidate) }

    /// Makes a heap of the candidates that were added.
    ///
    /// - Complexity: O(*n*).
    mutating func arrange() { heap.makeHeap(in: 0..<heap.count, by: <) }

    /// Removes the nearest candidate.
    ///
    /// - Complexity: O(log *n*).
    mutating func removeFirst() {
        guard let last = heap.popLast(), !heap.isEmpty else { return }
        heap[0] = last
        heap.siftDown(0, in: 0..<heap.count, by: <)
    }
}

// MARK: - Binary heaps

/// Binary heaps in ranges of arrays. The element that precedes all others is on top.
///
/// All of it works in place. The sort of the standard library allocates.
extension Array {
    /// Moves an element up to its place in the heap that starts at index 0.
    @inline(__always)
    mutating func siftUp(_ start: Int, by precedes: (Element, Element) -> Bool) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard precedes(self[child], self[parent]) else { return }
            swapAt(child, parent)
            child = parent
        }
    }

    /// Moves an element down to its place in the heap in `range`. `start` counts from the start of the range.
    @inline(__always)
    mutating func siftDown(_ start: Int, in range: Range<Int>, by precedes: (Element, Element) -> Bool) {
        let (first, count) = (range.lowerBound, range.count)
        let moved = self[first + start]
        var parent = start
        while true {
            var child = 2 * parent + 1
            guard child < count else { break }
            if child + 1 < count, precedes(self[first + child + 1], self[first + child]) { child += 1 }
            guard precedes(self[first + child], moved) else { break }
            self[first + parent] = self[first + child]
            parent = child
        }
        self[first + parent] = moved
    }

    /// Makes a heap of the elements in `range`.
    ///
    /// - Complexity: O(*n*).
    mutating func makeHeap(in range: Range<Int>, by precedes: (Element, Element) -> Bool) {
        for parent in stride(from: range.count / 2 - 1, through: 0, by: -1) {
            siftDown(parent, in: range, by: precedes)
        }
    }

    /// Sorts the heap in `range`. The element that precedes all others comes last.
    ///
    /// - Complexity: O(*n* log *n*).
    mutating func sortHeap(in range: Range<Int>, by precedes: (Element, Element) -> Bool) {
        let first = range.lowerBound
        for end in stride(from: range.count - 1, to: 0, by: -1) {
            swapAt(first, first + end)
            siftDown(0, in: first..<first + end, by: precedes)
        }
    }
}
