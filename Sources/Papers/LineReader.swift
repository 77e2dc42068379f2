#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Whole lines of a file, many at a time, with the memory of a few megabytes and the longest line allowed.
///
/// Lines end with a line feed, or with the file; a carriage return before it is no part of the line, and neither is a
/// byte-order mark at the beginning of the file. A line longer than ``maximumLineLength`` is passed by, piece by piece,
/// and leaves only its number.
struct LineReader {
    /// The longest line that is kept, in bytes: 16 MB.
    static let maximumLineLength = 16 << 20

    /// How much is read at once. Half a megabyte costs the same per byte as more, and starts sooner.
    private static let pieceLength = 1 << 19

    private let file: PaperFile
    private let blockLength: Int
    private var carried: [UInt8] = []
    private var nextNumber = 1
    private var isPassingBy = false
    private var isAtStart = true
    private var isAtEnd = false

    /// Creates a reader that gives blocks of about `blockLength` bytes.
    init(_ file: PaperFile, blockLength: Int) {
        self.file = file
        self.blockLength = blockLength
    }

    /// The next lines, or `nil` after the last.
    mutating func next() throws(PapersError) -> LineBlock? {
        while !isAtEnd {
            var bytes = carried
            carried = []
            let target = bytes.count + blockLength
            while !isAtEnd, bytes.count < target {
                isAtEnd = try file.read(upTo: LineReader.pieceLength, into: &bytes) == 0
            }
            let block = split(bytes)
            if !block.lines.isEmpty { return block }
        }
        return nil
    }

    /// Cuts the bytes into lines and carries what is left of the last one over to the next block.
    private mutating func split(_ bytes: [UInt8]) -> LineBlock {
        var lines: [LineBlock.Line] = []
        var start = 0
        if isAtStart {
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
            isAtStart = bytes.isEmpty
        }
        while start < bytes.count, let end = lineFeed(in: bytes, from: start) {
            lines.append(line(bytes, start, end))
            start = end + 1
        }
        if isAtEnd {
            if start < bytes.count || isPassingBy { lines.append(line(bytes, start, bytes.count)) }
        } else if isPassingBy || bytes.count - start > LineReader.maximumLineLength {
            isPassingBy = true
        } else {
            carried = Array(bytes[start...])
        }
        return LineBlock(bytes: bytes, lines: lines)
    }

    private mutating func line(_ bytes: [UInt8], _ start: Int, _ end: Int) -> LineBlock.Line {
        defer {
            nextNumber += 1
            isPassingBy = false
        }
        let end = end > start && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
        let isTooLong = isPassingBy || end - start > LineReader.maximumLineLength
        return LineBlock.Line(number: nextNumber, range: isTooLong ? start..<start : start..<end, isTooLong: isTooLong)
    }
}

/// Some lines of a file and the bytes they lie in.
struct LineBlock: Sendable {
    /// One line: where it is and what it holds.
    struct Line: Sendable {
        /// The number of the line in the file, from 1.
        let number: Int

        /// Its bytes, without its end. Empty where it is too long.
        let range: Range<Int>

        /// Whether it was longer than a line may be.
        let isTooLong: Bool
    }

    let bytes: [UInt8]
    let lines: [Line]
}

/// The position of the first line feed at or after `start`.
private func lineFeed(in bytes: [UInt8], from start: Int) -> Int? {
    // SAFETY: `start` is below the number of bytes, and memchr looks at no more than the rest of them.
    unsafe bytes.withUnsafeBytes { bytes in
        guard start < bytes.count, let base = bytes.baseAddress else { return nil }
        let found = unsafe memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start)
        return unsafe found.map { unsafe UnsafeRawPointer($0) - base }
    }
}
