/// Finds the lines that are not UTF-8 in a text that otherwise is, and reads them as Windows-1252.
///
/// Texts that were put together from several files have such lines. A line is read in that way if
///
/// 1. the text has characters of UTF-8 beyond ASCII elsewhere,
/// 2. the line itself has none, and
/// 3. its other bytes stand where letters of Windows-1252 do, see ``LatinText``.
///
/// Any other line stays as it is, and its characters are counted.
struct StrayLines {
    /// Whether the text has characters of UTF-8 beyond ASCII.
    var isUTF8 = false

    /// How many lines were read as Windows-1252, and the number of the first.
    private(set) var converted = (count: 0, first: 0)

    /// How many characters could not be read, and the line of the first.
    private(set) var unreadable = (count: 0, first: 0)

    /// The number of the next line, from 1.
    private var line = 1

    /// The line that has not ended yet.
    private var open: [UInt8] = []

    /// The most bytes that wait for the end of their line. A longer line is judged in pieces.
    private static let longestWait = 1 << 20

    private static let converter = TextEncoding.windows1252.iconvName

    /// Whether nothing waits.
    var isEmpty: Bool { open.isEmpty }

    /// Takes bytes of ASCII that the text has already.
    mutating func pass(_ bytes: ArraySlice<UInt8>) {
        line += bytes.count { $0 == UInt8(ascii: "\n") }
    }

    /// Appends the next bytes of the text to those that were read, as far as their lines have ended.
    mutating func append(_ bytes: [UInt8], isLast: Bool, to text: inout [UInt8]) {
        open += bytes
        var end = open.endIndex
        if !isLast {
            let lineEnd = open.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
            end = lineEnd ?? (open.count > Self.longestWait ? Self.endOfCharacters(open) : 0)
        }
        if end == 0 { return }
        if Self.isUTF8(open[..<end]) {
            pass(open[..<end])
            if !isUTF8 { isUTF8 = open[..<end].contains { $0 >= 0x80 } }
            text += open[..<end]
        } else {
            var start = 0
            while start < end {
                let lineEnd = open[start..<end].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? end
                read(open[start..<lineEnd], into: &text)
                pass(open[start..<lineEnd])
                start = lineEnd
            }
        }
        open.removeSubrange(..<end)
    }

    private mutating func read(_ bytes: ArraySlice<UInt8>, into text: inout [UInt8]) {
        if Self.isUTF8(bytes) {
            text += bytes
            return
        }
        let (characters, others) = EncodingGuess.countOfUTF8(bytes)
        if isUTF8, characters == 0, LatinText.isLikely(bytes), let converter = TextConverter(from: Self.converter) {
            var converted: [UInt8] = []
            _ = converter.convert(bytes, into: &converted, isLast: true)
            if converter.replacedCount == 0 {
                text += converted
                self.converted = (self.converted.count + 1, self.converted.count == 0 ? line : self.converted.first)
                return
            }
        }
        unreadable = (unreadable.count + others, unreadable.count == 0 ? line : unreadable.first)
        text += bytes
    }

    private static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil
    }

    /// The end of the bytes without a character that the end may cut.
    private static func endOfCharacters(_ bytes: [UInt8]) -> Int {
        let start = bytes.suffix(4).lastIndex { $0 & 0xC0 != 0x80 }
        return start.flatMap { bytes[$0] >= 0xC0 ? $0 : nil } ?? bytes.endIndex
    }

    // MARK: - What happened

    /// What to say about the lines, in sentences without their ends.
    var remarks: [String] {
        var remarks: [String] = []
        if converted.count > 0 {
            remarks.append(
                converted.count == 1
                    ? "line \(converted.first) is not UTF-8 and was read as Windows-1252"
                    : "\(converted.count) lines, the first of them line \(converted.first), are not UTF-8 and were read as "
                        + "Windows-1252")
        }
        if unreadable.count > 0 {
            let (count, first) = unreadable
            let what =
                count == 1
                ? "1 character, on line \(first)," : "\(count) characters, the first of them on line \(first),"
            remarks.append("\(what) could not be read: they are not UTF-8, and no other encoding is certain")
        }
        return remarks
    }
}
