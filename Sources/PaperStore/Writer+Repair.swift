import GRDB
import Papers

// MARK: - Repairing

extension PaperStore.Writer {
    /// Removes the papers whose stored content does not match its checksum. Rebuilds `identifiers` and `lookups` from
    /// the other papers.
    ///
    /// - Returns: The ids of the removed papers, as far as they can be read.
    /// - Throws: `PaperStoreError`: `damaged` if more than the contents of papers is damaged; `noSpace`, `failed`.
    /// - Complexity: Reads every paper and rewrites both tables; some seconds for 157,000.
    @discardableResult
    package func removeDamagedPapers() throws(PaperStoreError) -> [String] {
        let damaged = try damagedRows()
        for (key, _) in damaged { try removeRows(key) }
        // A number that no key has is damage, too.
        try run("DELETE FROM papers WHERE key < 1", [])
        try run("DELETE FROM tags WHERE paper NOT IN (SELECT key FROM papers)", [])
        try run("DELETE FROM identifiers WHERE paper NOT IN (SELECT key FROM papers)", [])
        try run("DELETE FROM lookups", [])
        var last = PaperKey(0)
        while true {
            let batch = try papers(after: last, limit: 512)
            guard let final = batch.last else { return damaged.map(\.id) }
            for (key, paper) in batch {
                try insert(PaperLookups(paper), under: key)
                try identifyAll(paper, as: key)
            }
            last = final.key
        }
    }

    /// Makes the ids of a paper lead to it, except for alternate ids that already lead to another paper.
    ///
    /// - Throws: `PaperStoreError`.
    func identifyAll(_ paper: Paper, as key: PaperKey) throws(PaperStoreError) {
        try identify(paper.id, as: key, nil)
        for id in paper.alternateIDs {
            try run("INSERT OR IGNORE INTO identifiers (id, paper) VALUES (?, ?)", [id, key.rowID])
        }
    }
}
