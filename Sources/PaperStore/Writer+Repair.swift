import Papers

// MARK: - Repairing

extension PaperStore.Reader {
    static var lostPapersSetting: String { "lostPapers" }

    /// The ids of papers that a repair lost and has not named yet.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    package func lostPapers() throws(PaperStoreError) -> [String] {
        try setting(Self.lostPapersSetting).flatMap(texts(ofJSONList:)) ?? []
    }
}

extension PaperStore.Writer {
    /// Removes the papers whose stored content does not match its checksum, and makes everything that follows from the
    /// others anew: `identifiers`, `lookups`, `labels` and the last key that was given.
    ///
    /// - Returns: The ids of the removed papers, as far as they can be read, and of papers that are gone though records
    ///   of them came.
    /// - Throws: `PaperStoreError`: `damaged` if more than the contents of papers is damaged; `noSpace`, `failed`.
    /// - Complexity: Reads every paper and rewrites these tables; some seconds for 157,000.
    @discardableResult
    package func removeDamagedPapers() throws(PaperStoreError) -> [String] {
        let damaged = try damagedRows()
        for (key, _) in damaged { try removeRows(key) }
        // A number that no key has is damage, too.
        try run("DELETE FROM papers WHERE key < 1", [])
        let keys = try lastKeys()
        // A damaged note may hold any number, and behind the largest key there is none to give.
        let possible = [keys.sequence, keys.noted, keys.largest].filter { $0 <= PaperKey.largest.rowID }
        try reserve(keysThrough: possible.max() ?? 0)
        let identifiers = try storedIdentifiers()
        let stored = Set(try self.keys("SELECT key FROM papers"))
        try run("DELETE FROM identifiers", [])
        try run("DELETE FROM lookups", [])
        try run("DELETE FROM labels", [])
        var last = PaperKey(0)
        while true {
            let batch = try papers(after: last, limit: 512)
            guard let final = batch.last else {
                try repairVectors()
                try repairSources()
                try repairAdditions()
                try repairChanges()
                try repairQuestions()
                return damaged.map(\.id) + (try vanished(identifiers, stored, besides: damaged.map(\.key)))
            }
            for (key, paper) in batch {
                try insert(PaperLookups(paper), under: key)
                try insert(PaperLabel.labels(of: paper), under: key)
                try identifyAll(paper, as: key) { id in
                    identifiers[id].flatMap { $0.paper == key ? $0.fingerprint : nil }
                }
            }
            last = final.key
        }
    }

    /// The ids that records came with and that no paper has any more: one for each paper that is gone.
    private func vanished(
        _ identifiers: [String: (paper: PaperKey, fingerprint: Int64?)], _ papers: Set<PaperKey>,
        besides named: [PaperKey]
    ) throws(PaperStoreError) -> [String] {
        var gone: [PaperKey: String] = [:]
        for (id, known) in identifiers where known.fingerprint != nil && !papers.contains(known.paper) {
            if named.contains(known.paper) || gone[known.paper].map({ $0 < id }) ?? false { continue }
            if try key(forID: id) == nil { gone[known.paper] = id }
        }
        return gone.values.sorted()
    }

    /// Makes the ids of a paper lead to it, except for alternate ids that already lead to another paper.
    ///
    /// - Parameters:
    ///   - paper: The paper.
    ///   - key: Its key.
    ///   - fingerprint: The fingerprint of the last record with an id, as far as it is known.
    /// - Throws: `PaperStoreError`.
    func identifyAll(
        _ paper: Paper, as key: PaperKey, fingerprint: (String) -> Int64? = { _ in nil }
    ) throws(PaperStoreError) {
        try identify(paper.id, as: key, fingerprint(paper.id))
        for id in paper.allIDs.dropFirst() {
            try run(
                "INSERT INTO identifiers (id, paper, fingerprint) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
                [id, key.rowID, fingerprint(id)])
        }
    }

    /// Notes ids of papers that a repair loses, with those that are noted already.
    ///
    /// The note is part of the transaction that loses them. So a repair that is cut off later, or cannot go on, still
    /// names them the next time.
    ///
    /// - Throws: `PaperStoreError`.
    package func noteLost(_ ids: [String]) throws(PaperStoreError) {
        if ids.isEmpty { return }
        let noted = try lostPapers()
        let known = Set(noted)
        try setSetting(Self.lostPapersSetting, to: jsonList(noted + ids.filter { !known.contains($0) }))
    }

    /// Forgets the noted ids, when a repair has named them.
    ///
    /// - Throws: `PaperStoreError`.
    package func forgetLost() throws(PaperStoreError) { try setSetting(Self.lostPapersSetting, to: nil) }

    /// Makes the keys up to a number used ones, which are never handed out again.
    ///
    /// - Throws: `PaperStoreError`.
    func reserve(keysThrough key: Int64) throws(PaperStoreError) {
        try run("DELETE FROM sqlite_sequence WHERE name = 'papers'", [])
        try run("INSERT INTO sqlite_sequence (name, seq) VALUES ('papers', ?)", [key])
        try setLastKey(key)
    }

    private func storedIdentifiers() throws(PaperStoreError) -> [String: (paper: PaperKey, fingerprint: Int64?)] {
        var identifiers: [String: (paper: PaperKey, fingerprint: Int64?)] = [:]
        _ = try map("SELECT id, paper, fingerprint FROM identifiers") { row -> Void? in
            guard let id = row.text(0), let key = PaperKey(rowID: row.integer(1)) else { return nil }
            identifiers[id] = (key, row.integer(2))
            return nil
        }
        return identifiers
    }
}
