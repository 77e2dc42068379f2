/// The `k` nearest of the rows that a scan offers, ties by the smaller key.
///
/// It is a heap with the farthest row on top.
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

    private(set) var entries: [Entry]
    private let capacity: Int

    /// Keeps the `capacity` nearest of the rows that follow, at least 1, in memory of an empty array.
    init(capacity: Int, memory: [Entry] = []) {
        precondition(capacity > 0 && memory.isEmpty)
        self.capacity = capacity
        entries = memory
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

/// Candidates in the order of their distances: a heap with the nearest on top.
struct CandidateHeap {
    private var heap: [UInt64]

    /// The number of candidates that are in the order of a heap. The others were added since.
    private var arranged = 0

    /// The nearest candidate.
    var first: Candidate? { heap.first.map(Candidate.init(bits:)) }

    /// Creates an empty heap in memory of an empty array.
    init(memory: [UInt64] = []) { heap = memory }

    /// The memory of the heap, for ``SpareMemory/giveBack(_:)``.
    var memory: [UInt64] { heap }

    /// Adds the candidates of some bits. Call ``arrange()`` after the last.
    mutating func append(_ bits: UnsafeBufferPointer<UInt64>) {
        unsafe heap.append(contentsOf: bits)
    }

    /// Makes room for candidates.
    mutating func reserve(_ count: Int) { heap.reserveCapacity(count) }

    /// Adds a candidate. Call ``arrange()`` after the last.
    mutating func append(_ candidate: Candidate) { heap.append(candidate.bits) }

    /// Brings the candidates that were added into the order of the heap.
    ///
    /// - Complexity: O(*n*) for the first *n* candidates, O(log *n*) at most for each that was added since.
    mutating func arrange() {
        if arranged < heap.count / 2 {
            heap.makeHeap(in: 0..<heap.count, by: <)
        } else {
            for place in arranged..<heap.count { heap.siftUp(place, by: <) }
        }
        arranged = heap.count
    }

    /// Removes the nearest candidate. All must be arranged.
    ///
    /// - Complexity: O(log *n*).
    mutating func removeFirst() {
        guard let last = heap.popLast() else { return }
        arranged = heap.count
        guard !heap.isEmpty else { return }
        heap[0] = last
        heap.siftDown(0, in: 0..<heap.count, by: <)
    }
}

/// Rows in the order of their distances, ties by the smaller key: a heap with the nearest on top.
struct RankedRows {
    private var heap: [TopK.Entry] = []

    /// The nearest row.
    var first: TopK.Entry? { heap.first }

    /// Removes all rows.
    mutating func removeAll() { heap.removeAll(keepingCapacity: true) }

    /// Adds a row.
    ///
    /// - Complexity: O(log *n*).
    mutating func insert(_ row: TopK.Entry) {
        heap.append(row)
        heap.siftUp(heap.count - 1) { TopK.Entry.isFarther($1, $0) }
    }

    /// Removes the nearest row.
    ///
    /// - Complexity: O(log *n*).
    mutating func removeFirst() {
        guard let last = heap.popLast(), !heap.isEmpty else { return }
        heap[0] = last
        heap.siftDown(0, in: 0..<heap.count) { TopK.Entry.isFarther($1, $0) }
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
