import Papers

/// Reads what the Web of Science exports: tagged lines, or a table whose headers are the tags.
struct WOSImporter: PaperImporter {
    static let name = WOSFormat.name
    static let fileExtensions = WOSFormat.fileExtensions

    private enum Source {
        case lines(TaggedLinesImporter<WOSFormat>)
        case table(WOSTable, TableReader)
    }

    private let path: String
    private let options: ImportOptions
    private var source: Source

    init(_ file: PaperFile, options: ImportOptions) {
        path = file.path
        self.options = options
        var head = (try? file.head(count: FormatDetection.headLength)) ?? []
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { head.removeFirst(3) }
        if let table = WOSTable(of: head) {
            let rows = TableReader(
                file, shape: WOSTable.shape, start: table.start, line: 2, blockLength: FileBlock.recordsLength)
            source = .table(table, rows)
        } else {
            source = .lines(TaggedLinesImporter(file, options: options))
        }
    }

    static func recognition(of head: [UInt8], fileExtension: String) -> ImportRecognition {
        WOSTable(of: head) != nil ? .certain : WOSFormat.recognition(of: firstLines(of: head))
    }

    mutating func nextBatch() throws(PaperFormatsError) -> PaperBatch? {
        switch source {
        case .lines(var importer):
            defer { source = .lines(importer) }
            return try importer.nextBatch()
        case .table(let table, var rows):
            defer { source = .table(table, rows) }
            let block = try rows.next()
            return block?.rows(path: path, options: options, shape: WOSTable.shape) { table.draft(of: $0) }
        }
    }
}

/// The header of a table of the Web of Science: `PT`, `AU`, `TI` and more tags, with tabs between them.
private struct WOSTable: Sendable {
    static let shape = TableShape(delimiter: 0x09, hasQuotes: false)

    private let tags: [String]

    /// The length of the header.
    let start: Int

    init?(of head: [UInt8]) {
        guard let end = head.firstIndex(of: UInt8(ascii: "\n")),
            let tags = Self.shape.cells(of: head, in: 0..<end), tags.count > 5,
            Set(tags).isSuperset(of: ["PT", "TI", "AU"]), tags.allSatisfy({ $0.utf8.count <= 2 })
        else { return nil }
        (self.tags, start) = (tags, end + 1)
    }

    /// What a row says. Lists have semicolons where tagged lines have line ends.
    func draft(of cells: [String]) -> PaperDraft {
        var record = TaggedRecord(line: 1)
        for (tag, text) in zip(tags, cells) where !text.isEmpty && !tag.isEmpty {
            let isList = ["AU", "AF", "BE", "BA", "BF", "CR", "OI", "RI"].contains(tag)
            record.append(tag, isList ? text.replacing("; ", with: "\n") : text)
        }
        return WOSFormat.draft(of: record)
    }
}
