import HTTPTypes
package import NIOCore
import Synchronization

/// The client whose request the current task answers.
package enum CurrentClient {
    @TaskLocal package static var channel: (any Channel)?
}

/// Returns what work gives, if it does so within a time.
///
/// - Parameters:
///   - limit: The time.
///   - work: The work. When the time is over or the client is gone, its task is cancelled, and nobody waits for its
///     end. When the calling task is cancelled, so is it.
/// - Returns: What `work` returns.
/// - Throws: What `work` throws; ``Problem`` with status 503 when the time is over, and with status 499 when the client
///   is gone.
package func withinTime<Result: Sendable>(
    _ limit: Duration, _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    let race = Race<Result>()
    let worker = Task {
        do {
            race.end(.success(try await work()))
        } catch {
            race.end(.failure(error))
        }
    }
    let clock = Task {
        try await Task.sleep(for: limit)
        let problem = Problem(
            .serviceUnavailable, "The answer takes longer than \(limit.components.seconds) seconds.",
            headers: [.retryAfter: "30"])
        // The work lets go of what it holds before anybody else may take it up.
        race.end(.failure(problem)) { worker.cancel() }
    }
    defer { clock.cancel() }
    if let channel = CurrentClient.channel {
        ClientHandler.whenGone(channel) {
            race.end(.failure(Problem.clientGone)) { worker.cancel() }
        }
    }
    return try await withTaskCancellationHandler {
        try await race.result()
    } onCancel: {
        worker.cancel()
    }
}

/// The first of several outcomes.
private final class Race<Result: Sendable>: Sendable {
    private let state = Mutex<State>(.running)

    private enum State {
        case running
        case awaited(CheckedContinuation<Result, any Error>)
        case ended(Swift.Result<Result, any Error>)
    }

    /// Ends the race, if nothing has ended it before: `beforehand` is called before whoever waits goes on.
    func end(_ outcome: Swift.Result<Result, any Error>, _ beforehand: () -> Void = {}) {
        let waiter = state.withLock { state -> CheckedContinuation<Result, any Error>? in
            switch state {
            case .running:
                state = .ended(outcome)
                return nil
            case .awaited(let waiter):
                state = .ended(outcome)
                return waiter
            case .ended: return nil
            }
        }
        beforehand()
        waiter?.resume(with: outcome)
    }

    func result() async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let outcome = state.withLock { state -> Swift.Result<Result, any Error>? in
                if case .ended(let outcome) = state { return outcome }
                state = .awaited(continuation)
                return nil
            }
            if let outcome { continuation.resume(with: outcome) }
        }
    }
}
