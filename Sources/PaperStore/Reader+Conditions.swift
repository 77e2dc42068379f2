package import Papers

/// What questions ask of papers besides filters.
extension PaperStore.Reader {
    /// The keys of papers whose normalized title a function accepts, ascending.
    ///
    /// - Parameters:
    ///   - keys: The papers to look at.
    ///   - accept: Whether a title counts, in its matching form with a space at either end.
    /// - Returns: The keys.
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    /// - Complexity: A scan of the table that filters compare, 60 ms for 157,000 papers.
    package func keys(
        among keys: PaperKeySet, withTitle accept: (String) -> Bool
    ) throws(PaperStoreError) -> [PaperKey] {
        try map("SELECT key, title FROM lookups ORDER BY key") { row in
            guard let key = PaperKey(rowID: row.integer(0)), keys.contains(key), accept(row.text(1) ?? "") else {
                return nil
            }
            return key
        }
    }

    /// The keys of the papers that have something in a column, ascending.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    /// - Complexity: A scan of the papers; for notes, O(*m*) for *m* papers with notes.
    package func keys(having part: PaperStore.PaperPart) throws(PaperStoreError) -> [PaperKey] {
        let condition: String
        switch part {
        case .abstract: condition = "abstract <> ''"
        case .authors: condition = "authors <> '[]'"
        case .year: condition = "year IS NOT NULL"
        case .venue: condition = "venue IS NOT NULL"
        case .url: condition = "url IS NOT NULL"
        case .identifier(let prefix):
            return try keys(
                "SELECT DISTINCT paper FROM identifiers WHERE id >= ? AND id < ? ORDER BY paper",
                [prefix, prefix + "\u{7F}"])
        case .detail(let name):
            guard hasDetails else { return [] }
            condition = name.isThere
        }
        return try keys("SELECT key FROM papers WHERE \(condition) ORDER BY key")
    }

    /// The notes of all papers that have some, by their keys, ascending.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    /// - Complexity: O(*m*) for *m* papers with notes.
    package func notes() throws(PaperStoreError) -> [(key: PaperKey, texts: [String])] {
        guard hasDetails else { return [] }
        let name = PaperStore.Detail.notes
        return try map(
            "SELECT key, json_extract(details, '$.\(name.rawValue)') FROM papers WHERE \(name.isThere) ORDER BY key"
        ) { row in
            guard let key = PaperKey(rowID: row.integer(0)), let notes = row.text(1).flatMap(texts(ofJSONList:)) else {
                return nil
            }
            return (key, notes)
        }
    }
}

extension PaperStore.Reader {
    /// Some keys, those of the latest dates first, and of equal dates the papers that were added last.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    /// - Complexity: O(*n* log *n*) for *n* papers of the store.
    package func sortedByDate(_ keys: [PaperKey]) throws(PaperStoreError) -> [PaperKey] {
        guard keys.count > Self.fewKeys else { return try fewSortedByDate(keys) }
        let wanted = PaperKeySet(keys)
        return try self.keys("SELECT key FROM lookups ORDER BY \(date) DESC, key DESC").filter(wanted.contains)
    }

    /// So many papers are looked up one by one.
    private static let fewKeys = 5_000

    private func fewSortedByDate(_ keys: [PaperKey]) throws(PaperStoreError) -> [PaperKey] {
        var dated: [(date: String, key: PaperKey)] = []
        for key in keys {
            dated += try map("SELECT \(date) FROM lookups WHERE key = ?", [key.rowID]) { ($0.text(0) ?? "", key) }
        }
        return dated.sorted { ($1.date, $1.key) < ($0.date, $0.key) }.map(\.key)
    }

    /// The date of a row of `lookups` as SQL: the day or the month if it is known, and otherwise the year.
    private var date: String {
        let year = "CAST(year AS TEXT)"
        guard hasDetails else { return "coalesce(\(year), '')" }
        return """
            coalesce(
                (SELECT max(value) FROM labels WHERE paper = key AND name = 'date' AND length(value) <= 10
                    AND glob('[0-9][0-9][0-9][0-9]-[0-9][0-9]*', value)),
                \(year), '')
            """
    }

    /// Some keys in the order of the papers' titles.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    /// - Complexity: O(*n* log *n*) for *n* papers of the store.
    package func sortedByTitle(_ keys: [PaperKey]) throws(PaperStoreError) -> [PaperKey] {
        try self.keys("SELECT key FROM lookups ORDER BY title, key").filter(PaperKeySet(keys).contains)
    }
}

extension PaperStore {
    /// What a paper may have or lack.
    package enum PaperPart: Hashable, Sendable {
        case abstract, authors, year, venue, url
        /// An identifier whose canonical spelling begins so: `doi:`.
        case identifier(prefix: String)
        case detail(Detail)
    }

    /// Some of the details of a paper.
    package enum Detail: String, Hashable, Sendable {
        case attachments, notes, tags, collections, citationKey

        /// The condition in SQL that a row of `papers` has it. SQLite uses the index of papers with notes only for
        /// these very words.
        package var isThere: String { "json_valid(details) AND json_extract(details, '$.\(rawValue)') IS NOT NULL" }
    }
}
