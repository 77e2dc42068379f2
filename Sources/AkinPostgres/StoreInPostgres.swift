import PaperStore
import PostgresClient

/// The tables of a store in a schema of PostgreSQL, during one transaction whose search path begins with the schema.
///
/// The queries of the store are the same that SQLite gets. ``StoreFunctions`` adds the functions that they call and
/// PostgreSQL does not have.
struct StoreInPostgres: StoreConnection {
    let session: Session

    var features: StoreFeatures { StoreFeatures() }
    var lastKey: Int64? { nil }
    var byteCount: Int? { nil }

    func forEachRow(
        _ sql: String, _ arguments: StoreArguments, _ body: (_ row: any StoreRow) throws -> Bool
    ) throws {
        let rows = try session.query(Self.numberingParameters(of: sql), arguments.values.map(\.postgresValue))
        for row in rows { if try !body(StoredRow(row: row)) { return } }
    }

    func stream(_ sql: String, _ body: (_ row: any StoreRow) throws -> Void) throws {
        try session.copy(from: sql) { try body(StoredRow(row: $0)) }
    }

    func execute(_ sql: String, _ arguments: StoreArguments) throws {
        _ = try session.query(Self.numberingParameters(of: sql), arguments.values.map(\.postgresValue))
    }

    /// A statement with its parameters, which the store writes as `?`, numbered `$1`, `$2` and so on. Texts in
    /// quotation marks stay as they are.
    static func numberingParameters(of sql: String) -> String {
        var number = 0
        var isQuoted = false
        var numbered: [UInt8] = []
        numbered.reserveCapacity(sql.utf8.count + 8)
        for byte in sql.utf8 {
            if byte == UInt8(ascii: "'") { isQuoted.toggle() }
            if byte == UInt8(ascii: "?"), !isQuoted {
                number += 1
                numbered += "$\(number)".utf8
            } else {
                numbered.append(byte)
            }
        }
        return String(decoding: numbered, as: UTF8.self)
    }
}

extension StoreValue {
    fileprivate var postgresValue: PostgresValue {
        switch self {
        case .null: .null
        case .integer(let number): .int8(number)
        case .text(let text): .text(text)
        case .bytes(let bytes): .bytea(bytes)
        }
    }
}

/// A row of the server as the store reads it.
private struct StoredRow: StoreRow {
    let row: PostgresRow

    func text(_ index: Int) -> String? {
        switch row.scalar(index) {
        case .text(let text): text
        case .integer(let number): String(number)
        default: nil
        }
    }

    func integer(_ index: Int) -> Int64? {
        if case .integer(let number) = row.scalar(index) { number } else { nil }
    }

    func bytes(_ index: Int) -> [UInt8]? {
        if case .bytes(let bytes) = row.scalar(index) { bytes } else { nil }
    }

    func value(_ index: Int) -> StoreValue {
        switch row.scalar(index) {
        case .integer(let number): .integer(number)
        case .text(let text): .text(text)
        case .bytes(let bytes): .bytes(bytes)
        case .null, .other: .null
        }
    }
}
