import Synchronization

/// The stores that this process has open for writing.
///
/// The locks of SQLite are record locks of POSIX. A process loses all that it has on a file when it closes any
/// descriptor of the file, also one that SQLite knows nothing about ("How To Corrupt An SQLite Database File", section
/// 2.2, <https://www.sqlite.org/howtocorrupt.html>). Whoever opens the file of a store without SQLite does it here.
enum OpenWriters {
    private static let counts = Mutex<[String: Int]>([:])

    /// Notes a writer, before it opens the file.
    static func add(_ path: String) {
        counts.withLock { $0[path, default: 0] += 1 }
    }

    /// Forgets a writer, after it closed the file.
    static func remove(_ path: String) {
        counts.withLock { counts in
            counts[path, default: 1] -= 1
            if counts[path] == 0 { counts[path] = nil }
        }
    }

    /// Calls `body`, which may open and close the file, if this process does not write to it. No writer of this process
    /// begins meanwhile.
    ///
    /// - Returns: What `body` returns; `nil` if the process has the store open for writing.
    /// - Throws: What `body` throws.
    static func whileNone<Result, Failure>(
        of path: String, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        try counts.withLock { counts throws(Failure) in counts[path] == nil ? try body() : nil }
    }
}
