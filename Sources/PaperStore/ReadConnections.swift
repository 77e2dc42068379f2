import GRDB
import Synchronization

/// The connections that read: one for each read that runs at the same time. Idle connections are used again.
final class ReadConnections: Sendable {
    private let path: String
    private let idle: Mutex<[DatabaseQueue]>

    /// Opens the first connection.
    ///
    /// - Throws: `PaperStoreError`.
    init(path: String) throws(PaperStoreError) {
        self.path = path
        idle = Mutex([try StoreFile.openForReading(path)])
    }

    /// Calls `body` with a connection that nobody else uses during the call.
    ///
    /// - Throws: What `body` throws; errors of SQLite as `PaperStoreError`.
    func withConnection<Result>(_ body: (DatabaseQueue) throws -> Result) throws -> Result {
        let connection = try idle.withLock { $0.popLast() } ?? StoreFile.openForReading(path)
        defer {
            if StoreFile.isLasting(connection) { idle.withLock { $0.append(connection) } }
        }
        do {
            return try body(connection)
        } catch let error as DatabaseError {
            throw PaperStoreError(error, action: "read", path: path)
        }
    }

    /// Closes the idle connections.
    func close() {
        let connections = idle.withLock { idle in
            defer { idle = [] }
            return idle
        }
        for connection in connections { try? connection.close() }
    }
}
