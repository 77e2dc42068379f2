import PaperStore
import Papers

// MARK: - Sources of papers

/// A source that papers of a library were read from.
public struct LibrarySource: Hashable, Sendable {
    /// The name of the source, such as the path of a file.
    public var name: String
    /// What the source was like when it was read; see `RememberedSource.state`.
    public var state: String
    /// The number of its records.
    public var recordCount: Int
    /// The ids of records that it had before and no longer has, as far as the library has their papers.
    public var missing: [String]
}

extension Library {
    /// The sources that papers were read from, by their names.
    ///
    /// - Throws: `AkinError` with code `damaged` if the store cannot be read.
    /// - Complexity: O(*n*) for *n* records of all sources.
    public func sources() throws(AkinError) -> [LibrarySource] {
        try readPapers { papers in
            try papers.sources().map { source in
                LibrarySource(
                    name: source.name, state: source.state, recordCount: source.records.count,
                    missing: try source.missing.filter { try papers.key(forID: $0) != nil })
            }
        }
    }

    /// Forgets a source. Its papers stay.
    ///
    /// - Returns: Whether the library knew the source.
    /// - Throws: `AkinError`: `locked`, `noSpace`, `cannotWrite`, `damaged`.
    @discardableResult
    public func forgetSource(_ name: String) throws(AkinError) -> Bool {
        let writer = try writer(for: "forget a source")
        var isKnown = false
        try writer.change(threads: nil, configuresBLAS: configuresBLAS) { store in
            isKnown = try store.sources().contains { $0.name == name }
            if isKnown { try store.removeSource(name) }
            return LibraryChange()
        }
        return isKnown
    }

    /// Removes the papers whose records their sources no longer have.
    ///
    /// A paper stays if another record leads to it that a source has.
    ///
    /// - Parameters:
    ///   - name: The source; `nil` stands for all.
    ///   - threads: The most threads to use. `nil` is one for each core.
    /// - Returns: The ids of the removed papers.
    /// - Throws: `AkinError`: `invalidArgument`, `locked`, `noSpace`, `cannotWrite`, `damaged`.
    @discardableResult
    public func removeMissing(
        fromSource name: String? = nil, threads: Int? = nil
    ) throws(AkinError) -> [String] {
        try validate(threads: threads)
        let writer = try writer(for: "remove")
        var removed: [String] = []
        try writer.change(threads: threads, configuresBLAS: configuresBLAS) { store in
            let sources = try store.sources()
            // A source whose note is damaged may have the records that another one misses.
            guard try store.damagedSourceCount() == 0 else {
                throw AkinError(
                    .damaged,
                    "Cannot tell which papers of '\(path)' are missing: the notes of its sources are damaged.",
                    remedy: .repair)
            }
            var present: Set<PaperKey> = []
            for id in sources.flatMap(\.records) { if let key = try store.key(forID: id) { present.insert(key) } }
            var gone: Set<PaperKey> = []
            for var source in sources where name.map({ $0 == source.name }) ?? true && !source.missing.isEmpty {
                for id in source.missing { if let key = try store.key(forID: id) { gone.insert(key) } }
                source.missing = []
                try store.setSource(source)
            }
            let keys = gone.subtracting(present).sorted()
            removed = try store.ids(forKeys: keys)
            try store.remove(keys)
            return LibraryChange(removedKeys: PaperKeySet(keys))
        }
        return removed
    }
}

/// The records that sources had when they were read.
struct SourceRecords {
    /// The ids of the records of each source, in their order.
    private(set) var ids: [String: [String]] = [:]
    /// The sources with records or files that could not be read.
    private(set) var incomplete: Set<String> = []

    /// Enters a batch of a source.
    mutating func enter(_ batch: PaperBatch) {
        guard let source = batch.source else { return }
        ids[source, default: []] += batch.papers.map(\.id)
        if !batch.skipped.isEmpty || !batch.failedFiles.isEmpty { incomplete.insert(source) }
    }
}

extension PaperStore.Writer {
    /// Remembers sources that have been read to their ends.
    ///
    /// A record that a source had before is missing if no record that it has now leads to the same paper. If a record
    /// of the source could not be read, nobody can tell which are missing, and none is.
    ///
    /// - Parameters:
    ///   - sources: The sources.
    ///   - read: Their records.
    /// - Returns: The records that a source had before and no longer has.
    /// - Throws: `PaperStoreError`.
    func remember(_ sources: [RememberedSource], _ read: SourceRecords) throws(PaperStoreError) -> [MissingRecord] {
        if sources.isEmpty { return [] }
        let known = Dictionary(try self.sources().map { ($0.name, $0) }) { first, _ in first }
        var missing: [MissingRecord] = []
        for source in sources {
            var seen: Set<String> = []
            let ids = (read.ids[source.name] ?? []).filter { seen.insert($0).inserted }
            let before = known[source.name]
            var present = PaperKeySet()
            if before != nil { for id in ids { if let key = try key(forID: id) { present.insert(key) } } }
            func unseen(_ ids: [String]) throws(PaperStoreError) -> [String] {
                var unseen: [String] = []
                for id in ids where !seen.contains(id) {
                    if let key = try key(forID: id), !present.contains(key) { unseen.append(id) }
                }
                return unseen
            }
            var now = PaperStore.ReadSource(
                name: source.name, state: source.state, records: ids, missing: try unseen(before?.missing ?? []))
            let gone = try unseen(before?.records ?? [])
            if read.incomplete.contains(source.name) { now.records += gone } else { now.missing += gone }
            if now != before { try setSource(now) }
            missing += now.missing.map { MissingRecord(source: source.name, id: $0) }
        }
        return missing
    }
}
