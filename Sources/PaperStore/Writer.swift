import Foundation
package import Papers

extension PaperStore {
    /// Changes papers within one transaction; see ``PaperStore/write(_:)``.
    ///
    /// A writer reads its own changes. Statements are written as ``StoreConnection`` says.
    package final class Writer: Reader {
        private var lastKey: Int64?

        /// What the transaction has done since ``beginChange()``; `nil` while nothing is noted.
        var record: ChangeRecord?

        /// The present second since 1970.
        package var now = Int64(Date().timeIntervalSince1970)

        /// A key that was never used.
        ///
        /// The key is needed before the insertion because the row's checksum covers it.
        ///
        /// - Throws: `PaperStoreError` with code `damaged` if there is no key left.
        func nextKey() throws(PaperStoreError) -> PaperKey {
            let last: Int64
            if let lastKey {
                last = lastKey
            } else {
                let keys = try lastKeys()
                last = max(keys.sequence, keys.largest)
            }
            guard (0..<PaperKey.largest.rowID).contains(last) else {
                throw PaperStoreError(
                    .damaged, path: path,
                    message: "Cannot store a paper in '\(path)': the last key it gave is \(last), beyond "
                        + "\(PaperKey.largest.rawValue).")
            }
            lastKey = last + 1
            return PaperKey(UInt64(last + 1))
        }

        /// Keeps the last key that was given in the settings too, so that a check notices if SQLite's own note of it is
        /// damaged. Whoever commits the transaction calls it before.
        ///
        /// - Throws: `PaperStoreError`.
        package func noteLastKey() throws(PaperStoreError) {
            if let lastKey { try setLastKey(lastKey) }
        }

        /// Keeps a key in the settings as the last one that was given.
        ///
        /// - Throws: `PaperStoreError`.
        func setLastKey(_ key: Int64) throws(PaperStoreError) { try set(Self.lastKeySetting, to: String(key)) }

        /// Runs a statement. Each connection prepares it once.
        ///
        /// - Throws: `PaperStoreError`.
        func run(_ sql: String, _ arguments: StoreArguments) throws(PaperStoreError) {
            try storeError("change", path) { try connection.execute(sql, arguments) }
        }

        /// Stores a row in place of the one with the same key.
        ///
        /// - Parameters:
        ///   - table: The table.
        ///   - columns: Its columns, those of the primary key first, with commas between.
        ///   - keyCount: How many columns the primary key has.
        ///   - arguments: A value for each column.
        /// - Throws: `PaperStoreError`.
        func put(
            into table: String, _ columns: String, keyCount: Int = 1, _ arguments: StoreArguments
        ) throws(PaperStoreError) {
            let names = columns.split(separator: ", ")
            let marks = names.map { _ in "?" }.joined(separator: ", ")
            let key = names.prefix(keyCount).joined(separator: ", ")
            let updates = names.dropFirst(keyCount).map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
            try run(
                "INSERT INTO \(table) (\(columns)) VALUES (\(marks)) ON CONFLICT (\(key)) DO "
                    + (updates.isEmpty ? "NOTHING" : "UPDATE SET \(updates)"),
                arguments)
        }
    }

    /// What became of a record that was stored.
    package enum UpsertOutcome: Hashable, Sendable {
        /// The paper is new and has a new key.
        case added(key: PaperKey)

        /// The paper was there and changed.
        ///
        /// It has a new key if its title, abstract, text fields or keywords changed, or if the record showed that
        /// several papers are
        /// one. The keys that it replaces are gone then. Otherwise it keeps its key and replaces none.
        case updated(key: PaperKey, replacing: [PaperKey])

        /// The paper was there and already says what the record says.
        case unchanged(key: PaperKey)

        /// The key that the paper has now.
        package var key: PaperKey {
            switch self {
            case .added(let key), .updated(let key, _), .unchanged(let key): key
            }
        }
    }
}

// MARK: - Removing

extension PaperStore.Writer {
    /// Removes papers with all their ids. Keys without a paper change nothing.
    ///
    /// - Throws: `PaperStoreError`: `noSpace`, `damaged`, `failed`.
    package func remove(_ keys: some Sequence<PaperKey>) throws(PaperStoreError) {
        for key in keys {
            try noteFormer(key)
            let ids = try map("SELECT id, alternate_ids FROM papers WHERE key = ?", [key.rowID]) { row in
                idsLeading(to: row.text(0) ?? "", row.text(1).flatMap(texts(ofJSONList:)) ?? [])
            }
            for id in ids.joined() { try removeID(id, of: key) }
            try run("DELETE FROM additions WHERE paper = ?", [key.rowID])
            try removeVectors(of: key)
            try removeRows(key)
            noteGone(key)
        }
    }

    /// Makes an id lead nowhere, if it leads to a paper.
    ///
    /// - Throws: `PaperStoreError`.
    func removeID(_ id: String, of key: PaperKey) throws(PaperStoreError) {
        try run("DELETE FROM identifiers WHERE id = ? AND paper = ?", [id, key.rowID])
    }

    /// Removes the rows of a paper. Its ids and vectors stay.
    ///
    /// - Throws: `PaperStoreError`.
    func removeRows(_ key: PaperKey) throws(PaperStoreError) {
        try run("DELETE FROM lookups WHERE key = ?", [key.rowID])
        try run("DELETE FROM labels WHERE paper = ?", [key.rowID])
        try run("DELETE FROM papers WHERE key = ?", [key.rowID])
    }
}

// MARK: - Settings

extension PaperStore.Writer {
    /// Puts a generation in force, when the transaction ends.
    ///
    /// - Throws: `PaperStoreError`: `noSpace`, `damaged`, `failed`.
    package func setGeneration(_ number: Int) throws(PaperStoreError) {
        try set("generation", to: String(number))
        generation = number
    }

    /// Stores a text under a name among the library's settings; `nil` removes it.
    ///
    /// - Throws: `PaperStoreError`: `noSpace`, `damaged`, `failed`.
    /// - Precondition: The name is not `generation`, which ``setGeneration(_:)`` sets, or `lastKey`.
    package func setSetting(_ name: String, to value: String?) throws(PaperStoreError) {
        precondition(
            !["generation", Self.lastKeySetting].contains(name), "the store sets '\(name)' itself")
        try set(name, to: value)
    }

    fileprivate func set(_ name: String, to value: String?) throws(PaperStoreError) {
        if let value {
            try put(into: "settings", "name, value", [name, value])
        } else {
            try run("DELETE FROM settings WHERE name = ?", [name])
        }
    }
}
