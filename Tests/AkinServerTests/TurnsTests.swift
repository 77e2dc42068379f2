import AkinServer
import Synchronization
import Testing

/// Requests that take turns at the engine.
@Suite struct TurnsTests {
    @Test func `no more work than turns runs at a time, and all of it runs`() async throws {
        let turns = Turns(count: 3)
        let counts = Counts()
        try await withThrowingTaskGroup { group in
            for _ in 0..<50 {
                group.addTask {
                    try await turns.take {
                        counts.begin()
                        try await Task.sleep(for: .milliseconds(1))
                        counts.end()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(counts.most <= 3)
        #expect(counts.done == 50)
    }

    @Test func `whoever is cancelled while it waits leaves the turn to others`() async throws {
        let turns = Turns(count: 1)
        let (held, release) = AsyncStream<Void>.makeStream()
        let (began, begin) = AsyncStream<Void>.makeStream()
        let holder = Task {
            try await turns.take {
                begin.finish()
                for await _ in held {}
            }
        }
        for await _ in began {}
        let cancelled = Task { try await turns.take { "ran" } }
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        let next = Task { try await turns.take { "ran" } }
        release.finish()
        try await holder.value
        #expect(try await next.value == "ran")
        #expect(try await turns.take { "ran" } == "ran")
    }

    @Test func `work that fails gives its turn back`() async throws {
        let turns = Turns(count: 1)
        for _ in 0..<3 {
            await #expect(throws: Failure.self) { try await turns.take { throw Failure() } }
        }
        #expect(try await turns.take { 1 } == 1)
    }

    private struct Failure: Error {}

    private final class Counts: Sendable {
        private let state = Mutex((running: 0, most: 0, done: 0))

        var most: Int { state.withLock { $0.most } }
        var done: Int { state.withLock { $0.done } }

        func begin() {
            state.withLock {
                $0.running += 1
                $0.most = max($0.most, $0.running)
            }
        }

        func end() {
            state.withLock {
                $0.running -= 1
                $0.done += 1
            }
        }
    }
}
