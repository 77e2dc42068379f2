/// A node and its distance in one integer that sorts by distance, then by node.
///
/// ```
/// ┌──────────────────────────────┬──────────────┬──────────┐
/// │ distance, as an integer of   │ node         │ expanded │
/// │ the same order: 32 bits      │ 31 bits      │ 1 bit    │
/// └──────────────────────────────┴──────────────┴──────────┘
/// ```
///
/// The kernels write it; the lowest bit belongs to the walk.
struct Candidate: Comparable {
    let bits: UInt64

    init(bits: UInt64) {
        self.bits = bits
    }

    init(distance: Float, node: Int) {
        bits = UInt64(Self.ordered(distance)) << 32 | UInt64(node) << 1
    }

    /// The node.
    var node: Int { Int((bits & 0xFFFF_FFFF) >> 1) }

    /// The distance.
    var distance: Float {
        let ordered = UInt32(truncatingIfNeeded: bits >> 32)
        return Float(bitPattern: ordered >> 31 == 1 ? ordered ^ 0x8000_0000 : ~ordered)
    }

    static func < (a: Candidate, b: Candidate) -> Bool { a.bits < b.bits }

    /// An integer of the same order as the float.
    static func ordered(_ distance: Float) -> UInt32 {
        let bits = distance.bitPattern
        return bits >> 31 == 1 ? ~bits : bits | 0x8000_0000
    }
}
