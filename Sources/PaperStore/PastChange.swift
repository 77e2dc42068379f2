import CChecksum
import Foundation
import GRDB
package import Papers

extension PaperStore {
    /// A change of the store that can be taken back: what it took away, and what it brought.
    ///
    /// The table `changes` has a row for each, and `former_papers` one for each paper that it took away or altered. The
    /// last ``mostChanges`` are kept.
    package struct PastChange: Hashable, Sendable {
        /// The number of the change, ascending.
        package var number: Int
        /// The second since 1970.
        package var time: Int
        /// What was done, as `add` or `tag`.
        package var kind: String
        /// The keys of the papers that it stored.
        package var storedKeys: [PaperKey]
        /// How many papers it took away or altered.
        package var formerCount: Int
        /// Whether all of these are kept.
        package var isWhole: Bool
    }

    /// A paper as it was before a change.
    struct FormerPaper: Hashable, Codable {
        var key: UInt64
        var paper: Paper
        var timeAdded: Int64?
        /// The ids that records came with, and the fingerprints of these.
        var records: [String: Int64]
        /// The given vectors as they are stored, by their spaces.
        var vectors: [String: Data]

        /// About as many bytes as it takes.
        var size: Int {
            paper.title.utf8.count + paper.abstract.utf8.count + vectors.values.reduce(0) { $0 + $1.count }
        }
    }

    /// The changes that are kept.
    package static let mostChanges = 20

    /// The bytes of papers that are kept of one change. Of a larger one nothing is kept, because it would double the
    /// store.
    static let mostFormerBytes = 64 << 20
}

/// What a transaction has taken away and stored so far.
struct ChangeRecord {
    var former: [PaperStore.FormerPaper] = []
    var formerKeys: Set<PaperKey> = []
    var formerBytes = 0
    var stored: Set<PaperKey> = []
    var isWhole = true
    /// The papers that were taken away or altered. `former` has all of them or, if they are too large, none.
    var formerCount: Int { formerKeys.count }
}

// MARK: - Rows

extension PaperStore.PastChange {
    static let columns = "number, time, kind, stored, former_count, is_whole, checksum"

    /// The columns but for the number and the checksum.
    var texts: [String] {
        ["\(time)", kind, jsonList(Self.ranges(of: storedKeys)), "\(formerCount)", isWhole ? "1" : "0"]
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
    init?(in row: Row) {
        guard let number = row.integer(0), let time = row.text(1).flatMap({ Int($0) }), let kind = row.text(2),
            let ranges = row.text(3).flatMap(texts(ofJSONList:)), let count = row.text(4).flatMap({ Int($0) })
        else { return nil }
        let written = ["\(number)", "\(time)", kind, jsonList(ranges), "\(count)", row.text(5) ?? ""]
        guard row.integer(6) == checksumOfTexts(written), let keys = Self.keys(of: ranges) else { return nil }
        self.init(
            number: Int(number), time: time, kind: kind, storedKeys: keys, formerCount: count,
            isWhole: row.text(5) == "1")
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

    /// The papers as they were before a change, in the order in which it took them away.
    ///
    /// - Throws: `PaperStoreError`: `damaged` if they cannot be read.
    func formerPapers(of change: PaperStore.PastChange) throws(PaperStoreError) -> [PaperStore.FormerPaper] {
        let rows = try map(
            "SELECT number, paper, checksum FROM former_papers WHERE change = ? ORDER BY number", [change.number]
        ) {
            row -> PaperStore.FormerPaper? in
            guard let number = row.integer(0), let text = row.text(1),
                row.integer(2) == checksumOfTexts(["\(change.number)", "\(number)", text])
            else { return nil }
            return try? JSONDecoder().decode(PaperStore.FormerPaper.self, from: Data(text.utf8))
        }
        guard rows.count == change.formerCount else {
            throw PaperStoreError(
                .damaged, path: path,
                message: "Cannot take back the last change of '\(path)': what it replaced is damaged.")
        }
        return rows
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
            if (try? formerPapers(of: change)) != nil { sound += change.formerCount } else { damaged += 1 }
        }
        return damaged + max(0, try total("former_papers") - sound)
    }
}
