import AkinServer
import NIOCore
import NIOEmbedded
import Synchronization
import Testing

/// Work that has a time, and a client that waits for it.
@Suite struct DeadlineTests {
    @Test func `work within its time gives what it returns and throws`() async throws {
        #expect(try await withinTime(.seconds(60)) { 7 } == 7)
        await #expect(throws: Failure.self) { try await withinTime(.seconds(60)) { throw Failure() } }
    }

    @Test func `work beyond its time is cancelled, and its client is told to come again`() async throws {
        let work = Endless()
        let problem = await #expect(throws: Problem.self) {
            try await withinTime(.milliseconds(20)) { try await work.run() }
        }
        #expect(problem?.statusCode == 503)
        await work.waitForCancellation()
    }

    @Test func `a cancelled task cancels its work`() async throws {
        let work = Endless()
        let task = Task { try await withinTime(.seconds(600)) { try await work.run() } }
        await work.waitForStart()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        await work.waitForCancellation()
    }

    @Test(arguments: [true, false])
    func `a client that is gone ends the work for it`(closes: Bool) async throws {
        let work = Endless()
        let channel = NIOAsyncTestingChannel()
        try await channel.testingEventLoop.executeInContext {
            try channel.pipeline.syncOperations.addHandler(ClientHandler())
        }
        try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 80))
        let task = Task {
            try await CurrentClient.$channel.withValue(channel) {
                try await withinTime(.seconds(600)) { try await work.run() }
            }
        }
        await work.waitForStart()
        if closes {
            try await channel.close()
        } else {
            try await channel.testingEventLoop.executeInContext {
                channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
            }
        }
        let problem = await #expect(throws: Problem.self) { try await task.value }
        #expect(problem?.statusCode == 499)
        await work.waitForCancellation()
    }

    private struct Failure: Error {}

    /// Work that ends only when it is cancelled.
    private final class Endless: Sendable {
        private let (starts, start) = AsyncStream<Void>.makeStream()
        private let (ends, end) = AsyncStream<Void>.makeStream()

        func run() async throws {
            start.finish()
            defer { end.finish() }
            try await Task.sleep(for: .seconds(600))
        }

        func waitForStart() async { for await _ in starts {} }

        func waitForCancellation() async { for await _ in ends {} }
    }
}
