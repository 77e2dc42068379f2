import Papers
import ParallelLoops

/// Reads tables: CSV and TSV, with a comma, semicolon, tab or bar between the cells and a header above the columns.
///
/// ``PaperField`` knows the headers of databases and reference managers; a column with another header becomes an
/// attribute. ``ImportOptions/columns`` says what the header does not.
struct TableImporter: PaperImporter {
    static let name = "csv"
    static let fileExtensions = ["csv", "tsv", "tab"]

    private let path: String
    private let options: ImportOptions
    private let layout: TableLayout?
    private var rows: TableReader?

    init(_ file: PaperFile, options: ImportOptions) {
        path = file.path
        self.options = options
        var head = (try? file.head(count: FormatDetection.headLength)) ?? []
        let isWhole = head.count < FormatDetection.headLength
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { head.removeFirst(3) }
        layout = TableLayout(of: head, isWhole: isWhole, map: options.columns)
        rows = layout.map {
            TableReader(
                file, shape: $0.shape, start: $0.start, line: $0.line, blockLength: FileBlock.recordsLength)
        }
    }

    static func recognition(of head: [UInt8], fileExtension: String) -> ImportRecognition {
        recognition(of: head, fileExtension: fileExtension, options: ImportOptions(formats: []))
    }

    /// Certain if the header of a paper's fields stands over rows of the same width. A single column needs the
    /// extension. A caller who says what the columns are is believed.
    static func recognition(
        of head: [UInt8], fileExtension: String, options: ImportOptions
    ) -> ImportRecognition {
        let isWhole = head.count < FormatDetection.headLength - 3
        guard let layout = TableLayout(of: head, isWhole: isWhole, map: options.columns),
            layout.hasPapers || !options.columns.isEmpty
        else { return .no }
        let isNamed = fileExtensions.contains(fileExtension)
        guard layout.width > 1, let regularity = layout.regularity else { return isNamed ? .byName : .no }
        return regularity >= leastRegularity ? .certain : isNamed ? .byName : .no
    }

    /// The share of rows that must be as wide as the header. Rows whose empty ends are left out are rare.
    private static let leastRegularity = 0.5

    mutating func nextBatch() throws(PaperFormatsError) -> PaperBatch? {
        guard let layout else {
            throw PaperFormatsError(
                .unknownFormat, path: path,
                message: "Cannot read papers from '\(path)': it has no column of titles",
                remedy: "Say which column holds them, for example with '--map title=name'.")
        }
        guard let block = try rows?.next() else { return nil }
        return block.rows(path: path, options: options, shape: layout.shape) { layout.draft(of: $0) }
    }
}

extension FileBlock {
    /// Makes papers of the parts, which are rows of a table, on several threads. Blank rows are ignored.
    func rows(
        path: String, options: ImportOptions, shape: TableShape, draft: @escaping @Sendable ([String]) -> PaperDraft
    ) -> PaperBatch {
        let keepsEmpty = options.keepsEmptyPapers
        let outcomes = concurrentMap(parts.count, threads: options.threads, chunk: 16) { index -> RecordOutcome? in
            let part = parts[index]
            if part.isTooLong { return .skipped(.tooLong, reason: FileBlock.tooLongReason) }
            guard let cells = shape.cells(of: bytes, in: part.range) else {
                return .skipped(.notUTF8, reason: "not UTF-8")
            }
            if cells.allSatisfy(\.isEmpty) { return nil }
            return RecordOutcome(draft(cells), keepsEmpty: keepsEmpty)
        }
        var batch = PaperBatch()
        for (part, outcome) in zip(parts, outcomes) {
            if let outcome { batch.append(outcome, file: path, line: part.line) }
        }
        return batch
    }
}

extension ImportFormat {
    /// A table with a header: CSV, TSV, or with semicolons or bars. Named `csv`. See <doc:FileFormats>.
    public static let csv = ImportFormat(TableImporter.self)
}
