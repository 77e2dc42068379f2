import Papers

/// A format whose records are lines that begin with a tag, such as RIS.
///
/// ``TaggedLinesImporter`` reads the files of such a format.
protocol TaggedLineFormat: SendableMetatype {
    /// The word that names the format on a command line.
    static var name: String { get }

    /// The extensions of the format's files.
    static var fileExtensions: [String] { get }

    /// The tags that end a record. They belong to none.
    static var lastTags: Set<String> { get }

    /// The tags that stand before or after all records and belong to none.
    static var frameTags: Set<String> { get }

    /// Whether a line without a tag continues the field before it even if blank lines stand between them.
    static var hasBlankLines: Bool { get }

    /// Judges whether the lines of a file have the format.
    static func recognition(of lines: [ArraySlice<UInt8>]) -> ImportRecognition

    /// The tag of a line and where its text starts; `nil` if the line has no tag.
    static func field(in line: ArraySlice<UInt8>) -> (tag: String, start: Int)?

    /// Whether a field begins a new record although the open one has not ended.
    static func begins(_ tag: String, afterBlankLine: Bool, in open: TaggedRecord) -> Bool

    /// Whether the fields of a record belong to the one before it.
    static func isRemainder(_ record: TaggedRecord) -> Bool

    /// What a record says of its paper.
    static func draft(of record: TaggedRecord) -> PaperDraft
}

extension TaggedLineFormat {
    static var frameTags: Set<String> { [] }
    static var lastTags: Set<String> { [] }
    static var hasBlankLines: Bool { true }
    static func isRemainder(_ record: TaggedRecord) -> Bool { false }
}

extension ArraySlice<UInt8> {
    /// Whether the line has nothing but spaces.
    var isBlankLine: Bool {
        allSatisfy { $0 <= 0x20 }
    }

    /// The byte at an index, or 0 beyond the end.
    func byte(_ index: Int) -> UInt8 {
        index < endIndex ? self[index] : 0
    }
}

/// Whether a byte is an upper case letter of ASCII.
func isUpper(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
}

/// Whether a byte is an upper case letter or a digit of ASCII.
func isUpperOrDigit(_ byte: UInt8) -> Bool {
    isUpper(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}

/// The lines at the beginning of a file, without the carriage returns at their ends. A line that the end of `head` cuts
/// is one of them.
func firstLines(of head: [UInt8], most count: Int = 2_000) -> [ArraySlice<UInt8>] {
    let lineEnd = UInt8(ascii: endsLinesWithReturns(head) ? "\r" : "\n")
    return head.split(separator: lineEnd, maxSplits: count, omittingEmptySubsequences: false).prefix(count).map {
        $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0
    }
}

/// Whether carriage returns alone end the lines, as old programs write them.
func endsLinesWithReturns(_ head: [UInt8]) -> Bool {
    head.contains(UInt8(ascii: "\r")) && !head.contains(UInt8(ascii: "\n"))
}
