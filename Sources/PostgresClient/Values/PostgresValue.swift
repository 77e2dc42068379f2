/// A value that is sent to a server: a parameter of a statement, or a field of a copied row.
package enum PostgresValue: Sendable, Hashable {
    /// No value.
    case null
    /// A truth value.
    case bool(Bool)
    /// A `smallint`.
    case int2(Int16)
    /// An `integer`.
    case int4(Int32)
    /// A `bigint`.
    case int8(Int64)
    /// A `real`.
    case float4(Float)
    /// A `double precision`.
    case float8(Double)
    /// A text, which may not hold a NUL.
    case text(String)
    /// Bytes.
    case bytea([UInt8])
    /// An `integer[]`.
    case int4Array([Int32])
    /// A `bigint[]`.
    case int8Array([Int64])
    /// A `real[]`.
    case float4Array([Float])
    /// A `text[]`.
    case textArray([String])
    /// A text in JSON.
    case jsonb(String)
    /// A `vector` of pgvector, of 1 to 16,000 dimensions.
    case vector([Float])
    /// A `halfvec` of pgvector, whose numbers are rounded to halves.
    case halfvec([Float])
    /// A `sparsevec` of pgvector.
    case sparsevec(SparseVector)

    /// A vector by its entries that are not zero.
    package struct SparseVector: Sendable, Hashable {
        /// The number of dimensions, up to 10⁹.
        package var dimensions: Int
        /// The entries, in any order; the first dimension is 0. An entry that is zero is not sent.
        package var entries: [Entry]

        /// A number and its dimension.
        package struct Entry: Sendable, Hashable {
            /// The dimension, from 0.
            package var index: Int
            /// The number.
            package var value: Float

            /// Creates an entry.
            package init(_ index: Int, _ value: Float) {
                self.index = index
                self.value = value
            }
        }

        /// Creates a vector.
        package init(dimensions: Int, entries: [Entry]) {
            self.dimensions = dimensions
            self.entries = entries
        }
    }
}

extension PostgresValue {
    /// A `sparsevec` of dimensions and entries.
    package static func sparsevec(dimensions: Int, _ entries: [(index: Int, value: Float)]) -> PostgresValue {
        .sparsevec(SparseVector(dimensions: dimensions, entries: entries.map { .init($0.index, $0.value) }))
    }

    /// Whether the type is one of pgvector.
    var isVector: Bool {
        switch self {
        case .vector, .halfvec, .sparsevec: true
        default: false
        }
    }

    /// The type that a parameter of this value is declared with.
    ///
    /// - Parameter vectors: The types of pgvector in the database.
    /// - Returns: `nil` if the type needs pgvector, which is missing or too old.
    func type(among vectors: VectorTypes?) -> PostgresType? {
        switch self {
        case .null: .unspecified
        case .bool: .bool
        case .int2: .int2
        case .int4: .int4
        case .int8: .int8
        case .float4: .float4
        case .float8: .float8
        case .text: .text
        case .bytea: .bytea
        case .int4Array: .int4Array
        case .int8Array: .int8Array
        case .float4Array: .float4Array
        case .textArray: .textArray
        case .jsonb: .jsonb
        case .vector: vectors?.vector
        case .halfvec: vectors?.halfvec
        case .sparsevec: vectors?.sparsevec
        }
    }
}
