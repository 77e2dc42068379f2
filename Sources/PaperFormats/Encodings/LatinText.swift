/// Whether a text is in Windows-1252, the old encoding of Western European languages.
///
/// Its letters beyond ASCII stand alone, or two together, between letters of ASCII, and its quotation marks and dashes
/// beside letters and spaces. A text is in another encoding if it has signs such as `³` and `¹` inside words, or if its
/// letters are together frequent in no Western European language, but in those of Central Europe and Turkey in their
/// encodings: Czech text seems to have `ì` and `ø`, Hungarian `õ` beside `ö`.
enum LatinText {
    /// The least share of the bytes beyond ASCII that stand where they should.
    private static let plausibleShare = 0.9

    /// Signs may stand anywhere, but inside a word they are letters of another encoding.
    private enum Place {
        case plausible, neutral, implausible
    }

    static func isLikely(_ sample: ArraySlice<UInt8>) -> Bool {
        var counts = (plausible: 0, implausible: 0)
        var letters = [Int](repeating: 0, count: 256)
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
                letters[Int(sample[place])] += 1
                switch judge(sample, at: place, run: start..<index) {
                case .plausible: counts.plausible += 1
                case .implausible: counts.implausible += 1
                case .neutral: break
                }
            }
        }
        let judged = counts.plausible + counts.implausible
        return counts.plausible > 0 && Double(counts.plausible) >= plausibleShare * Double(judged)
            && !isForeign(letters)
    }

    /// Whether the letters beyond ASCII, counted by their bytes, are those of other languages.
    private static func isForeign(_ counts: [Int]) -> Bool {
        func count(_ bytes: Int...) -> Double { Double(bytes.reduce(0) { $0 + counts[$1] }) }
        let all = max(1, Double(counts[0xC0...].reduce(0, +)) + count(0x8A, 0x8E, 0x9A, 0x9E))
        func share(_ bytes: Int...) -> Double { Double(bytes.reduce(0) { $0 + counts[$1] }) / all }
        // Bytes that Windows-1252 does not have.
        if count(0x81, 0x8D, 0x8F, 0x90, 0x9D) > 0 { return true }
        // Icelandic `ð`, `ý` and `þ` stand for frequent Turkish letters.
        if share(0xD0, 0xDD, 0xDE, 0xF0, 0xFD, 0xFE) > 0.25 { return true }
        // `š` and `ž` are Slavic or Baltic.
        if share(0x8A, 0x8E, 0x9A, 0x9E) > 0.1 { return true }
        // Czech: `ø` and `ì`, or `ø` and `è` without a Danish `å`.
        if share(0xF8) > 0.03, share(0xEC) > 0.03 || (share(0xE8) > 0.03 && share(0xE5) < 0.01) { return true }
        // Croatian: `è` and `æ`.
        if share(0xE8) > 0.05, share(0xE6) > 0.03, share(0xE5) < 0.01 { return true }
        // Hungarian: `õ` beside `ö` or `ü` and `á` or `é`, and without a Portuguese `ã`.
        return share(0xF5) > 0.02 && share(0xF6, 0xFC) > 0.02 && share(0xE1, 0xE9) > 0.05 && share(0xE3) < 0.02
    }

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
