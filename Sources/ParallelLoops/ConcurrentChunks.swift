import Synchronization

/// Runs `body` over every index in `0..<count`, in chunks that workers take from a shared counter.
///
/// A worker is one thread at a time, and its number is below `threads`. So `body` may use the number to choose scratch
/// memory. Workers take chunks in ascending order, but which worker takes which chunk is left to chance. A result that
/// must not depend on the number of threads may depend on the indices and never on the worker.
///
/// With one thread or one chunk, `body` runs on the calling thread. The chunks do not depend on the number of threads.
///
/// - Parameters:
///   - count: The number of indices. 0 runs nothing.
///   - threads: The most threads to use, the caller's own included. At least 1.
///   - chunk: The number of indices that a worker takes at once. Larger chunks need less synchronisation and balance
///     the work less evenly.
///   - body: Receives the worker's number in `0..<threads` and the indices to work on.
package func concurrentChunks(
    of count: Int,
    threads: Int,
    chunk: Int = 1,
    _ body: @Sendable (_ worker: Int, _ indices: Range<Int>) -> Void
) {
    precondition(threads > 0, "concurrentChunks needs a thread, was given \(threads)")
    precondition(chunk > 0, "concurrentChunks needs chunks of at least 1, was given \(chunk)")
    let workers = min(threads, (count + chunk - 1) / chunk)
    guard workers > 1 else {
        var start = 0
        while start < count {
            let end = min(start + chunk, count)
            body(0, start..<end)
            start = end
        }
        return
    }
    let next = Atomic(0)
    ThreadPool.shared.runCrew(of: workers) { worker in
        while true {
            let start = next.add(chunk, ordering: .relaxed).oldValue
            guard start < count else { return }
            body(worker, start..<min(start + chunk, count))
        }
    }
}
