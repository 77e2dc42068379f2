import ArraySpans

/// Tokens by their UTF-8: a hash table with open addressing, which a lookup reads without making a `String`.
///
/// ```
/// slots    │ 0 │ hash, 2 │ 0 │ hash, 1 │ …      2ᵏ words, at most half of them taken
///                     │           │            lower half: a token's place + 1, or 0; upper half: its hash
/// bytes    the│model│…
/// ends       3│    8│…                         token i is bytes[ends[i − 1] ..< ends[i]]
/// ids      1996│2944│…
/// ```
struct TokenTable: Sendable {
    private var slots: [UInt64]
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var ids: [Int32] = []

    /// The most bytes of a token.
    private var longestToken = 0

    /// Creates the table of tokens and their ids. The last of equal tokens counts. A token without text is left out: no
    /// text has it.
    init(_ tokens: [(text: String, id: Int32)]) {
        var slotCount = 16
        while slotCount < 2 * tokens.count { slotCount *= 2 }
        slots = [UInt64](repeating: 0, count: slotCount)
        for (text, id) in tokens where !text.isEmpty { insert(Array(text.utf8), id) }
    }

    private mutating func insert(_ token: [UInt8], _ id: Int32) {
        var hash = Hash()
        for byte in token { hash.add(byte) }
        if let place = place(of: token.span, hash) {
            ids[place] = id
            return
        }
        bytes += token
        ends.append(bytes.count)
        ids.append(id)
        longestToken = max(longestToken, token.count)
        var slot = Int(hash.folded) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt64(hash.folded) << 32 | UInt64(ids.count)
    }
}

// MARK: - Lookup

extension TokenTable {
    /// The id of the token with some bytes; `nil` if there is none.
    func id(of token: Span<UInt8>) -> Int32? {
        guard token.count <= longestToken else { return nil }
        var hash = Hash()
        for index in token.indices { hash.add(token[index]) }
        return place(of: token, hash).map { ids[$0] }
    }

    /// The longest token that some bytes begin with, and its number of bytes; `nil` if they begin with none.
    ///
    /// - Complexity: O(*n*) lookups for the *n* bytes of the longest token.
    func longestPrefix(of text: Span<UInt8>) -> (id: Int32, byteCount: Int)? {
        var longest: (place: Int, byteCount: Int)?
        var hash = Hash()
        for index in 0..<min(text.count, longestToken) {
            hash.add(text[index])
            if let place = place(of: text.extracting(0...index), hash) { longest = (place, index + 1) }
        }
        return longest.map { (ids[$0.place], $0.byteCount) }
    }

    /// The place of a token whose hash is known.
    private func place(of token: Span<UInt8>, _ hash: Hash) -> Int? {
        var slot = Int(hash.folded) & (slots.count - 1)
        while slots[slot] != 0 {
            let place = Int(slots[slot] & 0xFFFF_FFFF) - 1
            if slots[slot] >> 32 == UInt64(hash.folded), isToken(place, token) { return place }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private func isToken(_ place: Int, _ token: Span<UInt8>) -> Bool {
        let start = place == 0 ? 0 : ends[place - 1]
        guard ends[place] - start == token.count else { return false }
        for index in token.indices where bytes[start + index] != token[index] { return false }
        return true
    }

    /// The hash FNV-1a, which grows byte by byte: the hash of a text is on the way to the hash of a longer one.
    private struct Hash {
        private var state: UInt64 = 0xCBF2_9CE4_8422_2325

        mutating func add(_ byte: UInt8) {
            state = (state ^ UInt64(byte)) &* 0x100_0000_01B3
        }

        /// All bits in 32.
        var folded: UInt32 { UInt32(truncatingIfNeeded: state ^ state >> 32) }
    }
}
