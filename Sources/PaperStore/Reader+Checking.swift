import Foundation
import GRDB
import Papers

extension PaperStore.Reader {
    /// What is wrong with the file besides the contents of papers, a sentence for each finding: its header, pages that
    /// SQLite finds damaged, and other tables than a store has.
    ///
    /// - Throws: `PaperStoreError` if the system refuses what the check needs, so that it cannot tell.
    /// - Complexity: Reads the whole file.
    package func findings() throws(PaperStoreError) -> [String] {
        guard let database = (connection as? SQLiteConnection)?.database else { return [] }
        let (rows, failure) = database.rowsBeforeFailure("PRAGMA integrity_check(20)")
        let pages = rows.compactMap { $0.text(0) }.filter { $0 != "ok" }.flatMap { $0.split(separator: "\n") }
        var findings = pages.filter { !$0.hasPrefix("***") }.map { "'\(path)' is damaged: \($0)." }
        if findings.isEmpty, let failure {
            let error = PaperStoreError(failure, action: "check", path: path)
            guard [.damaged, .failed].contains(error.code) else { throw error }
            findings = [error.message]
        }
        if !StoreSchema.isComplete(in: database) {
            findings.append("'\(path)' is damaged: it has other tables than a store of papers.")
        }
        if let file { findings += try StoreHeader.findings(inFileAt: file, of: path) }
        return findings
    }

    /// Whether ``findings()`` looks at the header of the file. It does not while a change lies in a log, and
    /// ``PaperStore/headerFindings()`` does so after the read.
    package var checksHeader: Bool { file != nil }

    /// Compares every paper with its checksum, and the tables that follow from the papers with what they should hold.
    ///
    /// ``PaperStore/Writer/removeDamagedPapers()`` mends all that it finds.
    ///
    /// - Returns: The ids of the papers whose stored content does not match its checksum, in the order in which they
    ///   were stored; and a sentence for each other finding: papers that are not found by their ids, titles, authors,
    ///   years, venues, categories or attributes, ids that lead to no paper or to another one, damaged vectors and
    ///   notes of sources, and a note of
    ///   the last key that cannot be right.
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    /// - Complexity: Reads every paper; some seconds for 157,000.
    package func examinePapers() throws(PaperStoreError) -> (damaged: [String], findings: [String]) {
        var derived = DerivedRows()
        var damagedKeys: [(key: Int64?, id: String?)] = []
        try stream("SELECT \(paperColumns) FROM papers ORDER BY key") { row in
            if let key = PaperKey(rowID: row.integer(0)), let paper = StoredPaper.paper(in: row) {
                derived.expect(of: paper, under: key)
            } else {
                damagedKeys.append((row.integer(0), row.text(1)))
            }
        }
        try stream("SELECT id, paper FROM identifiers") { derived.find(identifier: $0) }
        try stream("SELECT key, \(PaperLookups.columns) FROM lookups") { derived.find(lookups: $0) }
        if hasDetails { try stream("SELECT paper, name, value FROM labels") { derived.find(label: $0) } }
        let damaged = try damagedKeys.map { row throws(PaperStoreError) in try name(ofDamaged: row.key, row.id) }
        var findings = derived.findings(path, hasDamagedPapers: !damaged.isEmpty, hasLabels: hasDetails)
        let vectors = try examineVectors()
        for (space, rows) in vectors.damagedRows.sorted(by: { $0.key < $1.key }) {
            findings.append("In '\(path)', \(rows.count) vector(s) of the space '\(space)' are damaged.")
        }
        if vectors.hasDamagedSpaces || !vectors.lostSpaces.isEmpty {
            findings.append("In '\(path)', the list of vector spaces is damaged.")
        }
        let damagedSources = try damagedSourceCount()
        if damagedSources > 0 {
            findings.append("In '\(path)', the notes of \(damagedSources) source(s) of papers are damaged.")
        }
        let questions = try damagedQuestionCount()
        if questions > 0 { findings.append("In '\(path)', \(questions) watched question(s) are damaged.") }
        let (times, changes) = (try damagedAdditionCount(), try damagedChangeCount())
        if times > 0 { findings.append("In '\(path)', the times at which \(times) paper(s) were added are damaged.") }
        if changes > 0 { findings.append("In '\(path)', the journal of changes is damaged.") }
        let keys = try lastKeys()
        if keys.sequence != keys.noted || keys.sequence < keys.largest {
            findings.append("In '\(path)', the note of the last key is not right.")
        }
        return (damaged, findings)
    }

    /// The last key that was given, as the database remembers it and as the settings do, and the largest key of a paper.
    /// A store of an earlier build has no such setting, and it counts as equal; so does a database without a note.
    ///
    /// - Throws: `PaperStoreError`.
    func lastKeys() throws(PaperStoreError) -> (sequence: Int64, noted: Int64, largest: Int64) {
        let largest = try map("SELECT max(key) FROM papers") { $0.integer(0) }.first ?? 0
        let noted = try setting(Self.lastKeySetting).map { Int64($0) ?? -1 }
        var remembered: Int64?
        try storeError("read", path) { remembered = try connection.lastKey }
        let sequence = remembered ?? noted ?? largest
        return (sequence, noted ?? sequence, largest)
    }

    /// The last key that was given, as far as anything tells.
    ///
    /// - Throws: `PaperStoreError`.
    package func lastGivenKey() throws(PaperStoreError) -> Int64 {
        let keys = try lastKeys()
        return max(keys.sequence, keys.noted, keys.largest)
    }

    /// The name of the setting that keeps the last key that was given.
    package static var lastKeySetting: String { "lastKey" }

    /// The keys of the damaged papers, with their ids as far as they are known.
    ///
    /// - Throws: `PaperStoreError`.
    func damagedRows() throws(PaperStoreError) -> [(key: PaperKey, id: String)] {
        try map("SELECT \(paperColumns) FROM papers ORDER BY key") { row in
            try StoredPaper.paper(in: row) == nil
                ? (PaperKey(rowID: row.integer(0)) ?? PaperKey(0), self.name(ofDamaged: row.integer(0), row.text(1)))
                : nil
        }
    }

    /// The id of a damaged row: its own if that leads to it, and otherwise one that does. The id may be what is
    /// damaged.
    private func name(ofDamaged key: Int64?, _ id: String?) throws(PaperStoreError) -> String {
        guard let key = PaperKey(rowID: key) else { return id ?? "?" }
        if let id, try self.key(forID: id) == key { return id }
        // An id with a fingerprint came with a record.
        let ids = try map(
            "SELECT id FROM identifiers WHERE paper = ? ORDER BY fingerprint IS NULL LIMIT 1", [key.rowID]
        ) { $0.text(0) }
        return ids.first ?? id ?? "key \(key.rawValue)"
    }
}

extension PaperStore {
    /// What is wrong with the header of the file. Call it outside of a read.
    ///
    /// - Throws: `PaperStoreError` with code `cannotOpen` if the system cannot look for the file.
    package func headerFindings() throws(PaperStoreError) -> [String] {
        // A writer that folds in its log alters the header before the length, or the other way round.
        for _ in 0..<20 {
            let state = try StoreState(of: path)
            let findings = try StoreHeader.findings(inFileAt: path)
            let isSettled = state.timeUntilSettled == .zero
            let after = try StoreState(of: path)
            if findings.isEmpty || isSettled && after == state { return findings }
            Thread.sleep(forTimeInterval: 0.02)
        }
        return []
    }
}

extension Database {
    /// The rows that a query returns before it fails, and the error if it does.
    func rowsBeforeFailure(
        _ sql: String, _ arguments: StatementArguments = []
    ) -> (rows: [Row], failure: (any Error)?) {
        var rows: [Row] = []
        do {
            let cursor = try Row.fetchCursor(try cachedStatement(sql: sql), arguments: arguments)
            while let row = try cursor.next() { rows.append(row.copy()) }
            return (rows, nil)
        } catch {
            return (rows, error)
        }
    }
}
