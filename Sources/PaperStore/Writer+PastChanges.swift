import Foundation
import GRDB
package import Papers

// MARK: - Noting

extension PaperStore.Writer {
    /// Begins to note what the transaction takes away and stores, so that ``keepChange(_:)`` can keep it.
    package func beginChange() { record = ChangeRecord() }

    /// Keeps what the transaction has done since ``beginChange()``, and forgets the oldest changes.
    ///
    /// - Parameter kind: What was done, in one word.
    /// - Throws: `PaperStoreError`: `noSpace`, `damaged`, `failed`.
    package func keepChange(_ kind: String) throws(PaperStoreError) {
        guard let record, record.formerCount > 0 || !record.stored.isEmpty else { return }
        self.record = nil
        let last = try map("SELECT max(number) FROM changes") { $0.integer(0) }.first ?? 0
        let change = PaperStore.PastChange(
            number: Int(last) + 1, time: Int(now), kind: kind, storedKeys: record.stored.sorted(),
            formerCount: record.formerCount, isWhole: record.isWhole)
        try run(
            "INSERT INTO changes (\(PaperStore.PastChange.columns)) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [change.number] + StatementArguments(change.texts) + [change.checksum])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for (number, former) in (record.isWhole ? record.former : []).enumerated() {
            guard let json = try? encoder.encode(former) else { continue }
            let text = String(decoding: json, as: UTF8.self)
            try run(
                "INSERT INTO former_papers (change, number, paper, checksum) VALUES (?, ?, ?, ?)",
                [change.number, number, text, checksumOfTexts(["\(change.number)", "\(number)", text])])
        }
        try forget(changesThrough: change.number - PaperStore.mostChanges)
    }

    private func forget(changesThrough number: Int) throws(PaperStoreError) {
        try run("DELETE FROM changes WHERE number <= ?", [number])
        try run("DELETE FROM former_papers WHERE change <= ?", [number])
    }

    /// Forgets the journal if any of it is damaged. What it would take back cannot be told then.
    ///
    /// - Throws: `PaperStoreError`.
    func repairChanges() throws(PaperStoreError) {
        guard try damagedChangeCount() > 0 else { return }
        try forget(changesThrough: .max)
    }

    /// Notes a paper that is about to be taken away or altered.
    ///
    /// - Throws: `PaperStoreError`.
    func noteFormer(_ key: PaperKey) throws(PaperStoreError) {
        guard let record, !record.stored.contains(key), self.record?.formerKeys.insert(key).inserted == true,
            record.isWhole, let paper = try paper(forKey: key)
        else { return }
        var former = PaperStore.FormerPaper(
            key: key.rawValue, paper: paper, timeAdded: try timeAdded(of: key).map(Int64.init), records: [:],
            vectors: [:])
        for id in paper.allIDs {
            former.records[id] =
                try map(
                    "SELECT fingerprint FROM identifiers WHERE id = ? AND paper = ?", [id, key.rowID]
                ) { $0.integer(0) }.first
        }
        for (space, bytes) in try map(
            "SELECT space, components FROM vectors WHERE paper = ?", [key.rowID],
            { row in
                row.text(0).flatMap { space in row.bytes(1).map { (space, Data($0)) } }
            })
        { former.vectors[space] = bytes }
        self.record?.formerBytes += former.size
        if record.formerBytes + former.size <= PaperStore.mostFormerBytes {
            self.record?.former.append(former)
        } else {
            self.record?.isWhole = false
            self.record?.former = []
        }
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
    /// comes back under a new key, and the papers that it stored go.
    ///
    /// - Returns: What was taken back, the keys that are gone and those that came; `nil` if no change is kept.
    /// - Throws: `PaperStoreError`: `damaged` if what the change took away cannot be read; `noSpace`, `failed`.
    package func takeBackLastChange() throws(PaperStoreError) -> PaperStore.UndoneChange? {
        guard let change = try pastChanges().first else { return nil }
        let former = try formerPapers(of: change)
        let known = Set(try spaces().map(\.name))
        let inPlace = Set(former.lazy.map { PaperKey($0.key) }).intersection(change.storedKeys)
        var undone = PaperStore.UndoneChange(change: change)
        for key in change.storedKeys where !inPlace.contains(key) {
            guard let paper = try paper(forKey: key) else { continue }
            undone.removed.append(key)
            undone.removedPapers.append(paper)
            try remove([key])
        }
        for former in former {
            let key = PaperKey(former.key)
            if inPlace.contains(key) {
                for id in try papers(forKeys: [key])[0].allIDs { try removeID(id, of: key) }
                try removeRows(key)
            }
            let new = try insert(
                former.paper, StoredPaper(former.paper), PaperLookups(former.paper),
                under: inPlace.contains(key) ? key : nil)
            try identifyAll(former.paper, as: new) { former.records[$0] }
            if let time = former.timeAdded { try setTimeAdded(time, of: new) }
            for (space, bytes) in former.vectors where known.contains(space) && !inPlace.contains(key) {
                guard let vector = StoredVector.components(of: Array(bytes)) else { continue }
                _ = try setVector(vector, forKey: new, in: space)
                undone.vectorKeys[space, default: []].append(new)
            }
            if !inPlace.contains(key) { undone.restored.append(new) }
            undone.restoredPapers.append(former.paper)
        }
        try run("DELETE FROM changes WHERE number = ?", [change.number])
        try run("DELETE FROM former_papers WHERE change = ?", [change.number])
        return undone
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
