extension PostgresConnection {
    /// What a transaction may do.
    package enum Access: String, Sendable {
        /// It reads alone; a write is an error with the code `readOnly`.
        case readOnly = "read only"
        /// It reads and writes.
        case readWrite = "read write"
    }

    /// What a transaction sees of others.
    package enum Isolation: String, Sendable {
        /// Each statement sees what was committed before it began.
        case readCommitted = "read committed"
        /// All statements see what was committed before the first.
        case repeatableRead = "repeatable read"
        /// As if no other ran beside it.
        case serializable
    }

    /// Runs a transaction, which is committed when `body` returns and rolled back if it throws.
    ///
    /// The end of a transaction is not cancelled: its answer is waited for, for some seconds more than a deadline or a
    /// cancelled task would allow.
    ///
    /// - Parameters:
    ///   - access: What it may do.
    ///   - isolation: What it sees of others.
    ///   - opening: The first statements, which travel with the beginning.
    ///   - body: The rest. It gets the rows of the first statements.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; `PostgresError`, with `transactionAborted` if `body` went on after a statement
    ///   had failed, or `CancellationError`. If the connection broke during the commit, nobody knows whether it took
    ///   effect; the code is `connectionLost` then.
    /// - Precondition: No transaction is open.
    package func transaction<Result>(
        _ access: Access, isolation: Isolation = .readCommitted, opening: [PostgresStatement],
        _ body: (_ answers: [PostgresRows]) throws -> Result
    ) throws -> Result {
        precondition(!isInTransaction, "A transaction is open already")
        let begin = PostgresStatement(
            "begin transaction isolation level \(isolation.rawValue) \(access.rawValue)")
        let result: Result
        do {
            result = try body(Array(pipeline([begin] + opening).dropFirst()))
        } catch {
            // The cause counts. A connection that cannot roll back is of no use.
            do { if isInTransaction { _ = try shielded { try query("rollback") } } } catch { close() }
            throw error
        }
        let answer = try shielded { try query("commit") }
        // The server answers a commit after an error so.
        if answer.commandTag == "ROLLBACK" {
            throw PostgresError(
                .transactionAborted,
                "Cannot commit a transaction \(place): a statement in it had failed. Nothing was changed.")
        }
        return result
    }

    /// Runs a transaction without first statements.
    ///
    /// - Throws: As `transaction(_:isolation:opening:_:)`.
    package func transaction<Result>(
        _ access: Access, isolation: Isolation = .readCommitted, _ body: () throws -> Result
    ) throws -> Result {
        try transaction(access, isolation: isolation, opening: []) { _ in try body() }
    }

    /// Runs what is not cancelled.
    private func shielded<Result>(_ body: () throws -> Result) rethrows -> Result {
        waiting.isShielded = true
        defer { waiting.isShielded = false }
        return try body()
    }
}
