import Gunzip

/// Unpacks a file of gzip as it is read.
final class Unpacker {
    /// The number of packed bytes that were unpacked.
    private(set) var packedBytesRead = 0

    private let decoder: GzipDecoder
    private var packed: [UInt8] = []
    private var position = 0

    init(path: String) throws(PaperFormatsError) {
        do {
            decoder = try GzipDecoder()
        } catch {
            throw PaperFormatsError(path: path, error)
        }
    }

    /// Appends the next unpacked bytes to a buffer: at least one and at most `count`, or none at the end.
    ///
    /// - Parameters:
    ///   - buffer: Gets the unpacked bytes.
    ///   - count: How many bytes to append at most.
    ///   - path: The path of the file, for errors.
    ///   - read: Appends the next packed bytes of the file to a buffer, at most as many as it is told; none at the end
    ///     of the file.
    /// - Throws: ``PaperFormatsError`` with `unreadable` if the packed bytes are damaged or end too early.
    func fill(
        _ buffer: inout [UInt8], upTo count: Int, path: String,
        _ read: (_ packed: inout [UInt8], _ count: Int) throws(PaperFormatsError) -> Void
    ) throws(PaperFormatsError) {
        let before = buffer.count
        while buffer.count == before {
            if position == packed.count {
                packed.removeAll(keepingCapacity: true)
                position = 0
                try read(&packed, FileBlock.readLength)
            }
            let isAtEnd = packed.isEmpty
            do throws(GzipError) {
                let used = try decoder.unpack(packed[position...], into: &buffer, upTo: count)
                position += used
                packedBytesRead += used
            } catch {
                throw PaperFormatsError(path: path, error)
            }
            guard isAtEnd, buffer.count == before else { continue }
            guard decoder.isBetweenMembers else {
                throw PaperFormatsError(path: path, GzipError.truncated)
            }
            return
        }
    }
}

extension PaperFormatsError {
    /// The error of a file that cannot be unpacked.
    fileprivate init(path: String, _ error: GzipError) {
        self.init(
            .unreadable, path: path, message: "Cannot read papers from '\(path)': \(error.message)",
            remedy: "Get the file again, or unpack it with 'gunzip -k'.")
    }
}
