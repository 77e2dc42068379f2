import Akin
import PostgresClient

/// The lock that whoever changes a library in a database holds: an advisory lock of PostgreSQL.
enum ChangeLock {
    private static let number = "hashtext('akin.publish')"

    /// Takes the lock until the transaction ends, if nobody has it.
    ///
    /// - Returns: Whether it was free.
    /// - Throws: `PostgresError`.
    static func take(_ connection: PostgresConnection) throws -> Bool {
        try connection.query("select pg_try_advisory_xact_lock(\(number))").only().bool(0)
    }

    /// Takes the lock until ``giveBack(_:)``.
    ///
    /// - Throws: `AkinError` with code `locked` while somebody else holds it; `PostgresError`.
    static func takeForSession(_ connection: PostgresConnection, _ name: String) throws {
        try Waiting.never.forTurn(ofLibrary: name) {
            try connection.query("select pg_try_advisory_lock(\(number))").only().bool(0)
        }
    }

    /// Gives the lock of a session back.
    static func giveBack(_ connection: PostgresConnection) {
        _ = try? connection.query("select pg_advisory_unlock(\(number))")
    }
}
