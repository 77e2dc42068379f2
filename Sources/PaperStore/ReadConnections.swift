import GRDB
import Synchronization

/// Connections that read, as many as are in use at once; those not in use wait for the next to need one.
final class ReadConnections: Sendable {
    private let path: String
    private let idle: Mutex<[DatabaseQueue]>

    /// Opens the first connection.
    init(path: String) throws(PaperStoreError) {
        self.path = path
        idle = Mutex([try StoreFile.openForReading(path)])
    }

    /// Calls `body` with a connection that nobody else uses meanwhile.
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

    /// Closes the connections that are not in use.
    func close() {
        for connection in idle.withLock({ $0 }) { try? connection.close() }
    }
}
