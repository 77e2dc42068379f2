import Foundation
import ParallelLoops
import Synchronization

/// The stores that this process has open for writing.
///
/// The locks of SQLite are record locks of POSIX. A process loses all that it has on a file when it closes any
/// descriptor of the file, also one that SQLite knows nothing about ("How To Corrupt An SQLite Database File", section
/// 2.2, <https://www.sqlite.org/howtocorrupt.html>). Whoever opens the file of a store without SQLite does it here.
enum OpenWriters {
    private struct State {
        /// The writers of each store.
        var writers: [String: Int] = [:]
        /// Those who have the file of each store open without SQLite.
        var others: [String: Int] = [:]
    }

    private static let state = LockedValue(State())

    /// Notes a writer, before it opens the file. It waits for those who have the file open without SQLite.
    static func add(_ path: String) {
        let store = name(path)
        while true {
            let isFree = state.withLock { state in
                guard state.others[store] == nil else { return false }
                state.writers[store, default: 0] += 1
                return true
            }
            if isFree { return }
            Thread.sleep(forTimeInterval: 0.001)
        }
    }

    /// Forgets a writer, after it closed the file.
    static func remove(_ path: String) {
        state.withLock { $0.writers.decrement(name(path)) }
    }

    /// Calls `body`, which may open and close the file, if this process does not write to it. No writer of this process
    /// begins meanwhile.
    ///
    /// - Returns: What `body` returns; `nil` if the process has the store open for writing.
    /// - Throws: What `body` throws.
    static func whileNone<Result, Failure>(
        of path: String, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        let store = name(path)
        let isFree = state.withLock { state in
            guard state.writers[store] == nil else { return false }
            state.others[store, default: 0] += 1
            return true
        }
        guard isFree else { return nil }
        defer { state.withLock { $0.others.decrement(store) } }
        return try body()
    }

    /// One name for a file, however its path is written.
    private static func name(_ path: String) -> String {
        URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path
    }
}

extension [String: Int] {
    /// Takes one away from a count, and forgets a count of 0.
    fileprivate mutating func decrement(_ key: String) {
        self[key, default: 1] -= 1
        if self[key] == 0 { self[key] = nil }
    }
}
