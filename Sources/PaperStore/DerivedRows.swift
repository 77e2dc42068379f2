import Papers

/// The rows that follow from the papers of a store, compared with those that it has: what leads to a paper by its ids,
/// titles and labels.
///
/// All tables are read as wholes, the papers first. Rows are remembered by hashes of 64 bits, some 100 bytes a paper.
struct DerivedRows {
    /// The hashes of (id, key) for all ids of papers.
    private var ids: Set<Int> = []
    /// The papers whose own id was not found yet, by the hashes of these.
    private var ownIDs: Set<Int> = []
    /// The hash of the lookups of each paper, until they are found.
    private var lookups: [PaperKey: Int] = [:]
    private var papers: Set<PaperKey> = []
    /// The hashes of (name, value, key) for all labels of papers, until they are found.
    private var labels: [Int: PaperKey] = [:]

    private var strayIDs = 0
    private var strayLookups = 0
    private var strayLabels = 0

    /// Enters a paper.
    mutating func expect(of paper: Paper, under key: PaperKey) {
        papers.insert(key)
        for id in paper.allIDs { ids.insert(Self.hash(id, key)) }
        ownIDs.insert(Self.hash(paper.id, key))
        lookups[key] = PaperLookups(paper).values.map { $0?.storeValue ?? .null }.hashValue
        for label in PaperLabel.labels(of: paper) { labels[Self.hash(label.name, label.value, key)] = key }
    }

    /// Enters a row of `id, paper`.
    mutating func find(identifier row: any StoreRow) {
        guard let id = row.text(0), let key = PaperKey(rowID: row.integer(1)), ids.contains(Self.hash(id, key)) else {
            strayIDs += 1
            return
        }
        ownIDs.remove(Self.hash(id, key))
    }

    /// Enters a row of the key and the columns of `PaperLookups`.
    mutating func find(lookups row: any StoreRow) {
        guard let key = PaperKey(rowID: row.integer(0)), papers.contains(key) else {
            strayLookups += 1
            return
        }
        let values = (1...PaperLookups.columnCount).map { row.value($0) }
        if lookups[key] == values.hashValue { lookups[key] = nil }
    }

    /// Enters a row of `paper, name, value`.
    mutating func find(label row: any StoreRow) {
        guard let key = PaperKey(rowID: row.integer(0)), let name = row.text(1), let value = row.text(2),
            labels.removeValue(forKey: Self.hash(name, value, key)) != nil
        else {
            strayLabels += 1
            return
        }
    }

    /// What is wrong, a sentence each.
    ///
    /// - Parameters:
    ///   - path: The store as messages call it.
    ///   - hasDamagedPapers: Whether any paper could not be entered. What leads to it is then not stray.
    ///   - hasLabels: Whether the store has labels.
    /// - Returns: The sentences.
    func findings(_ path: String, hasDamagedPapers: Bool, hasLabels: Bool) -> [String] {
        var counts = [
            (ownIDs.count, "paper(s) cannot be found by their ids"),
            (lookups.count, "paper(s) cannot be found by their titles, authors, years, venues or categories"),
        ]
        if hasLabels {
            counts.append(
                (Set(labels.values).count, "paper(s) cannot be found by their tags, collections or other attributes"))
        }
        if !hasDamagedPapers {
            counts += [
                (strayIDs, "id(s) lead to no paper or to another one"), (strayLookups, "title(s) are of no paper"),
                (strayLabels, "tag(s) or other attributes are of no paper"),
            ]
        }
        return counts.filter { $0.0 > 0 }.map { "In '\(path)', \($0.0) \($0.1)." }
    }

    private static func hash(_ text: String, _ key: PaperKey) -> Int {
        var hasher = Hasher()
        hasher.combine(text)
        hasher.combine(key)
        return hasher.finalize()
    }

    private static func hash(_ name: String, _ value: String, _ key: PaperKey) -> Int {
        var hasher = Hasher()
        hasher.combine(name)
        hasher.combine(value)
        hasher.combine(key)
        return hasher.finalize()
    }
}
