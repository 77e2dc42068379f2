import Papers
import ParallelLoops

extension FileBlock {
    /// How many bytes of records make a batch: 8 MB. They keep all cores busy for tens of milliseconds.
    static let recordsLength = 8 << 20

    /// How many records a thread takes at once.
    private static let chunkLength = 64

    /// Decodes each part as a record in JSON, on several threads. The result has the order of the parts.
    ///
    /// Blank parts are ignored.
    ///
    /// - Parameters:
    ///   - path: The path of the file, for the reports.
    ///   - options: How to read the file.
    /// - Returns: The papers and the reports.
    func records(path: String, options: ImportOptions) -> PaperBatch {
        let keepsEmpty = options.keepsEmptyPapers
        let outcomes = concurrentMap(parts.count, threads: options.threads, chunk: FileBlock.chunkLength) { index in
            record(in: parts[index], keepsEmpty: keepsEmpty)
        }
        var batch = PaperBatch()
        batch.papers.reserveCapacity(parts.count)
        for (part, outcome) in zip(parts, outcomes) {
            if let outcome { batch.append(outcome, file: path, line: part.line) }
        }
        return batch
    }

    /// The record in a part, or `nil` if the part is blank.
    private func record(in part: Part, keepsEmpty: Bool) -> RecordOutcome? {
        if part.isTooLong { return .skipped(.tooLong, reason: FileBlock.tooLongReason) }
        if bytes[part.range].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return nil }
        return PaperRecord.decode(bytes, in: part.range, line: part.line, keepsEmpty: keepsEmpty)
    }
}

/// Whether a byte is white space in JSON.
func isJSONSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
}
