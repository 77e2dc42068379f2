/// A random choice that depends on its seed alone.
enum SeededSample {
    /// Chooses `count` of the numbers from 0 up to `total`, all of them if there are no more; ascending.
    ///
    /// Every number is asked in turn and taken with the chance that as many more are wanted as are left: D. E. Knuth, The
    /// Art of Computer Programming, volume 2, algorithm S of section 3.4.2. The random numbers are those of SplitMix64
    /// (Steele, Lea & Flood, 2014).
    static func ascending(_ count: Int, of total: Int, seed: UInt64) -> [Int] {
        var chosen: [Int] = []
        var state = seed
        for number in 0..<total where chosen.count < count {
            state &+= 0x9E37_79B9_7F4A_7C15
            var bits = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
            let uniform = Double((bits ^ (bits >> 31)) >> 11) * 0x1p-53
            if uniform * Double(total - number) < Double(count - chosen.count) { chosen.append(number) }
        }
        return chosen
    }
}
