import GRDB
package import Papers

extension PaperStore.Reader {
    /// The year of publication of each paper that has one, ascending by the papers.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    /// - Complexity: One scan of the table that filters compare, like `keys(matching:)`.
    package func years() throws(PaperStoreError) -> [(key: PaperKey, year: Int)] {
        try map("SELECT key, year FROM lookups WHERE year IS NOT NULL ORDER BY key", []) { row in
            guard let key = PaperKey(rowID: row.integer(0)), let year = row.integer(1) else { return nil }
            return (key, Int(year))
        }
    }
}
