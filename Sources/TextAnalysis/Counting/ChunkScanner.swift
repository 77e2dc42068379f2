/// Finds the chunks of a text, as ``Chunks`` does, a block of 64 bytes at a time.
///
/// For every block there is a word with a bit for each byte that ends a chunk or may open a formula. The scanner skips
/// the bytes between two set bits. Its branches do not depend on the lengths of words. Where a formula may open,
/// ``Chunks`` is asked.
struct ChunkScanner {
    /// The bytes of a block, one for each bit of a word.
    private static let blockSize = 64

    /// Where the current block begins.
    private var block = -blockSize

    /// The bytes of the current block that have not been passed and are a space, a control, `$`, `\` or `(`.
    private var notable: UInt64 = 0

    /// Where the next chunk begins, or marks before it do.
    private var start = 0

    /// Appends the next chunks to `chunks`, about as many as `limit`; returns false at the end of the text.
    @inline(__always)
    mutating func next(_ limit: Int, in text: Span<UInt8>, to chunks: inout Buffer<Candidate>) -> Bool {
        while chunks.count < limit {
            guard notable != 0 else {
                if moveToNextBlock(in: text) { continue }
                append(start..<text.count, in: text, to: &chunks)
                start = text.count
                return false
            }
            let offset = block + notable.trailingZeroBitCount
            notable &= notable - 1
            if text[offset] <= 0x20 {
                append(start..<offset, in: text, to: &chunks)
                start = offset + 1
            } else if offset == start, text[offset] == UInt8(ascii: "(") {
                start = offset + 1
            } else {
                appendFormula(in: text, to: &chunks)
            }
        }
        return true
    }

    /// Appends what is between two spaces without the marks around it, if there is something else.
    @inline(__always)
    private func append(_ range: Range<Int>, in text: Span<UInt8>, to chunks: inout Buffer<Candidate>) {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, Chunks.isBefore(text[start]) { start += 1 }
        while end > start, Chunks.isBehind(text[end - 1], isPlain: true) { end -= 1 }
        if end > start { chunks.append(Candidate(start..<end, in: text)) }
    }

    /// Appends the next chunk, in which a formula may open, and moves behind it.
    @inline(never)
    private mutating func appendFormula(in text: Span<UInt8>, to chunks: inout Buffer<Candidate>) {
        var found = Chunks(offset: start)
        if let range = found.next(in: text) {
            chunks.append(Candidate(range, in: text))
        }
        start = found.offset
        if start < block + Self.blockSize {
            passStart()
        } else {
            block = start / Self.blockSize * Self.blockSize - Self.blockSize
            notable = 0
        }
    }

    /// Moves to the next block; returns false at the end of the text.
    @inline(__always)
    private mutating func moveToNextBlock(in text: Span<UInt8>) -> Bool {
        block += Self.blockSize
        guard block < text.count else { return false }
        if block + Self.blockSize <= text.count {
            for index in 0..<8 {
                notable |= Self.notable(in: text.word(at: block + 8 * index)) << UInt64(8 * index)
            }
        } else {
            for offset in block..<text.count where Chunks.isNotable(text[offset]) {
                notable |= 1 << UInt64(offset - block)
            }
        }
        passStart()
        return true
    }

    /// Forgets what is notable before the start.
    @inline(__always)
    private mutating func passStart() {
        if start > block { notable &= UInt64.max << UInt64(start - block) }
    }

    /// A bit for each of eight bytes, the first one lowest, that is set if it is a space, a control, `$`, `\` or `(`.
    ///
    /// Clear the high bits, so that an addition never carries into the next byte. A byte of at least 0x21 then sets its
    /// high bit. So does a byte that differs (XOR) from the one it is compared with.
    @inline(__always)
    private static func notable(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let low = word & (ones &* 0x7F)
        let others =
            (low &+ ones &* 0x5F)
            & ((low ^ ones &* UInt64(UInt8(ascii: "$"))) &+ ones &* 0x7F)
            & ((low ^ ones &* UInt64(UInt8(ascii: "\\"))) &+ ones &* 0x7F)
            & ((low ^ ones &* UInt64(UInt8(ascii: "("))) &+ ones &* 0x7F)
        let found = ~(others | word) >> 7 & ones
        // The product gathers the lowest bits of all bytes in its highest byte.
        return (found &* 0x0102_0408_1020_4080) >> 56
    }
}

/// A chunk on its way through a ``ChunkTable``.
struct Candidate: BitwiseCopyable {
    private var start: Int
    private var end: Int

    /// The chunk's key in the table.
    var key: InternerKey

    /// Memory that has been asked for.
    var head: UInt64 = 0

    /// Where the chunk stands in its text.
    var range: Range<Int> { start..<end }

    @inline(__always)
    init(_ range: Range<Int>, in text: Span<UInt8>) {
        (start, end) = (range.lowerBound, range.upperBound)
        key = InternerKey(range, in: text)
    }
}
