/// Which of the old East Asian encodings a text is in.
///
/// A character has two bytes. The frequent characters of each language stand together in a part of its encoding, so that
/// nearly all characters of a text are in that part, and few are if the bytes are read in another encoding.
enum EastAsianText {
    private struct Candidate {
        let encoding: TextEncoding
        /// Whether a pair of bytes is a frequent character.
        let isFrequent: @Sendable (UInt8, UInt8) -> Bool
        /// Whether a pair of bytes is punctuation, which tells nothing.
        let isMark: @Sendable (UInt8) -> Bool
    }

    private static let candidates = [
        // The first level of GB 2312: 3,755 characters.
        Candidate(
            encoding: .gb18030, isFrequent: { (0xB0...0xD7).contains($0) && $1 >= 0xA1 },
            isMark: { (0xA1...0xA9).contains($0) && !isKana($0) }),
        // The 2,350 syllables of KS X 1001.
        Candidate(
            encoding: .eucKR, isFrequent: { (0xB0...0xC8).contains($0) && $1 >= 0xA1 },
            isMark: { (0xA1...0xAC).contains($0) && !isKana($0) }),
        // The 5,401 frequent characters of Big5.
        Candidate(
            encoding: .big5, isFrequent: { first, _ in (0xA4...0xC6).contains(first) },
            isMark: { (0xA1...0xA3).contains($0) }),
        // Kana, and the first level of JIS X 0208.
        Candidate(
            encoding: .shiftJIS,
            isFrequent: { first, second in
                (first == 0x82 && second >= 0x9F) || first == 0x83 || (0x88...0x97).contains(first)
            }, isMark: { $0 == 0x81 }),
        Candidate(
            encoding: .eucJP,
            isFrequent: { first, second in
                second >= 0xA1 && (first == 0xA4 || first == 0xA5 || (0xB0...0xCF).contains(first))
            }, isMark: { (0xA1...0xA3).contains($0) || $0 == 0x8E }),
    ]

    /// Whether a first byte is that of kana in GB 2312 and in EUC-JP. Chinese and Korean hardly have any.
    private static func isKana(_ first: UInt8) -> Bool { first == 0xA4 || first == 0xA5 }

    /// The fewest characters that tell an encoding.
    private static let fewestCharacters = 4

    /// The least share of frequent characters.
    private static let frequentShare = 0.8

    /// Hangul syllables are all that Korean has; of Chinese characters, about half would be such syllables.
    private static let koreanShare = (least: 0.97, fewest: 10)

    /// Kana are a third of Japanese and more, and hardly occur in Chinese.
    private static let kanaShare = 0.2

    /// The encoding, or `nil` if none is certain.
    static func encoding(of sample: ArraySlice<UInt8>) -> TextEncoding? {
        var best: (encoding: TextEncoding, share: Double)?
        for candidate in candidates {
            guard let pairs = pairs(of: sample, in: candidate.encoding) else { continue }
            let words = pairs.filter { !candidate.isMark($0.0) }
            guard words.count >= fewestCharacters else { continue }
            let frequent = Double(words.count { candidate.isFrequent($0.0, $0.1) }) / Double(words.count)
            guard frequent >= frequentShare, isCertain(candidate.encoding, words, frequent) else { continue }
            if frequent > best?.share ?? 0 { best = (candidate.encoding, frequent) }
        }
        return best?.encoding
    }

    private static func isCertain(_ encoding: TextEncoding, _ pairs: [(UInt8, UInt8)], _ share: Double) -> Bool {
        func part(_ isOne: (UInt8, UInt8) -> Bool) -> Double {
            Double(pairs.count { isOne($0.0, $0.1) }) / Double(pairs.count)
        }
        switch encoding {
        case .eucKR:
            return share >= koreanShare.least && pairs.count >= koreanShare.fewest
        case .gb18030:
            let hangul = part { first, second in (0xB0...0xC8).contains(first) && second >= 0xA1 }
            return hangul < koreanShare.least
        case .big5:
            // Text of GBK has no second bytes of ASCII, text of Big5 has two in five.
            return part { _, second in second < 0x80 } >= 0.2
        case .shiftJIS:
            return part { first, _ in first == 0x82 || first == 0x83 } >= kanaShare
        default:
            return part { first, _ in isKana(first) } >= kanaShare
        }
    }

    /// The most bytes that are no character of the encoding, for each character: programs have added signs of their own.
    private static let damagedShare = 0.01

    /// The characters of two bytes, or `nil` if too many bytes are none of the encoding.
    private static func pairs(of sample: ArraySlice<UInt8>, in encoding: TextEncoding) -> [(UInt8, UInt8)]? {
        guard let damaged = TextConverter(from: encoding.iconvName)?.replacements(in: sample) else { return nil }
        var pairs: [(UInt8, UInt8)] = []
        var place = sample.startIndex
        while place < sample.endIndex {
            let byte = sample[place]
            let isHalfWidth = encoding == .shiftJIS && (0xA1...0xDF).contains(byte)
            guard byte >= 0x80, !isHalfWidth, place + 1 < sample.endIndex else {
                place += 1
                continue
            }
            pairs.append((byte, sample[place + 1]))
            place += 2
        }
        guard Double(damaged) <= damagedShare * Double(pairs.count) else { return nil }
        return pairs
    }
}
