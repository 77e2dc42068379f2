import Gunzip

/// A way of packing that files are unpacked from as they are read.
enum Compression: CaseIterable {
    case gzip
    case zstandard
    case xz

    /// How many bytes tell the compression of a file.
    static let markLength = 6

    /// The compression of a file that begins with some bytes; `nil` if it has none that is known.
    init?(of head: ArraySlice<UInt8>) {
        guard let found = Compression.allCases.first(where: { $0.begins(head) }) else { return nil }
        self = found
    }

    private func begins(_ head: ArraySlice<UInt8>) -> Bool {
        switch self {
        case .gzip: GzipDecoder.recognizes(head)
        case .zstandard: head.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
        case .xz: head.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00])
        }
    }

    /// The endings of file names, in lower case, with their dot.
    static let endings = [".gz", ".zst", ".zstd", ".xz"]

    /// The name of a file without the ending that says how it is packed: `papers.jsonl.gz` is `papers.jsonl`.
    static func unpackedName(_ name: Substring) -> Substring {
        let lower = name.lowercased()
        guard let ending = endings.first(where: lower.hasSuffix) else { return name }
        return name.dropLast(ending.count)
    }

    /// What unpacks a file by hand.
    var command: String {
        switch self {
        case .gzip: "gunzip -k"
        case .zstandard: "zstd -dk"
        case .xz: "xz -dk"
        }
    }

    /// Creates a decoder at the start of a stream.
    func decoder() throws(UnpackingError) -> any StreamDecoder {
        switch self {
        case .gzip: try GzipStreamDecoder()
        case .zstandard: try ZstandardDecoder()
        case .xz: try XZDecoder()
        }
    }
}

/// Why packed bytes cannot be unpacked.
struct UnpackingError: Error {
    /// What is wrong, as the end of a sentence that names the file.
    let message: String

    static func damaged(_ name: String) -> UnpackingError { UnpackingError(message: "its \(name) data is damaged") }
    static func truncated(_ name: String) -> UnpackingError {
        UnpackingError(message: "its \(name) data ends too early")
    }
    static let outOfMemory = UnpackingError(message: "there is no memory to unpack it")
}

/// Unpacks a stream piece by piece.
protocol StreamDecoder: AnyObject {
    /// The name of the compression, for messages.
    var name: String { get }

    /// Whether the stream may end here.
    var isComplete: Bool { get }

    /// Unpacks bytes and appends what they hold to a buffer.
    ///
    /// - Parameters:
    ///   - input: The next packed bytes of the stream; none at its end.
    ///   - output: Gets the unpacked bytes.
    ///   - count: How many bytes to append at most.
    /// - Returns: How many packed bytes were used. The others have to be given again.
    /// - Throws: ``UnpackingError`` if the bytes are damaged, or demand too much memory.
    func unpack(_ input: ArraySlice<UInt8>, into output: inout [UInt8], upTo count: Int) throws(UnpackingError) -> Int
}

/// Unpacks gzip.
private final class GzipStreamDecoder: StreamDecoder {
    let name = "gzip"
    private let decoder: GzipDecoder

    init() throws(UnpackingError) {
        do throws(GzipError) { decoder = try GzipDecoder() } catch { throw UnpackingError(message: error.message) }
    }

    var isComplete: Bool { decoder.isBetweenMembers }

    func unpack(
        _ input: ArraySlice<UInt8>, into output: inout [UInt8], upTo count: Int
    ) throws(UnpackingError) -> Int {
        do throws(GzipError) {
            return try decoder.unpack(input, into: &output, upTo: count)
        } catch {
            throw UnpackingError(message: error.message)
        }
    }
}
