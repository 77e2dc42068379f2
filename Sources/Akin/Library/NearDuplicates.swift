import Papers

/// Papers of a ranking that are nearly the same: a preprint and the final version, often under another title.
///
/// Two papers are nearly the same if they share four fifths of the distinct words of their abstracts.
struct NearDuplicates {
    /// The positions in the ranking: a group for each paper that has a place, best first. Behind the paper stand those
    /// that are nearly the same.
    private(set) var groups: [[Int]] = []

    /// The share of distinct words that two abstracts have in common: the size of the intersection by that of the
    /// union.
    private static let leastOverlap = 0.8

    /// The distinct words that an abstract needs to be compared.
    private static let fewestWords = 20

    /// Groups papers in the order of a ranking.
    ///
    /// - Complexity: O(*n*²) comparisons of signatures for *n* papers, and of the words of pairs that are near.
    init(of papers: [Paper]) {
        let signatures = papers.map { WordSignature($0.abstract) }
        func areSame(_ first: Int, _ second: Int) -> Bool {
            guard signatures[first].mayBeNear(signatures[second]) else { return false }
            let (left, right) = (Self.words(of: papers[first]), Self.words(of: papers[second]))
            guard min(left.count, right.count) >= Self.fewestWords else { return false }
            let common = left.count { right.contains($0) }
            return Double(common) >= Self.leastOverlap * Double(left.count + right.count - common)
        }
        for index in papers.indices {
            if let group = groups.firstIndex(where: { areSame($0[0], index) }) {
                groups[group].append(index)
            } else {
                groups.append([index])
            }
        }
    }

    private static func words(of paper: Paper) -> Set<Substring> {
        Set(paper.abstract.lowercased().split { !$0.isLetter && !$0.isNumber })
    }
}

/// The words of a text as a set of 512 bits, which excludes most pairs of texts without looking at their words.
private struct WordSignature {
    private var bits: SIMD8<UInt64> = .zero

    init(_ text: String) {
        let basis: UInt32 = 0x811C_9DC5
        var hash = basis
        func finish(_ bits: inout SIMD8<UInt64>) {
            if hash != basis { bits[Int(hash >> 6 & 7)] |= 1 << UInt64(hash & 63) }
            hash = basis
        }
        for byte in text.utf8 {
            // Letters and digits of ASCII, letters in one case, and all other scripts.
            let letter = byte | 0x20
            if letter >= 0x61 && letter <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte >= 0x80 {
                hash = (hash ^ UInt32(byte >= 0x41 && byte <= 0x5A ? letter : byte)) &* 0x0100_0193
            } else {
                finish(&bits)
            }
        }
        finish(&bits)
    }

    /// Whether the words of two texts overlap enough to be compared one by one.
    func mayBeNear(_ other: WordSignature) -> Bool {
        var (common, all) = (0, 0)
        for lane in 0..<8 {
            common += (bits[lane] & other.bits[lane]).nonzeroBitCount
            all += (bits[lane] | other.bits[lane]).nonzeroBitCount
        }
        return all > 0 && 10 * common >= 7 * all
    }
}
