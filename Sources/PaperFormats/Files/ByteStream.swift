/// Bytes that arrive piece by piece: from the disk, out of an archive, or unpacked or decoded from another stream.
protocol ByteStream: AnyObject {
    /// How many bytes of the disk have been used for the bytes that this stream gave.
    var bytesOfDisk: Int { get }

    /// Appends the next bytes to a buffer: at least one and at most `count`, or none at the end.
    ///
    /// - Throws: ``PaperFormatsError`` if the bytes cannot be read or are damaged.
    func read(upTo count: Int, into buffer: inout [UInt8]) throws(PaperFormatsError)
}

/// A stream whose next bytes can be looked at before they are read.
final class PeekedStream: ByteStream {
    private let source: any ByteStream
    private var peeked: [UInt8] = []
    private var start = 0
    private(set) var isAtEnd = false

    init(_ source: any ByteStream) {
        self.source = source
    }

    var bytesOfDisk: Int { source.bytesOfDisk }

    /// Returns the next `count` bytes, or all if fewer are left. Later reads return them again.
    func peek(_ count: Int) throws(PaperFormatsError) -> ArraySlice<UInt8> {
        if start > 0 {
            peeked.removeFirst(start)
            start = 0
        }
        while peeked.count < count, !isAtEnd {
            let before = peeked.count
            try source.read(upTo: count - before, into: &peeked)
            isAtEnd = peeked.count == before
        }
        return peeked.prefix(count)
    }

    func read(upTo count: Int, into buffer: inout [UInt8]) throws(PaperFormatsError) {
        if start < peeked.count {
            let end = min(peeked.count, start + count)
            buffer.append(contentsOf: peeked[start..<end])
            start = end
        } else if !isAtEnd {
            let before = buffer.count
            try source.read(upTo: count, into: &buffer)
            isAtEnd = buffer.count == before
        }
        if start == peeked.count {
            peeked.removeAll(keepingCapacity: true)
            start = 0
        }
    }
}
