import CPostgres

/// A result of libpq, which is freed with it.
///
/// SAFETY: the result is never changed after libpq handed it out, which makes it fit for several threads, and is freed
/// when nobody holds this any more. Rows and columns are checked against its counts before libpq is asked for a value.
@safe
final class PostgresResult: @unchecked Sendable {
    private let pointer: OpaquePointer

    /// The number of rows.
    let rowCount: Int

    /// The number of columns.
    let columnCount: Int

    /// Takes over a result.
    init(_ pointer: OpaquePointer) {
        unsafe self.pointer = pointer
        rowCount = unsafe Int(akin_PQntuples(pointer))
        columnCount = unsafe Int(akin_PQnfields(pointer))
    }

    deinit { unsafe akin_PQclear(pointer) }

    /// The status of libpq.
    var status: UInt32 { unsafe akin_PQresultStatus(pointer) }

    /// Whether the statement failed.
    var isFailure: Bool { status == AKIN_FATAL_ERROR || status == AKIN_BAD_RESPONSE || status == AKIN_PIPELINE_ABORTED }

    /// What the server did, such as `INSERT 0 1`.
    var commandTag: String { unsafe libpqText(akin_PQcmdStatus(pointer)) }

    /// The number of rows that the statement gave or changed.
    var affectedRows: Int { Int(unsafe libpqText(akin_PQcmdTuples(pointer))) ?? 0 }

    /// The message of an error.
    var errorMessage: String { unsafe libpqText(akin_PQresultErrorMessage(pointer)) }

    /// A part of an error, if the server gave it.
    func errorField(_ field: Int32) -> String? {
        guard let part = unsafe akin_PQresultErrorField(pointer, field) else { return nil }
        return unsafe libpqText(part)
    }

    /// The name of a column.
    func columnName(_ column: Int) -> String {
        (0..<columnCount).contains(column) ? unsafe libpqText(akin_PQfname(pointer, Int32(column))) : ""
    }

    /// The type of a column.
    func columnType(_ column: Int) -> PostgresType {
        (0..<columnCount).contains(column) ? unsafe PostgresType(akin_PQftype(pointer, Int32(column))) : .unknown
    }

    /// Whether a column is in the binary format.
    func isBinary(_ column: Int) -> Bool {
        (0..<columnCount).contains(column) && (unsafe akin_PQfformat(pointer, Int32(column))) == 1
    }

    /// The names of the columns.
    var columnNames: [String] { (0..<columnCount).map(columnName) }

    /// The types of the columns.
    var columnTypes: [PostgresType] { (0..<columnCount).map(columnType) }

    /// Calls `body` with the bytes of a value.
    ///
    /// - Returns: What `body` returns, or `nil` for a null and outside of the rows and columns.
    func withBytes<Result>(
        _ row: Int, _ column: Int, _ body: (RawSpan) throws(PostgresError) -> Result
    ) throws(PostgresError) -> Result? {
        guard (0..<rowCount).contains(row), (0..<columnCount).contains(column),
            unsafe akin_PQgetisnull(pointer, Int32(row), Int32(column)) == 0,
            let start = unsafe akin_PQgetvalue(pointer, Int32(row), Int32(column))
        else { return nil }
        let count = unsafe Int(akin_PQgetlength(pointer, Int32(row), Int32(column)))
        let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count)
        // The result lives during the call.
        return try withExtendedLifetime(self) { () throws(PostgresError) in unsafe try body(bytes.bytes) }
    }
}
