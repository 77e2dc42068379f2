import CZlib
import NIOCore

/// Packs bytes as gzip (RFC 1952).
///
/// - Parameter bytes: The bytes.
/// - Returns: The packed bytes; `nil` if zlib has no memory.
/// - Complexity: O(*n*) for *n* bytes.
func gzipped(_ bytes: ByteBuffer) -> ByteBuffer? {
    var stream = unsafe z_stream()
    // SAFETY: 31 asks for gzip with the longest window; the size is that of the structure that the header declares.
    let status = unsafe deflateInit2_(
        &stream, level, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { return nil }
    defer { unsafe deflateEnd(&stream) }
    var packed = ByteBuffer()
    let bound = unsafe Int(deflateBound(&stream, UInt(bytes.readableBytes)))
    let isWhole = unsafe packed.writeWithUnsafeMutableBytes(minimumWritableBytes: bound) { output in
        // SAFETY: zlib reads the whole input and writes at most `bound` bytes, and both buffers outlive the call.
        unsafe bytes.withUnsafeReadableBytes { input in
            unsafe stream.next_in = UnsafeMutablePointer(
                mutating: input.bindMemory(to: UInt8.self).baseAddress)
            unsafe stream.avail_in = UInt32(input.count)
            unsafe stream.next_out = output.bindMemory(to: UInt8.self).baseAddress
            unsafe stream.avail_out = UInt32(output.count)
            let end = unsafe deflate(&stream, Z_FINISH)
            return unsafe end == Z_STREAM_END ? Int(stream.total_out) : 0
        }
    }
    return isWhole > 0 ? packed : nil
}

/// Fast rather than small: packing must not take longer than the answer.
private let level: Int32 = 1
