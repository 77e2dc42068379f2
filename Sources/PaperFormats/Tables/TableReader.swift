/// Cuts a table into rows, many at a time.
///
/// Memory is bounded by the block length and ``FileBlock/maximumPartLength``: a longer row is dropped while it is read,
/// and only its line is reported. A quotation mark that is never closed costs no row but its own.
struct TableReader {
    private var file: BlockBytes
    private var shape: TableShape
    private var line: Int
    private var skipped: Int
    private var isInLongRow = false

    /// Creates a reader of the rows after some bytes.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - shape: How the table is written.
    ///   - start: The bytes of the file before the first row, without a byte-order mark.
    ///   - line: The line of the first row, from 1.
    ///   - blockLength: About how many bytes a block has. A block is longer than `start`.
    init(_ file: PaperFile, shape: TableShape, start: Int, line: Int, blockLength: Int) {
        self.file = BlockBytes(file, blockLength: blockLength)
        self.shape = shape
        self.line = line
        skipped = start
    }

    /// Returns the next rows, or `nil` after the last.
    mutating func next() throws(PaperFormatsError) -> FileBlock? {
        while let (bytes, start, _) = try file.next() {
            let block = split(bytes, from: min(start + skipped, bytes.count))
            skipped = 0
            if !block.parts.isEmpty { return block }
        }
        return nil
    }

    private mutating func split(_ bytes: [UInt8], from start: Int) -> FileBlock {
        var rows: [FileBlock.Part] = []
        var start = start
        var unclosed = TableShape.UnclosedBytes()
        while start < bytes.count, let end = end(of: bytes, from: start, unclosed: &unclosed) {
            append(bytes, start, end, to: &rows)
            start = end + 1
            if rows.count == FileBlock.maximumPartCount, start < bytes.count {
                file.uncut = (bytes, start)
                return FileBlock(bytes: bytes, parts: rows)
            }
        }
        if !file.isAtEnd, start < bytes.count, !isInLongRow { file.unfinished = Array(bytes[start...]) }
        return FileBlock(bytes: bytes, parts: rows)
    }

    /// The end of the row at `start`; `nil` if it lies in the next block.
    private mutating func end(
        of bytes: [UInt8], from start: Int, unclosed: inout TableShape.UnclosedBytes
    ) -> Int? {
        let isLong = bytes.count - start > FileBlock.maximumPartLength
        let lineEnd = shape.lineEnd(in: bytes, from: start)
        if !isInLongRow {
            switch shape.rowEnd(in: bytes, from: start, isAtEnd: file.isAtEnd, unclosed: &unclosed) {
            case .at(let end): return end
            case .beyond:
                if !isLong { return nil }
                // No row is so long. From here on, quotation marks enclose no line ends.
                if lineEnd != nil { shape.hasQuotes = false }
            case .nowhere: break
            }
        }
        if let lineEnd { return lineEnd }
        if file.isAtEnd { return bytes.count }
        if isLong { isInLongRow = true }
        return nil
    }

    private mutating func append(_ bytes: [UInt8], _ start: Int, _ end: Int, to rows: inout [FileBlock.Part]) {
        let isTooLong = isInLongRow || end - start > FileBlock.maximumPartLength
        rows.append(
            FileBlock.Part(line: line, range: isTooLong ? start..<start : start..<end, isTooLong: isTooLong))
        line += 1 + bytes[start..<min(end, bytes.count)].count { $0 == shape.lineEnd }
        isInLongRow = false
    }
}
