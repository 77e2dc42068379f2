import EditDistances
import MappedFiles
import TextAnalysis

extension LatentSemanticModel {
    /// The words of the vocabulary that are spelled almost like a word, for "did you mean".
    ///
    /// The distance counts letters that are changed, inserted, deleted, or exchanged with their neighbor. A word of 3
    /// to 5 letters has suggestions at a distance of 1, a longer one also at 2. Shorter words resemble too many others.
    ///
    /// - Parameters:
    ///   - word: A word as people write it, not a term. Letter case does not matter.
    ///   - limit: The most words to return, not negative.
    /// - Returns: Surface forms of terms in documents of the fit, the nearest first. At the same distance, the word in
    ///   more documents comes first, then the one with the smaller term. The word itself is not among them.
    /// - Complexity: O(``termCount``) reads of a word. Length or letters exclude most words: it takes milliseconds for
    ///   100,000 terms.
    public func similarlySpelledTerms(to word: String, limit: Int) -> [String] {
        precondition(limit >= 0, "a number of words to return is not negative, unlike \(limit)")
        let letters = caseFolded(word).unicodeScalars.map(\.value)
        guard let bound = EditDistance.bound(letterCount: letters.count) else { return [] }
        var measure = EditDistance(to: letters)
        var matches: [(distance: Int, documentFrequency: UInt32, index: Int)] = []
        vocabulary.surfaceForms.forEachString(resembling: letters, within: bound) { index, other in
            // A term that comes from the model that this one started from, and that no document has, finds nothing.
            guard vocabulary.documentFrequencies[index] > 0,
                let distance = measure.distance(to: other, atMost: bound), distance > 0
            else { return }
            matches.append((distance, vocabulary.documentFrequencies[index], index))
        }
        matches.sort {
            ($0.distance, $1.documentFrequency, $0.index) < ($1.distance, $0.documentFrequency, $1.index)
        }
        return matches.prefix(limit).map { vocabulary.surfaceForms[$0.index] }
    }
}

/// The letters of a word as a set of 64 bits.
///
/// A changed letter alters at most two bits, an inserted or deleted one at most one, and an exchange none. So words
/// whose signatures differ in more than twice the bound are farther apart than the bound.
private struct LetterSignature {
    private var bits: UInt64 = 0

    /// The signature of a word.
    init(_ letters: some Sequence<UInt32> = []) {
        for letter in letters { insert(letter) }
    }

    /// Adds a letter.
    mutating func insert(_ letter: UInt32) {
        bits |= 1 &<< UInt64(letter & 63)
    }

    /// Whether a word of the other signature can be within a distance.
    func mayBeWithin(_ bound: Int, of other: LetterSignature) -> Bool {
        (bits ^ other.bits).nonzeroBitCount <= 2 * bound
    }
}

extension StringTable {
    /// Calls `body` with the index and the Unicode scalars of each string that may be within a distance of a word. The
    /// number of letters and the set of letters exclude the others.
    fileprivate func forEachString(
        resembling word: [UInt32], within bound: Int, _ body: (_ index: Int, _ letters: [UInt32]) -> Void
    ) {
        let wanted = LetterSignature(word)
        offsets.withSpan { offsets in
            bytes.withSpan { bytes in
                for index in 0..<count {
                    let range = Self.range(of: index, offsets, in: bytes)
                    // A scalar takes one to four bytes.
                    guard range.count >= word.count - bound, range.count <= 4 * (word.count + bound) else { continue }
                    var signature = LetterSignature()
                    var union: UInt8 = 0
                    for position in range {
                        let byte = bytes[position]
                        signature.insert(UInt32(byte))
                        union |= byte
                    }
                    if union < 0x80 {
                        guard range.count <= word.count + bound, wanted.mayBeWithin(bound, of: signature) else {
                            continue
                        }
                        body(index, range.map { UInt32(bytes[$0]) })
                    } else {
                        let letters = self[index].unicodeScalars.map(\.value)
                        guard wanted.mayBeWithin(bound, of: LetterSignature(letters)) else { continue }
                        body(index, letters)
                    }
                }
            }
        }
    }
}
