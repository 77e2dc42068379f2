import ParallelLoops
import Synchronization
import Testing

@Suite("A concurrent map")
struct ConcurrentMapTests {
    private struct Refusal: Error, Equatable { var index: Int }

    @Test(arguments: [0, 1, 7, 8, 13, 31, 207, 1025], [1, 2, 5])
    func `a concurrent map returns the results in the order of their indices`(count: Int, threads: Int) {
        let expected = (0..<count).map { $0 * $0 }
        for chunk in [1, 3, 64, 2000] {
            #expect(concurrentMap(count, threads: threads, chunk: chunk) { $0 * $0 } == expected)
        }
    }

    @Test(arguments: [0, 1, 7, 8, 13, 31, 207, 1025], [1, 2, 5])
    func `a concurrent map joins the elements of chunks in order, however many there are`(count: Int, threads: Int) {
        let expected = (0..<count).flatMap { [Int](repeating: $0, count: $0 % 3) }
        let found = concurrentFlatMap(count, threads: threads, chunk: 5) { indices in
            indices.flatMap { [Int](repeating: $0, count: $0 % 3) }
        }
        #expect(found == expected)
    }

    @Test(arguments: [1, 2, 5])
    func `a concurrent map throws the error of the smallest index that has one`(threads: Int) {
        for round in 0..<50 {
            let first = 100 + round
            #expect(throws: Refusal(index: first)) {
                try concurrentMap(400, threads: threads, chunk: 1 + round % 4) { index throws(Refusal) in
                    if index >= first, index % 7 == first % 7 { throw Refusal(index: index) }
                    return index
                }
            }
        }
    }

    @Test
    func `a concurrent map leaves out what lies behind an error`() {
        let calls = Atomic(0)
        #expect(throws: Refusal(index: 3)) {
            try concurrentMap(1000, threads: 1) { index throws(Refusal) in
                calls.add(1, ordering: .relaxed)
                if index == 3 { throw Refusal(index: index) }
            }
        }
        #expect(calls.load(ordering: .relaxed) == 4)
    }
}
