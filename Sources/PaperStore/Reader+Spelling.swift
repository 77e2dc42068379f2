import EditDistances
import GRDB
import Papers
import TextAnalysis

extension PaperStore.Reader {
    /// The authors whose names are spelled like a name, or have a word that is spelled like a single one; nearest
    /// first. A name of 3 to 5 letters may differ at one place, a longer one at two, as in the suggestions for words of
    /// a question. A shorter one is like no other.
    ///
    /// - Parameters:
    ///   - name: The name, or a part of it.
    ///   - limit: The most authors.
    /// - Returns: The names, as the papers have them.
    /// - Throws: `PaperStoreError`: `damagedPaper`, `damaged`, `failed`.
    /// - Complexity: One comparison for each different name of the store.
    package func authors(spelledLike name: String, limit: Int) throws(PaperStoreError) -> [String] {
        let wanted = PaperLookups.author(name)
        let isOneWord = !wanted.contains(" ")
        return try entries(of: "authors", near: wanted, limit) { entry in
            [entry] + (isOneWord ? entry.split(separator: " ").map(String.init) : [])
        } original: { paper, entry in
            paper.authors.first { Paper.searchableName($0) == entry }
        }
    }

    /// The categories that are spelled like one, nearest first, by the rule of ``authors(spelledLike:limit:)``.
    ///
    /// - Parameters:
    ///   - category: The category.
    ///   - limit: The most categories.
    /// - Returns: The categories, as the papers have them.
    /// - Throws: `PaperStoreError`: `damagedPaper`, `damaged`, `failed`.
    /// - Complexity: One comparison for each different category of the store.
    package func categories(spelledLike category: String, limit: Int) throws(PaperStoreError) -> [String] {
        try entries(of: "categories", near: tidied(category).lowercased(), limit) {
            [$0]
        } original: { paper, entry in
            paper.categories.first { $0.lowercased() == entry }
        }
    }

    /// The entries of a column of lists that are near a text. `forms` gives what to compare of an entry, and `original`
    /// finds the entry's spelling in a paper that has it.
    private func entries(
        of column: String, near wanted: String, _ limit: Int, forms: (String) -> [String],
        original: (Paper, String) -> String?
    ) throws(PaperStoreError) -> [String] {
        let letters = wanted.unicodeScalars.map(\.value)
        guard let bound = EditDistance.bound(letterCount: letters.count) else { return [] }
        var measure = EditDistance(to: letters)
        var distances: [String: (distance: Int, key: PaperKey)] = [:]
        let rows = try map("SELECT key, \(column) FROM lookups WHERE \(column) <> '' ORDER BY key") { row in
            PaperKey(rowID: row.integer(0)).map { (key: $0, entries: row.text(1) ?? "") }
        }
        for row in rows {
            for entry in row.entries.split(separator: "\n") where distances[String(entry)] == nil {
                let near = forms(String(entry)).compactMap {
                    measure.distance(to: accentFolded($0).unicodeScalars.map(\.value), atMost: bound)
                }
                distances[String(entry)] = (near.min() ?? .max, row.key)
            }
        }
        let best = distances.filter { $0.value.distance <= bound }
            .sorted { ($0.value.distance, $0.key) < ($1.value.distance, $1.key) }
        var found: [String] = []
        for (entry, place) in best.prefix(max(0, limit)) {
            guard let paper = try paper(forKey: place.key) else { continue }
            found.append(original(paper, entry) ?? entry)
        }
        return found
    }
}
