import CZlib

/// The unpacked bytes of a member of a zip archive.
///
/// The member may be stored or packed by deflate. It gives as many bytes as the directory says, and no more: its length
/// and its CRC-32 are checked at its end.
final class ZipMemberStream: ByteStream {
    private(set) var bytesOfDisk = 0

    private let member: ZipMember
    private let path: String
    private var position = 0
    private var unpackedCount = 0
    private var checksum: UInt32 = 0
    private var decoder: InflateDecoder?
    private var packed: [UInt8] = []
    private var packedPosition = 0
    private var isAtEnd = false

    /// Opens a member.
    ///
    /// - Throws: ``PaperFormatsError`` with `encrypted`, or `unreadable` if it is damaged or packed in another way.
    init(_ member: ZipMember, path: String) throws(PaperFormatsError) {
        self.member = member
        self.path = path
        let entry = member.entry
        guard !entry.isEncrypted else {
            throw PaperFormatsError(
                .encrypted, path: path, message: "Cannot read papers from '\(path)': it is encrypted",
                remedy: "Unpack the archive with its password, and give the files.")
        }
        guard entry.method == 0 || entry.method == 8 else {
            throw ZipArchive.damaged(path, "it is packed by a method that is not known (\(entry.method))")
        }
        let header = try member.archive.bytes(at: entry.position, count: 30)
        guard header.count == 30, header.starts(with: [0x50, 0x4B, 0x03, 0x04]) else {
            throw ZipArchive.damaged(path, "its header in the archive is damaged")
        }
        position = entry.position + 30 + Int(header.number(at: 26, length: 2)) + Int(header.number(at: 28, length: 2))
        if entry.method == 8 { decoder = try InflateDecoder(path: path) }
    }

    func read(upTo count: Int, into buffer: inout [UInt8]) throws(PaperFormatsError) {
        if isAtEnd { return }
        let before = buffer.count
        while buffer.count == before, !isAtEnd {
            if packedPosition == packed.count { try readPacked() }
            if let decoder {
                let (used, isFinished) = try decoder.unpack(packed[packedPosition...], into: &buffer, upTo: count)
                if packed.isEmpty, !isFinished, buffer.count == before {
                    throw ZipArchive.damaged(path, "its data ends too early")
                }
                packedPosition += used
                bytesOfDisk += used
                isAtEnd = isFinished
            } else {
                let piece = packed[packedPosition...].prefix(count)
                buffer.append(contentsOf: piece)
                packedPosition += piece.count
                bytesOfDisk += piece.count
                isAtEnd = piece.isEmpty
            }
        }
        try check(buffer[before...])
    }

    private func readPacked() throws(PaperFormatsError) {
        let rest = member.entry.packedSize - bytesOfDisk
        packed = try member.archive.bytes(at: position + bytesOfDisk, count: min(rest, FileBlock.readLength))
        packedPosition = 0
    }

    private func check(_ bytes: ArraySlice<UInt8>) throws(PaperFormatsError) {
        unpackedCount += bytes.count
        // SAFETY: zlib reads as many bytes as the buffer has, which outlives the call.
        checksum = unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe UInt32(truncatingIfNeeded: crc32_z(UInt(checksum), bytes.baseAddress, bytes.count))
        }
        let entry = member.entry
        guard unpackedCount <= entry.size, !isAtEnd || (unpackedCount == entry.size && checksum == entry.checksum)
        else {
            throw ZipArchive.damaged(path, "its data is damaged")
        }
    }
}

/// Unpacks a stream of deflate (RFC 1951) without a header.
@safe private final class InflateDecoder {
    private let path: String

    /// The state of zlib. It knows its own address, so it stays where it was allocated.
    private let stream: UnsafeMutablePointer<z_stream>

    init(path: String) throws(PaperFormatsError) {
        self.path = path
        unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // SAFETY: `stream` is initialized and lives as long as the decoder. -15 asks for deflate without a header.
        let status = unsafe inflateInit2_(stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { throw ZipArchive.damaged(path, "there is no memory to unpack it") }
    }

    deinit {
        // SAFETY: the state was made by `inflateInit2_`, or is all zeros, which `inflateEnd` refuses harmlessly.
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Unpacks up to `count` bytes. Returns how many packed bytes were used, and whether the stream is at its end.
    func unpack(
        _ input: ArraySlice<UInt8>, into output: inout [UInt8], upTo count: Int
    ) throws(PaperFormatsError) -> (used: Int, isFinished: Bool) {
        let start = output.count
        let room = min(count, Int(Int32.max))
        output.append(contentsOf: repeatElement(0, count: room))
        // SAFETY: zlib reads at most `avail_in` bytes from `next_in` and writes at most `avail_out` from `next_out`.
        // Both counts are those of the buffers, which outlive the call, and the pointers are cleared after it.
        let (status, used, written) = unsafe input.withUnsafeBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                unsafe stream.pointee.avail_in = UInt32(source.count)
                unsafe stream.pointee.next_out = target.baseAddress.map { unsafe $0 + start }
                unsafe stream.pointee.avail_out = UInt32(room)
                let status = unsafe inflate(stream, Z_NO_FLUSH)
                let used = unsafe source.count - Int(stream.pointee.avail_in)
                let written = unsafe room - Int(stream.pointee.avail_out)
                unsafe stream.pointee.next_in = nil
                unsafe stream.pointee.next_out = nil
                return (status, used, written)
            }
        }
        output.removeLast(room - written)
        switch status {
        case Z_OK, Z_BUF_ERROR: return (used, false)
        case Z_STREAM_END: return (used, true)
        default: throw ZipArchive.damaged(path, "its data is damaged")
        }
    }
}
