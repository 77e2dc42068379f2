package import Papers

extension PaperStore.Writer {
    /// Stores records of papers. A record of a new paper is added; a record of a known paper updates it.
    ///
    /// Records are stored one after another, so that one call may have several records of a paper. For
    /// `PaperMatching.byIdentity`, these rules apply to each record in turn:
    ///
    /// 1. If the last record with the same id had the same content, nothing changes. This holds even if other records
    ///    of the paper came in between, so that adding a file again leaves the library as it is. It does not hold for a
    ///    paper that became one with others since, so that a record brings back what it said.
    ///    A record that bears its id by chance is of another paper, and gets a derived id. See
    ///    `Paper.renamed(apartFrom:)`.
    /// 2. A record matches every paper that has one of its ids, and every paper of the same title that is the same by
    ///    `Paper.isSamePaper(as:)`; of very many such papers the last 8 with its first author and 8 others are
    ///    looked at. If strong identifiers tell these from each other, or from a paper that has one of the record's
    ///    ids, the title joins nothing: papers of two DOIs never become one by a title that both have. And if the ids
    ///    of the record lead to several papers, those that have nothing in common with it do not count, and neither do
    ///    their ids.
    ///    Several matches become one paper. It starts as the paper with the record's own id, or else as the
    ///    one that was stored first. It takes what it lacks from the others, in the order in which they were stored.
    /// 3. Each field of the record replaces that of the paper; fields that the record leaves empty stay. All ids of
    ///    both lead to the paper from now on. The paper keeps its id, unless that was derived from its title and the
    ///    record has an id from a source. See `Paper.updated(by:)`. With `replacing`, the empty fields are cleared; see
    ///    `Paper.replaced(by:)`.
    ///
    /// For `PaperMatching.byIDAlone`, a record is of the paper with its own id. Alternate ids are stored and find
    /// nothing.
    ///
    /// - Parameters:
    ///   - records: The records. An empty record is stored like any other.
    ///   - matching: When a record and a paper are the same.
    ///   - replacing: Whether a field that a record leaves empty is cleared.
    ///   - joined: Called for each record that joined papers which its own id did not lead to.
    /// - Returns: What became of each record, in their order. A later record may replace the key of an earlier outcome.
    /// - Throws: `PaperStoreError`: `damagedPaper` if a paper to be updated is damaged; `noSpace`, `damaged`, `failed`.
    /// - Complexity: O(log *n*) for each record. At 157,000 papers, a new record takes about 50 microseconds, and one
    ///   that was stored before takes 10.
    package func upsert(
        _ records: some Sequence<Paper>, matching: PaperMatching = .byIdentity, replacing: Bool = false,
        joined: (JoinedRecord) -> Void = { _ in }
    ) throws(PaperStoreError) -> [PaperStore.UpsertOutcome] {
        var outcomes: [PaperStore.UpsertOutcome] = []
        for record in records { outcomes.append(try upsert(record, matching, replacing, joined)) }
        return outcomes
    }

    private func upsert(
        _ record: Paper, _ matching: PaperMatching, _ replacing: Bool, _ joined: (JoinedRecord) -> Void
    ) throws(PaperStoreError) -> PaperStore.UpsertOutcome {
        var record = record
        var columns = StoredPaper(record)
        var fingerprint = columns.fingerprint
        var known = try identifier(record.id)
        if matching == .byIdentity, let paper = known?.paper, known?.fingerprint != fingerprint,
            let renamed = record.renamed(apartFrom: try papers(forKeys: [paper])[0])
        {
            record = renamed
            columns = StoredPaper(record)
            fingerprint = columns.fingerprint
            known = try identifier(record.id)
        }
        if let known, known.fingerprint == fingerprint, !replacing { return .unchanged(key: known.paper) }

        if matching == .byIdentity, let own = try withoutIDsOfStrangers(record, known?.paper) {
            record = own
            columns = StoredPaper(record)
        }
        let lookups = PaperLookups(record)
        let ids = matching == .byIdentity ? record.allIDs : [record.id]
        let matches = try matching == .byIdentity ? matches(of: record, known?.paper, ids, lookups) : [:]
        guard let base = known?.paper ?? matches.keys.min() else {
            let key = try insert(record, columns, lookups)
            try setTimeAdded(now, of: key)
            try identify(ids, as: key, record: record.id, fingerprint)
            return .added(key: key)
        }
        for (key, reason) in matches.sorted(by: { $0.key < $1.key }) {
            joined(JoinedRecord(record: record.id, paper: try self.ids(forKeys: [key])[0], reason: reason))
        }
        let others = matches.keys.filter { $0 != base }.sorted()
        // What a record leaves empty is cleared in its own paper alone, not in those that it joins.
        return try update(
            base, uniting: others, by: record, fingerprint, matching, replacing && known?.paper == base)
    }

    /// Makes one paper of several. It starts as the first of them and takes what it lacks from the others, in their
    /// order. All their ids lead to it, and a record of any of them that says nothing new changes nothing.
    ///
    /// - Parameter keys: The papers, each once, two at least.
    /// - Returns: What became of the first.
    /// - Throws: `PaperStoreError`: `noSuchKey`, `damagedPaper`, `noSpace`, `damaged`, `failed`.
    package func unite(_ keys: [PaperKey]) throws(PaperStoreError) -> PaperStore.UpsertOutcome {
        let first = try papers(forKeys: keys.prefix(1))[0]
        var records: [(id: String, fingerprint: Int64)] = []
        for key in keys {
            records += try map("SELECT id, fingerprint FROM identifiers WHERE paper = ?", [key.rowID]) { row in
                guard let id = row.text(0), let fingerprint = row.integer(1) else { return nil }
                return (id, fingerprint)
            }
        }
        let outcome = try update(
            keys[0], uniting: Array(keys.dropFirst()), by: first, StoredPaper(first).fingerprint, .byIdentity, false)
        // The records of all stay known: who adds them again does not take back what a person decided.
        for record in records { try identify(record.id, as: outcome.key, record.fingerprint) }
        return outcome
    }

    /// The record without the ids that it bears by mistake; `nil` if it has none of these.
    private func withoutIDsOfStrangers(_ record: Paper, _ known: PaperKey?) throws(PaperStoreError) -> Paper? {
        if record.alternateIDs.isEmpty { return nil }
        var keys = Set(known.map { [$0] } ?? [])
        for id in record.allIDs where id != record.id {
            if let key = try identifier(id)?.paper { keys.insert(key) }
        }
        guard keys.count > 1 else { return nil }
        let own = record.withoutIDs(ofStrangersAmong: try papers(forKeys: keys.sorted())) { id, paper in
            !Set(idsLeading(to: id, [])).isDisjoint(with: paper.allIDs)
        }
        return own == record ? nil : own
    }

    /// The papers that a record is of besides the one that its id leads to, and why.
    private func matches(
        of record: Paper, _ known: PaperKey?, _ ids: [String], _ lookups: PaperLookups
    ) throws(PaperStoreError) -> [PaperKey: JoinedRecord.Reason] {
        var matches: [PaperKey: JoinedRecord.Reason] = [:]
        for id in ids where id != record.id {
            guard let paper = try identifier(id)?.paper, paper != known, matches[paper] == nil else { continue }
            matches[paper] = .identifier(id)
        }
        var titled: [PaperKey: Paper] = [:]
        var reason = JoinedRecord.Reason.title
        func compare(_ keys: some Sequence<PaperKey>) throws(PaperStoreError) {
            for key in keys where key != known && matches[key] == nil {
                let paper = try papers(forKeys: [key])[0]
                if paper.alternateIDs.count < Self.mostIDs, paper.isSamePaper(as: record) { titled[key] = paper }
            }
        }
        try compare(papers(titled: lookups))
        if titled.isEmpty, matches.isEmpty, known == nil {
            reason = .citationKey
            try compare(papers(citedAs: record))
        }
        guard !titled.isEmpty else { return matches }
        let identified = try papers(forKeys: Array(matches.keys) + (known.map { [$0] } ?? []))
        if !Paper.areToldApart(titled.values, and: identified) {
            for key in titled.keys { matches[key] = reason }
        }
        return matches
    }

    /// Updates a paper by a record, and unites it with others.
    private func update(
        _ base: PaperKey, uniting others: [PaperKey], by record: Paper, _ fingerprint: Int64, _ matching: PaperMatching,
        _ replacing: Bool
    ) throws(PaperStoreError) -> PaperStore.UpsertOutcome {
        let stored = try papers(forKeys: [base])[0]
        let joined = try papers(forKeys: others)
        let paper =
            replacing
            ? joined.reduce(stored.replaced(by: record)) { $0.completed(by: $1) }
            : joined.reduce(stored) { $0.completed(by: $1) }.updated(by: record)
        let ids = matching == .byIdentity ? paper.allIDs : [paper.id]
        if others.isEmpty, paper == stored {
            try identify(ids, as: base, record: record.id, fingerprint)
            return .unchanged(key: base)
        }
        let keepsText =
            paper.title == stored.title && paper.abstract == stored.abstract && paper.fields == stored.fields
            && paper.keywords == stored.keywords
        for key in [base] + others { try noteFormer(key) }
        if others.isEmpty, keepsText {
            try removeRows(base)
            _ = try insert(paper, StoredPaper(paper), PaperLookups(paper), under: base)
            try identify(ids, as: base, record: record.id, fingerprint)
            return .updated(key: base, replacing: [])
        }
        let replaced = ([base] + others).sorted()
        for key in replaced {
            try removeRows(key)
            noteGone(key)
        }
        let key = try insert(paper, StoredPaper(paper), PaperLookups(paper))
        try moveTimeAdded(of: replaced, to: key)
        // A paper whose text stays keeps its vectors under the new key.
        if keepsText { try moveVectors(of: base, to: key) }
        for old in replaced { try removeVectors(of: old) }
        // The records of united papers count as new: what they said is gone where several said it.
        if !others.isEmpty { for id in ids { try run("DELETE FROM identifiers WHERE id = ?", [id]) } }
        try identify(ids, as: key, record: record.id, fingerprint)
        return .updated(key: key, replacing: replaced)
    }

    // MARK: - Rows

    /// The paper that an id leads to, and the fingerprint of the last record with that id.
    private func identifier(_ id: String) throws(PaperStoreError) -> (paper: PaperKey, fingerprint: Int64?)? {
        try map("SELECT paper, fingerprint FROM identifiers WHERE id = ?", [id]) { row in
            PaperKey(rowID: row.integer(0)).map { ($0, row.integer(1)) }
        }
        .first
    }

    /// The papers with a title that a record is compared with: the last that have its first author, and some of the
    /// others. A title that more papers have tells nothing: "Editorial". Both queries read as many rows of an index as
    /// they return, however many papers have the title.
    private func papers(titled lookups: PaperLookups) throws(PaperStoreError) -> Set<PaperKey> {
        if lookups.title.isEmpty { return [] }
        let (hash, title) = (PaperLookups.hash(lookups.title), PaperLookups.padded(lookups.title))
        let ofAuthor = try keys(
            """
            SELECT key FROM lookups WHERE title_hash = ? AND first_author = ? AND title = ?
            ORDER BY key DESC LIMIT \(Self.comparedTitles)
            """, [hash, lookups.firstAuthorKey, title])
        let others = try keys(
            "SELECT key FROM lookups WHERE title_hash = ? AND title = ? LIMIT \(Self.comparedTitles)", [hash, title])
        return Set(ofAuthor).union(others)
    }

    private static let comparedTitles = 8

    /// The papers with the citation key of a record, eight at most.
    private func papers(citedAs record: Paper) throws(PaperStoreError) -> [PaperKey] {
        guard let key = record.citationKey else { return [] }
        return try keys(labeled: PaperLabel(PaperLabel.citationKey, key), limit: Self.comparedTitles)
    }

    /// A paper with so many ids takes no further record by its title. Such a title tells nothing, and each record would
    /// cost as much as all ids.
    private static let mostIDs = 100

    /// Inserts the rows of a paper, under a new key unless one is given.
    ///
    /// - Returns: The key.
    /// - Throws: `PaperStoreError`.
    func insert(
        _ paper: Paper, _ columns: StoredPaper, _ lookups: PaperLookups, under key: PaperKey? = nil
    ) throws(PaperStoreError) -> PaperKey {
        let key = if let key { key } else { try nextKey() }
        try run(
            "INSERT INTO papers (key, \(StoredPaper.columns), checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            StoreArguments([key.rowID] + columns.values + [columns.checksum(under: key)]))
        try insert(lookups, under: key)
        try insert(PaperLabel.labels(of: paper), under: key)
        noteStored(key)
        return key
    }

    func insert(_ lookups: PaperLookups, under key: PaperKey) throws(PaperStoreError) {
        try run(
            "INSERT INTO lookups (key, \(PaperLookups.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            StoreArguments([key.rowID] + lookups.values))
    }

    func insert(_ labels: Set<PaperLabel>, under key: PaperKey) throws(PaperStoreError) {
        for label in labels {
            try run("INSERT INTO labels (name, value, paper) VALUES (?, ?, ?)", [label.name, label.value, key.rowID])
        }
    }

    /// Makes ids lead to a paper, and remembers the record that came with one of them.
    private func identify(
        _ ids: [String], as key: PaperKey, record: String, _ fingerprint: Int64
    ) throws(PaperStoreError) {
        for id in ids { try identify(id, as: key, id == record ? fingerprint : nil) }
    }

    /// Makes an id lead to a paper. Without a new fingerprint, the id keeps the old one.
    ///
    /// - Throws: `PaperStoreError`.
    func identify(_ id: String, as key: PaperKey, _ fingerprint: Int64?) throws(PaperStoreError) {
        try run(
            """
            INSERT INTO identifiers (id, paper, fingerprint) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE
            SET paper = excluded.paper, fingerprint = coalesce(excluded.fingerprint, identifiers.fingerprint)
            """, [id, key.rowID, fingerprint])
    }
}
