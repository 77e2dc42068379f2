import SeededRandom
import Testing

@Suite("SplitMix64")
struct SplitMix64Tests {
    @Test
    func `SplitMix64 gives the published numbers of a seed`() {
        // From the task "Pseudo-random numbers/Splitmix64" of rosettacode.org.
        var generator = SplitMix64(seed: 1_234_567)
        let numbers = (0..<5).map { _ in generator.next() }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test(arguments: [1, 2, 3, 10, 1000])
    func `SplitMix64 draws every number below a bound about equally often`(bound: Int) {
        var generator = SplitMix64(seed: 7)
        var counts = [Int](repeating: 0, count: bound)
        for _ in 0..<1000 * bound { counts[generator.next(below: bound)] += 1 }
        // A thousand draws each, give or take six standard deviations.
        #expect(counts.allSatisfy { abs($0 - 1000) <= 190 })
    }

    @Test
    func `SplitMix64 draws units from 0 up to 1 with the mean of a half`() {
        var generator = SplitMix64(seed: 8)
        let units = (0..<100_000).map { _ in generator.nextUnit() }
        #expect(units.allSatisfy { $0 >= 0 && $0 < 1 })
        #expect(abs(units.reduce(0, +) / Double(units.count) - 0.5) < 0.005)
    }
}
