/// The `k` nearest rows of those offered, ties by the smaller key: a heap with the farthest on top.
struct TopK {
    /// A row, and its distance as an integer of the same order.
    struct Entry {
        let ordered: UInt32
        let row: UInt32
    }

    private(set) var entries: [Entry] = []
    private let capacity: Int
    private let keys: Column<UInt64>

    init(capacity: Int, keys: Column<UInt64>) {
        precondition(capacity > 0)
        self.capacity = capacity
        self.keys = keys
        entries.reserveCapacity(capacity)
    }

    /// Whether as many rows are held as were asked for.
    var isFull: Bool { entries.count == capacity }

    /// The distance, as an integer of the same order, beyond which an offer is not taken.
    var limit: UInt32 { isFull ? entries[0].ordered : UInt32.max }

    /// Keeps the row if it is among the nearest so far.
    mutating func offer(_ row: Int, ordered: UInt32) {
        let entry = Entry(ordered: ordered, row: UInt32(row))
        if !isFull {
            entries.append(entry)
            siftUp(entries.count - 1)
        } else if isFarther(entries[0], than: entry) {
            entries[0] = entry
            siftDown()
        }
    }

    /// The rows, nearest first.
    consuming func sorted() -> [Entry] {
        let keys = keys
        return entries.sorted { Self.isFarther($1, than: $0, keys) }
    }

    private func isFarther(_ a: Entry, than b: Entry) -> Bool { Self.isFarther(a, than: b, keys) }

    private static func isFarther(_ a: Entry, than b: Entry, _ keys: Column<UInt64>) -> Bool {
        a.ordered == b.ordered ? keys[Int(a.row)] > keys[Int(b.row)] : a.ordered > b.ordered
    }

    private mutating func siftUp(_ start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard isFarther(entries[child], than: entries[parent]) else { return }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var farthest = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < entries.count && isFarther(entries[child], than: entries[farthest]) {
                farthest = child
            }
            guard farthest != parent else { return }
            entries.swapAt(parent, farthest)
            parent = farthest
        }
    }
}
