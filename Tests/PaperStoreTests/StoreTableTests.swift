import GRDB
import PaperStore
import TestSupport
import Testing

@Suite("The tables that a database copies")
struct StoreTableTests {
    @Test
    func `are those of a new store, column by column`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/papers.sqlite"
            try PaperStore(opening: path, mode: .readWrite).write { _ in }
            let database = try DatabaseQueue(path: path)
            try database.read { database in
                let tables = try String.fetchSet(
                    database,
                    sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
                // The migrations are of SQLite's file, and tags are among the details.
                #expect(tables.subtracting(["grdb_migrations", "tags"]) == Set(StoreTable.all.map(\.name)))
                for table in StoreTable.all {
                    let columns = try database.columns(in: table.name)
                    #expect(columns.map(\.name) == table.columns.map(\.name), "\(table.name)")
                    let kinds = ["INTEGER": StoreTable.Kind.integer, "TEXT": .text, "BLOB": .bytes]
                    #expect(columns.map { kinds[$0.type] } == table.columns.map(\.kind), "\(table.name)")
                    let key = try database.primaryKey(table.name).columns
                    #expect(key == table.primaryKey, "\(table.name)")
                    for (column, own) in zip(columns, table.columns) where !key.contains(own.name) {
                        #expect(column.isNotNull == !own.isOptional, "\(table.name).\(own.name)")
                    }
                }
            }
        }
    }
}
