/// Bytes that are in memory already.
final class BytesStream: ByteStream {
    private(set) var bytesOfDisk = 0
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    func read(upTo count: Int, into buffer: inout [UInt8]) {
        let end = min(bytes.count, bytesOfDisk + count)
        buffer.append(contentsOf: bytes[bytesOfDisk..<end])
        bytesOfDisk = end
    }
}
