/// Runs work that takes long, or waits, on a thread outside the pool of Swift's concurrency, so that other tasks go on.
///
/// - Parameter body: The work. It runs in the surrounding task, whose cancellation it sees.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws.
package func inBackground<Result: Sendable, Failure: Error>(
    _ body: @Sendable () throws(Failure) -> Result
) async throws(Failure) -> Result {
    try await withTaskExecutorPreference(BackgroundExecutor.shared) { () async throws(Failure) in
        try await call(body)
    }
}

/// Runs where the preference of the task says, also if the caller belongs to an actor.
@concurrent
private func call<Result: Sendable, Failure: Error>(
    _ body: @Sendable () throws(Failure) -> Result
) async throws(Failure) -> Result {
    try body()
}

/// Runs jobs on threads of our own.
private final class BackgroundExecutor: TaskExecutor {
    static let shared = BackgroundExecutor()

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        ThreadPool.shared.run { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
