import PaperStore

/// A set of paper keys, as one bit for every key up to the largest.
///
/// Keys are SQLite row ids, handed out in ascending order and never used twice, so the set of a library of 157,000
/// papers takes 20 kB and membership is one load.
package struct KeySet: Sendable {
    private var words: [UInt64] = []

    package init(_ keys: some Sequence<UInt64> = EmptyCollection()) {
        for key in keys { insert(key) }
    }

    package var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    package var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    package func contains(_ key: UInt64) -> Bool {
        let word = Int(truncatingIfNeeded: key >> 6)
        return word >= 0 && word < words.count && words[word] & (1 << (key & 63)) != 0
    }

    /// Inserts a key. A key beyond those that a store gives comes from a damaged file, and is left out.
    package mutating func insert(_ key: UInt64) {
        guard key <= UInt64(PaperStore.largestKey) else { return }
        let word = Int(key >> 6)
        if word >= words.count {
            words.append(contentsOf: repeatElement(0, count: word + 1 - words.count))
        }
        words[word] |= 1 << (key & 63)
    }

    package mutating func remove(_ key: UInt64) {
        let word = Int(key >> 6)
        if word < words.count { words[word] &= ~(1 << (key & 63)) }
    }

    /// The keys in ascending order.
    package var sortedKeys: [UInt64] {
        words.enumerated().flatMap { index, word in
            (0..<64).compactMap { bit in word & (1 << bit) != 0 ? UInt64(index) << 6 | UInt64(bit) : nil }
        }
    }
}
