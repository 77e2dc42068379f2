import SeededRandom

/// A random choice that depends on its seed alone.
enum SeededSample {
    /// Chooses `count` of the numbers from 0 up to `total`, or all of them if there are no more, in ascending order.
    ///
    /// It takes each number with the probability *wanted* / *left*: how many numbers are still wanted, and how many are
    /// left, this one included. This is algorithm S of D. E. Knuth, The Art of Computer Programming, volume 2, section
    /// 3.4.2.
    static func ascending(_ count: Int, of total: Int, seed: UInt64) -> [Int] {
        var chosen: [Int] = []
        var generator = SplitMix64(seed: seed)
        for number in 0..<total where chosen.count < count {
            if generator.nextUnit() * Double(total - number) < Double(count - chosen.count) { chosen.append(number) }
        }
        return chosen
    }
}
