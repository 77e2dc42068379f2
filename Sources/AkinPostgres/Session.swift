import LexicalIndex
import ParallelLoops
import PostgresClient
import Synchronization

/// A connection during one transaction, which any thread may use when no other does.
///
/// A ranking and the store's reader share it, so that both see one moment.
final class Session: Sendable {
    /// SAFETY: the connection is used under the lock alone, and not beyond the transaction.
    private struct Lent: @unchecked Sendable {
        let connection: PostgresConnection
    }

    private let lent: LockedValue<Lent>

    init(_ connection: PostgresConnection) { lent = LockedValue(Lent(connection: connection)) }

    /// Runs a statement.
    ///
    /// - Throws: `PostgresError`, or `CancellationError`.
    func query(_ sql: String, _ parameters: [PostgresValue] = []) throws -> PostgresRows {
        try lent.withLock { lent in try lent.connection.query(sql, parameters) }
    }

    /// Runs statements in one round trip.
    ///
    /// - Throws: `PostgresError`, or `CancellationError`.
    func pipeline(_ statements: [PostgresStatement]) throws -> [PostgresRows] {
        try lent.withLock { lent in try lent.connection.pipeline(statements) }
    }
}
