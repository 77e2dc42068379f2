import Papers

/// Reads JSON Lines: one record on each line, in Akin's form or BEIR's.
///
/// Blank lines are ignored.
struct JSONLinesImporter: PaperImporter {
    static let name = "jsonl"
    static let fileExtensions = ["jsonl", "ndjson"]

    private let path: String
    private let options: ImportOptions
    private var lines: LineReader

    init(_ file: PaperFile, options: ImportOptions) {
        path = file.path
        self.options = options
        lines = LineReader(file, blockLength: FileBlock.recordsLength, skipsBlankLines: true)
    }

    /// Certain if the text begins with an object on one line that may be a paper. Otherwise the extension decides,
    /// because the first record may be broken.
    static func recognition(of head: [UInt8], fileExtension: String) -> ImportRecognition {
        let isNamed = fileExtensions.contains(fileExtension)
        let marks = head.lazy.filter { !isJSONSpace($0) }.prefix(2)
        if marks.elementsEqual([UInt8(ascii: "{"), UInt8(ascii: "\"")]) {
            let isDocument = JSONDocumentImporter.hasFormOfDocument(head, isNamedAsLines: isNamed)
            if !isDocument, isNamed || JSONDocumentImporter.hasKeyOfPapers(head) { return .certain }
        }
        return isNamed ? .byName : .no
    }

    mutating func nextBatch() throws(PaperFormatsError) -> PaperBatch? {
        try lines.next()?.records(path: path, options: options)
    }
}
