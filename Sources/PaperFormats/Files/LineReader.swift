#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#elseif canImport(Bionic)
import Bionic
#else
import Glibc
#endif

/// Reads the lines of a file, many at a time.
///
/// A line ends with a line feed, or with the file. A carriage return before the line feed is not part of the line, and
/// a byte-order mark at the beginning of the file is not part of the first line. Memory is bounded by the block length
/// and ``FileBlock/maximumPartLength``: a longer line is dropped while it is read, and only its number is reported.
struct LineReader {
    private var file: BlockBytes
    private let skipsBlankLines: Bool
    private var nextNumber = 1
    private var isInLongLine = false

    /// Creates a reader that returns blocks of about `blockLength` bytes, with empty lines or without.
    init(_ file: PaperFile, blockLength: Int, skipsBlankLines: Bool = false) {
        self.file = BlockBytes(file, blockLength: blockLength)
        self.skipsBlankLines = skipsBlankLines
    }

    /// Returns the next lines, or `nil` after the last.
    mutating func next() throws(PaperFormatsError) -> FileBlock? {
        while let (bytes, start, _) = try file.next() {
            let block = split(bytes, from: start)
            if !block.parts.isEmpty { return block }
        }
        return nil
    }

    /// Cuts bytes into lines. The beginning of an unfinished line is kept for the next block.
    private mutating func split(_ bytes: [UInt8], from start: Int) -> FileBlock {
        var lines: [FileBlock.Part] = []
        var start = start
        while start < bytes.count, let end = lineFeed(in: bytes, from: start) {
            if skipsBlankLines, end == start, !isInLongLine {
                nextNumber += 1
            } else {
                lines.append(line(bytes, start, end))
            }
            start = end + 1
            if lines.count == FileBlock.maximumPartCount {
                file.uncut = (bytes, start)
                return FileBlock(bytes: bytes, parts: lines)
            }
        }
        if file.isAtEnd {
            if start < bytes.count || isInLongLine { lines.append(line(bytes, start, bytes.count)) }
        } else if isInLongLine || bytes.count - start > FileBlock.maximumPartLength {
            isInLongLine = true
        } else {
            file.unfinished = Array(bytes[start...])
        }
        return FileBlock(bytes: bytes, parts: lines)
    }

    private mutating func line(_ bytes: [UInt8], _ start: Int, _ end: Int) -> FileBlock.Part {
        defer {
            nextNumber += 1
            isInLongLine = false
        }
        let end = end > start && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
        let isTooLong = isInLongLine || end - start > FileBlock.maximumPartLength
        return FileBlock.Part(line: nextNumber, range: isTooLong ? start..<start : start..<end, isTooLong: isTooLong)
    }
}

/// The position of the first line feed at or after `start`.
private func lineFeed(in bytes: [UInt8], from start: Int) -> Int? {
    // SAFETY: `start` is below the number of bytes, and memchr reads no more than the rest of them.
    unsafe bytes.withUnsafeBytes { bytes in
        guard start < bytes.count, let base = bytes.baseAddress else { return nil }
        let found = unsafe memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start)
        return unsafe found.map { unsafe UnsafeRawPointer($0) - base }
    }
}
