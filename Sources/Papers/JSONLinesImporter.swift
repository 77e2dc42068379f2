import ParallelLoops

/// Reads JSON Lines: one record a line, Akin's own or BEIR's.
///
/// Blank lines are passed by. The lines of a few megabytes are decoded together, on as many threads as the options
/// allow, and delivered in the file's order.
struct JSONLinesImporter: PaperImporter {
    static let name = "jsonl"
    static let fileExtensions = ["jsonl", "ndjson"]

    /// How much of the file makes a batch. Eight megabytes keep the cores busy for tens of milliseconds at a time.
    private static let blockLength = 8 << 20

    /// How many records a thread takes at once.
    private static let chunkLength = 64

    private let path: String
    private let options: ImportOptions
    private var lines: LineReader

    init(_ file: PaperFile, options: ImportOptions) {
        path = file.path
        self.options = options
        lines = LineReader(file, blockLength: JSONLinesImporter.blockLength)
    }

    /// Certain where the text begins like an object with a key. Otherwise the name decides, because the first record may
    /// be broken.
    static func recognition(of head: [UInt8], fileExtension: String) -> ImportRecognition {
        let marks = head.lazy.filter { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }.prefix(2)
        if marks.elementsEqual([UInt8(ascii: "{"), UInt8(ascii: "\"")]) { return .certain }
        return fileExtensions.contains(fileExtension) ? .byName : .no
    }

    mutating func nextBatch() throws(PapersError) -> ImportBatch? {
        guard let block = try lines.next() else { return nil }
        let (chunk, keepsEmpty) = (JSONLinesImporter.chunkLength, options.keepsEmptyPapers)
        let outcomes = concurrentMap(block.lines.count, threads: options.threads, chunk: chunk) { index in
            block.record(in: block.lines[index], keepsEmpty: keepsEmpty)
        }
        var batch = ImportBatch()
        batch.papers.reserveCapacity(block.lines.count)
        for (line, outcome) in zip(block.lines, outcomes) {
            switch outcome {
            case .paper(let paper, let note):
                batch.papers.append(paper)
                if let note {
                    batch.notes.append(ImportNote(.yearDropped, file: path, line: line.number, message: note))
                }
            case .skipped(let code, let reason):
                batch.skipped.append(SkippedRecord(code, file: path, line: line.number, reason: reason))
            case nil:
                break
            }
        }
        return batch
    }
}

extension LineBlock {
    /// The record on a line, or `nil` where the line is blank.
    fileprivate func record(in line: Line, keepsEmpty: Bool) -> RecordOutcome? {
        if line.isTooLong {
            return .skipped(.tooLong, reason: "longer than \(LineReader.maximumLineLength >> 20) MB")
        }
        if bytes[line.range].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return nil }
        return PaperRecord.decode(bytes, in: line.range, keepsEmpty: keepsEmpty)
    }
}
