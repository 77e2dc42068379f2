/// The rows that a statement gave.
package struct PostgresRows: Sendable {
    let source: Source

    /// The number of rows that the statement gave, or changed.
    package let affectedRows: Int

    /// The names and types of the columns.
    package struct Columns: Sendable {
        var names: [String]
        var types: [PostgresType]
        /// Whether each is in the binary format.
        var areBinary: Bool
        var vectors: VectorTypes?

        /// Creates columns.
        package init(names: [String], types: [PostgresType], areBinary: Bool = true, vectors: VectorTypes? = nil) {
            self.names = names
            self.types = types
            self.areBinary = areBinary
            self.vectors = vectors
        }
    }

    /// A result, and what is known of its columns.
    package final class Source: Sendable {
        let result: PostgresResult
        let columns: Columns

        init(_ result: PostgresResult, vectors: VectorTypes?) {
            self.result = result
            columns = Columns(
                names: result.columnNames, types: result.columnTypes,
                areBinary: (0..<result.columnCount).allSatisfy(result.isBinary), vectors: vectors)
        }
    }

    init(_ result: PostgresResult, vectors: VectorTypes?) {
        source = Source(result, vectors: vectors)
        affectedRows = result.affectedRows
    }

    /// What the server did, such as `INSERT 0 1`.
    package var commandTag: String { source.result.commandTag }

    /// The names of the columns.
    package var columnNames: [String] { source.columns.names }

    /// The only row.
    ///
    /// - Throws: `PostgresError` with `malformedValue` if there is none, or several.
    package func only() throws(PostgresError) -> PostgresRow {
        guard count == 1 else {
            throw PostgresError(
                .malformedValue, "Cannot read an answer of PostgreSQL: one row was expected, \(count) came.")
        }
        return self[0]
    }
}

extension PostgresRows: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { source.result.rowCount }

    package subscript(position: Int) -> PostgresRow {
        precondition(indices.contains(position), "Row \(position) of \(count)")
        return PostgresRow(storage: .result(source, row: position))
    }
}
