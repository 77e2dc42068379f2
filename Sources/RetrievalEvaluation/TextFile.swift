import Gunzip
import SystemCalls

/// A text file in memory, read line by line.
struct TextFile {
    /// A line without its end, numbered from 1.
    struct Line {
        let number: Int
        let text: Substring
    }

    let path: String
    private let text: String

    /// The longest unpacked text that is read, in bytes: 4 GB. It bounds the memory that a packed file can demand.
    private static let unpackedLimit = 4 << 30

    /// Reads a file of UTF-8, without a byte order mark at its start. It may be packed by gzip.
    init(path: String) throws(RetrievalEvaluationError) {
        let bytes: [UInt8]
        do throws(FileReadingError) {
            bytes = try SystemCalls.bytes(ofFileAt: path).bytes
        } catch {
            let remedy =
                if case .notAFile = error { "Give the path of a file." } else { "Check its path and permissions." }
            throw RetrievalEvaluationError(
                .cannotRead, file: path, message: "The file cannot be read: \(error). \(remedy)", cause: error)
        }
        self.path = path
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let unpacked = GzipDecoder.recognizes(bytes) ? try Self.unpacked(bytes, path: path) : bytes
        let content = unpacked[(unpacked.starts(with: byteOrderMark) ? byteOrderMark.count : 0)...]
        guard let text = String(validating: content, as: UTF8.self) else {
            let readable = String(decoding: content, as: UTF8.self)
            let before = readable.unicodeScalars.prefix { $0 != "\u{FFFD}" }
            let line = before.reduce(1) { $1 == "\n" ? $0 + 1 : $0 }
            throw RetrievalEvaluationError(
                .malformedLine,
                file: path,
                line: line,
                message: "The line is not UTF-8. Convert the file to UTF-8."
            )
        }
        self.text = text
    }

    private static func unpacked(_ bytes: [UInt8], path: String) throws(RetrievalEvaluationError) -> [UInt8] {
        do {
            return try gunzip(bytes, limit: unpackedLimit)
        } catch {
            throw RetrievalEvaluationError(
                .cannotRead, file: path,
                message: "The file cannot be read: \(error.message). Get it again, or unpack it with 'gunzip -k'.",
                cause: error
            )
        }
    }

    /// The lines that are not blank.
    var lines: some Sequence<Line> {
        text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .lazy
            .enumerated()
            .map { Line(number: $0.offset + 1, text: Substring($0.element)) }
            .filter { $0.text.utf8.contains { !isWhiteSpace($0) } }
    }

    /// The error of a line that is not of the format.
    func malformed(_ line: Line, _ message: String, cause: (any Error)? = nil) -> RetrievalEvaluationError {
        RetrievalEvaluationError(.malformedLine, file: path, line: line.number, message: message, cause: cause)
    }

    /// The error of a line that repeats an earlier one.
    func repeated(_ line: Line, _ message: String) -> RetrievalEvaluationError {
        RetrievalEvaluationError(.repeatedLine, file: path, line: line.number, message: message)
    }
}

extension TextFile.Line {
    /// The fields of the line between runs of white space.
    var words: [String] {
        text.utf8.split(whereSeparator: isWhiteSpace).map { String(Substring($0)) }
    }

    /// The fields of the line between single tabs, without a carriage return at its end.
    var columns: [String] {
        let content = text.utf8.last == UInt8(ascii: "\r") ? text.utf8.dropLast() : text.utf8[...]
        return content.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
    }
}

/// Whether a byte is white space to the formats of TREC: a space, a tab, or an end of line or page.
func isWhiteSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
}
