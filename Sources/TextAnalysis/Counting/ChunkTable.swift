/// What the chunks of texts are made of, for those that have been met.
///
/// An open-addressing hash table whose entries stand in the slots, so that looking up a chunk waits for memory once.
/// The frequent chunks are met early and stand in their first slot. Chunks of up to 16 bytes are identified by their
/// first and last eight bytes. The arena holds the bytes of longer ones.
///
/// ```
///   entries   first 8 bytes | last 8 bytes | forms | place | hash (32 bits each) | length, count of forms
///             (16 bits each)
///             32 bytes, length 0 for empty; a power of two of them, at most half full
///   arena     the bytes of the chunks that have more than 16
/// ```
struct ChunkTable: ~Copyable {
    /// The longest chunk that is kept, in bytes. Longer ones seldom recur.
    static let maximumLength = 64

    /// What a chunk is made of.
    struct Forms: BitwiseCopyable {
        /// The only form, ``CountingWorker/gap`` if there is none, or where the forms begin if there are several.
        var first: UInt32
        /// The number of forms; 1 where there is none.
        var count: UInt16
    }

    private struct Entry: BitwiseCopyable, Sendable {
        var head: UInt64 = 0
        var tail: UInt64 = 0
        var first: UInt32 = 0
        var place: UInt32 = 0
        var hash: UInt32 = 0
        var length: UInt16 = 0
        var count: UInt16 = 0
    }

    private var entries = Buffer<Entry>(repeating: Entry(), count: 1024)
    private var arena = Buffer<UInt8>()

    /// The number of chunks.
    private(set) var count = 0
}

// MARK: - Read

extension ChunkTable {
    /// What the chunk in a range of a text is made of, or `nil` if it has not been met.
    ///
    /// - Precondition: `key` is the chunk's key, and the chunk is not empty.
    @inline(__always)
    func forms(of range: Range<Int>, in text: Span<UInt8>, key: InternerKey) -> Forms? {
        let mask = entries.count - 1
        var slot = Int(UInt32(truncatingIfNeeded: key.hash)) & mask
        while true {
            let entry = entries[slot]
            if entry.head == key.head, entry.tail == key.tail, Int(entry.length) == range.count,
                range.count <= 16 || hasSameBytes(entry, range, in: text)
            {
                return Forms(first: entry.first, count: entry.count)
            }
            guard entry.length != 0 else { return nil }
            slot = (slot + 1) & mask
        }
    }

    /// The first bytes of the entry that the search for a key begins at.
    ///
    /// The table may be larger than the caches. To look up many keys, prefetch all of these first: the memory then
    /// serves many requests at once.
    @inline(__always)
    func firstHead(for key: InternerKey) -> UInt64 {
        entries[Int(UInt32(truncatingIfNeeded: key.hash)) & (entries.count - 1)].head
    }

    /// Whether the bytes between the first and the last eight are the same.
    private func hasSameBytes(_ entry: Entry, _ range: Range<Int>, in text: Span<UInt8>) -> Bool {
        arena.withElements { arena in
            var index = 8
            while index < range.count - 8 {
                if arena.word(at: Int(entry.place) + index) != text.word(at: range.lowerBound + index) { return false }
                index += 8
            }
            return true
        }
    }
}

// MARK: - Change

extension ChunkTable {
    /// Keeps a chunk that the table does not hold.
    ///
    /// - Precondition: `key` is the chunk's key, and the chunk has 1 to ``maximumLength`` bytes.
    mutating func insert(_ range: Range<Int>, in text: Span<UInt8>, key: InternerKey, _ forms: Forms) {
        precondition(!range.isEmpty && range.count <= Self.maximumLength, "a chunk of \(range.count) bytes")
        var entry = Entry(
            head: key.head, tail: key.tail, first: forms.first, hash: UInt32(truncatingIfNeeded: key.hash),
            length: UInt16(range.count), count: forms.count)
        if range.count > 16 {
            entry.place = UInt32(arena.count)
            arena.append(contentsOf: text.extracting(range))
        }
        if 2 * (count + 1) > entries.count { grow() }
        Self.put(entry, into: &entries)
        count += 1
    }

    /// Forgets all chunks.
    mutating func removeAll() {
        for slot in 0..<entries.count { entries[slot] = Entry() }
        arena.removeAll()
        count = 0
    }

    private mutating func grow() {
        var larger = Buffer<Entry>(repeating: Entry(), count: 2 * entries.count)
        for slot in 0..<entries.count where entries[slot].length != 0 { Self.put(entries[slot], into: &larger) }
        entries = larger
    }

    /// Puts an entry into the first free slot for it.
    private static func put(_ entry: Entry, into entries: inout Buffer<Entry>) {
        let mask = entries.count - 1
        var slot = Int(entry.hash) & mask
        while entries[slot].length != 0 { slot = (slot + 1) & mask }
        entries[slot] = entry
    }
}
