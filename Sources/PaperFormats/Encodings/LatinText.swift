/// Whether a text is in Windows-1252, the old encoding of Western European languages.
///
/// Its letters beyond ASCII stand alone, or two together, between letters of ASCII, and its quotation marks and dashes
/// beside letters and spaces. A text that has letters of it where no Western European language has any, such as the
/// signs `³` and `¹` inside words, is in another encoding.
enum LatinText {
    /// The least share of the bytes beyond ASCII that stand where they should.
    private static let plausibleShare = 0.9

    /// Signs may stand anywhere, but inside a word they are letters of another encoding.
    private enum Place {
        case plausible, neutral, implausible
    }

    static func isLikely(_ sample: ArraySlice<UInt8>) -> Bool {
        var counts = (plausible: 0, implausible: 0, rare: 0)
        var runStart: Int?
        for index in sample.startIndex...sample.endIndex {
            let isHigh = index < sample.endIndex && sample[index] >= 0x80
            if isHigh {
                if runStart == nil { runStart = index }
                continue
            }
            guard let start = runStart else { continue }
            runStart = nil
            for place in start..<index {
                if rareLetters.contains(sample[place]) { counts.rare += 1 }
                switch judge(sample, at: place, run: start..<index) {
                case .plausible: counts.plausible += 1
                case .implausible: counts.implausible += 1
                case .neutral: break
                }
            }
        }
        let judged = counts.plausible + counts.implausible
        return counts.plausible > 0 && Double(counts.plausible) >= plausibleShare * Double(judged)
            && counts.rare * 4 <= judged
    }

    /// Letters of Icelandic, which stand for frequent Turkish ones in Windows-1254.
    private static let rareLetters: Set<UInt8> = [0xD0, 0xDD, 0xDE, 0xF0, 0xFD, 0xFE]

    private static func judge(_ text: ArraySlice<UInt8>, at place: Int, run: Range<Int>) -> Place {
        let byte = text[place]
        let before = place > text.startIndex ? text[place - 1] : 0x20
        let after = place + 1 < text.endIndex ? text[place + 1] : 0x20
        if isLetter(byte) {
            guard run.count <= 2 else { return .implausible }
            return isASCIILetter(before) || isASCIILetter(after) ? .plausible : .neutral
        }
        if [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains(byte) { return .implausible }
        guard run.count <= 3 else { return .implausible }
        let isInsideWord = isASCIILetter(before) && isASCIILetter(after)
        if (0x91...0x97).contains(byte) || byte == 0x85 {
            return isASCIILetter(before) || isASCIILetter(after) ? .plausible : .neutral
        }
        return isInsideWord && byte != 0xA0 && byte != 0xAD && byte != 0xB7 ? .implausible : .neutral
    }

    /// Whether a byte is a letter of Windows-1252.
    private static func isLetter(_ byte: UInt8) -> Bool {
        (byte >= 0xC0 && byte != 0xD7 && byte != 0xF7) || [0x8A, 0x8C, 0x8E, 0x9A, 0x9C, 0x9E, 0x9F].contains(byte)
    }

    private static func isASCIILetter(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20)
    }
}
