import CPostgres

/// A statement and its parameters, for `PostgresConnection.pipeline`.
package struct PostgresStatement: Sendable {
    /// The text, which calls the parameters `$1`, `$2` and so on.
    package var sql: String
    /// The parameters.
    package var parameters: [PostgresValue]

    /// Creates a statement.
    package init(_ sql: String, _ parameters: [PostgresValue] = []) {
        self.sql = sql
        self.parameters = parameters
    }
}

extension PostgresConnection {
    /// Runs a statement.
    ///
    /// - Parameters:
    ///   - sql: One statement, which calls its parameters `$1`, `$2` and so on. It stays prepared.
    ///   - parameters: The parameters.
    /// - Returns: The rows.
    /// - Throws: `PostgresError`, or `CancellationError`.
    @discardableResult
    package func query(_ sql: String, _ parameters: [PostgresValue] = []) throws -> PostgresRows {
        try pipeline([PostgresStatement(sql, parameters)])[0]
    }

    /// Runs several statements in one round trip.
    ///
    /// Outside of a transaction they are one: if one fails, none has taken effect. It is no snapshot: each statement
    /// sees what was committed before it began.
    ///
    /// - Returns: The rows of each, in the same order.
    /// - Throws: `PostgresError`, whose `statementIndex` and message name the first statement that failed, or
    ///   `CancellationError`.
    @discardableResult
    package func pipeline(_ statements: [PostgresStatement]) throws -> [PostgresRows] {
        if statements.isEmpty { return [] }
        let wasIdle = !isInTransaction
        do {
            return try run(statements)
        } catch let error as PostgresError where Self.isOfStaleStatement(error) && !isBroken {
            // Nothing ran: the server refused what it had prepared before a table or view changed.
            self.statements.removeAll()
            forgetsStatements = true
            guard wasIdle else { throw error }
            // One of the statements may have begun a transaction.
            if isInTransaction { _ = try run([PostgresStatement("rollback")]) }
            return try run(statements)
        }
    }

    /// Runs any number of statements without parameters, separated by semicolons. They are one transaction unless they
    /// say otherwise.
    ///
    /// - Throws: `PostgresError`, or `CancellationError`.
    package func execute(_ sql: String) throws {
        try Self.check(sql)
        let pointer = try unsafe begin()
        guard unsafe akin_PQsendQuery(pointer, sql) == 1 else { throw unsafe unsent(pointer) }
        var failure: PostgresError?
        while let result = try unsafe nextResult(pointer) {
            if result.isFailure, failure == nil { failure = error(result, doing: "run statements") }
            if try unsafe refuseCopy(result, pointer) {
                failure = failure ?? Self.copyRefusal()
                if isBroken { break }
            }
        }
        try end()
        if let failure { throw failure }
        if isBroken { throw lost("run statements in") }
    }
}

// MARK: - Pipelines

extension PostgresConnection {
    /// A message to the server that has a result of its own.
    private enum Step {
        case forget
        case prepare(Int, name: String)
        case execute(Int)
    }

    /// Whether a prepared statement no longer fits the tables, or is gone.
    private static func isOfStaleStatement(_ error: PostgresError) -> Bool {
        error.sqlState == "26000"
            || error.sqlState == "0A000" && error.report?.function == "RevalidateCachedQuery"
    }

    /// Runs statements in one round trip.
    private func run(_ statements: [PostgresStatement]) throws -> [PostgresRows] {
        var encoded: [EncodedParameters] = []
        for (index, statement) in statements.enumerated() {
            do throws(PostgresError) {
                try Self.check(statement.sql)
            } catch {
                throw numbered(error, index, of: statements.count)
            }
            if statement.parameters.contains(where: \.isVector) { try lookUpVectorTypes(isNeeded: true) }
            do throws(PostgresError) {
                encoded.append(try EncodedParameters(statement.parameters, vectors: vectorTypes, address: address))
            } catch {
                throw numbered(error, index, of: statements.count)
            }
        }
        let pointer = try unsafe begin()
        guard unsafe akin_PQenterPipelineMode(pointer) == 1 else { throw unsafe unsent(pointer) }
        let steps = try unsafe send(statements, encoded, pointer)
        let answers = try unsafe receive(steps, of: statements, pointer)
        // Until now every number of a type of an extension was a number.
        if answers.contains(where: Self.hasTypesOfExtensions) { try lookUpVectorTypes(isNeeded: false) }
        return answers.map { PostgresRows($0, vectors: vectorTypes) }
    }

    /// Sends statements and the end of the pipeline.
    private func send(
        _ statements: [PostgresStatement], _ parameters: [EncodedParameters], _ pointer: OpaquePointer
    ) throws -> [Step] {
        var steps: [Step] = []
        func check(_ wasSent: Int32) throws {
            if wasSent != 1 {
                // Half a pipeline cannot be taken back.
                let error = unsafe unsent(pointer)
                close()
                throw error
            }
        }
        // SAFETY: Swift ends each text with a zero, and libpq copies what it gets.
        func forget(_ sql: String) throws {
            try check(unsafe akin_PQsendQueryParams(pointer, sql, 0, nil, nil, nil, nil, 1))
            steps.append(.forget)
        }
        if forgetsStatements {
            try forget("deallocate all")
            forgetsStatements = false
        }
        for name in self.statements.makeRoom() { try forget("deallocate \(name)") }
        for (index, statement) in statements.enumerated() {
            let types = parameters[index].types
            let name: String
            if let known = self.statements.name(of: statement.sql, types) {
                name = known
            } else {
                name = self.statements.add(statement.sql, types)
                try check(
                    unsafe akin_PQsendPrepare(pointer, name, statement.sql, Int32(types.count), types.map(\.oid)))
                steps.append(.prepare(index, name: name))
            }
            try unsafe parameters[index].withPointers { values, lengths, formats in
                try check(
                    unsafe akin_PQsendQueryPrepared(
                        pointer, name, Int32(types.count), values, lengths, formats, 1))
            }
            steps.append(.execute(index))
        }
        try check(unsafe akin_PQpipelineSync(pointer))
        return steps
    }

    /// Receives the results of a pipeline.
    private func receive(
        _ steps: [Step], of statements: [PostgresStatement], _ pointer: OpaquePointer
    ) throws -> [PostgresResult] {
        var answers: [PostgresResult] = []
        var failure: PostgresError?
        for step in steps {
            var hasFailed = false
            while let result = try unsafe nextResult(pointer) {
                let isCopy = result.status == AKIN_COPY_IN || result.status == AKIN_COPY_OUT
                if result.isFailure || isCopy {
                    hasFailed = true
                    if failure == nil, result.status != AKIN_PIPELINE_ABORTED {
                        failure = isCopy ? Self.copyRefusal() : failureOf(step, result, count: statements.count)
                    }
                    // A copy inside a pipeline cannot be ended.
                    if isCopy { close() }
                    if isBroken { break }
                } else if case .execute = step {
                    answers.append(result)
                }
            }
            if case .prepare(let index, let name) = step, hasFailed {
                self.statements.remove(statements[index].sql, name: name)
            }
            if isBroken { throw failure ?? lost("ask") }
        }
        guard let last = try unsafe nextResult(pointer), last.status == AKIN_PIPELINE_SYNC,
            unsafe akin_PQexitPipelineMode(pointer) == 1
        else {
            let error = failure ?? lost("ask")
            close()
            throw error
        }
        try end()
        if let failure { throw failure }
        guard answers.count == statements.count else {
            close()
            throw PostgresError(
                .malformedValue,
                "Cannot ask \(address): \(answers.count) answers came to \(statements.count) statements.")
        }
        return answers
    }

    private func failureOf(_ step: Step, _ result: PostgresResult, count: Int) -> PostgresError {
        switch step {
        case .forget: error(result, doing: "forget a statement")
        case .prepare(let index, _), .execute(let index):
            numbered(
                error(result, doing: count > 1 ? "run statement \(index + 1) of \(count)" : "run a statement"), index,
                of: count)
        }
    }

    private func numbered(_ error: PostgresError, _ index: Int, of count: Int) -> PostgresError {
        var error = error
        if count > 1 { error.statementIndex = index }
        return error
    }

    private static func hasTypesOfExtensions(_ result: PostgresResult) -> Bool {
        (0..<result.columnCount).contains { result.columnType($0).oid >= PostgresType.firstOfExtensions }
    }

    static func check(_ sql: String) throws(PostgresError) {
        if sql.utf8.contains(0) {
            throw PostgresError(
                .badValue, "Cannot run a statement that holds a NUL. Remove it, or make it a parameter.")
        }
    }

    /// The error of what libpq did not take.
    func unsent(_ pointer: OpaquePointer) -> PostgresError {
        isBroken
            ? lost("ask")
            : PostgresError(
                .failed, "Cannot ask \(address): \(unsafe oneLine(libpqText(akin_PQerrorMessage(pointer)))).")
    }

    private static func copyRefusal() -> PostgresError {
        PostgresError(.unusable, "Cannot run COPY as a plain statement: the connection copies by its own calls.")
    }

    /// Ends a copy that a plain statement began.
    ///
    /// - Returns: Whether it was one.
    private func refuseCopy(_ result: PostgresResult, _ pointer: OpaquePointer) throws -> Bool {
        switch result.status {
        case AKIN_COPY_IN:
            _ = unsafe akin_PQputCopyEnd(pointer, "COPY is not supported here")
            return true
        case AKIN_COPY_OUT, AKIN_COPY_BOTH:
            close()
            return true
        default: return false
        }
    }
}

// MARK: - The types of pgvector

extension PostgresConnection {
    /// Looks the types of pgvector up unless they are known.
    ///
    /// - Parameter isNeeded: Whether their absence is an error.
    /// - Throws: `PostgresError`, with `extensionMissing` if they are needed and missing, or `CancellationError`.
    func lookUpVectorTypes(isNeeded: Bool) throws {
        if vectorTypes?.vector == nil, isNeeded || vectorTypes == nil {
            let rows = try run([
                PostgresStatement(
                    """
                    select t.typname::text, t.oid from pg_catalog.pg_extension e
                    join pg_catalog.pg_depend d on d.refclassid = 'pg_catalog.pg_extension'::regclass
                        and d.refobjid = e.oid and d.classid = 'pg_catalog.pg_type'::regclass and d.deptype = 'e'
                    join pg_catalog.pg_type t on t.oid = d.objid
                    where e.extname = 'vector' and t.typname in ('vector', 'halfvec', 'sparsevec')
                    """)
            ])[0]
            var types = VectorTypes()
            for row in rows {
                let type = PostgresType(UInt32(truncatingIfNeeded: try row.int64(1)))
                switch try row.text(0) {
                case "vector": types.vector = type
                case "halfvec": types.halfvec = type
                default: types.sparsevec = type
                }
            }
            vectorTypes = types
        }
        if isNeeded, vectorTypes?.vector == nil {
            throw PostgresError(
                .extensionMissing,
                """
                Cannot use vectors in \(address): the extension pgvector is missing. Install it on the server, and let \
                an administrator run CREATE EXTENSION vector in this database.
                """)
        }
    }
}
