import CPostgres

extension PostgresConnection {
    /// Copies the rows of a query, without holding all of them in memory.
    ///
    ///     try connection.copy(from: "select key, text from akin.term order by key") { row in
    ///         terms.append(try row.text(1))
    ///     }
    ///
    /// - Parameters:
    ///   - query: One statement that gives rows. It cannot have parameters.
    ///   - body: Takes a row. If it throws, the copy ends. It may not use the connection.
    /// - Returns: The number of rows.
    /// - Throws: What `body` throws, `PostgresError` or `CancellationError`.
    @discardableResult
    package func copy(from query: String, _ body: (PostgresRow) throws -> Void) throws -> Int {
        let columns = try describe(query)
        let pointer = try unsafe begin()
        guard unsafe akin_PQsendQuery(pointer, "copy (\(query)) to stdout (format binary)") == 1 else {
            throw unsafe unsent(pointer)
        }
        guard let first = try unsafe nextResult(pointer) else { throw lost("copy rows from") }
        guard first.status == AKIN_COPY_OUT else {
            let failure = error(first, doing: "copy rows of a query")
            while try unsafe nextResult(pointer) != nil {}
            try end()
            throw failure
        }
        isCopying = true
        defer { isCopying = false }
        var reader = CopyReader(columns)
        var failure: (any Error)?
        var count = 0
        while let piece = try unsafe nextCopiedBytes(pointer) {
            // What still comes after a failure is thrown away.
            if failure != nil { continue }
            do {
                reader.add(piece)
                while let row = try reader.next() {
                    try body(row)
                    count += 1
                }
            } catch {
                failure = error
                canceller.cancel()
            }
        }
        var refusal: PostgresError?
        while let result = try unsafe nextResult(pointer) {
            if result.isFailure, refusal == nil { refusal = error(result, doing: "copy rows of a query") }
        }
        try end()
        if let failure { throw failure }
        if let refusal { throw refusal }
        if isBroken { throw lost("copy rows from") }
        try reader.finish()
        return count
    }

    /// The next bytes of a copy, or `nil` at its end.
    private func nextCopiedBytes(_ pointer: OpaquePointer) throws -> [UInt8]? {
        try unsafe flush(pointer)
        while true {
            var start: UnsafeMutablePointer<CChar>?
            // SAFETY: libpq gives the address and the count of bytes that are freed here.
            let count = unsafe akin_PQgetCopyData(pointer, &start, 1)
            if count > 0, let start = unsafe start {
                defer { unsafe akin_PQfreemem(start) }
                return unsafe Array(UnsafeRawBufferPointer(start: start, count: Int(count)))
            }
            if count < 0 { return nil }
            try unsafe wait(pointer, writing: false)
            if isBroken { return nil }
        }
    }

    /// The columns that a query would give.
    private func describe(_ query: String) throws -> PostgresRows.Columns {
        try Self.check(query)
        let pointer = try unsafe begin()
        // A statement without a name lasts until the next one.
        guard unsafe akin_PQsendPrepare(pointer, "", query, 0, nil) == 1 else { throw unsafe unsent(pointer) }
        _ = try unsafe finishDescription(pointer)
        guard unsafe akin_PQsendDescribePrepared(pointer, "") == 1 else { throw unsafe unsent(pointer) }
        let description = try unsafe finishDescription(pointer)
        if description.columnTypes.contains(where: { $0.oid >= PostgresType.firstOfExtensions }) {
            try lookUpVectorTypes(isNeeded: false)
        }
        return PostgresRows.Columns(
            names: description.columnNames, types: description.columnTypes, vectors: vectorTypes)
    }

    private func finishDescription(_ pointer: OpaquePointer) throws -> PostgresResult {
        var last: PostgresResult?
        while let result = try unsafe nextResult(pointer) { last = result }
        try end()
        guard let last else { throw lost("ask") }
        if last.isFailure { throw error(last, doing: "copy rows of a query") }
        return last
    }
}
