/// Numbers distinct byte strings in the order of their first appearance.
///
/// An open-addressing hash table. The first and the last eight bytes of a string are kept with its entry, so that most
/// are compared without looking at their bytes.
///
/// ```
///   slots     hash (32 bits) | id + 1 (32 bits), 0 for empty; a power of two of them, at most half full
///   entries   first 8 bytes | last 8 bytes | offset (40 bits) and length (24 bits) in the arena
///   arena     the strings, one after another
/// ```
struct Interner: ~Copyable {
    private struct Entry: BitwiseCopyable, Sendable {
        var head: UInt64
        var tail: UInt64
        var place: UInt64

        var offset: Int { Int(place >> 24) }
        var count: Int { Int(place & 0xFF_FFFF) }
        var range: Range<Int> { offset..<offset + count }
    }

    private var slots = Buffer<UInt64>(repeating: 0, count: 1024)
    private var entries = Buffer<Entry>()
    private var arena = Buffer<UInt8>()

    /// The number of distinct strings.
    var count: Int { entries.count }

    /// The number of a string; the next number if it is new.
    ///
    /// - Precondition: the string has less than 16 MB.
    mutating func id(of text: Span<UInt8>) -> (id: Int, isNew: Bool) {
        let key = InternerKey(0..<text.count, in: text)
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: key.hash) & mask
        while true {
            let value = slots[slot]
            guard value != 0 else { break }
            if value >> 32 == key.hash >> 32 {
                let id = Int(value & 0xFFFF_FFFF) - 1
                if isEqual(entries[id], key, text) { return (id, false) }
            }
            slot = (slot + 1) & mask
        }
        return (insert(key, text, slot: slot), true)
    }

    /// Calls `body` with the bytes of a string.
    @inline(__always)
    func withBytes<Result>(of id: Int, _ body: (Span<UInt8>) -> Result) -> Result {
        let entry = entries[id]
        return arena.withElements { body($0.extracting(entry.range)) }
    }

    /// The first eight bytes of a string as a number that orders strings as their bytes do, as far as it goes.
    func order(of id: Int) -> UInt64 {
        entries[id].head.byteSwapped
    }

    private func isEqual(_ entry: Entry, _ key: InternerKey, _ text: Span<UInt8>) -> Bool {
        guard entry.head == key.head, entry.tail == key.tail, entry.count == text.count else { return false }
        return text.count <= 16 || hasSameBytes(entry, text)
    }

    /// Whether the bytes between the first and the last eight are the same.
    private func hasSameBytes(_ entry: Entry, _ text: Span<UInt8>) -> Bool {
        arena.withElements { arena in
            var index = 8
            while index < text.count - 8 {
                if arena.word(at: entry.offset + index) != text.word(at: index) { return false }
                index += 8
            }
            return true
        }
    }

    private mutating func insert(_ key: InternerKey, _ text: Span<UInt8>, slot: Int) -> Int {
        let id = entries.count
        precondition(id < UInt32.max, "more than \(UInt32.max) distinct strings")
        precondition(text.count <= 0xFF_FFFF, "a string of \(text.count) bytes")
        let place = UInt64(arena.count) << 24 | UInt64(text.count)
        entries.append(Entry(head: key.head, tail: key.tail, place: place))
        arena.append(contentsOf: text)
        slots[slot] = (key.hash >> 32) << 32 | UInt64(id + 1)
        if entries.count * 2 > slots.count { grow() }
        return id
    }

    private mutating func grow() {
        var larger = Buffer<UInt64>(repeating: 0, count: slots.count * 2)
        let mask = larger.count - 1
        for id in 0..<entries.count {
            let entry = entries[id]
            let hash = arena.withElements { InternerKey(entry.range, in: $0).hash }
            var slot = Int(truncatingIfNeeded: hash) & mask
            while larger[slot] != 0 { slot = (slot + 1) & mask }
            larger[slot] = (hash >> 32) << 32 | UInt64(id + 1)
        }
        slots = larger
    }
}
