extension PostgresRow {
    /// A value whose type the reader does not know beforehand.
    package enum Scalar: Hashable, Sendable {
        case null
        case integer(Int64)
        case text(String)
        case bytes([UInt8])
        /// A value of another type, or one that breaks its format.
        case other
    }

    /// Reads a column of whatever type.
    package func scalar(_ column: Int) -> Scalar {
        guard columns.types.indices.contains(column) else { return .other }
        if isNull(column) { return .null }
        switch columns.types[column] {
        case .int2, .int4, .int8, .objectID: return (try? int64(column)).map { .integer($0) } ?? .other
        case .bytea: return (try? bytes(column)).map { .bytes($0) } ?? .other
        case let type where PostgresType.texts.contains(type): return (try? text(column)).map { .text($0) } ?? .other
        default: return .other
        }
    }
}
