import Bisection
import Testing

@Suite("The partitioning index of a range")
struct PartitioningIndexTests {
    @Test(arguments: [0, 1, 2, 3, 7, 8, 13, 31, 207])
    func `the partitioning index is the first index of the second partition, wherever that begins`(count: Int) {
        for lower in [0, 5] {
            let range = lower..<lower + count
            for border in lower...lower + count {
                #expect(range.partitioningIndex { $0 >= border } == border)
                #expect(range.partitioningIndexNearStart { $0 >= border } == border)
            }
        }
    }

    @Test(arguments: [1, 2, 7, 8, 207])
    func `the partitioning index stays inside the range whatever the predicate answers`(count: Int) {
        for modulus in 1...7 {
            let places = 10..<10 + count
            for place in [
                places.partitioningIndex { $0 * 7 % (modulus + 3) < modulus },
                places.partitioningIndexNearStart { $0 * 7 % (modulus + 3) < modulus },
            ] {
                #expect((10...10 + count).contains(place))
            }
        }
    }

    @Test
    func `the partitioning index takes at most one call more than the logarithm of the count`() {
        for count in [1, 2, 3, 1000, 1024] {
            var calls = 0
            _ = (0..<count).partitioningIndex { index in
                calls += 1
                return index >= count / 3
            }
            #expect((1 << calls) <= 4 * count, "\(calls) calls for \(count) indices")
        }
    }

    @Test
    func `an index near the start takes few calls, however long the range is`() {
        for border in [0, 1, 5, 40] {
            var calls = 0
            let place = (0..<1 << 40).partitioningIndexNearStart { index in
                calls += 1
                return index >= border
            }
            #expect(place == border)
            #expect(calls <= 14, "\(calls) calls for \(border)")
        }
    }

    @Test
    func `the partitioning index throws the error of the predicate`() {
        struct Refusal: Error {}
        #expect(throws: Refusal.self) {
            try (0..<10).partitioningIndex { index throws(Refusal) in
                if index > 2 { throw Refusal() }
                return false
            }
        }
    }
}
