import Akin
import TestSupport
import Testing

@Suite("A set of keys")
struct KeySetTests {
    @Test(arguments: [0, 1, 7, 63, 64, 65, 207, 1025])
    func `holds what a plain set holds`(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let keys = Set((0..<count).map { _ in UInt64.random(in: 0...2_000, using: &generator) })
        var set = KeySet(keys)
        #expect(set.count == keys.count)
        #expect(set.isEmpty == keys.isEmpty)
        #expect(set.sortedKeys == keys.sorted())
        #expect((0...2_100).allSatisfy { set.contains($0) == keys.contains($0) })

        let gone = Set(keys.filter { $0.isMultiple(of: 3) })
        for key in gone { set.remove(key) }
        #expect(set.sortedKeys == keys.subtracting(gone).sorted())
    }

    @Test
    func `contains no key beyond its last`() {
        #expect(!KeySet([3]).contains(.max))
        #expect(!KeySet().contains(0))
    }
}
