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

    /// Twice as many pieces as the pool of Swift's concurrency has threads each wait for the last: with the pool's own
    /// threads none of them would end.
    @Test(.timeLimit(.minutes(1)))
    func `other tasks go on while work in the background waits`() async {
        let count = 2 * availableCores
        let begun = Atomic(0)
        await withTaskGroup { group in
            for _ in 0..<count {
                group.addTask {
                    await inBackground {
                        begun.add(1, ordering: .relaxed)
                        while begun.load(ordering: .relaxed) <= count { usleep(1000) }
                    }
                }
            }
            group.addTask {
                while begun.load(ordering: .relaxed) < count { try? await Task.sleep(for: .milliseconds(1)) }
                begun.add(1, ordering: .relaxed)
            }
        }
        #expect(begun.load(ordering: .relaxed) == count + 1)
    }

    @Test(.timeLimit(.minutes(1)))
    func `other tasks go on while loops in the background are long`() async {
        let isOver = Atomic(false)
        await withTaskGroup { group in
            for _ in 0..<availableCores {
                group.addTask {
                    await inBackground {
                        concurrentChunks(of: 4 * availableCores, threads: 2 * availableCores) { _, _ in
                            while !isOver.load(ordering: .relaxed) { usleep(1000) }
                        }
                    }
                }
            }
            group.addTask {
                try? await Task.sleep(for: .milliseconds(50))
                isOver.store(true, ordering: .relaxed)
            }
        }
        #expect(isOver.load(ordering: .relaxed))
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
}
