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

extension PaperStore.Reader {
    /// When each paper was published that says so, in years with a fraction: a date counts to its month, and a year
    /// alone stands for its middle.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    /// - Complexity: One scan of the table that filters compare, and the papers with a date.
    package func publicationTimes() throws(PaperStoreError) -> [(key: PaperKey, years: Double)] {
        let years = try years()
        guard hasDetails else { return years.map { ($0.key, Double($0.year) + 0.5) } }
        let dated = try map(
            "SELECT paper, value FROM labels WHERE name = 'date' AND glob('[0-9][0-9][0-9][0-9]-[0-9][0-9]*', value)"
        ) { row -> (PaperKey, Double)? in
            guard let key = PaperKey(rowID: row.integer(0)), let date = row.text(1), let year = Double(date.prefix(4)),
                let month = Double(date.dropFirst(5).prefix(2)), (1...12).contains(month)
            else { return nil }
            return (key, year + (month - 0.5) / 12)
        }
        let dates = Dictionary(dated) { max($0, $1) }
        return years.map { ($0.key, dates[$0.key] ?? Double($0.year) + 0.5) }
    }
}
