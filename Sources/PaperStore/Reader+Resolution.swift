import GRDB
package import Papers

extension PaperStore {
    /// What a name that a person gives a paper may mean.
    package enum Resolution: Hashable, Sendable {
        /// One paper.
        case found(PaperKey)
        /// Several papers: the first of them, and how many there are.
        case ambiguous([Candidate], count: Int)
        /// No paper.
        case none
    }

    /// A paper that an ambiguous name may mean.
    package struct Candidate: Hashable, Sendable {
        /// The paper's key.
        package let key: PaperKey
        /// The paper's id.
        package let id: String
        /// The paper's title.
        package let title: String
    }
}

extension PaperStore.Reader {
    /// The key of the paper with an id or alternate id; `nil` if there is none.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    package func key(forID id: String) throws(PaperStoreError) -> PaperKey? {
        try map("SELECT paper FROM identifiers WHERE id = ?", [id]) { PaperKey(rowID: $0.integer(0)) }.first
    }

    /// The keys of the papers that an identifier means, ascending, however it and their ids are written.
    ///
    /// An id or alternate id that is written exactly so decides. Otherwise the papers count that have another spelling
    /// of the same identifier; see `PaperIdentifier`. If the text names a version of an arXiv paper and some of these
    /// papers have it in an id, only they count.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    /// - Complexity: O(log *n*) for an id that is stored as it is written or that is no known identifier. Otherwise one
    ///   scan of all ids.
    package func keys(identifiedBy text: String) throws(PaperStoreError) -> [PaperKey] {
        if let key = try key(forID: tidied(text)) { return [key] }
        guard let wanted = PaperIdentifier(text) else { return [] }
        // A stored address may have an escape for any other character than an ASCII letter or digit.
        let pattern = String(wanted.searchKey.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "*" })
        let rows = try map(
            "SELECT id, paper FROM identifiers WHERE glob(?, lower(id))", ["*\(pattern.lowercased())*"]
        ) { row in
            PaperKey(rowID: row.integer(1)).map { (id: row.text(0) ?? "", key: $0) }
        }
        var keys: Set<PaperKey> = []
        var keysOfVersion: Set<PaperKey> = []
        for row in rows {
            // Exports of PubMed have the number alone.
            let isNumber = wanted.scheme == .pubMed && row.id == wanted.value
            let stored = PaperIdentifier(row.id)
            guard isNumber || stored == wanted else { continue }
            keys.insert(row.key)
            if let stored, let version = wanted.version, stored.version == version { keysOfVersion.insert(row.key) }
        }
        return (keysOfVersion.isEmpty ? keys : keysOfVersion).sorted()
    }

    /// The keys of the papers with a title, ascending. Titles are compared normalized. A title without a letter or
    /// digit has no papers.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    package func keys(titled title: String) throws(PaperStoreError) -> [PaperKey] {
        let words = Paper.matchingForm(of: title)
        if words.isEmpty { return [] }
        return try keys(
            "SELECT key FROM lookups WHERE title_hash = ? AND title = ? ORDER BY key",
            [PaperLookups.hash(words), PaperLookups.padded(words)])
    }

    /// The keys of papers that share their title with another one: a list for each such title. Titles are compared
    /// normalized, and one that more than `limit` papers have tells nothing.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    /// - Complexity: A scan of an index.
    package func keysSharingTitles(limit: Int) throws(PaperStoreError) -> [[PaperKey]] {
        let hashes = try map(
            "SELECT title_hash FROM lookups GROUP BY title_hash HAVING count(*) BETWEEN 2 AND ?", [limit]
        ) { $0.integer(0) }
        var groups: [[PaperKey]] = []
        for hash in hashes {
            groups.append(try keys("SELECT key FROM lookups WHERE title_hash = ? ORDER BY key", [hash]))
        }
        return groups
    }

    /// The keys of the papers whose title has a text as a run of whole words, ascending. Titles are compared
    /// normalized.
    ///
    /// - Parameters:
    ///   - text: The text. One without a letter or digit has no papers.
    ///   - limit: The most papers.
    /// - Returns: The keys.
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    /// - Complexity: A scan of all titles, which takes 25 to 45 ms for 157,000 papers.
    package func keys(
        withTitleContaining text: String, limit: Int
    ) throws(PaperStoreError) -> [PaperKey] {
        let words = Paper.matchingForm(of: text)
        if words.isEmpty { return [] }
        return try keys(
            "SELECT key FROM lookups WHERE instr(title, ?) > 0 ORDER BY key LIMIT ?",
            [PaperLookups.padded(words), max(0, limit)])
    }

    /// The ids under which papers are stored, for any of their ids. Ids of no paper are left out.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    package func canonicalIDs(of ids: some Sequence<String>) throws(PaperStoreError) -> [String: String] {
        var canonical: [String: String] = [:]
        for id in ids {
            let found = try map(
                "SELECT papers.id FROM identifiers JOIN papers ON papers.key = paper WHERE identifiers.id = ?", [id]
            ) { $0.text(0) }
            canonical[id] = found.first
        }
        return canonical
    }

    /// Finds the paper that a name means.
    ///
    /// The first of these steps that finds any paper decides. One paper is found; several are ambiguous.
    ///
    /// 1. An id or alternate id, in any spelling; see ``keys(identifiedBy:)``.
    /// 2. A citation key.
    /// 3. A whole title.
    /// 4. The part of a title before its first colon.
    /// 5. A run of whole words in a title.
    /// 6. Any part of a title.
    ///
    /// Titles are compared normalized; see `Paper.matchingForm(of:)`. So `InfLLM` is the paper called
    /// "InfLLM: Training-Free …" and not "InfLLM-V2: …".
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - limit: The most candidates of an ambiguous name. They come in the order in which they were stored.
    /// - Returns: What the name means.
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    /// - Complexity: Steps 1 to 4 use indexes, except for an identifier in another spelling than the stored one. Steps
    ///   5 and 6 scan all titles once, which takes 25 to 45 ms for 157,000 papers.
    package func resolve(_ name: String, limit: Int = 20) throws(PaperStoreError) -> PaperStore.Resolution {
        if let resolution = try resolution(keys(identifiedBy: name), limit) { return resolution }
        let cited = try keys(labeled: PaperLabel(PaperLabel.citationKey, name))
        if let resolution = try resolution(cited, limit) { return resolution }
        let words = Paper.matchingForm(of: name)
        if words.isEmpty { return .none }
        let hash = PaperLookups.hash(words)
        let padded = PaperLookups.padded(words)
        if let resolution = try resolution(keys(titled: name), limit) { return resolution }
        let beginnings = try keys(
            "SELECT key FROM lookups WHERE short_title_hash = ? AND glob(?, title) ORDER BY key", [hash, "\(padded)*"])
        if let resolution = try resolution(beginnings, limit) { return resolution }

        // One scan for the last two steps.
        let parts = try map(
            "SELECT key, instr(title, ?) FROM lookups WHERE instr(title, ?) > 0 ORDER BY key", [padded, words]
        ) { row in
            PaperKey(rowID: row.integer(0)).map { (key: $0, isRunOfWords: row.integer(1) ?? 0 > 0) }
        }
        let runs = parts.filter(\.isRunOfWords).map(\.key)
        return try resolution(runs.isEmpty ? parts.map(\.key) : runs, limit) ?? .none
    }

    private func resolution(_ keys: [PaperKey], _ limit: Int) throws(PaperStoreError) -> PaperStore.Resolution? {
        if keys.isEmpty { return nil }
        if keys.count == 1 { return .found(keys[0]) }
        return .ambiguous(try candidates(keys.prefix(max(0, limit))), count: keys.count)
    }

    private func candidates(_ keys: some Sequence<PaperKey>) throws(PaperStoreError) -> [PaperStore.Candidate] {
        var candidates: [PaperStore.Candidate] = []
        for key in keys {
            candidates += try map("SELECT id, title FROM papers WHERE key = ?", [key.rowID]) { row in
                PaperStore.Candidate(key: key, id: row.text(0) ?? "", title: row.text(1) ?? "")
            }
        }
        return candidates
    }
}
