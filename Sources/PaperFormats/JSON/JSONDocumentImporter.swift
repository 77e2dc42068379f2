import Papers

/// Reads a JSON document: one paper, a list of papers, or an object around such a list.
///
/// The records are those of JSON Lines. The file may be larger than memory, see ``JSONDocumentReader``. It may also
/// hold several documents, one after another.
struct JSONDocumentImporter: PaperImporter {
    static let name = "json"
    static let fileExtensions = ["json"]

    private let path: String
    private let options: ImportOptions
    private var records: JSONDocumentReader
    private var isAtEnd = false

    init(_ file: PaperFile, options: ImportOptions) {
        path = file.path
        self.options = options
        records = JSONDocumentReader(file, blockLength: FileBlock.recordsLength)
    }

    mutating func nextBatch() throws(PaperFormatsError) -> PaperBatch? {
        if isAtEnd { return nil }
        if let block = try records.next() { return block.records(path: path, options: options) }
        isAtEnd = true
        guard let line = records.lineOfEarlyEnd else { return nil }
        let reason = "not JSON: the file ends in the middle of the document"
        return PaperBatch(skipped: [SkippedRecord(.notJSON, file: path, line: line, reason: reason)])
    }
}

// MARK: - Recognition

extension JSONDocumentImporter {
    /// Certain if the text has the form of a document and a key that papers have. The extension alone proves nothing:
    /// most `.json` files hold no papers.
    static func recognition(of head: [UInt8], fileExtension: String) -> ImportRecognition {
        let isNamedAsLines = JSONLinesImporter.fileExtensions.contains(fileExtension)
        guard let first = head.first(where: { !isJSONSpace($0) }), first == 0x5B || first == 0x7B else { return .no }
        let shape = JSONShape(head)
        guard hasFormOfDocument(head, shape: shape, isNamedAsLines: isNamedAsLines) else { return .no }
        return shape.hasPapers || isEmptyList(head) ? .certain : .no
    }

    /// Whether a text begins with a list of objects, with an object that continues on the next line, or with an object
    /// around a list of records.
    ///
    /// An object on one line counts as JSON Lines, which reads it just as well.
    ///
    /// - Parameters:
    ///   - head: The beginning of the file.
    ///   - shape: What it looks like.
    ///   - isNamedAsLines: Whether the file has an extension of JSON Lines. Its first record may then be cut off, so
    ///     that only a first line of `{` alone proves that an object continues.
    /// - Returns: Whether the text has the form of a document.
    static func hasFormOfDocument(_ head: [UInt8], shape: JSONShape, isNamedAsLines: Bool) -> Bool {
        guard let first = head.firstIndex(where: { !isJSONSpace($0) }) else { return false }
        switch head[first] {
        case UInt8(ascii: "["):
            let second = head[(first + 1)...].first { !isJSONSpace($0) }
            return second == UInt8(ascii: "{") || isEmptyList(head)
        case UInt8(ascii: "{"):
            return continuesOnNextLine(head[first...], isNamedAsLines: isNamedAsLines) || shape.hasFrame
        default:
            return false
        }
    }

    private static func isEmptyList(_ head: [UInt8]) -> Bool {
        head.filter { !isJSONSpace($0) } == Array("[]".utf8)
    }

    /// Whether an object continues on the second line: the first line ends where a key, a value or an element must
    /// follow, and the second line begins with one.
    private static func continuesOnNextLine(_ text: ArraySlice<UInt8>, isNamedAsLines: Bool) -> Bool {
        guard let lineEnd = text.firstIndex(of: UInt8(ascii: "\n")),
            let last = text[..<lineEnd].lastIndex(where: { !isJSONSpace($0) }),
            let next = text[lineEnd...].first(where: { !isJSONSpace($0) })
        else { return false }
        if last == text.startIndex { return next == UInt8(ascii: "\"") }
        if isNamedAsLines { return false }
        switch text[last] {
        case UInt8(ascii: "{"), UInt8(ascii: ","): return next == UInt8(ascii: "\"")
        case UInt8(ascii: "["), UInt8(ascii: ":"): return true
        default: return false
        }
    }
}
