/// The unpacked bytes of a packed stream.
///
/// Memory is bounded whatever the packed bytes say: a read gives no more bytes than are asked for.
final class UnpackedStream: ByteStream {
    /// The number of packed bytes that were unpacked.
    private(set) var bytesOfDisk = 0

    private let source: any ByteStream
    private let decoder: any StreamDecoder
    private let compression: Compression
    private let path: String
    private var packed: [UInt8] = []
    private var position = 0

    init(_ source: any ByteStream, _ compression: Compression, path: String) throws(PaperFormatsError) {
        self.source = source
        self.compression = compression
        self.path = path
        do throws(UnpackingError) {
            decoder = try compression.decoder()
        } catch {
            throw UnpackedStream.error(error, compression, path: path)
        }
    }

    func read(upTo count: Int, into buffer: inout [UInt8]) throws(PaperFormatsError) {
        let before = buffer.count
        while buffer.count == before {
            if position == packed.count {
                packed.removeAll(keepingCapacity: true)
                position = 0
                try source.read(upTo: FileBlock.readLength, into: &packed)
            }
            let isAtEnd = packed.isEmpty
            do throws(UnpackingError) {
                let used = try decoder.unpack(packed[position...], into: &buffer, upTo: count)
                position += used
                bytesOfDisk += used
                guard isAtEnd, buffer.count == before else { continue }
                guard decoder.isComplete else { throw UnpackingError.truncated(decoder.name) }
            } catch {
                throw UnpackedStream.error(error, compression, path: path)
            }
            return
        }
    }

    private static func error(
        _ error: UnpackingError, _ compression: Compression, path: String
    ) -> PaperFormatsError {
        PaperFormatsError(
            .unreadable, path: path, message: "Cannot read papers from '\(path)': \(error.message)",
            remedy: "Get the file again, or unpack it with '\(compression.command)'.")
    }
}
