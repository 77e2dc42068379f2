import CZstd

/// Unpacks Zstandard (RFC 8878, <https://www.rfc-editor.org/rfc/rfc8878>): one frame or several.
@safe final class ZstandardDecoder: StreamDecoder {
    let name = "Zstandard"
    private(set) var isComplete = true
    private let stream: OpaquePointer

    init() throws(UnpackingError) {
        guard let stream = unsafe ZSTD_createDStream() else { throw UnpackingError.outOfMemory }
        unsafe self.stream = stream
    }

    deinit {
        // SAFETY: the state was made by `ZSTD_createDStream` and is not used any more.
        unsafe ZSTD_freeDStream(stream)
    }

    func unpack(
        _ input: ArraySlice<UInt8>, into output: inout [UInt8], upTo count: Int
    ) throws(UnpackingError) -> Int {
        if input.isEmpty, isComplete { return 0 }
        let start = output.count
        output.append(contentsOf: repeatElement(0, count: count))
        // SAFETY: both structures hold the address and the length of a buffer that outlives the call.
        let (status, used, written) = unsafe input.withUnsafeBytes { source in
            unsafe output.withUnsafeMutableBytes { target in
                var from = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
                var to = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: start)
                let status = unsafe ZSTD_decompressStream(stream, &to, &from)
                return unsafe (status, from.pos, to.pos - start)
            }
        }
        output.removeLast(count - written)
        guard ZSTD_isError(status) == 0 else {
            guard ZSTD_getErrorCode(status) == ZSTD_error_frameParameter_windowTooLarge else {
                throw UnpackingError.damaged(name)
            }
            throw UnpackingError(message: "it was packed with '--long' and needs too much memory to unpack")
        }
        isComplete = status == 0
        return used
    }
}
