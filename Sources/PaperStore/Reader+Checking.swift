import GRDB
import Papers

extension PaperStore.Reader {
    /// The ids of the papers whose stored content does not match its checksum, in the order in which they were stored.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    /// - Complexity: Reads every paper.
    package func damagedPapers() throws(PaperStoreError) -> [String] {
        try damagedRows().map(\.id)
    }

    /// What is wrong with the file besides the contents of papers, a sentence for each finding.
    ///
    /// These are pages that SQLite finds damaged, and ids and titles that do not lead to their papers.
    ///
    /// - Complexity: Reads the whole file.
    package func findings() -> [String] {
        let (rows, failure) = database.rowsBeforeFailure("PRAGMA integrity_check(20)")
        let pages = rows.compactMap { $0.text(0) }.filter { $0 != "ok" }.flatMap { $0.split(separator: "\n") }
        var findings = pages.filter { !$0.hasPrefix("***") }.map { "'\(path)' is damaged: \($0)." }
        if findings.isEmpty, let failure {
            findings = [PaperStoreError(failure, action: "check", path: path).message]
        }
        guard findings.isEmpty else { return findings }
        do throws(PaperStoreError) {
            for (problem, rows) in Self.checks {
                let count = try map("SELECT count(*) FROM \(rows)") { $0.integer(0) }.first ?? 0
                if count > 0 { findings.append("In '\(path)', \(count) \(problem).") }
            }
        } catch {
            findings.append(error.message)
        }
        return findings
    }

    /// The kinds of rows that a sound store does not have: a description, and the rows.
    private static let checks = [
        ("paper(s) cannot be found by their ids", "papers WHERE NOT EXISTS (\(ownIdentifier))"),
        ("id(s) name no paper", "identifiers WHERE paper NOT IN (SELECT key FROM papers)"),
        ("paper(s) cannot be found by their titles", "papers WHERE key NOT IN (SELECT key FROM lookups)"),
        ("title(s) name no paper", "lookups WHERE key NOT IN (SELECT key FROM papers)"),
    ]

    private static let ownIdentifier =
        "SELECT 1 FROM identifiers WHERE identifiers.id = papers.id AND identifiers.paper = papers.key"

    /// The keys of the damaged papers, with their ids as far as they can be read.
    ///
    /// - Throws: `PaperStoreError`.
    func damagedRows() throws(PaperStoreError) -> [(key: PaperKey, id: String)] {
        try map("SELECT key, \(StoredPaper.columns), checksum FROM papers ORDER BY key") { row in
            StoredPaper.paper(in: row) == nil
                ? (PaperKey(rowID: row.integer(0)) ?? PaperKey(0), row.text(1) ?? "?") : nil
        }
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
