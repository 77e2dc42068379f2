import Foundation
import GRDB
import Papers
import SystemCalls

extension PaperStore {
    /// What was saved of a damaged store.
    package struct Salvage: Hashable, Sendable {
        /// The number of saved papers.
        package let savedCount: Int

        /// The ids of the lost papers. A paper whose id cannot be read is called `key` and its number. The new store
        /// keeps them, too, until ``PaperStore/Writer/forgetLost()``.
        package let lost: [String]

        /// The path of the damaged file.
        package let damagedPath: String
    }

    /// Saves what can be read of a damaged store, and puts a sound file in its place.
    ///
    /// Papers keep their keys. A damaged first page, which has the header and the list of tables, is replaced by that
    /// of a sound store. Each paper is read on its own and compared with its checksum, so that a damaged page costs
    /// only the papers on it. The damaged file is kept beside the new one under its name and `.damaged`, with a number
    /// if another store was kept before. A symbolic link stays, and all this happens where it leads. Nobody else may
    /// have the store open.
    ///
    /// - Parameter path: The path of the store's file.
    /// - Returns: What was saved and what was lost.
    /// - Throws: `PaperStoreError`: `damaged` if nothing can be read, and everything that
    ///   opening and writing a store throws. The file then stays as it was.
    /// - Complexity: Reads the whole file; some seconds for 157,000 papers.
    package static func salvage(_ path: String) throws(PaperStoreError) -> Salvage {
        let path = followedPath(path)
        return try storeError("salvage", path) {
            let new = path + ".salvaged"
            let readable = path + ".readable"
            for file in [new, readable] { try StoreFile.remove(file) }
            try removeUnfinishedCopy(of: path)
            try restoreLog(of: path)
            defer { for file in [new, readable] { try? StoreFile.remove(file) } }
            let source = try StoreFile.connectReadOnly(hasSoundFirstPage(path) ? path : copy(path, to: readable))
            let (savedCount, lost) = try StoreFile.read(source) { damaged in
                let store = try PaperStore(opening: new, mode: .readWrite)
                return try store.write { try Salvager(damaged).copy(to: $0) }
            }
            try source.close()
            guard savedCount > 0 else {
                throw PaperStoreError(
                    .damaged, path: path, message: "Cannot save anything of '\(path)': no paper in it can be read.")
            }
            // Closing the new store has folded its log into the file, unless that failed.
            for suffix in ["-wal", "-journal"] where try fileExists(new + suffix) {
                throw PaperStoreError(
                    .failed, path: path,
                    message: "Cannot salvage the papers in '\(path)': '\(new + suffix)' is left of the new file. "
                        + "Check the disk and its free space.")
            }
            let kept = try keepDamaged(path)
            // SQLite would take a log of the damaged file for one of the new file. It is gone for good before the new
            // file comes.
            for suffix in ["-wal", "-shm", "-journal"] { try removeFileIfThere(path + suffix) }
            try synchronizeFolder(parentFolder(of: path))
            try StoreFile.replace(path, by: new)
            try synchronizeFolder(parentFolder(of: path))
            return Salvage(savedCount: savedCount, lost: lost, damagedPath: kept)
        }
    }
}

extension PaperStore {
    /// Whether SQLite finds the tables of a damaged store.
    private static func hasSoundFirstPage(_ path: String) throws -> Bool {
        guard try StoreHeader.findings(inFileAt: path).isEmpty, let source = try? StoreFile.connectReadOnly(path) else {
            return false
        }
        return (try? source.read { StoreSchema.isComplete(in: $0) }) ?? false
    }

    /// Copies a store whose first page is damaged, so that SQLite finds its tables: where they were made, or where
    /// somebody's `VACUUM` has put them.
    ///
    /// - Returns: The path of the copy.
    private static func copy(_ path: String, to copy: String) throws -> String {
        for layout in StoreHeader.Layout.allCases + [.made] {
            try StoreHeader.copyWithSoundFirstPage(path, to: copy, layout: layout)
            let source = try StoreFile.connectReadOnly(copy)
            defer { try? source.close() }
            if try StoreFile.read(source, Salvager.findsSmallTables) { break }
        }
        return copy
    }
}

/// Reads until nothing fails, three times at most. A disk that fails once may do better the next time, and then nothing
/// is lost. SQLite calls some failed reads damage, so damage is read again too, and stays what it is.
///
/// - Parameter read: Returns the rows before a failure, and the failure if there was one.
/// - Returns: The rows of the last read.
package func readAgain<Row>(_ read: () -> (rows: [Row], failure: (any Error)?)) -> [Row] {
    var result = read()
    for _ in 0..<2 {
        guard let failure = result.failure as? DatabaseError,
            [.SQLITE_IOERR, .SQLITE_CORRUPT].contains(failure.resultCode)
        else { break }
        result = read()
    }
    return result.rows
}

/// Reads whatever can be read of a damaged store.
private struct Salvager {
    private let damaged: Database

    init(_ damaged: Database) {
        self.damaged = damaged
    }

    func copy(to store: PaperStore.Writer) throws -> (savedCount: Int, lost: [String]) {
        // An id with a fingerprint came with a record. It is the id that the paper is stored under, except where papers
        // were united.
        var ids: [PaperKey: String] = [:]
        for kind in ["IS NOT NULL", "IS NULL"] {
            for order in ["ASC", "DESC"] {
                // From either end up to what is damaged. To sort by more would fail before the first row.
                for row in rows("SELECT paper, id FROM identifiers WHERE fingerprint \(kind) ORDER BY id \(order)") {
                    if let key = PaperKey(rowID: row.integer(0)), ids[key] == nil { ids[key] = row.text(1) }
                }
            }
        }
        let keys = paperKeys(Set(ids.keys))
        var saved: Set<PaperKey> = []
        var lost: [String] = []
        var named: Set<String> = []
        let hasDetails = (try? damaged.columns(in: "papers").contains { $0.name == "details" }) ?? true
        let select = "SELECT \(StoredPaper.columns(hasDetails: hasDetails)) FROM papers WHERE key = ?"
        for key in keys.sorted() {
            if let row = rows(select, [key.rowID]).first, let paper = StoredPaper.paper(in: row) {
                try store.restore(paper, under: key)
                saved.insert(key)
            } else {
                let name = ids[key] ?? "key \(key.rawValue)"
                if named.insert(name).inserted { lost.append(name) }
            }
        }
        let sequence = rows("SELECT seq FROM sqlite_sequence WHERE name = 'papers'").first?.integer(0) ?? 0
        try store.reserve(keysThrough: max(sequence, keys.max()?.rowID ?? 0))
        for (table, column) in Self.texts {
            for row in texts(of: table, column) {
                guard let name = row.text(0), let value = row.text(1), table != "settings" || isSound(value, of: name)
                else { continue }
                try store.run("INSERT OR REPLACE INTO \(table) (name, \(column)) VALUES (?, ?)", [name, value])
            }
        }
        try copyVectors(of: saved, to: store)
        for row in rows("SELECT \(PaperStore.ReadSource.columns) FROM sources") {
            if let source = PaperStore.ReadSource(in: row) { try store.setSource(source) }
        }
        for row in rows("SELECT paper, time, checksum FROM additions") {
            if let (key, time) = Addition.read(row), saved.contains(key) { try store.setTimeAdded(time, of: key) }
        }
        // With the papers that an earlier salvage lost and nobody has named.
        try store.noteLost(lost)
        return (saved.count, try store.lostPapers())
    }

    /// Saves the vectors that match their checksums. A paper whose vector is lost has none, as one that never had any.
    private func copyVectors(of saved: Set<PaperKey>, to store: PaperStore.Writer) throws {
        for row in rows("SELECT \(PaperStore.GivenSpace.columns) FROM spaces") {
            if let space = PaperStore.GivenSpace(in: row) { try store.setSpace(space) }
        }
        // From either end up to what is damaged, and not by an index, which may be what is damaged.
        for order in ["ASC", "DESC"] {
            let query = "SELECT paper, space, components, checksum FROM vectors NOT INDEXED ORDER BY number \(order)"
            for row in rows(query) {
                guard let key = PaperKey(rowID: row.integer(0)), saved.contains(key), let space = row.text(1),
                    let bytes = row.bytes(2),
                    let vector = StoredVector(bytes, row.integer(3), of: key, in: space)
                else { continue }
                _ = try store.setVector(vector, forKey: key, in: space)
            }
        }
        try store.repairVectors()
    }

    /// Whether a setting says something. A number that none can be would keep everybody from reading the store. Other
    /// settings are read with care.
    private func isSound(_ value: String, of setting: String) -> Bool {
        switch setting {
        case "generation": PaperStore.Reader.generation(value) != nil
        case PaperStore.Reader.lastKeySetting:
            Int64(value).map { (0...PaperKey.largest.rowID).contains($0) } ?? false
        case PaperStore.Reader.lostPapersSetting: Papers.texts(ofJSONList: value) != nil
        default: true
        }
    }

    /// The keys of all papers that there were.
    ///
    /// A flipped bit in one table makes a key that no paper has. So a key that is not among the papers must be in both
    /// of the tables that follow from them, or in one if the other cannot be read whole.
    ///
    /// - Parameter identified: The keys in the table of ids.
    /// - Returns: The keys.
    private func paperKeys(_ identified: Set<PaperKey>) -> Set<PaperKey> {
        func keys(_ table: String) -> Set<PaperKey> {
            // From either end up to what is damaged.
            let rows = rows("SELECT key FROM \(table)") + rows("SELECT key FROM \(table) ORDER BY key DESC")
            return Set(rows.compactMap { PaperKey(rowID: $0.integer(0)) })
        }
        func isWhole(_ table: String) -> Bool {
            damaged.rowsBeforeFailure("SELECT count(*) FROM \(table) NOT INDEXED").failure == nil
        }
        let looked = keys("lookups")
        let following =
            isWhole("lookups") && isWhole("identifiers")
            ? looked.intersection(identified) : looked.union(identified)
        return keys("papers").union(following)
    }

    /// The rows that a query returns before it fails. The other rows are lost.
    private func rows(_ sql: String, _ arguments: StatementArguments = []) -> [Row] {
        readAgain { damaged.rowsBeforeFailure(sql, arguments) }
    }

    /// Whether tables that move when a store is vacuumed hold texts, as they should. What lies in their places
    /// otherwise holds numbers too.
    static func findsSmallTables(_ database: Database) -> Bool {
        let salvager = Self(database)
        return texts.contains { table, column in !salvager.texts(of: table, column).isEmpty }
    }

    /// The tables that have a text for each name.
    private static let texts = [("settings", "value"), ("saved_searches", "search")]

    private func texts(of table: String, _ column: String) -> [Row] {
        rows("SELECT name, \(column) FROM \(table) WHERE typeof(name) = 'text' AND typeof(\(column)) = 'text'")
    }
}

extension PaperStore.Writer {
    /// Stores a paper under the key that it had.
    fileprivate func restore(_ paper: Paper, under key: PaperKey) throws(PaperStoreError) {
        _ = try insert(paper, StoredPaper(paper), PaperLookups(paper), under: key)
        try identifyAll(paper, as: key)
    }
}
