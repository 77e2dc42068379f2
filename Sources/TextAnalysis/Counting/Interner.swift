/// Numbers distinct byte strings in the order of their first appearance, and keeps a value for each.
///
/// An open-addressing hash table. The first and the last eight bytes of a string are kept with its entry, so that most
/// are compared without looking at their bytes; the value is there too, so that it costs no further wait for memory.
///
/// ```
///   slots     hash (32 bits) | id + 1 (32 bits), 0 for empty; a power of two of them, at most half full
///   entries   first 8 bytes | last 8 bytes | offset (40 bits) and length (24 bits) in the arena | value
///   arena     the strings, one after another
/// ```
struct Interner<Value: BitwiseCopyable & Sendable>: ~Copyable {
    private struct Entry: BitwiseCopyable, Sendable {
        var head: UInt64
        var tail: UInt64
        var place: UInt64
        var value: Value

        var offset: Int { Int(place >> 24) }
        var count: Int { Int(place & 0xFF_FFFF) }
        var range: Range<Int> { offset..<offset + count }
    }

    private var slots = Buffer<UInt64>(repeating: 0, count: 1024)
    private var entries = Buffer<Entry>()
    private var arena = Buffer<UInt8>()

    /// The number of distinct strings.
    var count: Int { entries.count }

    /// The value of a string.
    subscript(id: Int) -> Value {
        @inline(__always) get { entries[id].value }
        @inline(__always) set { entries[id].value = newValue }
    }

    /// The number of the string in a range of a text; the next number, and the value `initial`, if it is new.
    ///
    /// - Precondition: `key` is the string's key, and the string has less than 16 MB.
    @inline(__always)
    mutating func id(
        of range: Range<Int>,
        in text: Span<UInt8>,
        key: InternerKey,
        initial: Value
    ) -> (id: Int, isNew: Bool) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: key.hash) & mask
        while true {
            let value = slots[slot]
            guard value != 0 else { break }
            if value >> 32 == key.hash >> 32 {
                let id = Int(value & 0xFFFF_FFFF) - 1
                if isEqual(entries[id], key, range, in: text) { return (id, false) }
            }
            slot = (slot + 1) & mask
        }
        return (insert(key, range, in: text, slot: slot, initial), true)
    }

    /// The value of the slot that the search for a key begins at.
    ///
    /// The tables are larger than the caches. Who has many keys to look up asks for all of their slots first, and for all
    /// of the entries behind those next, so that the memory works on many at once.
    @inline(__always)
    func firstSlot(for key: InternerKey) -> UInt64 {
        slots[Int(truncatingIfNeeded: key.hash) & (slots.count - 1)]
    }

    /// The first bytes of the string that a slot leads to.
    @inline(__always)
    func head(behind slot: UInt64) -> UInt64 {
        slot == 0 ? 0 : entries[Int(slot & 0xFFFF_FFFF) - 1].head
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

    /// Forgets all strings.
    mutating func removeAll() {
        for slot in 0..<slots.count { slots[slot] = 0 }
        entries.removeAll()
        arena.removeAll()
    }

    @inline(__always)
    private func isEqual(_ entry: Entry, _ key: InternerKey, _ range: Range<Int>, in text: Span<UInt8>) -> Bool {
        guard entry.head == key.head, entry.tail == key.tail, entry.count == range.count else { return false }
        return range.count <= 16 || hasSameBytes(entry, range, in: text)
    }

    /// Whether the bytes between the first and the last eight are the same.
    private func hasSameBytes(_ entry: Entry, _ range: Range<Int>, in text: Span<UInt8>) -> Bool {
        arena.withElements { arena in
            var index = 8
            while index < range.count - 8 {
                if arena.word(at: entry.offset + index) != text.word(at: range.lowerBound + index) { return false }
                index += 8
            }
            return true
        }
    }

    private mutating func insert(
        _ key: InternerKey,
        _ range: Range<Int>,
        in text: Span<UInt8>,
        slot: Int,
        _ value: Value
    ) -> Int {
        let id = entries.count
        precondition(id < UInt32.max, "more than \(UInt32.max) distinct strings")
        precondition(range.count <= 0xFF_FFFF, "a string of \(range.count) bytes")
        let place = UInt64(arena.count) << 24 | UInt64(range.count)
        entries.append(Entry(head: key.head, tail: key.tail, place: place, value: value))
        arena.append(contentsOf: text.extracting(range))
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
