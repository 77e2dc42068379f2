/// Why PostgreSQL cannot be reached, asked or changed.
package struct PostgresError: Error, Sendable {
    /// What went wrong, for code to tell apart.
    package enum Code: String, Hashable, Sendable, CaseIterable {
        /// libpq is not installed, or is too old.
        case libraryMissing
        /// A connection string cannot be read, or asks for something that the library does not do.
        case badAddress
        /// The server cannot be reached, for none of the reasons below.
        case cannotConnect
        /// Nothing listens at the address.
        case connectionRefused
        /// The name of the host is unknown.
        case hostNotFound
        /// The server did not answer within `connect_timeout`.
        case connectTimeout
        /// The server does not let the user in.
        case authenticationFailed
        /// The server has no database of that name.
        case noSuchDatabase
        /// An encrypted connection is wanted and cannot be had.
        case encryptionUnavailable
        /// The certificate of the server is not trusted.
        case certificateRefused
        /// The server has a version that is not supported.
        case serverTooOld
        /// The server has no connection left.
        case tooManyConnections
        /// The server starts or recovers.
        case serverStarting
        /// An administrator or a crash ended the server, or its process for this connection.
        case serverStopping
        /// The connection broke.
        case connectionLost
        /// Somebody asked to cancel the statement.
        case cancelled
        /// The statement took longer than the server allows.
        case statementTimeout
        /// The statement took longer than the caller allows.
        case deadlineExceeded
        /// A lock could not be had in time.
        case lockTimeout
        /// Every connection of a pool stayed in use.
        case poolExhausted
        /// The server's disk is full.
        case diskFull
        /// The server's memory, or a limit of its settings, does not suffice.
        case outOfResources
        /// The user may not do that.
        case notPermitted
        /// A table, schema, column or function does not exist.
        case undefinedObject
        /// The extension pgvector is missing in the database.
        case extensionMissing
        /// The server, a standby, or the transaction only reads.
        case readOnly
        /// The transaction met another one and was undone.
        case conflict
        /// A unique key exists already.
        case duplicate
        /// Another rule of a table was broken.
        case constraint
        /// The server refuses a value.
        case invalidData
        /// The server does not support what was asked.
        case unsupported
        /// A statement failed earlier in the transaction, which was therefore undone.
        case transactionAborted
        /// A file of the database is damaged.
        case corrupted
        /// The server reports an error within itself.
        case internalError
        /// A column has another type than the one it is read as, or is null.
        case wrongType
        /// A value of the server breaks its format.
        case malformedValue
        /// A value cannot be sent.
        case badValue
        /// The connection was closed, or does something else.
        case unusable
        /// The server reports anything else.
        case failed
    }

    /// What went wrong, for code to tell apart.
    package let code: Code

    /// What failed, on what, why, and what to do. It never holds a password.
    package let message: String

    /// The five characters that the server gives for the error, where it does.
    package let sqlState: String?

    /// The server's words, where it has any.
    package let report: Report?

    /// The number of the statement in its pipeline, from 0, where there are several.
    package internal(set) var statementIndex: Int?

    /// The error that caused this one, where there is one.
    package let cause: (any Error)?

    /// What a server says of an error.
    package struct Report: Hashable, Sendable {
        /// The error in one line.
        package var message: String
        /// More about it.
        package var detail: String?
        /// What the server recommends.
        package var hint: String?
        /// Where in its functions it happened.
        package var context: String?
        /// The function of the server's source that reports it.
        package var function: String?
    }

    init(
        _ code: Code, _ message: String, sqlState: String? = nil, report: Report? = nil, statementIndex: Int? = nil,
        cause: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.sqlState = sqlState
        self.report = report
        self.statementIndex = statementIndex
        self.cause = cause
    }

    /// Whether the same reading may succeed on a new connection, or at a second try.
    ///
    /// A write is another matter: where the connection broke, nobody knows whether it took effect.
    package var isWorthRetrying: Bool {
        switch code {
        case .connectionLost, .serverStarting, .serverStopping, .conflict: true
        default: false
        }
    }

    /// Whether the connection, and not the statement, is at fault.
    package var isLossOfConnection: Bool {
        switch code {
        case .connectionLost, .serverStopping: true
        default: false
        }
    }
}

extension PostgresError: CustomStringConvertible {
    /// The message.
    package var description: String {
        message
    }
}
