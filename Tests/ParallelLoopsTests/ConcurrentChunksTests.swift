import ParallelLoops
import Synchronization
import Testing

@Suite("Concurrent chunks")
struct ConcurrentChunksTests {
    @Test(arguments: [0, 1, 7, 8, 13, 31, 207, 1025], [1, 2, 5])
    func `concurrent chunks visit every index once`(count: Int, threads: Int) {
        for chunk in [1, 3, 64, 2000] {
            let visits = LockedValue([Int](repeating: 0, count: count))
            concurrentChunks(of: count, threads: threads, chunk: chunk) { worker, indices in
                #expect(worker < threads)
                visits.withLock { visits in
                    for index in indices { visits[index] += 1 }
                }
            }
            #expect(visits.withLock { $0.allSatisfy { $0 == 1 } })
        }
    }

    @Test
    func `concurrent chunks never give one worker two chunks at once`() {
        let busy = (0..<4).map { _ in Flag() }
        concurrentChunks(of: 10_000, threads: 4) { worker, _ in
            #expect(busy[worker].value.exchange(true, ordering: .acquiringAndReleasing) == false)
            busy[worker].value.store(false, ordering: .releasing)
        }
    }

    @Test
    func `loops within loops end, however many threads they ask for`() {
        let visits = Atomic(0)
        concurrentChunks(of: 40, threads: 20) { _, _ in
            concurrentChunks(of: 40, threads: 20) { _, indices in
                visits.add(indices.count, ordering: .relaxed)
            }
        }
        let visited = visits.load(ordering: .relaxed)
        #expect(visited == 1600)
    }

    private final class Flag: Sendable {
        let value = Atomic(false)
    }
}
