/// The `k` nearest rows of those offered, ties by the smaller key: a heap with the farthest on top, which keeps its
/// memory from one search to the next.
struct TopK {
    /// A row, its key, and its distance as an integer of the same order.
    struct Entry {
        let ordered: UInt32
        let row: UInt32
        let key: UInt64

        fileprivate func isFarther(than other: Entry) -> Bool {
            ordered == other.ordered ? key > other.key : ordered > other.ordered
        }
    }

    private(set) var entries: [Entry] = []
    private var capacity = 0

    /// Forgets all rows, and keeps `capacity` of those that come.
    mutating func reset(capacity: Int) {
        precondition(capacity > 0)
        self.capacity = capacity
        entries.removeAll(keepingCapacity: true)
    }

    /// Whether as many rows are held as were asked for.
    var isFull: Bool { entries.count == capacity }

    /// The distance, as an integer of the same order, beyond which an offer is not taken.
    var limit: UInt32 { isFull ? entries[0].ordered : UInt32.max }

    /// Keeps the row if it is among the nearest so far.
    mutating func offer(_ row: Int, key: UInt64, ordered: UInt32) {
        let entry = Entry(ordered: ordered, row: UInt32(row), key: key)
        if !isFull {
            entries.append(entry)
            siftUp(entries.count - 1)
        } else if entries[0].isFarther(than: entry) {
            entries[0] = entry
            siftDown(below: entries.count)
        }
    }

    /// Brings the rows in order, nearest first. Nothing may be offered after it.
    ///
    /// - Complexity: O(*k* log *k*), in place.
    mutating func sort() {
        for end in stride(from: entries.count - 1, to: 0, by: -1) {
            entries.swapAt(0, end)
            siftDown(below: end)
        }
    }

    private mutating func siftUp(_ start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[child].isFarther(than: entries[parent]) else { return }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    /// Moves the first entry down, among those in front of `end`.
    private mutating func siftDown(below end: Int) {
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < end else { return }
            if child + 1 < end, entries[child + 1].isFarther(than: entries[child]) { child += 1 }
            guard entries[child].isFarther(than: entries[parent]) else { return }
            entries.swapAt(child, parent)
            parent = child
        }
    }
}
