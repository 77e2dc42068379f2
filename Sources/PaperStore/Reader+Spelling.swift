import GRDB
import Papers

extension PaperStore.Reader {
    /// The authors whose names are spelled like a name, or have a word that is spelled like a single one; nearest
    /// first.
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

    /// The categories that are spelled like one, nearest first.
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
        guard !wanted.isEmpty else { return [] }
        let letters = Array(wanted.unicodeScalars)
        // A third of the letters may differ, as in the suggestions for words of a question.
        let tolerance = max(1, letters.count / 3)
        var distances: [String: (distance: Int, key: PaperKey)] = [:]
        let rows = try map("SELECT key, \(column) FROM lookups WHERE \(column) <> '' ORDER BY key") { row in
            PaperKey(rowID: row.integer(0)).map { (key: $0, entries: row.text(1) ?? "") }
        }
        for row in rows {
            for entry in row.entries.split(separator: "\n") where distances[String(entry)] == nil {
                let near = forms(String(entry)).map {
                    editDistance(letters, Array($0.unicodeScalars), atMost: tolerance)
                }
                distances[String(entry)] = (near.min() ?? .max, row.key)
            }
        }
        let best = distances.filter { $0.value.distance <= tolerance }
            .sorted { ($0.value.distance, $0.key) < ($1.value.distance, $1.key) }
        var found: [String] = []
        for (entry, place) in best.prefix(max(0, limit)) {
            guard let paper = try paper(forKey: place.key) else { continue }
            found.append(original(paper, entry) ?? entry)
        }
        return found
    }
}

/// The number of letters to insert, delete, replace or swap with a neighbor that turns one text into another; `Int.max`
/// if there are more than `limit`.
///
/// It is the optimal string alignment distance (Damerau, *A technique for computer detection and correction of spelling
/// errors*, 1964, <https://doi.org/10.1145/363958.363994>).
private func editDistance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar], atMost limit: Int) -> Int {
    guard abs(first.count - second.count) <= limit else { return .max }
    var older: [Int] = []
    var previous = Array(0...second.count)
    for row in first.indices {
        var current = [row + 1]
        for column in second.indices {
            let change = first[row] == second[column] ? 0 : 1
            var least = min(previous[column] + change, previous[column + 1] + 1, current[column] + 1)
            if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
                least = min(least, older[column - 1] + 1)
            }
            current.append(least)
        }
        guard current.min() ?? 0 <= limit else { return .max }
        (older, previous) = (previous, current)
    }
    return previous[second.count] <= limit ? previous[second.count] : .max
}
