/// A table of a store of the present format, for a database that holds a copy of it.
package struct StoreTable: Hashable, Sendable {
    /// What a column holds.
    package enum Kind: Hashable, Sendable {
        case integer, text, bytes
    }

    package struct Column: Hashable, Sendable {
        package let name: String
        package let kind: Kind
        package let isOptional: Bool
    }

    package let name: String
    package let columns: [Column]
    /// The columns that no two rows have alike.
    package let primaryKey: [String]

    /// A table by its columns, each a name, a letter (`i`, `t` or `b`), and a question mark if it may be null.
    private init(_ name: String, _ columns: String, key: String) {
        self.name = name
        self.columns = columns.split(separator: " ").map { column in
            let parts = column.split(separator: ":")
            let kind: Kind =
                switch parts[1].first {
                case "i": .integer
                case "b": .bytes
                default: .text
                }
            return Column(name: String(parts[0]), kind: kind, isOptional: parts[1].hasSuffix("?"))
        }
        primaryKey = key.split(separator: " ").map(String.init)
    }

    /// All tables but those that are empty in each store.
    package static let all = [
        StoreTable(
            "papers",
            "key:i id:t title:t abstract:t authors:t year:i? venue:t? categories:t keywords:t url:t? alternate_ids:t "
                + "checksum:i details:t?",
            key: "key"),
        StoreTable("identifiers", "id:t paper:i fingerprint:i?", key: "id"),
        StoreTable(
            "lookups",
            "key:i title:t title_hash:i short_title_hash:i? first_author:t year:i? venue:t categories:t authors:t",
            key: "key"),
        StoreTable("labels", "name:t value:t paper:i", key: "name value paper"),
        StoreTable("sources", "name:t state:t records:t missing:t checksum:i", key: "name"),
        StoreTable("additions", "paper:i time:i checksum:i", key: "paper"),
        StoreTable("changes", "number:i time:t kind:t stored:t former:t rows:t checksum:i", key: "number"),
        StoreTable("former_rows", "change:i number:i content:t checksum:i", key: "change number"),
        StoreTable("saved_searches", "name:t search:t", key: "name"),
        StoreTable("spaces", "name:t encoder:t version:t dimensions:i checksum:i", key: "name"),
        StoreTable("vectors", "number:i paper:i space:t components:b checksum:i", key: "number"),
        StoreTable("settings", "name:t value:t", key: "name"),
    ]
}

extension PaperStore.Reader {
    /// Calls `body` with each row of a table, in the order of its primary key.
    ///
    /// - Throws: What `body` throws; the error of the store.
    /// - Complexity: Reads the whole table.
    package func forEachRow(
        of table: StoreTable, _ body: (_ row: any StoreRow) throws -> Void
    ) throws {
        let columns = table.columns.map(\.name).joined(separator: ", ")
        let order = table.primaryKey.joined(separator: ", ")
        try connection.stream("SELECT \(columns) FROM \(table.name) ORDER BY \(order)", body)
    }

    /// Whether the store has all tables of the present format.
    package var isOfPresentFormat: Bool { features == StoreFeatures() }
}

extension PaperStore.Writer {
    /// Copies a row of another store's table, in place of one with the same key. What the other store says of the
    /// generation in force stays there.
    ///
    /// - Throws: `PaperStoreError`.
    package func copy(_ row: any StoreRow, into table: StoreTable) throws(PaperStoreError) {
        if table.name == "settings", row.text(0) == "generation" { return }
        try put(
            into: table.name, table.columns.map(\.name).joined(separator: ", "), keyCount: table.primaryKey.count,
            StoreArguments(values: table.columns.indices.map { row.value($0) }))
    }

    /// Makes the keys that the settings count as given used ones, after the rows of another store were copied.
    ///
    /// - Throws: `PaperStoreError`.
    package func reserveGivenKeys() throws(PaperStoreError) {
        try reserve(keysThrough: lastGivenKey())
    }
}
