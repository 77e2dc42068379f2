/// A row that a server gave. Its columns are read by number, from 0, each as the type that it has.
///
/// Whatever the server sends, a reading gives the value or throws: `wrongType` if the column has another type, is null
/// or does not exist, `malformedValue` if the bytes break the format of the type.
package struct PostgresRow: Sendable {
    package enum Storage: Sendable {
        /// A row of a result.
        case result(PostgresRows.Source, row: Int)
        /// A row of a copy: where its fields lie among the bytes, `nil` for a null.
        case copied([UInt8], fields: [Range<Int>?], PostgresRows.Columns)
    }

    let storage: Storage

    /// Creates a row of what was received.
    package init(storage: Storage) {
        self.storage = storage
    }

    var columns: PostgresRows.Columns {
        switch storage {
        case .result(let source, _): source.columns
        case .copied(_, _, let columns): columns
        }
    }

    /// The number of columns.
    package var columnCount: Int { columns.types.count }

    /// Whether a column is null. It is `true` for a column that does not exist.
    package func isNull(_ column: Int) -> Bool {
        switch storage {
        case .result(let source, let row):
            // The closure throws nothing.
            (try? source.result.withBytes(row, column) { _ in true }) == nil
        case .copied(_, let fields, _): !fields.indices.contains(column) || fields[column] == nil
        }
    }

    /// Reads a column that may be null.
    ///
    ///     let year = try row.optional(3, row.int)
    package func optional<Value>(
        _ column: Int, _ read: (Int) throws(PostgresError) -> Value
    ) throws(PostgresError) -> Value? {
        (0..<columnCount).contains(column) && isNull(column) ? nil : try read(column)
    }
}

// MARK: - Reading

extension PostgresRow {
    /// Reads a truth value.
    package func bool(_ column: Int) throws(PostgresError) -> Bool {
        try read(column, as: "a truth value", { $0 == .bool }) { bytes, _ in
            bytes.byteCount == 1 ? integer(UInt8.self, bytes, at: 0) != 0 : nil
        }
    }

    /// Reads a `smallint`, `integer`, `bigint` or `oid`.
    package func int64(_ column: Int) throws(PostgresError) -> Int64 {
        try read(column, as: "an integer", PostgresType.isInteger) { bytes, type in
            switch (type, bytes.byteCount) {
            case (.int2, 2): integer(Int16.self, bytes, at: 0).map { Int64($0) }
            case (.int4, 4): integer(Int32.self, bytes, at: 0).map { Int64($0) }
            case (.objectID, 4): integer(UInt32.self, bytes, at: 0).map { Int64($0) }
            case (.int8, 8): integer(Int64.self, bytes, at: 0)
            default: nil
            }
        }
    }

    /// Reads a `smallint`, `integer`, `bigint` or `oid`.
    package func int(_ column: Int) throws(PostgresError) -> Int {
        let value = try int64(column)
        guard let number = Int(exactly: value) else {
            throw malformed(column, "its value \(value) does not fit into \(Int.bitWidth) bits")
        }
        return number
    }

    /// Reads a `smallint` or `integer`, or another integer whose value fits.
    package func int32(_ column: Int) throws(PostgresError) -> Int32 {
        let value = try int64(column)
        guard let number = Int32(exactly: value) else {
            throw malformed(column, "its value \(value) does not fit into 32 bits")
        }
        return number
    }

    /// Reads a `real`.
    package func float(_ column: Int) throws(PostgresError) -> Float {
        try read(column, as: "a real", { $0 == .float4 }) { bytes, _ in
            bytes.byteCount == 4 ? integer(UInt32.self, bytes, at: 0).map { Float(bitPattern: $0) } : nil
        }
    }

    /// Reads a `real` or `double precision`.
    package func double(_ column: Int) throws(PostgresError) -> Double {
        try read(column, as: "a number", { $0 == .float4 || $0 == .float8 }) { bytes, type in
            switch (type, bytes.byteCount) {
            case (.float4, 4): integer(UInt32.self, bytes, at: 0).map { Double(Float(bitPattern: $0)) }
            case (.float8, 8): integer(UInt64.self, bytes, at: 0).map { Double(bitPattern: $0) }
            default: nil
            }
        }
    }

    /// Reads a `text`, another type of characters, `json` or `jsonb`.
    package func text(_ column: Int) throws(PostgresError) -> String {
        try read(column, as: "a text", { PostgresType.texts.contains($0) || $0 == .jsonb }) { bytes, type in
            guard type == .jsonb else { return string(bytes) }
            // The first byte is the version of the format.
            guard integer(UInt8.self, bytes, at: 0) == 1 else { return nil }
            return string(bytes.extracting(droppingFirst: 1))
        }
    }

    /// Reads a `bytea`.
    package func bytes(_ column: Int) throws(PostgresError) -> [UInt8] {
        try read(column, as: "bytes", { $0 == .bytea }) { bytes, _ in copy(bytes) }
    }
}

// MARK: - The ways to the bytes

extension PostgresRow {
    /// Reads a value of one of several types.
    ///
    /// - Parameters:
    ///   - column: The column, from 0.
    ///   - wanted: What it is read as, for a message.
    ///   - isWanted: Whether a type will do. It is asked for each value, so that it makes no set.
    ///   - decode: Gives the value of bytes of a type, or `nil` if they break the format.
    /// - Returns: The value.
    /// - Throws: `PostgresError` with `wrongType` or `malformedValue`.
    func read<Value>(
        _ column: Int, as wanted: String, _ isWanted: (PostgresType) -> Bool,
        _ decode: (RawSpan, PostgresType) -> Value?
    ) throws(PostgresError) -> Value {
        let columns = columns
        guard columns.types.indices.contains(column) else {
            throw PostgresError(
                .wrongType, "Cannot read column \(column) of an answer of PostgreSQL: it has \(columns.types.count).")
        }
        let type = columns.types[column]
        guard columns.areBinary, isWanted(type) else {
            let name = columns.areBinary ? type.name(among: columns.vectors) : "text"
            throw PostgresError(
                .wrongType, "Cannot read \(label(column)) of an answer of PostgreSQL as \(wanted): it is \(name).")
        }
        let decoded: Value?? = try withBytes(column) { bytes in decode(bytes, type) }
        guard let found = decoded else {
            throw PostgresError(
                .wrongType, "Cannot read \(label(column)) of an answer of PostgreSQL as \(wanted): it is null.")
        }
        guard let value = found else {
            throw malformed(column, "its bytes are no value of \(type.name(among: columns.vectors))")
        }
        return value
    }

    func malformed(_ column: Int, _ reason: String) -> PostgresError {
        PostgresError(.malformedValue, "Cannot read \(label(column)) of an answer of PostgreSQL: \(reason).")
    }

    private func label(_ column: Int) -> String {
        let names = columns.names
        return names.indices.contains(column) ? "column \(column) ('\(names[column])')" : "column \(column)"
    }

    private func withBytes<Value>(
        _ column: Int, _ body: (RawSpan) throws(PostgresError) -> Value
    ) throws(PostgresError) -> Value? {
        switch storage {
        case .result(let source, let row):
            return try source.result.withBytes(row, column, body)
        case .copied(let bytes, let fields, _):
            guard fields.indices.contains(column), let field = fields[column] else { return nil }
            // SAFETY: the span is of an array that lives during the call.
            return try unsafe body(bytes.span.bytes.extracting(field))
        }
    }
}
