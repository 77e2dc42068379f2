import Foundation
package import Papers

// MARK: - Noting

extension PaperStore.Writer {
    /// Begins to note what the transaction takes away and stores, so that ``keepChange(_:)`` can keep it.
    package func beginChange() { record = ChangeRecord() }

    /// Keeps what the transaction has done since ``beginChange()``, and forgets the oldest changes.
    ///
    /// - Parameter kind: What was done, in a few words.
    /// - Throws: `PaperStoreError`: `noSpace`, `damaged`, `failed`.
    package func keepChange(_ kind: String) throws(PaperStoreError) {
        guard let record, !record.formerKeys.isEmpty || !record.stored.isEmpty else {
            self.record = nil
            return
        }
        self.record = nil
        let last = try pastChanges().first?.number ?? 0
        // A damaged row may have a later number.
        try run("DELETE FROM changes WHERE number > ?", [last])
        try run("DELETE FROM former_rows WHERE change > ?", [last])
        guard last < Int.max else { throw damagedJournal }
        let change = PaperStore.PastChange(
            number: last + 1, time: Int(now), kind: kind, storedKeys: record.stored.sorted(),
            formerCount: record.formerKeys.count, rowCount: record.isWhole ? record.rows.count : nil)
        try insert(change)
        for (number, text) in record.rows.enumerated() { try insert(text, as: number, of: change) }
        try forget(changesThrough: change.number - PaperStore.mostChanges)
        // The last change is kept whatever its size. Those before it are a small part of the store.
        var byteCount: Int?
        try storeError("read", path) { byteCount = try connection.byteCount }
        let most = min(PaperStore.mostFormerBytes, byteCount.map { $0 / Self.shareOfFormerRows } ?? .max)
        let sizes = try map(
            "SELECT change, sum(length(content)) FROM former_rows GROUP BY change ORDER BY change DESC"
        ) { (change: $0.integer(0) ?? 0, bytes: $0.integer(1) ?? 0) }
        var bytes = 0
        for size in sizes where size.change < Int64(change.number) {
            bytes += Int(size.bytes)
            if bytes > most { return try forget(changesThrough: Int(size.change)) }
        }
    }

    /// All changes but the last take one part of so many of the store.
    private static let shareOfFormerRows = 5

    private func insert(_ change: PaperStore.PastChange) throws(PaperStoreError) {
        try run(
            "INSERT INTO changes (\(PaperStore.PastChange.columns)) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [change.number] + StoreArguments(change.texts) + [change.checksum])
    }

    private func insert(
        _ text: String, as number: Int, of change: PaperStore.PastChange
    ) throws(PaperStoreError) {
        try put(
            into: "former_rows", "change, number, content, checksum", keyCount: 2,
            [change.number, number, text, checksumOfTexts(["\(change.number)", "\(number)", text])])
    }

    private func forget(changesThrough number: Int) throws(PaperStoreError) {
        try run("DELETE FROM changes WHERE number <= ?", [number])
        try run("DELETE FROM former_rows WHERE change <= ?", [number])
    }

    /// Forgets the journal if any of it is damaged. What it would take back cannot be told then.
    ///
    /// - Throws: `PaperStoreError`.
    func repairChanges() throws(PaperStoreError) {
        guard try damagedChangeCount() > 0 else { return }
        try forget(changesThrough: .max)
    }

    /// Notes a paper that is about to be taken away or altered. A damaged one cannot come back, and neither can a
    /// change that takes it away.
    ///
    /// - Throws: `PaperStoreError`.
    func noteFormer(_ key: PaperKey) throws(PaperStoreError) {
        guard record != nil, record?.stored.contains(key) != true, record?.formerKeys.contains(key) != true else {
            return
        }
        do throws(PaperStoreError) {
            guard let paper = try paper(forKey: key) else { return }
            record?.formerKeys.insert(key)
            if record?.isWhole == true { record?.keep(.paper(try former(paper, under: key))) }
        } catch  where error.code == .damagedPaper {
            record?.formerKeys.insert(key)
            record?.isWhole = false
            record?.rows = []
        }
    }

    /// A paper with what leads to it and what was given for it.
    private func former(_ paper: Paper, under key: PaperKey) throws(PaperStoreError) -> PaperStore.FormerPaper {
        var records: [String: Int64] = [:]
        for id in paper.allIDs {
            let query = "SELECT fingerprint FROM identifiers WHERE id = ? AND paper = ?"
            records[id] = try map(query, [id, key.rowID]) { $0.integer(0) }.first
        }
        var vectors: [PaperStore.FormerVector] = []
        for space in try spaces() {
            guard let bytes = try vectorRow(of: key, in: space.name)?.bytes else { continue }
            vectors.append(
                PaperStore.FormerVector(
                    space: space.name, encoder: space.encoder, version: space.version, dimensions: space.dimensions,
                    components: Data(bytes)))
        }
        return PaperStore.FormerPaper(
            key: key.rawValue, paper: paper, timeAdded: try timeAdded(of: key).map(Int64.init), records: records,
            vectors: vectors)
    }

    /// Notes what is known of a source, before that is altered.
    ///
    /// - Throws: `PaperStoreError`.
    func noteFormerSource(_ name: String) throws(PaperStoreError) {
        guard record?.isWhole == true, record?.sources.insert(name).inserted == true else { return }
        let known = try sources().first { $0.name == name }
        record?.keep(
            .source(
                PaperStore.FormerSource(
                    name: name, state: known?.state, records: known?.records ?? [], missing: known?.missing ?? [])))
    }

    /// Notes a paper that was stored.
    func noteStored(_ key: PaperKey) { record?.stored.insert(key) }

    /// Notes that a paper is gone.
    func noteGone(_ key: PaperKey) { record?.stored.remove(key) }
}

// MARK: - Taking back

extension PaperStore.Writer {
    /// Takes back the last change that is kept.
    ///
    /// A paper that the change altered without its text gets its row back under its key. Any other that it took away
    /// comes back under a new key, and the papers that it stored go. What was known of sources is known again.
    ///
    /// - Returns: What was taken back, the keys that are gone and those that came; `nil` if no change is kept.
    /// - Throws: `PaperStoreError`: `damaged` if the change or what it took away cannot be read; `noSpace`, `failed`.
    package func takeBackLastChange() throws(PaperStoreError) -> PaperStore.UndoneChange? {
        let last = try map("SELECT max(number) FROM changes") { $0.integer(0) }.first
        guard let change = try pastChanges().first else {
            if last != nil { throw damagedJournal }
            return nil
        }
        // The change before a damaged one is not the last.
        guard last == Int64(change.number) else { throw damagedJournal }
        let rows = try formerRows(of: change)
        let altered = Set(rows.compactMap { if case .paper(let former) = $0 { PaperKey(former.key) } else { nil } })
        var inPlace: Set<PaperKey> = []
        for key in altered.intersection(change.storedKeys) where try paper(forKey: key) != nil { inPlace.insert(key) }
        var undone = PaperStore.UndoneChange(change: change)
        var newKeys: [PaperKey: PaperKey] = [:]
        for key in change.storedKeys where !inPlace.contains(key) {
            guard let paper = try paper(forKey: key) else { continue }
            undone.removed.append(key)
            undone.removedPapers.append(paper)
            try remove([key])
        }
        for row in rows {
            switch row {
            case .paper(let former):
                let key = PaperKey(former.key)
                let new = try restore(former, inPlace: inPlace.contains(key), in: &undone)
                if new != key { newKeys[key] = new }
            case .source(let source): try restore(source)
            }
        }
        try run("DELETE FROM changes WHERE number = ?", [change.number])
        try run("DELETE FROM former_rows WHERE change = ?", [change.number])
        if !newKeys.isEmpty { try rename(newKeys) }
        return undone
    }

    /// Gives papers that came back under new keys their new keys in the changes before, which may be taken back next.
    private func rename(_ newKeys: [PaperKey: PaperKey]) throws(PaperStoreError) {
        for var change in try pastChanges() {
            if change.storedKeys.contains(where: { newKeys[$0] != nil }) {
                change.storedKeys = change.storedKeys.map { newKeys[$0] ?? $0 }.sorted()
                try run("DELETE FROM changes WHERE number = ?", [change.number])
                try insert(change)
            }
            guard change.isWhole else { continue }
            for (number, row) in try formerRows(of: change).enumerated() {
                guard case .paper(var former) = row, let new = newKeys[PaperKey(former.key)] else { continue }
                former.key = new.rawValue
                try insert(PaperStore.FormerRow.paper(former).json, as: number, of: change)
            }
        }
    }

    private func restore(
        _ former: PaperStore.FormerPaper, inPlace: Bool, in undone: inout PaperStore.UndoneChange
    ) throws(PaperStoreError) -> PaperKey {
        let key = PaperKey(former.key)
        if inPlace {
            for id in try papers(forKeys: [key])[0].allIDs { try removeID(id, of: key) }
            try removeRows(key)
        }
        let new = try insert(
            former.paper, StoredPaper(former.paper), PaperLookups(former.paper), under: inPlace ? key : nil)
        try identifyAll(former.paper, as: new) { former.records[$0] }
        if let time = former.timeAdded { try setTimeAdded(time, of: new) }
        undone.restoredPapers.append(former.paper)
        if inPlace { return key }
        undone.restored.append(new)
        let known = try spaces()
        for vector in former.vectors {
            let space = PaperStore.GivenSpace(
                name: vector.space, encoder: vector.encoder, version: vector.version, dimensions: vector.dimensions)
            guard known.contains(space),
                let form = StoredVector.Form.allCases.first(where: {
                    $0.size(of: space.dimensions) == vector.components.count
                }), let stored = StoredVector(Array(vector.components), form)
            else { continue }
            _ = try setVector(stored, forKey: new, in: space.name)
            undone.vectorKeys[space.name, default: []].append(new)
        }
        return new
    }

    private func restore(_ source: PaperStore.FormerSource) throws(PaperStoreError) {
        guard let state = source.state else { return try removeSource(source.name) }
        try setSource(
            PaperStore.ReadSource(name: source.name, state: state, records: source.records, missing: source.missing))
    }
}

extension PaperStore {
    /// What taking back a change did.
    package struct UndoneChange: Hashable, Sendable {
        /// The change.
        package var change: PastChange
        /// The keys that are gone.
        package var removed: [PaperKey] = []
        /// The papers that are gone.
        package var removedPapers: [Paper] = []
        /// The new keys.
        package var restored: [PaperKey] = []
        /// The papers that are as they were, also those that kept their keys.
        package var restoredPapers: [Paper] = []
        /// The keys with given vectors, by their spaces.
        package var vectorKeys: [String: [PaperKey]] = [:]
    }
}
