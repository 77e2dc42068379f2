import MappedFiles
import TestSupport
import Testing

@Suite("A frozen array")
struct FrozenArrayTests {
    @Test(arguments: [0, 1, 7, 8, 13, 31, 207, 1025])
    func `a frozen array of memory is an aligned copy of its source`(count: Int) {
        let source = (0..<count).map { UInt32($0) &* 2_654_435_761 }
        let array = FrozenArray(source)
        #expect(Array(array) == source)
        #expect(array.withSpan { span in span.indices.map { span[$0] } } == source)
        #expect(unsafe UInt(bitPattern: array.baseAddress) % 64 == 0)
    }

    @Test
    func `a frozen array has no element at an index outside it`() {
        let array = FrozenArray([10, 20, 30])
        #expect([Int.min, -1, 0, 2, 3, Int.max].map { array.at($0) } == [nil, nil, 10, 30, nil, nil])
        #expect(FrozenArray([Int]()).at(0) == nil)
    }

    @Test
    func `the subscript of a frozen array traps on an index outside it`() async {
        await #expect(processExitsWith: .failure) { _ = FrozenArray([1, 2, 3])[3] }
        await #expect(processExitsWith: .failure) { _ = FrozenArray([1, 2, 3])[-1] }
    }
}
