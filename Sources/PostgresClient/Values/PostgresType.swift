/// The number of a type in the server's catalog.
package struct PostgresType: Hashable, Sendable {
    /// The number.
    package let oid: UInt32

    /// Creates the type of a number.
    package init(_ oid: UInt32) { self.oid = oid }

    /// What a parameter is that the server may choose the type of.
    static let unspecified = PostgresType(0)
    static let bool = PostgresType(16)
    static let bytea = PostgresType(17)
    static let char = PostgresType(18)
    static let name = PostgresType(19)
    static let int8 = PostgresType(20)
    static let int2 = PostgresType(21)
    static let int4 = PostgresType(23)
    static let text = PostgresType(25)
    static let objectID = PostgresType(26)
    static let json = PostgresType(114)
    static let float4 = PostgresType(700)
    static let float8 = PostgresType(701)
    static let unknown = PostgresType(705)
    static let bpchar = PostgresType(1042)
    static let varchar = PostgresType(1043)
    static let jsonb = PostgresType(3802)
    static let int2Array = PostgresType(1005)
    static let int4Array = PostgresType(1007)
    static let textArray = PostgresType(1009)
    static let varcharArray = PostgresType(1015)
    static let int8Array = PostgresType(1016)
    static let float4Array = PostgresType(1021)
    static let float8Array = PostgresType(1022)

    /// The first number that a type of an extension can have.
    static let firstOfExtensions: UInt32 = 16_384

    /// The types whose value is nothing but text.
    static let texts: Set<PostgresType> = [.text, .varchar, .bpchar, .name, .char, .unknown, .json]

    /// Whether a type is a whole number.
    static func isInteger(_ type: PostgresType) -> Bool {
        type == .int8 || type == .int4 || type == .int2 || type == .objectID
    }

    private static let names: [PostgresType: String] = [
        .bool: "boolean", .bytea: "bytea", .char: "\"char\"", .name: "name", .int8: "bigint", .int2: "smallint",
        .int4: "integer", .text: "text", .objectID: "oid", .json: "json", .float4: "real", .float8: "double precision",
        .unknown: "unknown", .bpchar: "character", .varchar: "character varying", .jsonb: "jsonb",
        .int2Array: "smallint[]", .int4Array: "integer[]", .textArray: "text[]",
        .varcharArray: "character varying[]", .int8Array: "bigint[]", .float4Array: "real[]",
        .float8Array: "double precision[]", PostgresType(1700): "numeric", PostgresType(1082): "date",
        PostgresType(1114): "timestamp", PostgresType(1184): "timestamptz", PostgresType(2950): "uuid",
        PostgresType(2205): "regclass", PostgresType(2278): "void",
    ]

    /// The name, such as `bigint`.
    func name(among vectors: VectorTypes?) -> String {
        if let name = Self.names[self] { return name }
        if let vectors {
            if self == vectors.vector { return "vector" }
            if self == vectors.halfvec { return "halfvec" }
            if self == vectors.sparsevec { return "sparsevec" }
        }
        return "the type \(oid)"
    }
}

/// The types of pgvector, which have other numbers in every database.
package struct VectorTypes: Hashable, Sendable {
    var vector: PostgresType?
    var halfvec: PostgresType?
    var sparsevec: PostgresType?

    /// Creates the types of a database, those that it has.
    package init(vector: PostgresType? = nil, halfvec: PostgresType? = nil, sparsevec: PostgresType? = nil) {
        self.vector = vector
        self.halfvec = halfvec
        self.sparsevec = sparsevec
    }
}
