/// A value that a statement is given.
package enum StoreValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
}

/// The values of a statement's parameters, in their order.
package struct StoreArguments: Sendable, ExpressibleByArrayLiteral {
    package var values: [StoreValue]

    package init(values: [StoreValue]) { self.values = values }

    package init(arrayLiteral values: (any StoreValueConvertible)?...) { self.init(values) }

    init(_ values: [(any StoreValueConvertible)?] = []) { self.init(values: values.map { $0?.storeValue ?? .null }) }

    static func + (left: Self, right: Self) -> Self { Self(values: left.values + right.values) }

    static func += (left: inout Self, right: Self) { left.values += right.values }
}

/// What can be a ``StoreValue``.
package protocol StoreValueConvertible {
    var storeValue: StoreValue { get }
}

extension Int: StoreValueConvertible {
    package var storeValue: StoreValue { .integer(Int64(self)) }
}

extension Int64: StoreValueConvertible {
    package var storeValue: StoreValue { .integer(self) }
}

extension String: StoreValueConvertible {
    package var storeValue: StoreValue { .text(self) }
}

extension [UInt8]: StoreValueConvertible {
    package var storeValue: StoreValue { .bytes(self) }
}

/// A row of a query's result. It may be damaged, so that a column has something else than expected.
package protocol StoreRow {
    /// The text in a column, or the digits of a number; `nil` if there is neither.
    func text(_ index: Int) -> String?

    /// The whole number in a column; `nil` if there is none.
    func integer(_ index: Int) -> Int64?

    /// The bytes in a column; `nil` if there is something else.
    func bytes(_ index: Int) -> [UInt8]?

    /// What a column has; a number that is not whole counts as nothing.
    func value(_ index: Int) -> StoreValue
}

/// The tables of a store during one transaction, wherever they lie: in a file of SQLite, or in a database server.
///
/// Queries are written in the SQL that both understand: parameters are `?`, and texts are compared by the functions
/// `instr(text, part)` and `glob(pattern, text)`. Text is compared and sorted by its bytes.
package protocol StoreConnection {
    /// Calls `body` with each row of a query, until it returns `false`. A row is valid during the call.
    ///
    /// - Throws: What `body` throws; the error of the database.
    func forEachRow(
        _ sql: String, _ arguments: StoreArguments, _ body: (_ row: any StoreRow) throws -> Bool
    ) throws

    /// Calls `body` with each row of a query that returns a large part of a table. It asks nothing else meanwhile.
    ///
    /// - Throws: What `body` throws; the error of the database.
    func stream(_ sql: String, _ body: (_ row: any StoreRow) throws -> Void) throws

    /// Runs a statement that changes rows.
    ///
    /// - Throws: The error of the database.
    func execute(_ sql: String, _ arguments: StoreArguments) throws

    /// Which parts of the present format the tables have.
    var features: StoreFeatures { get throws }

    /// The last key of a paper that the database itself remembers to have given; `nil` if it keeps no note of that.
    var lastKey: Int64? { get throws }

    /// What the store takes, in bytes; `nil` if that is not the store's to care for.
    var byteCount: Int? { get throws }
}

/// The parts of a store that earlier formats do not have.
package struct StoreFeatures: Hashable, Sendable {
    /// The details of papers, labels and sources.
    package var hasDetails = true
    /// A journal of changes, and the times at which papers were added.
    package var keepsChanges = true
    /// An index that leads to the papers with notes, so that each question can ask them.
    package var findsNotesFast = true
    /// Tables of given vectors.
    package var hasVectors = true

    package init() {}
}
