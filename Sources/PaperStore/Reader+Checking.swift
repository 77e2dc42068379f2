import GRDB
import Papers

extension PaperStore.Reader {
    /// The ids of the papers whose stored content does not match its checksum, in the order in which they were stored.
    ///
    /// - Complexity: Reads every paper.
    public func damagedPapers() throws(PaperStoreError) -> [String] {
        try damagedRows().map(\.id)
    }

    /// What is wrong with the file beyond the contents of papers, a sentence each: pages that SQLite finds damaged, and
    /// ids and titles that do not lead to their papers.
    ///
    /// - Complexity: Reads the whole file.
    public func findings() throws(PaperStoreError) -> [String] {
        let pages = try map("PRAGMA integrity_check(20)") { $0.text(0) }.filter { $0 != "ok" }
        guard pages.isEmpty else { return pages.map { "'\(path)' is damaged: \($0)." } }
        let checks = [
            ("paper(s) cannot be found by their ids", "papers WHERE NOT EXISTS (\(Self.ownIdentifier))"),
            ("id(s) name no paper", "identifiers WHERE paper NOT IN (SELECT key FROM papers)"),
            ("paper(s) cannot be found by their titles", "papers WHERE key NOT IN (SELECT key FROM lookups)"),
            ("title(s) name no paper", "lookups WHERE key NOT IN (SELECT key FROM papers)"),
        ]
        var findings: [String] = []
        for (problem, rows) in checks {
            let count = try map("SELECT count(*) FROM \(rows)") { $0.integer(0) }.first ?? 0
            if count > 0 { findings.append("In '\(path)', \(count) \(problem).") }
        }
        return findings
    }

    private static let ownIdentifier =
        "SELECT 1 FROM identifiers WHERE identifiers.id = papers.id AND identifiers.paper = papers.key"

    /// The keys of the damaged papers, with what is left of their ids.
    func damagedRows() throws(PaperStoreError) -> [(key: Int64, id: String)] {
        try map("SELECT key, \(StoredPaper.columns), checksum FROM papers ORDER BY key") { row in
            StoredPaper.paper(in: row) == nil ? (row.integer(0) ?? 0, row.text(1) ?? "?") : nil
        }
    }
}
