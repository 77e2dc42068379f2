/// A small, fast generator of random numbers that depend on its seed alone.
///
/// It is SplitMix64: G. L. Steele, D. Lea & C. H. Flood, "Fast splittable pseudorandom number generators", 2014,
/// <https://doi.org/10.1145/2660193.2660195>. Models, calibrations and confidence intervals depend on its numbers, so
/// its sequence never changes.
package struct SplitMix64: RandomNumberGenerator, Hashable, Sendable {
    @usableFromInline var state: UInt64

    /// Creates the generator of a seed. Every seed serves, 0 included.
    @inlinable package init(seed: UInt64) {
        state = seed
    }

    /// Returns the next 64 bits.
    @inlinable package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// Returns a number from 0 up to `bound`, without `bound` itself.
    ///
    /// It takes one step of the generator. Some numbers are more likely than others, by at most `bound` / 2⁶⁴.
    ///
    /// - Precondition: `bound` is at least 1.
    @inlinable package mutating func next(below bound: Int) -> Int {
        Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// Returns a number from 0 up to 1, without 1 itself: a multiple of 2⁻⁵³.
    @inlinable package mutating func nextUnit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }
}
