import Foundation
import ParallelLoops
import Synchronization
import Testing

@Suite("Work in the background")
struct BackgroundTests {
    private struct Refusal: Error, Equatable {}

    @Test
    func `work in the background gives its result or its error`() async throws {
        #expect(await inBackground { 7 } == 7)
        await #expect(throws: Refusal()) { () async throws(Refusal) in
            try await inBackground { () throws(Refusal) -> Int in throw Refusal() }
        }
    }

    /// Twice as many pieces as the pool of Swift's concurrency has threads each wait for a task: on the pool's own
    /// threads none of them would end.
    @Test(.timeLimit(.minutes(1)))
    func `other tasks go on while work in the background waits`() async {
        let count = 2 * availableCores
        let counter = Counter()
        await withTaskGroup { group in
            for _ in 0..<count {
                group.addTask {
                    await inBackground {
                        counter.increment()
                        while counter.value <= count { usleep(1000) }
                    }
                }
            }
            group.addTask {
                while counter.value < count { try? await Task.sleep(for: .milliseconds(1)) }
                counter.increment()
            }
        }
        #expect(counter.value == count + 1)
    }

    @Test(.timeLimit(.minutes(1)))
    func `other tasks go on while loops in the background are long`() async {
        let ends = Counter()
        await withTaskGroup { group in
            for _ in 0..<availableCores {
                group.addTask {
                    await inBackground {
                        concurrentChunks(of: 4 * availableCores, threads: 2 * availableCores) { _, _ in
                            while ends.value == 0 { usleep(1000) }
                        }
                    }
                }
            }
            group.addTask {
                try? await Task.sleep(for: .milliseconds(50))
                ends.increment()
            }
        }
        #expect(ends.value == 1)
    }

    @Test
    func `work in the background sees that its task is cancelled`() async {
        let task = Task {
            await inBackground {
                while !Task.isCancelled { usleep(1000) }
                return true
            }
        }
        task.cancel()
        #expect(await task.value)
    }

    private final class Counter: Sendable {
        private let count = Atomic(0)

        var value: Int { count.load(ordering: .relaxed) }

        func increment() {
            count.add(1, ordering: .relaxed)
        }
    }
}
