import Papers
import ParallelLoops

/// Reads files whose records are lines with tags, in the format that `Format` describes.
///
/// Text before the first tag and between the records belongs to no record. A line without a tag continues the field
/// before it.
struct TaggedLinesImporter<Format: TaggedLineFormat>: PaperImporter {
    static var name: String { Format.name }
    static var fileExtensions: [String] { Format.fileExtensions }

    private let path: String
    private let options: ImportOptions
    private var lines: LineReader
    private var records = TaggedRecords<Format>()
    private var isAtEnd = false
    private let hasReturnsOnly: Bool

    init(_ file: PaperFile, options: ImportOptions) {
        path = file.path
        self.options = options
        hasReturnsOnly = endsLinesWithReturns((try? file.head(count: FormatDetection.headLength)) ?? [])
        lines = LineReader(file, blockLength: FileBlock.recordsLength)
    }

    static func recognition(of head: [UInt8], fileExtension: String) -> ImportRecognition {
        Format.recognition(of: firstLines(of: head))
    }

    mutating func nextBatch() throws(PaperFormatsError) -> PaperBatch? {
        while !isAtEnd {
            if let block = try lines.next() {
                for part in block.parts { append(part, of: block.bytes) }
            } else {
                isAtEnd = true
                records.finish()
            }
            let complete = records.take()
            if !complete.isEmpty { return batch(of: complete) }
        }
        return nil
    }

    /// Appends a line, or the lines in it if carriage returns part them.
    private mutating func append(_ part: FileBlock.Part, of bytes: [UInt8]) {
        guard hasReturnsOnly, !part.isTooLong else { return records.append(part, of: bytes) }
        let lines = bytes[part.range].split(separator: UInt8(ascii: "\r"), omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            let line = FileBlock.Part(
                line: part.line + number, range: line.startIndex..<line.endIndex, isTooLong: false)
            records.append(line, of: bytes)
        }
    }

    private func batch(of records: [TaggedRecord]) -> PaperBatch {
        let keepsEmpty = options.keepsEmptyPapers
        let outcomes = concurrentMap(records.count, threads: options.threads, chunk: 16) { index in
            Self.outcome(of: records[index], keepsEmpty: keepsEmpty)
        }
        var batch = PaperBatch()
        for (record, outcome) in zip(records, outcomes) {
            batch.append(outcome, file: path, line: record.line)
        }
        return batch
    }

    private static func outcome(of record: TaggedRecord, keepsEmpty: Bool) -> RecordOutcome {
        switch record.problem {
        case .tooLong: return .skipped(.tooLong, reason: FileBlock.tooLongReason)
        case .notUTF8(let line): return .skipped(.notUTF8, reason: "not UTF-8 in line \(line)")
        case nil: return RecordOutcome(Format.draft(of: record), keepsEmpty: keepsEmpty)
        }
    }
}

/// Puts lines together to records.
private struct TaggedRecords<Format: TaggedLineFormat> {
    private var complete: [TaggedRecord] = []
    private var open: TaggedRecord?
    /// The last record that ended. Fields behind its end may belong to it.
    private var ended: TaggedRecord?
    private var isAfterBlankLine = false

    /// Returns the complete records, each once.
    mutating func take() -> [TaggedRecord] {
        defer { complete = [] }
        return complete
    }

    /// Ends the last record of the file.
    mutating func finish() {
        end()
        if let record = ended.take() { complete.append(record) }
    }

    /// Ends the open record.
    private mutating func end() {
        guard let record = open.take() else { return }
        if ended != nil, record.problem == nil, Format.isRemainder(record) {
            for field in record.fields { ended?.append(field.tag, field.text) }
            return
        }
        if let ended { complete.append(ended) }
        ended = record
    }

    mutating func append(_ part: FileBlock.Part, of bytes: [UInt8]) {
        let line = bytes[part.range]
        if part.isTooLong {
            open?.fail(.tooLong)
        } else if line.isBlankLine {
            isAfterBlankLine = true
            return
        } else if let (tag, start) = Format.field(in: line) {
            append(tag, line[min(start, line.endIndex)...], number: part.line)
        } else if isAfterBlankLine, !Format.hasBlankLines {
            return
        } else if open != nil {
            let text = text(line, number: part.line)
            open?.extend(by: text, afterBlankLine: isAfterBlankLine)
        }
        isAfterBlankLine = false
    }

    private mutating func append(_ tag: String, _ bytes: ArraySlice<UInt8>, number: Int) {
        if Format.lastTags.contains(tag) { return end() }
        if Format.frameTags.contains(tag) { return }
        if let open, Format.begins(tag, afterBlankLine: isAfterBlankLine, in: open) { end() }
        if open == nil { open = TaggedRecord(line: number) }
        let text = text(bytes, number: number)
        open?.append(tag, text)
    }

    private mutating func text(_ bytes: ArraySlice<UInt8>, number: Int) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            open?.fail(.notUTF8(line: number))
            return ""
        }
        return text.trimmingSpaces
    }
}
