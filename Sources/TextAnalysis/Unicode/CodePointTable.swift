import Bisection

/// A byte for every code point, stored as the boundaries of the runs of equal bytes.
///
/// An array holds the values of the code points below U+10000, which are nearly all of any text. Bisection finds the
/// others.
struct CodePointTable: Sendable {
    /// Code point above 8 bits of value, ascending, the first for code point 0.
    private let boundaries: [UInt32]
    private let basic: [UInt8]

    init(boundaries: [UInt32]) {
        self.boundaries = boundaries
        var basic = [UInt8](repeating: 0, count: 0x10000)
        for (index, boundary) in boundaries.enumerated() where boundary >> 8 < 0x10000 {
            let next = index + 1 < boundaries.count ? Int(boundaries[index + 1] >> 8) : 0x10000
            for point in Int(boundary >> 8)..<min(next, 0x10000) {
                basic[point] = UInt8(truncatingIfNeeded: boundary)
            }
        }
        self.basic = basic
    }

    /// The value of a code point.
    subscript(codePoint: UInt32) -> UInt8 {
        if codePoint < 0x10000 { return basic[Int(codePoint)] }
        // The first boundary is that of code point 0, so there is one before the next.
        let next = boundaries.indices.partitioningIndex { boundaries[$0] >> 8 > codePoint }
        return UInt8(truncatingIfNeeded: boundaries[next - 1])
    }
}
