/// The bytes of a file, block by block, for a reader that cuts them into parts.
///
/// The reader says what it left: ``unfinished``, if a part goes on in the next block, or ``uncut``, if it stopped
/// before the end of the block. A byte-order mark at the beginning of the file belongs to no part.
struct BlockBytes {
    private let file: PaperFile
    private let blockLength: Int
    private var isAtStart = true

    /// Whether the file has no more bytes.
    private(set) var isAtEnd = false

    /// The beginning of a part that the last block does not end. The next block starts with it.
    var unfinished: [UInt8] = []

    /// A block of which some parts were cut, and where the rest begins.
    var uncut: (bytes: [UInt8], start: Int)?

    /// Begins to read a file in blocks of about `blockLength` bytes.
    init(_ file: PaperFile, blockLength: Int) {
        self.file = file
        self.blockLength = blockLength
    }

    /// A block: its bytes, where its first part starts, and where those bytes start that the reader has not seen.
    typealias Block = (bytes: [UInt8], start: Int, unseen: Int)

    /// Returns the next block, or `nil` after the last.
    mutating func next() throws(PaperFormatsError) -> Block? {
        if let rest = uncut.take() { return (rest.bytes, rest.start, rest.start) }
        guard !isAtEnd else { return nil }
        var bytes = unfinished
        unfinished = []
        let seen = bytes.count
        while !isAtEnd, bytes.count < seen + blockLength {
            isAtEnd = try file.read(upTo: FileBlock.readLength, into: &bytes) == 0
        }
        if isAtStart {
            isAtStart = false
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (bytes, 3, 3) }
        }
        return (bytes, 0, seen)
    }
}
