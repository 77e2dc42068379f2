import Papers

/// Papers of a ranking that are nearly the same: a preprint and the final version, often under another title.
///
/// Two papers are nearly the same if they share four fifths of the distinct words of their abstracts.
struct NearDuplicates {
    /// The positions in the ranking: a group for each paper that has a place, best first. Behind the paper stand those
    /// that are nearly the same.
    private(set) var groups: [[Int]] = []

    /// The papers at the top of a ranking that are compared with each other. Those behind them have their own places.
    private static let comparedCount = 200

    /// Groups papers in the order of a ranking.
    ///
    /// - Complexity: O(*n*) for *n* letters of the abstracts, and at most 20,000 comparisons of two signatures.
    init(of papers: [Paper]) {
        var texts = papers.prefix(Self.comparedCount).map { WordSet($0.abstract) }
        for index in texts.indices {
            let group = groups.firstIndex { group in
                let first = group[0]
                guard texts[first].mayBeNear(texts[index]) else { return false }
                texts[first].sort()
                texts[index].sort()
                return texts[first].isNear(texts[index])
            }
            if let group { groups[group].append(index) } else { groups.append([index]) }
        }
        groups += papers.indices.dropFirst(Self.comparedCount).map { [$0] }
    }
}

/// The distinct words of a text as hashes, and a signature of 512 bits that excludes most pairs of texts.
private struct WordSet {
    /// The share of distinct words that two texts have in common: the size of the intersection by that of the union.
    private static let leastOverlap = 0.8

    /// The distinct words that a text needs to be compared.
    private static let fewestWords = 20

    private var signature: SIMD8<UInt64> = .zero
    private var hashes: [UInt32] = []
    private var isSorted = false

    /// The words are runs of letters and digits of ASCII, whatever their case, and of all other scripts' characters.
    init(_ text: String) {
        let basis: UInt32 = 0x811C_9DC5
        var hash = basis
        for byte in text.utf8 {
            let letter = byte | 0x20
            if letter >= 0x61 && letter <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte >= 0x80 {
                // FNV-1a.
                hash = (hash ^ UInt32(byte >= 0x41 && byte <= 0x5A ? letter : byte)) &* 0x0100_0193
            } else if hash != basis {
                insert(hash)
                hash = basis
            }
        }
        if hash != basis { insert(hash) }
    }

    private mutating func insert(_ hash: UInt32) {
        signature[Int(hash >> 6 & 7)] |= 1 << UInt64(hash & 63)
        hashes.append(hash)
    }

    /// Whether the signatures overlap enough for the words to be compared.
    func mayBeNear(_ other: WordSet) -> Bool {
        var (common, all) = (0, 0)
        for lane in 0..<8 {
            common += (signature[lane] & other.signature[lane]).nonzeroBitCount
            all += (signature[lane] | other.signature[lane]).nonzeroBitCount
        }
        return all > 0 && 10 * common >= 7 * all
    }

    /// Gets ready for ``isNear(_:)``.
    mutating func sort() {
        guard !isSorted else { return }
        hashes = Array(Set(hashes)).sorted()
        isSorted = true
    }

    /// Whether two texts have most words in common.
    ///
    /// - Precondition: both are sorted.
    func isNear(_ other: WordSet) -> Bool {
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
