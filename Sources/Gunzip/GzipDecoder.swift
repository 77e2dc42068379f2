import CZlib

/// Unpacks a stream of gzip (RFC 1952, <https://www.rfc-editor.org/rfc/rfc1952>) piece by piece.
///
/// A stream is one member or several, one after another. Zeros after the last member are padding. Every member is
/// checked against its own CRC-32 and length.
@safe package final class GzipDecoder {
    /// The state of zlib. It knows its own address, so it stays where it was allocated.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Whether no member is open: the stream may end here.
    package private(set) var isBetweenMembers = true

    private var hasMember = false

    /// Whether bytes begin as a stream of gzip does.
    package static func recognizes(_ head: some Sequence<UInt8>) -> Bool {
        head.starts(with: [0x1F, 0x8B])
    }

    /// Creates a decoder at the start of a stream.
    ///
    /// - Throws: ``GzipError`` with the code `outOfMemory`.
    package init() throws(GzipError) {
        unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // SAFETY: `stream` is initialized and lives as long as the decoder. 31 asks for gzip alone, with the longest
        // window; the size is that of the structure that the header declares.
        let status = unsafe inflateInit2_(stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            throw GzipError(code: .outOfMemory, message: "there is no memory to unpack it")
        }
    }

    deinit {
        // SAFETY: the state was made by `inflateInit2_`, or is all zeros, which `inflateEnd` refuses harmlessly.
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Unpacks bytes and appends what they hold to a buffer.
    ///
    /// - Parameters:
    ///   - input: The next packed bytes of the stream.
    ///   - output: Gets the unpacked bytes.
    ///   - count: How many bytes to append at most; at least 1.
    /// - Returns: How many packed bytes were used. Give the others again. If none were used and nothing was appended,
    ///   the decoder needs more of the stream.
    /// - Throws: ``GzipError`` with the code `damaged` or `outOfMemory`.
    /// - Complexity: O(*n* + *m*) for *n* packed and *m* unpacked bytes.
    package func unpack(
        _ input: ArraySlice<UInt8>, into output: inout [UInt8], upTo count: Int
    ) throws(GzipError) -> Int {
        precondition(count >= 1, "Unpacking appends 1 byte or more, not \(count).")
        var rest = input.prefix(Int(Int32.max))
        if isBetweenMembers {
            if hasMember { rest = rest.drop { $0 == 0 } }
            guard !rest.isEmpty else { return input.count - rest.count }
            // SAFETY: the state was made by `inflateInit2_`.
            guard unsafe inflateReset(stream) == Z_OK else { throw damaged }
            isBetweenMembers = false
            hasMember = true
        }
        let skipped = rest.startIndex - input.startIndex
        let start = output.count
        let room = min(count, Int(Int32.max))
        output.append(contentsOf: repeatElement(0, count: room))
        let (status, used, written) = inflateStep(rest, &output, from: start)
        output.removeLast(room - written)
        switch status {
        case Z_STREAM_END: isBetweenMembers = true
        case Z_OK, Z_BUF_ERROR: break
        case Z_MEM_ERROR: throw GzipError(code: .outOfMemory, message: "there is no memory to unpack it")
        default: throw damaged
        }
        return skipped + used
    }

    private var damaged: GzipError {
        GzipError(code: .damaged, message: "its gzip data is damaged")
    }

    /// Unpacks from `input` into `output` from `start` on. Returns zlib's status, and how many bytes were used and
    /// written.
    private func inflateStep(
        _ input: ArraySlice<UInt8>, _ output: inout [UInt8], from start: Int
    ) -> (status: Int32, used: Int, written: Int) {
        // SAFETY: zlib reads at most `avail_in` bytes from `next_in` and writes at most `avail_out` from `next_out`.
        // Both counts are those of the buffers, which outlive the call, and the pointers are cleared after it.
        unsafe input.withUnsafeBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                unsafe stream.pointee.avail_in = UInt32(source.count)
                unsafe stream.pointee.next_out = target.baseAddress.map { unsafe $0 + start }
                unsafe stream.pointee.avail_out = UInt32(target.count - start)
                let status = unsafe inflate(stream, Z_NO_FLUSH)
                let used = unsafe source.count - Int(stream.pointee.avail_in)
                let written = unsafe target.count - start - Int(stream.pointee.avail_out)
                unsafe stream.pointee.next_in = nil
                unsafe stream.pointee.next_out = nil
                return (status, used, written)
            }
        }
    }
}

/// Unpacks a whole stream of gzip.
///
/// - Parameters:
///   - bytes: The packed bytes.
///   - limit: How many unpacked bytes to accept.
/// - Returns: The unpacked bytes.
/// - Throws: ``GzipError``.
/// - Complexity: O(*n* + *m*) for *n* packed and *m* unpacked bytes.
package func gunzip(_ bytes: [UInt8], limit: Int) throws(GzipError) -> [UInt8] {
    let decoder = try GzipDecoder()
    var unpacked: [UInt8] = []
    var position = 0
    while true {
        let before = unpacked.count
        let used = try decoder.unpack(bytes[position...], into: &unpacked, upTo: 1 << 20)
        position += used
        guard unpacked.count <= limit else {
            throw GzipError(code: .tooLong, message: "it unpacks to more than \(limit) bytes")
        }
        if position == bytes.count, unpacked.count == before { break }
        if used == 0, unpacked.count == before { break }
    }
    guard decoder.isBetweenMembers else {
        throw GzipError.truncated
    }
    return unpacked
}
