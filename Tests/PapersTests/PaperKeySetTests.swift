import Papers
import TestSupport
import Testing

@Suite("A set of paper keys")
struct PaperKeySetTests {
    @Test(arguments: [0, 1, 7, 63, 64, 65, 207, 1025])
    func `a set of paper keys holds what a plain set holds`(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let keys = Set((0..<count).map { _ in PaperKey(UInt64.random(in: 0...2_000, using: &generator)) })
        var set = PaperKeySet(keys)
        #expect(set.count == keys.count)
        #expect(set.isEmpty == keys.isEmpty)
        #expect(set.sortedKeys == keys.sorted())
        #expect((0...2_100).map { PaperKey($0) }.allSatisfy { set.contains($0) == keys.contains($0) })

        let removed = Set(keys.filter { $0.rawValue.isMultiple(of: 3) })
        for key in removed { set.remove(key) }
        #expect(set.sortedKeys == keys.subtracting(removed).sorted())
        #expect(set.count == keys.count - removed.count)
    }

    @Test
    func `a set of paper keys contains no key beyond its last`() {
        #expect(!PaperKeySet([PaperKey(3)]).contains(PaperKey(.max)))
        #expect(!PaperKeySet().contains(PaperKey(0)))
    }

    @Test
    func `a set of paper keys leaves out a key that no store gives`() {
        let beyond = PaperKey(PaperKey.largest.rawValue + 1)
        let set = PaperKeySet([PaperKey.largest, beyond, PaperKey(.max)])
        #expect(set.sortedKeys == [PaperKey.largest])
        #expect(!set.contains(beyond))
    }
}
