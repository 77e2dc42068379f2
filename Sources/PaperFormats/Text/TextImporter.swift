import Papers

/// Reads a file as the text of one paper: its first paragraph is the title, and the rest is the abstract.
///
/// Any text has this form, so that the format is never recognized. It has to be named.
struct TextImporter: PaperImporter {
    static let name = "text"
    static let fileExtensions = ["txt", "text"]

    private let file: PaperFile
    private var isAtEnd = false

    init(_ file: PaperFile, options: ImportOptions) {
        self.file = file
    }

    static func recognition(of head: [UInt8], fileExtension: String) -> ImportRecognition { .no }

    mutating func nextBatch() throws(PaperFormatsError) -> PaperBatch? {
        if isAtEnd { return nil }
        isAtEnd = true
        var bytes: [UInt8] = []
        while try file.read(upTo: FileBlock.readLength, into: &bytes) > 0 {
            guard bytes.count <= FileBlock.maximumPartLength else {
                return skipped(.tooLong, reason: FileBlock.tooLongReason)
            }
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        guard let text = String(validating: bytes, as: UTF8.self) else { return skipped(.notUTF8, reason: "not UTF-8") }
        let (title, abstract) = TextImporter.parts(of: text)
        return PaperBatch(papers: [Paper(title: title, abstract: abstract)])
    }

    private func skipped(_ code: SkippedRecord.Code, reason: String) -> PaperBatch {
        PaperBatch(skipped: [SkippedRecord(code, file: file.path, line: 1, reason: reason)])
    }

    /// A title is no longer than this, in characters. Of a longer first paragraph, only the first line is the title.
    private static let longestTitle = 300

    private static func parts(of text: String) -> (title: String, abstract: String) {
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        let filled = lines.drop { $0.allSatisfy(\.isWhitespace) }
        let paragraph = filled.prefix { !$0.allSatisfy(\.isWhitespace) }
        let isTitle = paragraph.reduce(0) { $0 + $1.count } <= longestTitle
        let title = isTitle ? paragraph : paragraph.prefix(1)
        let rest = lines[title.endIndex...]
        return (title.joined(separator: "\n"), rest.joined(separator: "\n"))
    }
}
