import SeededRandom

/// Finds the row of a key: an open-addressing hash table of row numbers, which lies in a file as it does in memory.
///
/// The slots are a power of two, at most half of them used. A key's first slot is its hash, the others follow in order;
/// a slot holds a row number or ``empty``. The table holds no keys; it compares with the column of keys. A removed row
/// keeps its slot until the table is made anew, so the chain of slots never breaks.
struct KeyTable: Sendable {
    /// The row numbers.
    private(set) var slots: Column<UInt32>

    /// The slots that are not empty.
    private var used = 0

    /// What an unused slot holds.
    static let empty = UInt32.max

    /// Creates a table without keys.
    init() {
        slots = Column()
    }

    /// Takes the slots of a file. Their number must be a power of two, or 0.
    init(mapping slots: Column<UInt32>) {
        self.slots = slots
        used = slots.count  // so that the first addition makes the table anew, in memory
    }

    /// The row that was last added under `key`.
    ///
    /// - Complexity: O(1) expected. Damaged slots cost at most a look at each.
    func row(of key: UInt64, in keys: Column<UInt64>) -> Int? {
        guard slots.count > 0 else { return nil }
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: Self.hash(key)) & mask
        for _ in 0..<slots.count {
            let row = slots[slot]
            if row == Self.empty { return nil }
            if keys.at(Int(row)) == key { return Int(row) }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Adds the rows from `first` on, whose keys must be in the column already; a key that was there stands for its new
    /// row from now on. Rows before `first` that are not `live` may be forgotten.
    mutating func add(from first: Int, keys: Column<UInt64>, live: (Int) -> Bool) {
        var start = first
        if (used + keys.count - first) * 2 > slots.count {
            var size = 16
            while size < keys.count * 2 { size *= 2 }
            slots = Column(capacity: size)
            slots.append(repeating: Self.empty, count: size)
            used = 0
            start = 0
        }
        // SAFETY: the mask keeps the slot below the number of slots, of which at least half are empty.
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

    /// The first number of a generator whose seed is the key. It spreads consecutive keys over all slots.
    static func hash(_ key: UInt64) -> UInt64 {
        var generator = SplitMix64(seed: key)
        return generator.next()
    }
}
