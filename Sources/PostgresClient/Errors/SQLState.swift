/// What a SQLSTATE means for a reader of the message: its code, and what to do.
///
/// Appendix A of PostgreSQL's manual lists all of them.
package struct SQLState {
    /// The code.
    package let code: PostgresError.Code
    /// A sentence, or nothing.
    package let remedy: String

    /// Looks a SQLSTATE up: by itself first, then by its class, which is its first two characters.
    package init(_ state: String) {
        (code, remedy) = Self.states[state] ?? Self.states[String(state.prefix(2))] ?? (.failed, "")
    }

    private static let connect = "Check that the server runs and can be reached, and try again."
    private static let log = "Look into the server's log."

    private static let states: [String: (PostgresError.Code, String)] = [
        // Connections.
        "08": (.connectionLost, connect),
        "08004": (.cannotConnect, "Ask the server's administrator."),
        "08P01": (.failed, "A copied value may not have the type of its column."),
        "28": (.authenticationFailed, "Check the user, the password, and what pg_hba.conf allows."),
        "28P01": (.authenticationFailed, "Check the user and the password."),
        "3D000": (.noSuchDatabase, "Make it with createdb, or name another database."),

        // Interventions.
        "57": (.serverStopping, log),
        "57014": (.statementTimeout, "Ask for less, or raise statement_timeout."),
        "57P01": (.serverStopping, "Try again when the server is up."),
        "57P02": (.serverStopping, "The server recovers by itself; try again. " + log),
        "57P03": (.serverStarting, "Try again in a moment."),
        "57P04": (.noSuchDatabase, "Somebody dropped the database."),
        "57P05": (.connectionLost, "Raise idle_session_timeout, or try again."),
        "25P03": (.connectionLost, "Raise idle_in_transaction_session_timeout, or try again."),
        "25P04": (.statementTimeout, "Raise transaction_timeout, or do less in a transaction."),

        // Resources.
        "53": (.outOfResources, log),
        "53100": (.diskFull, "Free space on the server's disk."),
        "53200": (.outOfResources, "Lower maintenance_work_mem or work_mem, or give the server more memory."),
        "53300": (.tooManyConnections, "Close other connections, or raise max_connections."),
        "53400": (.outOfResources, "Raise the limit that the server names."),
        "54": (.outOfResources, "Ask for less at a time."),
        "58": (.internalError, log),
        "58030": (.internalError, "The server's disk reports an error. Check the disk. " + log),
        "58P01": (.corrupted, "A file of the server is missing. " + log),

        // Rights and objects.
        "42": (.failed, ""),
        "42501": (.notPermitted, "Ask the owner to grant it."),
        "42P01": (.undefinedObject, "Check the database and the schema's name, or publish to it first."),
        "3F000": (.undefinedObject, "Check the database and the schema's name, or publish to it first."),
        "42703": (.undefinedObject, "Another version of the program may have made the tables."),
        "42883": (.undefinedObject, "An extension may be missing, or older than is needed."),
        "42704": (
            .undefinedObject,
            "If it is a type of pgvector: an administrator makes it by CREATE EXTENSION vector in this database."
        ),
        "42P07": (.duplicate, "It exists already."),
        "42P06": (.duplicate, "It exists already."),
        "42710": (.duplicate, "It exists already."),
        "0A": (.unsupported, "The server may be older than is needed."),

        // Transactions.
        "25006": (.readOnly, "Name the primary server, by target_session_attrs=read-write if there are several hosts."),
        "25P02": (.transactionAborted, "An earlier statement of the transaction failed."),
        "40": (.conflict, "Try again."),
        "40001": (.conflict, "Try again."),
        "40003": (.connectionLost, "Nobody knows whether the statement took effect. Look before you try again."),
        "40P01": (.conflict, "Try again."),
        "55": (.failed, ""),
        "55P03": (.lockTimeout, "Somebody else changes the same. Try again later."),
        "55000": (.failed, "The object is not in a state that allows this."),

        // Values.
        "22": (.invalidData, ""),
        "23": (.constraint, ""),
        "23505": (.duplicate, ""),
        "21": (.failed, ""),

        // The server itself.
        "XX": (.internalError, log),
        "XX000": (.internalError, log),
        "XX001": (.corrupted, "Restore the table or its server from a backup. " + log),
        "XX002": (.corrupted, "Rebuild the index with REINDEX. " + log),
    ]
}
