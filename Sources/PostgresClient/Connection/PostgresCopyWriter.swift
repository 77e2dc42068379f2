import CPostgres

/// Takes the rows of a copy into a table.
///
///     ┌──────────────┬───────────┬──────────────┬──────────┬─────┬─────────┐
///     │ "PGCOPY\n" … │ flags u32 │ extension u32│ row      │ …   │ −1 i16  │
///     │ 11 bytes     │ 0         │ 0            │          │     │         │
///     └──────────────┴───────────┴──────────────┴──────────┴─────┴─────────┘
///
///     row    fields i16, and for each its length i32, −1 for a null, and its bytes
///
/// All integers are big-endian.
package struct PostgresCopyWriter: ~Copyable {
    /// How many bytes are gathered before they are sent.
    private static let batch = 1 << 18

    private let connection: PostgresConnection
    private let columnCount: Int
    private var bytes: [UInt8]
    /// The number of rows that were taken.
    package private(set) var rowCount = 0

    init(_ connection: PostgresConnection, columnCount: Int) {
        self.connection = connection
        self.columnCount = columnCount
        bytes = Self.header
        bytes.reserveCapacity(Self.batch + 1 << 14)
    }

    static let header = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0] + [UInt8](repeating: 0, count: 8)

    /// Takes a row: a value for each column, whose type is exactly the column's.
    ///
    /// - Throws: `PostgresError` with `badValue`, or what the server says of an earlier row, or `CancellationError`.
    package mutating func append(_ values: PostgresValue...) throws {
        try append(values)
    }

    /// Takes a row: a value for each column, whose type is exactly the column's.
    ///
    /// - Throws: `PostgresError` with `badValue`, or what the server says of an earlier row, or `CancellationError`.
    package mutating func append(_ values: [PostgresValue]) throws {
        guard values.count == columnCount else {
            throw PostgresError(
                .badValue, "Cannot copy row \(rowCount): it has \(values.count) values for \(columnCount) columns.")
        }
        bytes.append(bigEndian: Int16(truncatingIfNeeded: columnCount))
        for value in values { try value.appendField(to: &bytes) }
        rowCount += 1
        if bytes.count >= Self.batch { try send() }
    }

    /// Sends what was gathered, and the end.
    mutating func finish() throws {
        bytes.append(bigEndian: -1 as Int16)
        try send()
    }

    private mutating func send() throws {
        try connection.sendCopy(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}

extension PostgresConnection {
    /// Copies rows into a table, far faster than inserting them.
    ///
    ///     try connection.copy(into: PostgresName("akin_g7", "ranked"), columns: ["key", "vec"]) { writer in
    ///         for paper in papers { try writer.append(.int4(paper.key), .halfvec(paper.vector)) }
    ///     }
    ///
    /// - Parameters:
    ///   - table: The table.
    ///   - columns: The columns that values are given for.
    ///   - body: Gives the rows to the writer. If it throws, no row is copied. It may not use the connection.
    /// - Returns: The number of rows.
    /// - Throws: What `body` throws, `PostgresError` or `CancellationError`. No row is copied then.
    @discardableResult
    package func copy(
        into table: PostgresName, columns: [String], _ body: (inout PostgresCopyWriter) throws -> Void
    ) throws -> Int {
        let names = columns.map { PostgresName($0).description }.joined(separator: ", ")
        let sql = "copy \(table) (\(names)) from stdin (format binary)"
        try Self.check(sql)
        let pointer = try unsafe begin()
        guard unsafe akin_PQsendQuery(pointer, sql) == 1 else { throw unsafe unsent(pointer) }
        let action = "copy rows into \(table)"
        guard let first = try unsafe nextResult(pointer) else { throw lost(action + " in") }
        guard first.status == AKIN_COPY_IN else {
            let failure = error(first, doing: action)
            while try unsafe nextResult(pointer) != nil {}
            try end()
            throw failure
        }
        isCopying = true
        defer { isCopying = false }
        var failure: (any Error)?
        do {
            var writer = PostgresCopyWriter(self, columnCount: columns.count)
            try body(&writer)
            try writer.finish()
        } catch {
            failure = error
        }
        // The server's own refusal, if there was one, comes as a result.
        if !isBroken {
            _ = unsafe akin_PQputCopyEnd(pointer, failure == nil ? nil : "the client gave up")
        }
        var refusal: PostgresError?
        var count = 0
        while unsafe self.pointer != nil, let result = try unsafe nextResult(pointer) {
            if result.isFailure, refusal == nil { refusal = error(result, doing: action) }
            count = result.affectedRows
        }
        try end()
        // Where the body failed, the server's error says no more than that; where it stopped for the server's error,
        // that error counts.
        if let failure, !(failure is CopyStopped) { throw failure }
        if let refusal { throw refusal }
        if failure != nil || isBroken { throw lost(action + " in") }
        return count
    }

    /// The server no longer takes rows. It says why in its result.
    struct CopyStopped: Error {}

    /// Sends bytes of a copy.
    func sendCopy(_ bytes: [UInt8]) throws {
        let pointer = try unsafe live()
        // SAFETY: the address and the length are those of one array, which libpq copies.
        let state = unsafe bytes.withUnsafeBytes { bytes in
            unsafe akin_PQputCopyData(
                pointer, bytes.bindMemory(to: CChar.self).baseAddress, Int32(clamping: bytes.count))
        }
        guard state == 1 else { throw CopyStopped() }
        // What waits is a memory of this machine until the server takes it.
        try unsafe flush(pointer)
        if let interruption = waiting.interruption ?? interruption { throw error(of: interruption) }
        if isBroken { throw CopyStopped() }
    }
}
