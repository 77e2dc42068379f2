import Dispatch
import Synchronization

/// Runs `body` over every index in `0..<count`, in chunks that the workers take from a shared counter.
///
/// Each worker is one thread at a time, and its number stays below `threads`, so `body` may use it to pick scratch of
/// its own. Chunks are handed out in ascending order; which worker gets which chunk is left to chance, so a result that
/// must not depend on the number of threads may depend on indices only, never on the worker.
///
/// With one thread, or a single chunk, `body` runs on the calling thread and no other is started; the chunks are the
/// same as with many.
///
/// - Parameters:
///   - count: The number of indices. 0 runs nothing.
///   - threads: The most threads to use, the caller's own included. At least 1.
///   - chunk: The number of indices a worker takes at once. Larger chunks cost less synchronisation and balance worse.
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
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
        while true {
            let start = next.add(chunk, ordering: .relaxed).oldValue
            guard start < count else { return }
            body(worker, start..<min(start + chunk, count))
        }
    }
}
