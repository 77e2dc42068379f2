import Papers
import ParallelLoops

extension ImportFormat {
    /// BibTeX and BibLaTeX, also as JabRef, Zotero, Mendeley, BibDesk and Calibre write them. Named `bibtex`.
    ///
    /// See <doc:BibTeX>.
    public static let bibTeX = ImportFormat(BibTeXImporter.self)
}

/// Reads BibTeX and BibLaTeX.
///
/// The file is read in segments of 256 MB, because entries take fields from others that stand anywhere, and the groups
/// of JabRef stand at the end. Nearly all files are one segment. In a longer one, an entry takes nothing from entries of
/// other segments.
struct BibTeXImporter: PaperImporter {
    static let name = "bibtex"
    static let fileExtensions = ["bib", "bibtex", "biblatex"]

    private static let segmentLength = 256 << 20

    /// The entries of a batch. They keep all cores busy for tens of milliseconds.
    private static let batchLength = 4096

    private let path: String
    private let options: ImportOptions
    private var file: BlockBytes
    private var line = 1
    private var segment = BibTeXSegment()
    private var inheritance: BibTeXInheritance?
    private var groups = BibTeXGroups([])
    private var nextEntry = 0

    init(_ file: PaperFile, options: ImportOptions) {
        path = file.path
        self.options = options
        self.file = BlockBytes(file, blockLength: BibTeXImporter.segmentLength)
    }

    mutating func nextBatch() throws(PaperFormatsError) -> PaperBatch? {
        if nextEntry < segment.entries.count { return takeEntries() }
        guard let (bytes, start, _) = try file.next() else { return nil }
        // The last segment is not needed any more while the next one is cut.
        (segment, inheritance) = (BibTeXSegment(), nil)
        let result = BibTeXScanner.scan(bytes, from: start, line: line, isAtEnd: file.isAtEnd)
        if !file.isAtEnd { file.unfinished = Array(result.segment.bytes[result.rest...]) }
        (segment, line, nextEntry) = (result.segment, result.line, 0)
        inheritance = BibTeXInheritance(segment)
        groups = BibTeXGroups(
            segment.comments.map { String(decoding: segment.bytes[$0], as: UTF8.self).trimmingSpaces })
        var batch = takeEntries()
        batch.skipped += segment.skipped.map { problem in
            let code: SkippedRecord.Code = problem.code == .tooLong ? .tooLong : .malformed
            return SkippedRecord(code, file: path, line: problem.line, reason: problem.reason)
        }
        return batch
    }

    private enum Outcome: Sendable {
        case paper(Paper)
        case nothing
        case tooLong
    }

    private mutating func takeEntries() -> PaperBatch {
        let entries = segment.entries[nextEntry...].prefix(Self.batchLength)
        nextEntry = entries.endIndex
        var batch = PaperBatch()
        guard let inheritance else { return batch }
        let (first, segment, groups) = (entries.startIndex, segment, groups)
        let outcomes = concurrentMap(entries.count, threads: options.threads, chunk: 32) { index -> Outcome in
            let entry = segment.entries[first + index]
            let type = segment.name(entry.type)
            if BibTeXTypes.settings.contains(type) { return .nothing }
            guard let values = inheritance.values(of: entry) else { return .tooLong }
            return .paper(
                BibTeXRecord.paper(type: type, key: segment.key(of: entry), values: values, groups: groups))
        }
        for (entry, outcome) in zip(entries, outcomes) {
            if case .tooLong = outcome {
                let reason = "its macros make it too long"
                batch.skipped.append(SkippedRecord(.tooLong, file: path, line: entry.line, reason: reason))
            }
            guard case .paper(let paper) = outcome else { continue }
            if paper.isEmpty, paper.authors.isEmpty, paper.hasDerivedID,
                !(options.keepsEmptyPapers && paper.citationKey != nil)
            {
                batch.skipped.append(
                    SkippedRecord(
                        .noTitleAndNoAbstract, file: path, line: entry.line, reason: "neither a title nor an abstract"))
            } else {
                batch.papers.append(paper)
            }
        }
        return batch
    }
}

// MARK: - Recognition

extension BibTeXImporter {
    /// Certain if an entry with a field begins a line. A file of the format's extension may hold comments alone.
    ///
    /// A document of another kind may quote entries. In a file whose name says so, they are plausible only. Entries
    /// between the fences of code, or inside a document of HTML, are quoted in any case.
    static func recognition(of head: [UInt8], fileExtension: String) -> ImportRecognition {
        let isNamed = fileExtensions.contains(fileExtension)
        if !isNamed, head.first(where: { !isTeXSpace($0) }) == UInt8(ascii: "<") { return .no }
        var isAtLineStart = true
        var isInFence = false
        for (index, byte) in head.enumerated() {
            if isAtLineStart, byte == UInt8(ascii: "`") || byte == UInt8(ascii: "~"),
                head[index...].prefix(3).elementsEqual([byte, byte, byte])
            {
                isInFence.toggle()
            }
            if byte == UInt8(ascii: "@"), isAtLineStart, isNamed || !isInFence, isEntryWithField(head, at: index) {
                return isNamed || !documents.contains(fileExtension) ? .certain : .plausible
            }
            isAtLineStart =
                isTeXSpace(byte) && (isAtLineStart || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r"))
        }
        return isNamed ? .byName : .no
    }

    /// Extensions of documents that quote entries.
    private static let documents: Set<String> = ["md", "markdown", "html", "htm", "tex", "rst", "org", "json", "xml"]

    /// Whether an entry begins at a place, and `=` follows before the next entry.
    private static func isEntryWithField(_ head: [UInt8], at place: Int) -> Bool {
        guard BibTeXSyntax.isEntry(head, at: place) else { return false }
        return head[(place + 1)...].prefix(4096).prefix { $0 != UInt8(ascii: "@") }.contains(UInt8(ascii: "="))
    }
}
