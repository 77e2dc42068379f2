/// The encoding of a text, told from its first bytes.
///
/// 1. A byte-order mark says it.
/// 2. Text whose every second byte is zero is UTF-16.
/// 3. Text with more characters of UTF-8 than bytes that are none is UTF-8.
/// 4. A text may declare its encoding, see ``DeclaredEncoding``.
/// 5. Single bytes between letters that are letters of Windows-1252 are that. Pairs of bytes that are all characters of
///    an East Asian encoding, and nearly all frequent ones, are in that.
///
/// What no rule decides stays as it is: an importer skips the records that are no UTF-8, and binary files are refused.
enum EncodingGuess: Hashable {
    /// UTF-8, or nothing that is known.
    case asItIs
    /// Only ASCII so far. Later bytes decide.
    case undecided
    /// Another encoding, and how many bytes its mark has.
    case other(TextEncoding, markLength: Int)

    /// How many bytes are looked at.
    static let sampleLength = 1 << 16

    /// Judges the encoding of a text.
    ///
    /// - Parameters:
    ///   - sample: Bytes of the text.
    ///   - isStart: Whether they are its first.
    ///   - declared: What its first bytes declare.
    init(_ sample: ArraySlice<UInt8>, isStart: Bool, declared: TextEncoding?) {
        if isStart, let marked = EncodingGuess.marked(sample) {
            self = marked
        } else if isStart, let wide = EncodingGuess.wide(sample) {
            self = .other(wide, markLength: 0)
        } else {
            self = EncodingGuess.narrow(sample, declared: declared)
        }
    }

    // MARK: - Marks and zeros

    private static func marked(_ sample: ArraySlice<UInt8>) -> EncodingGuess? {
        let marks: [(bytes: [UInt8], encoding: TextEncoding?)] = [
            ([0xEF, 0xBB, 0xBF], nil), ([0xFF, 0xFE, 0, 0], .utf32LittleEndian), ([0, 0, 0xFE, 0xFF], .utf32BigEndian),
            ([0xFF, 0xFE], .utf16LittleEndian), ([0xFE, 0xFF], .utf16BigEndian),
        ]
        for (bytes, encoding) in marks where sample.starts(with: bytes) {
            guard let encoding else { return .asItIs }
            if isText(sample.dropFirst(bytes.count), encoding) { return .other(encoding, markLength: bytes.count) }
        }
        return nil
    }

    /// The share of bytes in every second place that are zero in a text that is mostly ASCII, and in the other places.
    private static let zeroShares = (least: 0.4, most: 0.02)

    private static func wide(_ sample: ArraySlice<UInt8>) -> TextEncoding? {
        guard sample.count >= 8 else { return nil }
        var zeros = [0, 0]
        for (place, byte) in sample.enumerated() where byte == 0 { zeros[place & 1] += 1 }
        let shares = zeros.map { Double($0) / Double(sample.count / 2) }
        let encoding: TextEncoding
        if shares[1] >= zeroShares.least, shares[0] <= zeroShares.most {
            encoding = .utf16LittleEndian
        } else if shares[0] >= zeroShares.least, shares[1] <= zeroShares.most {
            encoding = .utf16BigEndian
        } else {
            return nil
        }
        return isText(sample, encoding) ? encoding : nil
    }

    /// Whether bytes are text in an encoding: all of its characters, and hardly any that no text has.
    private static func isText(_ sample: ArraySlice<UInt8>, _ encoding: TextEncoding) -> Bool {
        guard let converter = TextConverter(from: encoding.iconvName) else { return false }
        var bytes: [UInt8] = []
        _ = converter.convert(sample, into: &bytes, isLast: false)
        let text = String(decoding: bytes, as: UTF8.self).unicodeScalars
        let foreign = text.count { scalar in
            switch scalar.properties.generalCategory {
            case .control: !["\t", "\n", "\r", "\u{C}"].contains(scalar)
            case .unassigned, .privateUse, .surrogate: true
            default: false
            }
        }
        return Double(foreign + converter.replacedCount) <= 0.02 * Double(text.count)
    }

    // MARK: - Bytes that continue ASCII

    private static func narrow(_ sample: ArraySlice<UInt8>, declared: TextEncoding?) -> EncodingGuess {
        let (good, bad) = countOfUTF8(sample)
        if good == 0, bad == 0 { return .undecided }
        if bad == 0 || good >= bad || hasControls(sample) || FormatSignature(of: sample) != nil { return .asItIs }
        let guess = declared ?? (LatinText.isLikely(sample) ? .windows1252 : EastAsianText.encoding(of: sample))
        return guess.map { .other($0, markLength: 0) } ?? .asItIs
    }

    /// How many characters beyond ASCII are UTF-8, and how many bytes are not. A character that is cut off at the end
    /// counts as neither.
    static func countOfUTF8(_ sample: ArraySlice<UInt8>) -> (good: Int, bad: Int) {
        var (good, bad) = (0, 0)
        var place = sample.startIndex
        while place < sample.endIndex {
            let byte = sample[place]
            guard byte >= 0x80 else {
                place += 1
                continue
            }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
            let end = place + length
            if (0xC2...0xF4).contains(byte), end > sample.endIndex,
                sample[(place + 1)...].allSatisfy({ $0 & 0xC0 == 0x80 })
            {
                break
            }
            if (0xC2...0xF4).contains(byte), end <= sample.endIndex,
                String(validating: sample[place..<end], as: UTF8.self) != nil
            {
                good += 1
                place = end
            } else {
                bad += 1
                place += 1
            }
        }
        return (good, bad)
    }

    /// Whether more than one byte in a thousand is a control character that text does not have.
    private static func hasControls(_ sample: ArraySlice<UInt8>) -> Bool {
        let count = sample.count { $0 < 0x20 && ![0x09, 0x0A, 0x0C, 0x0D, 0x1B].contains($0) }
        return count * 1000 > sample.count
    }
}
