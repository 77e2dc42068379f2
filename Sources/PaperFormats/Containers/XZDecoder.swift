import CLZMA

/// Unpacks xz (<https://tukaani.org/xz/xz-file-format.txt>): one stream or several.
@safe final class XZDecoder: StreamDecoder {
    let name = "xz"
    private(set) var isComplete = false

    /// The state of the library. It stays where it was allocated.
    private let stream: UnsafeMutablePointer<lzma_stream>

    /// The most memory that a file may demand: 256 MB. The strongest preset of `xz` takes 65 MB.
    private static let memoryLimit: UInt64 = 256 << 20

    /// Streams may follow each other. The header has this as a macro that Swift cannot see.
    private static let concatenated: UInt32 = 0x08

    init() throws(UnpackingError) {
        unsafe stream = UnsafeMutablePointer<lzma_stream>.allocate(capacity: 1)
        unsafe stream.initialize(to: lzma_stream())
        // SAFETY: `stream` is initialized with zeros, as the library wants it, and lives as long as the decoder.
        let status = unsafe lzma_stream_decoder(stream, XZDecoder.memoryLimit, XZDecoder.concatenated)
        guard status == LZMA_OK else { throw UnpackingError.outOfMemory }
    }

    deinit {
        // SAFETY: the state was made by `lzma_stream_decoder`, or is all zeros, which `lzma_end` accepts.
        unsafe lzma_end(stream)
        unsafe stream.deallocate()
    }

    func unpack(
        _ input: ArraySlice<UInt8>, into output: inout [UInt8], upTo count: Int
    ) throws(UnpackingError) -> Int {
        if isComplete { return input.count }
        let start = output.count
        output.append(contentsOf: repeatElement(0, count: count))
        // SAFETY: the library reads at most `avail_in` bytes from `next_in` and writes at most `avail_out` from
        // `next_out`. Both counts are those of the buffers, which outlive the call; the pointers are cleared after it.
        let (status, used, written) = unsafe input.withUnsafeBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                unsafe stream.pointee.next_in = source.baseAddress
                unsafe stream.pointee.avail_in = source.count
                unsafe stream.pointee.next_out = target.baseAddress.map { unsafe $0 + start }
                unsafe stream.pointee.avail_out = count
                let status = unsafe lzma_code(stream, source.isEmpty ? LZMA_FINISH : LZMA_RUN)
                let used = unsafe source.count - stream.pointee.avail_in
                let written = unsafe count - stream.pointee.avail_out
                unsafe stream.pointee.next_in = nil
                unsafe stream.pointee.next_out = nil
                return (status, used, written)
            }
        }
        output.removeLast(count - written)
        switch status {
        case LZMA_OK: break
        case LZMA_STREAM_END: isComplete = true
        case LZMA_BUF_ERROR: if input.isEmpty { throw UnpackingError.truncated(name) }
        case LZMA_MEM_ERROR: throw UnpackingError.outOfMemory
        case LZMA_MEMLIMIT_ERROR:
            throw UnpackingError(message: "it needs more than \(XZDecoder.memoryLimit >> 20) MB of memory to unpack")
        default: throw UnpackingError.damaged(name)
        }
        return used
    }
}
