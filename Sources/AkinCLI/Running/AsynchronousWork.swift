import Dispatch
import Synchronization

/// Does asynchronous work on behalf of the calling thread, which waits for it.
///
/// - Parameter work: The work.
/// - Returns: What it returns.
/// - Throws: What it throws.
func waitingFor<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) throws -> Result {
    let outcome = Outcome<Result>()
    let end = DispatchSemaphore(value: 0)
    Task {
        do { outcome.set(.success(try await work())) } catch { outcome.set(.failure(error)) }
        end.signal()
    }
    end.wait()
    return try outcome.get()
}

/// What work ended with.
private final class Outcome<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)

    func set(_ result: Result<Value, any Error>) { self.result.withLock { $0 = result } }

    func get() throws -> Value {
        guard let result = result.withLock({ $0 }) else { preconditionFailure("work ended without a result") }
        return try result.get()
    }
}
