/// Numbers distinct byte strings in the order of their first appearance.
///
/// An open-addressing hash table. The first and the last eight bytes of a string are kept with its entry, so that most
/// are compared without looking at their bytes.
///
/// ```
///   slots     hash (32 bits) | id + 1 (32 bits), 0 for empty; a power of two of them, at most half full
///   entries   first 8 bytes | last 8 bytes | offset and length in the arena
///   arena     the strings, one after another
/// ```
struct Interner: ~Copyable {
    private struct Entry: BitwiseCopyable {
        var head: UInt64
        var tail: UInt64
        var offset: Int
        var count: Int
    }

    private var slots = Buffer<UInt64>(repeating: 0, count: 1024)
    private var entries = Buffer<Entry>()
    private var arena = Buffer<UInt8>()

    /// The number of distinct strings.
    var count: Int { entries.count }

    /// The number of the string in a range of a text; the next number if it is new.
    mutating func id(of range: Range<Int>, in text: Span<UInt8>) -> (id: Int, isNew: Bool) {
        id(of: range, in: text, key: Key(range, in: text))
    }

    /// The number of the string in a range of a text, whose key is known; the next number if it is new.
    @inline(__always)
    mutating func id(of range: Range<Int>, in text: Span<UInt8>, key: Key) -> (id: Int, isNew: Bool) {
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
        return (insert(key, range, in: text, slot: slot), true)
    }

    /// The value of the slot that the search for a key begins at.
    ///
    /// The tables are larger than the caches. Who has many keys to look up asks for all of their slots first, and for all
    /// of the entries behind those next, so that the memory works on many at once.
    @inline(__always)
    func firstSlot(for key: Key) -> UInt64 {
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
        return arena.withElements { body($0.extracting(entry.offset..<entry.offset + entry.count)) }
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
    private func isEqual(_ entry: Entry, _ key: Key, _ range: Range<Int>, in text: Span<UInt8>) -> Bool {
        guard entry.head == key.head, entry.tail == key.tail, entry.count == range.count else { return false }
        return range.count <= 16 || hasSameBytes(entry, range, in: text)
    }

    private func hasSameBytes(_ entry: Entry, _ range: Range<Int>, in text: Span<UInt8>) -> Bool {
        arena.withElements { arena in
            var index = 8
            while index < range.count - 8 {
                let start = min(index, range.count - 8)
                if arena.word(at: entry.offset + start) != text.word(at: range.lowerBound + start) { return false }
                index += 8
            }
            return true
        }
    }

    private mutating func insert(_ key: Key, _ range: Range<Int>, in text: Span<UInt8>, slot: Int) -> Int {
        let id = entries.count
        precondition(id < UInt32.max, "more than \(UInt32.max) distinct strings")
        entries.append(Entry(head: key.head, tail: key.tail, offset: arena.count, count: range.count))
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
            let hash = arena.withElements { Key(entry.offset..<entry.offset + entry.count, in: $0).hash }
            var slot = Int(truncatingIfNeeded: hash) & mask
            while larger[slot] != 0 { slot = (slot + 1) & mask }
            larger[slot] = (hash >> 32) << 32 | UInt64(id + 1)
        }
        slots = larger
    }
}

// MARK: - Keys

extension Interner {
    /// The ends of a string and its hash.
    struct Key: BitwiseCopyable {
        /// The first eight bytes, the first one lowest; of a shorter string all, and zeros.
        fileprivate var head: UInt64
        /// The last eight bytes, which overlap the first if there are fewer than 16; of a shorter string zero.
        fileprivate var tail: UInt64
        fileprivate var hash: UInt64

        @inline(__always)
        init(_ range: Range<Int>, in text: Span<UInt8>) {
            let (start, count) = (range.lowerBound, range.count)
            if count >= 8 {
                head = text.word(at: start)
                tail = text.word(at: start + count - 8)
            } else {
                head = Self.short(range, in: text)
                tail = 0
            }
            hash = Self.mix(head ^ 0x9E37_79B9_7F4A_7C15, tail ^ 0xD6E8_FEB8_6659_FD93 &+ UInt64(count))
            if count > 16 {
                var offset = start + 8
                while offset < start + count - 8 {
                    hash = Self.mix(hash ^ text.word(at: min(offset, start + count - 8)), 0xA076_1D64_78BD_642F)
                    offset += 8
                }
            }
        }

        @inline(__always)
        private static func short(_ range: Range<Int>, in text: Span<UInt8>) -> UInt64 {
            let count = range.count
            guard count > 0 else { return 0 }
            if range.lowerBound + 8 <= text.count {
                return text.word(at: range.lowerBound) & (UInt64.max >> UInt64(64 - 8 * count))
            }
            var word: UInt64 = 0
            for index in 0..<count { word |= UInt64(text[range.lowerBound + index]) << UInt64(8 * index) }
            return word
        }

        @inline(__always)
        private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
            let product = left.multipliedFullWidth(by: right)
            return product.high ^ product.low
        }
    }
}
