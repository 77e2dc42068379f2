import SeededRandom

/// A hash table from keys to rows with open addressing. It has the same form in a file and in memory.
///
/// The number of slots is a power of two, and at most half of them are used. The hash of a key gives its first slot,
/// and the next slots follow in order. A slot holds a row number or ``empty``. The table holds no keys; lookups compare
/// with the column of keys. A removed row keeps its slot until the table is rebuilt, so a chain of slots never breaks.
struct KeyTable: Sendable {
    /// The row numbers.
    private(set) var slots: Column<UInt32>

    /// The number of slots that are not empty.
    private var used = 0

    /// The content of an unused slot.
    static let empty = UInt32.max

    /// Creates an empty table.
    init() {
        slots = Column()
    }

    /// Creates a table with room for a number of keys.
    init(capacity: Int) {
        slots = Column()
        clear(capacity: capacity)
    }

    /// Uses the slots of a file. Their number must be 0 or a power of two.
    init(mapping slots: Column<UInt32>) {
        self.slots = slots
        used = slots.count  // The first addition then rebuilds the table in memory.
    }

    /// The row that was last added under `key`.
    ///
    /// - Complexity: O(1) expected. A lookup in damaged slots visits each slot at most once.
    func row(of key: UInt64, in keys: Column<UInt64>) -> NodeID? {
        guard slots.count > 0 else { return nil }
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: Self.hash(key)) & mask
        for _ in 0..<slots.count {
            let row = slots[slot]
            if row == Self.empty { return nil }
            if keys.at(Int(row)) == key { return NodeID(rawValue: row) }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Adds the rows from `first` to the last, whose keys must be in the column already. A key that the table has then
    /// leads to its new row. Rows before `first` that are not `live` may lose their slots.
    mutating func add(from first: Int, keys: Column<UInt64>, live: (Int) -> Bool) {
        var start = first
        if (used + keys.count - first) * 2 > slots.count {
            clear(capacity: keys.count)
            start = 0
        }
        // SAFETY: the mask keeps the slot below the number of slots. At least half of the slots are empty.
        let mask = slots.count - 1
        let base = unsafe slots.mutableBase()
        for row in start..<keys.count where row >= first || live(row) {
            let key = keys[row]
            var slot = Int(truncatingIfNeeded: Self.hash(key)) & mask
            while unsafe base[slot] != Self.empty, unsafe keys[Int(base[slot])] != key { slot = (slot + 1) & mask }
            if unsafe base[slot] == Self.empty { used += 1 }
            unsafe base[slot] = UInt32(row)
        }
    }

    private mutating func clear(capacity: Int) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        slots = Column(capacity: size)
        slots.append(repeating: Self.empty, count: size)
        used = 0
    }

    /// The first number of a generator whose seed is the key. It spreads consecutive keys over all slots.
    static func hash(_ key: UInt64) -> UInt64 {
        var generator = SplitMix64(seed: key)
        return generator.next()
    }
}
