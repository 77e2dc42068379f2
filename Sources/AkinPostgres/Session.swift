import ParallelLoops
import PostgresClient
import Synchronization

/// A connection during one transaction, which any thread may use when no other does.
///
/// A ranking and the store's reader share it, so that both see one moment.
final class Session: Sendable {
    private struct State {
        let connection: PostgresConnection
        var failure: (any Error)?
    }

    /// SAFETY: the connection is used under the lock alone, and not beyond the transaction.
    private struct Lent: @unchecked Sendable {
        var state: State
    }

    private let lent: LockedValue<Lent>
    /// A comment at the end of each statement. A connection keeps prepared statements by their texts, and those of
    /// another generation are of other tables: vectors of other dimensions are another type.
    private let mark: String

    /// Begins with a connection whose transaction reads a generation.
    init(_ connection: PostgresConnection, generation: Int) {
        lent = LockedValue(Lent(state: State(connection: connection)))
        mark = " /* \(PublishedGeneration.schema(generation)) */"
    }

    /// Runs a statement.
    ///
    /// - Throws: `PostgresError`, or `CancellationError`.
    @discardableResult
    func query(_ sql: String, _ parameters: [PostgresValue] = []) throws -> PostgresRows {
        try ask { try $0.query(sql + mark, parameters) }
    }

    /// Runs statements in one round trip.
    ///
    /// - Throws: `PostgresError`, or `CancellationError`.
    @discardableResult
    func pipeline(_ statements: [PostgresStatement]) throws -> [PostgresRows] {
        try ask { try $0.pipeline(statements.map { PostgresStatement($0.sql + mark, $0.parameters) }) }
    }

    /// Copies the rows of a query; see `PostgresConnection.copy(from:_:)`.
    func copy(from query: String, _ body: (PostgresRow) throws -> Void) throws {
        try ask { _ = try $0.copy(from: query, body) }
    }

    /// Copies rows into a table; see `PostgresConnection.copy(into:columns:_:)`.
    func copy(
        into table: PostgresName, columns: [String], _ body: (inout PostgresCopyWriter) throws -> Void
    ) throws {
        try ask { _ = try $0.copy(into: table, columns: columns, body) }
    }

    /// The error of the first statement that failed. Between here and whoever began the transaction, it may become an
    /// error of the store, from which nobody can tell that a connection was lost.
    var failure: (any Error)? { lent.withLock(\.state.failure) }

    private func ask<Answer>(_ body: (PostgresConnection) throws -> Answer) throws -> Answer {
        try lent.withLock { lent in
            do {
                return try body(lent.state.connection)
            } catch {
                if lent.state.failure == nil { lent.state.failure = error }
                throw error
            }
        }
    }
}
