/// The distinct words of a text as hashes, and a signature of 512 bits that excludes most pairs of texts.
package struct WordSet: Sendable {
    /// The share of distinct words that two texts have in common: the size of the intersection by that of the union.
    private static let leastOverlap = 0.8

    /// The distinct words that a text needs to be compared.
    private static let fewestWords = 20

    /// About as many bytes has a word with the space behind it.
    private static let bytesPerWord = 6

    private var signature: SIMD8<UInt64> = .zero
    private var hashes: [UInt32] = []
    private var isSorted = false

    /// The words are runs of letters and digits, whatever the case of ASCII letters. Scripts that put no space between
    /// words have a word for each two neighboring characters.
    package init(_ text: String) {
        // FNV-1a.
        let basis: UInt32 = 0x811C_9DC5
        func mixed(_ hash: UInt32, _ value: UInt32) -> UInt32 { (hash ^ value) &* 0x0100_0193 }
        var hash = basis
        var previous: UInt32?
        hashes.reserveCapacity(text.utf8.count / Self.bytesPerWord)
        for scalar in text.unicodeScalars {
            let value = scalar.value
            let letter = value | 0x20
            switch value {
            case _ where letter >= 0x61 && letter <= 0x7A: hash = mixed(hash, letter)
            case 0x30...0x39: hash = mixed(hash, value)
            // Thai and Lao, Myanmar, Khmer, Kana and Han.
            case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x9FFF, 0x2_0000...0x3_FFFF:
                if let previous { insert(mixed(mixed(basis, previous), value)) }
                previous = value
                continue
            case 0xC0... where !(0x2000...0x206F).contains(value) && !(0x3000...0x303F).contains(value):
                hash = mixed(hash, value)
            default:
                if hash != basis { insert(hash) }
                hash = basis
            }
            previous = nil
        }
        if hash != basis { insert(hash) }
    }

    private mutating func insert(_ hash: UInt32) {
        signature[Int(hash >> 6 & 7)] |= 1 << UInt64(hash & 63)
        hashes.append(hash)
    }

    /// Whether the signatures overlap enough for the words to be compared.
    package func mayBeNear(_ other: WordSet) -> Bool {
        var (common, all) = (0, 0)
        for lane in 0..<8 {
            common += (signature[lane] & other.signature[lane]).nonzeroBitCount
            all += (signature[lane] | other.signature[lane]).nonzeroBitCount
        }
        return all > 0 && 10 * common >= 7 * all
    }

    /// Whether two texts have most words in common.
    package func hasMostWords(of other: WordSet) -> Bool {
        guard mayBeNear(other) else { return false }
        var (first, second) = (self, other)
        first.sort()
        second.sort()
        return first.isNear(second)
    }

    /// Gets ready for ``isNear(_:)``.
    package mutating func sort() {
        guard !isSorted else { return }
        hashes = Array(Set(hashes)).sorted()
        isSorted = true
    }

    /// Whether two texts have most words in common.
    ///
    /// - Precondition: both are sorted.
    package func isNear(_ other: WordSet) -> Bool {
        guard min(hashes.count, other.hashes.count) >= Self.fewestWords else { return false }
        var (common, left, right) = (0, 0, 0)
        while left < hashes.count, right < other.hashes.count {
            let (first, second) = (hashes[left], other.hashes[right])
            if first == second { common += 1 }
            if first <= second { left += 1 }
            if second <= first { right += 1 }
        }
        return Double(common) >= Self.leastOverlap * Double(hashes.count + other.hashes.count - common)
    }
}
