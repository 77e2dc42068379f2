import HNSW
import SeededRandom
import Testing

@Suite("Selections of keys")
struct KeySelectionTests {
    /// Keys that lie close together, keys far apart, and the ends of 64 bits.
    private static let collections: [[UInt64]] = {
        var generator = SplitMix64(seed: 12)
        return [
            [], [0], [.max], [0, .max], [7, 7, 7], Array(0..<1_000), (0..<500).map { $0 * 3 + 100 },
            (0..<500).map { $0 * 127 }, (0..<500).map { $0 * 129 },
            (0..<800).map { _ in UInt64.random(in: 0...2_000, using: &generator) },
            (0..<800).map { _ in generator.next() } + [.max, 0],
        ]
    }()

    @Test(arguments: collections)
    func `a selection has the keys of a set`(keys: [UInt64]) {
        let (selection, set) = (KeySelection(keys), Set(keys))
        #expect(selection.count == set.count && selection.isEmpty == set.isEmpty)
        for key in keys + keys.map({ $0 &+ 1 }) + keys.map({ $0 &- 1 }) + [0, 63, 64, 1 << 40, .max] {
            #expect(selection.contains(key) == set.contains(key), "\(key) of \(keys.prefix(5))")
        }
    }
}
