package import Papers

extension PaperStore.Reader {
    /// Calls a function with the facts of some papers, in the order in which they were stored.
    ///
    /// - Parameters:
    ///   - keys: The papers.
    ///   - body: Called with the facts of each. It returns whether it wants more.
    /// - Throws: `PaperStoreError`: `damaged`, `failed`. The checksums of rows are not compared, and what cannot be
    ///   read of a row counts as absent.
    /// - Complexity: One scan of the papers.
    package func forEachFacts(
        of keys: PaperKeySet, _ body: (PaperFacts) -> Bool
    ) throws(PaperStoreError) {
        let details = hasDetails ? "details" : "NULL"
        // Many papers share a list of categories.
        var lists: [String: [String]] = [:]
        try forEachRow("SELECT key, id, year, venue, categories, \(details) FROM papers ORDER BY key") { row in
            guard let key = PaperKey(rowID: row.integer(0)), keys.contains(key) else { return true }
            let list = row.text(4) ?? "[]"
            let categories = lists[list] ?? Papers.texts(ofJSONList: list) ?? []
            lists[list] = categories
            var facts = PaperFacts(
                id: row.text(1) ?? "", year: row.integer(2).map(Int.init), venue: row.text(3), categories: categories)
            row.text(5).flatMap { PaperDetails(json: $0) }?.fill(&facts)
            return body(facts)
        }
    }
}
