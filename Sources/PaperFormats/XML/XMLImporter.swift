import Papers
import ParallelLoops

/// Reads papers from documents of XML: answers of arXiv, OAI-PMH, PubMed and Crossref, files of the ACL Anthology,
/// of DBLP and EndNote, and articles in JATS and TEI.
///
/// The root element says which of them a document is, see ``XMLKind``. The document may be larger than memory. One that
/// ends in the middle gives the papers up to there.
struct XMLImporter: PaperImporter {
    static let name = "xml"
    static let fileExtensions = ["xml", "atom"]

    /// How many bytes of the document make a batch.
    private static let batchLength = 4 << 20

    private let file: PaperFile
    private let options: ImportOptions
    private var records: XMLRecordReader?
    private var isAtEnd = false
    /// How many records their source has deleted, and the line of the first.
    private var deleted: (count: Int, line: Int)?

    init(_ file: PaperFile, options: ImportOptions) {
        self.file = file
        self.options = options
    }

    /// Certain if the root element is one that we know.
    static func recognition(of head: [UInt8], fileExtension: String) -> ImportRecognition {
        XMLKind(head: head) == nil ? .no : .certain
    }

    mutating func nextBatch() throws(PaperFormatsError) -> PaperBatch? {
        if isAtEnd { return nil }
        if records == nil { records = try open() }
        guard var records else { return nil }
        var batch = PaperBatch()
        var found: [XMLRecord] = []
        let start = records.bytesRead
        while records.bytesRead - start < Self.batchLength {
            guard let part = try records.next() else {
                isAtEnd = true
                break
            }
            switch part {
            case .record(let record): found.append(record)
            case .tooLong(let line):
                batch.skipped.append(
                    SkippedRecord(.tooLong, file: file.path, line: line, reason: FileBlock.tooLongReason))
            case .cutOff(let line):
                let reason = "the file ends in the middle of the document"
                batch.skipped.append(SkippedRecord(.notXML, file: file.path, line: line, reason: reason))
            }
        }
        self.records = records
        read(found, into: &batch)
        if isAtEnd, let deleted {
            let message = deleted.count == 1 ? "1 record is" : "\(deleted.count) records, the first of them here, are"
            batch.notes.append(
                ImportNote(
                    .deletedRecords, file: file.path, line: deleted.line, message: message + " deleted at the source"))
        }
        return batch
    }

    /// Finds out which kind of document the file is.
    private func open() throws(PaperFormatsError) -> XMLRecordReader {
        let head = try file.head(count: FormatDetection.headLength)
        let text = head.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(head.dropFirst(3)) : head
        guard let kind = XMLKind(head: text) else {
            let foreign = ForeignText(head: text, fileExtension: "xml")
            throw PaperFormatsError(
                .unknownFormat, path: file.path,
                message: "Cannot read papers from '\(file.path)': it is \(foreign?.name ?? "not XML")",
                remedy: foreign?.remedy ?? "Give an XML file, or let the format be recognized.")
        }
        return XMLRecordReader(file, kind: kind)
    }

    // MARK: - Records

    /// Reads records on several threads, and adds what they are to a batch in their order.
    private mutating func read(_ records: [XMLRecord], into batch: inout PaperBatch) {
        guard let kind = self.records?.kind else { return }
        let keepsEmpty = options.keepsEmptyPapers
        let outcomes = concurrentMap(records.count, threads: options.threads, chunk: 16) { index in
            Self.outcome(of: records[index], kind, keepsEmpty: keepsEmpty)
        }
        for (record, outcome) in zip(records, outcomes) {
            let line = record.element.line
            switch outcome {
            case .paper(let paper): batch.papers.append(paper)
            case .nothing: break
            case .deleted: deleted = (count: (deleted?.count ?? 0) + 1, line: deleted?.line ?? line)
            case .skipped(let code, let reason):
                batch.skipped.append(SkippedRecord(code, file: file.path, line: line, reason: reason))
            }
        }
    }

    private enum Outcome: Sendable {
        case paper(Paper)
        case nothing
        case deleted
        case skipped(SkippedRecord.Code, String)
    }

    private static func outcome(of record: XMLRecord, _ kind: XMLKind, keepsEmpty: Bool) -> Outcome {
        if let problem = record.problem {
            return .skipped(.notXML, "not XML at line \(problem.line): \(problem.text)")
        }
        switch kind.read(record) {
        case .nothing: return .nothing
        case .deleted: return .deleted
        case .notAPaper(let reason): return .skipped(.notAPaper, reason)
        case .paper(let draft):
            let paper = draft.paper()
            if paper.isEmpty, !paper.isReference, !(keepsEmpty && !paper.hasDerivedID) {
                return .skipped(.noTitleAndNoAbstract, "neither a title nor an abstract")
            }
            return .paper(paper)
        }
    }
}
