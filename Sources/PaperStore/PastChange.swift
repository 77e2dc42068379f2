import CChecksum
import Foundation
package import Papers

extension PaperStore {
    /// A change of the store that can be taken back: what it took away, and what it brought.
    ///
    /// The table `changes` has a row for each, and `former_rows` one for each paper and each note of a source that it
    /// took away or altered. At most ``mostChanges`` are kept, and those before the last one are a small part of the
    /// store.
    package struct PastChange: Hashable, Sendable {
        /// The number of the change, ascending.
        package var number: Int
        /// The second since 1970.
        package var time: Int
        /// What was done, as `add` or `tag to read`.
        package var kind: String
        /// The keys of the papers that it stored.
        package var storedKeys: [PaperKey]
        /// How many papers it took away or altered.
        package var formerCount: Int
        /// How many rows are kept of it; `nil` if they were too large to be kept.
        package var rowCount: Int?

        /// Whether the change can be taken back.
        package var isWhole: Bool { rowCount != nil }
    }

    /// A paper as it was before a change.
    struct FormerPaper: Hashable, Codable {
        var key: UInt64
        var paper: Paper
        var timeAdded: Int64?
        /// The ids that records came with, and the fingerprints of these.
        var records: [String: Int64]
        /// The given vectors as they are stored, each with the space that it is of.
        var vectors: [FormerVector]
    }

    /// A given vector as it was before a change.
    struct FormerVector: Hashable, Codable {
        var space: String
        var encoder: String
        var version: String
        var dimensions: Int
        var components: Data
    }

    /// What the store noted of a source before a change; without a state, it knew nothing of the source.
    struct FormerSource: Hashable, Codable {
        var name: String
        var state: String?
        var records: [String]
        var missing: [String]
    }

    /// What a change took away, as one row of `former_rows`.
    enum FormerRow: Hashable, Codable {
        case paper(FormerPaper)
        case source(FormerSource)

        /// The row as a JSON object.
        var json: String {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        }
    }

    /// The changes that are kept.
    package static let mostChanges = 20

    /// The bytes that are kept of one change. Of a larger one nothing is kept, because it would double the store.
    static let mostFormerBytes = 64 << 20
}

/// What a transaction has taken away and stored so far.
struct ChangeRecord {
    /// What was taken away, as JSON; empty once it is too large.
    var rows: [String] = []
    var bytes = 0
    var formerKeys: Set<PaperKey> = []
    var sources: Set<String> = []
    var stored: Set<PaperKey> = []

    /// Whether ``rows`` are all that was taken away.
    var isWhole = true

    /// Keeps a row, unless all rows together are too large.
    mutating func keep(_ row: PaperStore.FormerRow) {
        let json = row.json
        guard isWhole, bytes + json.utf8.count <= PaperStore.mostFormerBytes else {
            (isWhole, rows) = (false, [])
            return
        }
        bytes += json.utf8.count
        rows.append(json)
    }
}

// MARK: - Rows

extension PaperStore.PastChange {
    static let columns = "number, time, kind, stored, former, rows, checksum"

    /// The columns but for the number and the checksum.
    var texts: [String] {
        ["\(time)", kind, jsonList(Self.ranges(of: storedKeys)), "\(formerCount)", rowCount.map(String.init) ?? ""]
    }

    /// Runs of ascending keys, as `3-17`.
    private static func ranges(of keys: [PaperKey]) -> [String] {
        var runs: [(first: UInt64, last: UInt64)] = []
        for key in keys.map(\.rawValue) {
            if let last = runs.last, last.last + 1 == key {
                runs[runs.count - 1].last = key
            } else {
                runs.append((key, key))
            }
        }
        return runs.map { "\($0.first)-\($0.last)" }
    }

    /// The keys of ranges; `nil` if one is damaged.
    private static func keys(of ranges: [String]) -> [PaperKey]? {
        var keys: [PaperKey] = []
        for range in ranges {
            let ends = range.split(separator: "-").compactMap { UInt64($0) }
            guard ends.count == 2, ends[0] <= ends[1], ends[1] <= PaperKey.largest.rawValue else { return nil }
            keys += (ends[0]...ends[1]).map { PaperKey($0) }
        }
        return keys
    }

    var checksum: Int64 { checksumOfTexts(["\(number)"] + texts) }

    /// The change in a row of ``columns``; `nil` if the row is damaged.
    init?(in row: any StoreRow) {
        let written = (1...5).map { row.text($0) ?? "" }
        guard let number = row.integer(0), row.integer(6) == checksumOfTexts(["\(number)"] + written),
            let time = Int(written[0]), let keys = Papers.texts(ofJSONList: written[2]).flatMap(Self.keys(of:)),
            let former = Int(written[3])
        else { return nil }
        self.init(
            number: Int(number), time: time, kind: written[1], storedKeys: keys, formerCount: former,
            rowCount: Int(written[4]))
    }
}

/// The CRC-32C of the UTF-8 of texts, each with a byte FF behind it.
func checksumOfTexts(_ texts: [String]) -> Int64 {
    let bytes: [UInt8] = texts.flatMap { Array($0.utf8) + [0xFF] }
    // SAFETY: the call gets a pointer to as many bytes as it is told, which is valid during the call.
    return Int64(unsafe bytes.withUnsafeBytes { unsafe akin_crc32c(0, $0.baseAddress, $0.count) })
}

extension PaperStore.Reader {
    /// The changes that are kept, the last one first. A store of an earlier format has none. A damaged row is left out.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    package func pastChanges() throws(PaperStoreError) -> [PaperStore.PastChange] {
        guard keepsChanges else { return [] }
        return try map("SELECT \(PaperStore.PastChange.columns) FROM changes ORDER BY number DESC") {
            PaperStore.PastChange(in: $0)
        }
    }

    /// What a change took away, in the order in which it did.
    ///
    /// - Throws: `PaperStoreError`: `damaged` if it cannot be read.
    func formerRows(of change: PaperStore.PastChange) throws(PaperStoreError) -> [PaperStore.FormerRow] {
        let rows = try map(
            "SELECT number, content, checksum FROM former_rows WHERE change = ? ORDER BY number", [change.number]
        ) { row -> PaperStore.FormerRow? in
            guard let number = row.integer(0), let text = row.text(1),
                row.integer(2) == checksumOfTexts(["\(change.number)", "\(number)", text])
            else { return nil }
            return try? JSONDecoder().decode(PaperStore.FormerRow.self, from: Data(text.utf8))
        }
        guard rows.count == change.rowCount else { throw damagedJournal }
        return rows
    }

    /// Some of the papers that a change took away or altered, or else of those that it stored and that are still there.
    ///
    /// - Parameters:
    ///   - change: The change.
    ///   - limit: The most papers.
    /// - Returns: The papers. A damaged one is left out.
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    package func papers(of change: PaperStore.PastChange, limit: Int) throws(PaperStoreError) -> [Paper] {
        let former = try map(
            "SELECT content FROM former_rows WHERE change = ? ORDER BY number LIMIT ?", [change.number, limit]
        ) { row -> Paper? in
            guard let text = row.text(0),
                case .paper(let former) = try? JSONDecoder().decode(PaperStore.FormerRow.self, from: Data(text.utf8))
            else { return nil }
            return former.paper
        }
        if !former.isEmpty { return former }
        return change.storedKeys.prefix(limit).compactMap { try? paper(forKey: $0) }
    }

    var damagedJournal: PaperStoreError {
        PaperStoreError(
            .damaged, path: path,
            message: "Cannot take back the last change of '\(path)': the journal of changes is damaged.")
    }

    /// How many rows of the journal are damaged.
    func damagedChangeCount() throws(PaperStoreError) -> Int {
        guard keepsChanges else { return 0 }
        func total(_ table: String) throws(PaperStoreError) -> Int {
            Int(try map("SELECT count(*) FROM \(table)") { $0.integer(0) }.first ?? 0)
        }
        let changes = try pastChanges()
        var damaged = try total("changes") - changes.count
        var sound = 0
        for change in changes where change.isWhole {
            if (try? formerRows(of: change)) != nil { sound += change.rowCount ?? 0 } else { damaged += 1 }
        }
        return damaged + max(0, try total("former_rows") - sound)
    }
}
