/// A set of paper keys: one bit for every key up to the largest.
///
/// The store hands keys out in ascending order and never uses one twice. The set of a library of 157,000 papers
/// therefore takes 20 kB, and membership costs one load.
package struct PaperKeySet: Hashable, Sendable {
    private var words: [UInt64] = []

    package init(_ keys: some Sequence<PaperKey> = EmptyCollection()) {
        for key in keys { insert(key) }
    }

    package var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    package var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    package func contains(_ key: PaperKey) -> Bool {
        let word = Int(truncatingIfNeeded: key.rawValue >> 6)
        return word < words.count && words[word] & (1 << (key.rawValue & 63)) != 0
    }

    /// Inserts a key.
    ///
    /// A key beyond ``PaperKey/largest`` comes from a damaged file. The set leaves it out, because it would take
    /// memory by the size of the key.
    package mutating func insert(_ key: PaperKey) {
        guard key <= PaperKey.largest else { return }
        let word = Int(key.rawValue >> 6)
        if word >= words.count {
            words.append(contentsOf: repeatElement(0, count: word + 1 - words.count))
        }
        words[word] |= 1 << (key.rawValue & 63)
    }

    /// Removes a key; a key that is not in the set changes nothing.
    package mutating func remove(_ key: PaperKey) {
        let word = Int(key.rawValue >> 6)
        if word < words.count { words[word] &= ~(1 << (key.rawValue & 63)) }
    }

    /// The keys that both sets have.
    package func intersection(_ other: PaperKeySet) -> PaperKeySet {
        var result = PaperKeySet()
        result.words = zip(words, other.words).map { $0 & $1 }
        return result
    }

    /// The keys that either set has.
    package func union(_ other: PaperKeySet) -> PaperKeySet {
        var result = words.count >= other.words.count ? self : other
        for (index, word) in (words.count >= other.words.count ? other : self).words.enumerated() {
            result.words[index] |= word
        }
        return result
    }

    /// The keys that another set does not have.
    package func subtracting(_ other: PaperKeySet) -> PaperKeySet {
        var result = self
        for (index, word) in other.words.prefix(words.count).enumerated() { result.words[index] &= ~word }
        return result
    }

    /// The keys in ascending order.
    package var sortedKeys: [PaperKey] {
        var keys: [PaperKey] = []
        keys.reserveCapacity(count)
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                keys.append(PaperKey(UInt64(index) << 6 | UInt64(rest.trailingZeroBitCount)))
                rest &= rest - 1
            }
        }
        return keys
    }
}
