import ParallelLoops
import Synchronization

/// The results of a function for `0..<count`, computed on up to `threads` threads.
func concurrentMap<Result: Sendable>(
    _ count: Int,
    threads: Int,
    _ transform: @Sendable (Int) -> Result
) -> [Result] {
    let results = Mutex([Result?](repeating: nil, count: count))
    concurrentChunks(of: count, threads: threads) { _, indices in
        for index in indices {
            let result = transform(index)
            results.withLock { $0[index] = result }
        }
    }
    return results.withLock { $0.compactMap(\.self) }
}
