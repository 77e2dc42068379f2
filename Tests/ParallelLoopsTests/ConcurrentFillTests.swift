import ParallelLoops
import Testing

@Suite("Concurrent fill")
struct ConcurrentFillTests {
    @Test(arguments: [0, 1, 7, 8, 13, 31, 207, 1025], [1, 2, 5])
    func `a concurrent fill lets every thread write its own elements`(count: Int, threads: Int) {
        let expected = (0..<count).map { 3 * $0 }
        func write(_ elements: ConcurrentFill<Int>) {
            concurrentChunks(of: count, threads: threads, chunk: 10) { _, range in
                elements.withElements(in: range) { elements in
                    for index in elements.indices { elements[index] = 3 * (range.lowerBound + index) }
                }
            }
        }
        #expect([Int].writtenConcurrently(count: count, write) == expected)
        #expect([Int].filledConcurrently(count: count, repeating: 1, write) == expected)
        var array = [Int](repeating: 2, count: count)
        array.fillConcurrently(write)
        #expect(array == expected)
    }

    @Test
    func `a concurrent fill keeps elements that nobody writes`() {
        let array = [Int].filledConcurrently(count: 5, repeating: 7) { elements in
            elements.withElements(in: 1..<3) { $0[0] = 1 }
        }
        #expect(array == [7, 1, 7, 7, 7])
    }
}
