import Foundation
import GRDB

/// The tables of a store in SQLite's file.
struct SQLiteConnection: StoreConnection {
    let database: Database

    func forEachRow(
        _ sql: String, _ arguments: StoreArguments, _ body: (_ row: any StoreRow) throws -> Bool
    ) throws {
        let rows = try Row.fetchCursor(
            try database.cachedStatement(sql: sql), arguments: StatementArguments(arguments))
        while let row = try rows.next() { if try !body(row) { return } }
    }

    func stream(_ sql: String, _ body: (_ row: any StoreRow) throws -> Void) throws {
        try forEachRow(sql, []) { row in
            try body(row)
            return true
        }
    }

    func execute(_ sql: String, _ arguments: StoreArguments) throws {
        try database.cachedStatement(sql: sql).execute(arguments: StatementArguments(arguments))
    }

    /// SQLite remembers the largest key that ever was (AUTOINCREMENT).
    var lastKey: Int64? {
        get throws {
            try Int64.fetchOne(
                try database.cachedStatement(sql: "SELECT seq FROM sqlite_sequence WHERE name = 'papers'")) ?? 0
        }
    }

    var byteCount: Int? {
        get throws {
            let pages = "SELECT page_count - freelist_count FROM pragma_page_count(), pragma_freelist_count()"
            return try Int.fetchOne(try database.cachedStatement(sql: pages)).map { $0 * StoreHeader.pageSize }
        }
    }

    var features: StoreFeatures {
        get throws {
            var features = StoreFeatures()
            features.hasDetails = try database.columns(in: "papers").contains { $0.name == "details" }
            features.keepsChanges = try database.tableExists("changes")
            let index = "SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = 'papers_with_notes'"
            features.findsNotesFast = try Int.fetchOne(try database.cachedStatement(sql: index)) != nil
            features.hasVectors = try database.tableExists("vectors") && database.tableExists("spaces")
            return features
        }
    }
}

extension StatementArguments {
    /// The arguments as SQLite takes them.
    init(_ arguments: StoreArguments) {
        self.init(
            arguments.values.map { value -> (any DatabaseValueConvertible)? in
                switch value {
                case .null: nil
                case .integer(let number): number
                case .text(let text): text
                case .bytes(let bytes): Data(bytes)
                }
            })
    }
}

extension Row: StoreRow {
    package func text(_ index: Int) -> String? {
        switch (self[index] as DatabaseValue).storage {
        case .string(let text): text
        case .int64(let number): String(number)
        default: nil
        }
    }

    package func integer(_ index: Int) -> Int64? {
        if case .int64(let number) = (self[index] as DatabaseValue).storage { number } else { nil }
    }

    package func bytes(_ index: Int) -> [UInt8]? {
        if case .blob(let data) = (self[index] as DatabaseValue).storage { [UInt8](data) } else { nil }
    }

    package func value(_ index: Int) -> StoreValue {
        switch (self[index] as DatabaseValue).storage {
        case .string(let text): .text(text)
        case .int64(let number): .integer(number)
        case .blob(let data): .bytes([UInt8](data))
        case .double, .null: .null
        }
    }
}
