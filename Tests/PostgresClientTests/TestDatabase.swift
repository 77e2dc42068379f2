import Foundation
import PostgresClient
import PostgresTestSupport
import Testing

/// The suites that need a server. They share it, and use temporary tables or names of their own.
@Suite(.enabled(if: PostgresServer.isAvailable, Comment(rawValue: PostgresServer.skipNote)))
enum ServerTests {}

/// Databases of the server that tests share.
enum TestDatabase {
    static var server: PostgresServer { get throws { try PostgresServer.shared.get() } }

    /// A database with pgvector.
    static let withVectors = Result<String, any Error> { try make("create extension vector") }

    /// A database without extensions.
    static let bare = Result<String, any Error> { try make(nil) }

    /// Makes a database.
    ///
    /// - Returns: Its name.
    static func make(_ sql: String?) throws -> String {
        let name = "akin_test_\(UUID().uuidString.lowercased().replacing("-", with: "").prefix(12))"
        try server.run("create database \(name)")
        if let sql { try server.run(sql, database: name) }
        return name
    }

    /// The address of a database.
    static func address(
        _ database: Result<String, any Error> = withVectors, user: String = "postgres"
    ) throws
        -> PostgresAddress
    {
        try PostgresAddress(server.uri(of: database.get(), user: user))
    }

    /// A new connection as the superuser.
    static func connection(_ database: Result<String, any Error> = withVectors) throws -> PostgresConnection {
        try PostgresConnection(to: address(database))
    }
}

/// The error that a call throws, which must be one of `PostgresClient`.
func postgresError(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) throws -> PostgresError {
    try #require(throws: PostgresError.self, sourceLocation: sourceLocation) { try body() }
}
