import Papers

/// Reads JSON Lines: one record on each line, whoever wrote it; see ``RecordSource``.
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
            let shape = JSONShape(head)
            let isDocument = JSONDocumentImporter.hasFormOfDocument(head, shape: shape, isNamedAsLines: isNamed)
            if !isDocument, shape.hasPapers { return .certain }
            if shape.hasOthers { return .no }
            if !isDocument, isNamed { return .certain }
        }
        return isNamed ? .byName : .no
    }

    mutating func nextBatch() throws(PaperFormatsError) -> PaperBatch? {
        try lines.next()?.records(path: path, options: options)
    }
}
