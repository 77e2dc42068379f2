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

    /// Forgets a source. Its papers stay, whatever becomes of other sources that have them.
    ///
    /// - Returns: Whether the library knew the source.
    /// - Throws: `AkinError`: `locked`, `noSpace`, `cannotWrite`, `damaged`.
    @discardableResult
    public func forgetSource(_ name: String) throws(AkinError) -> Bool {
        var isKnown = false
        try change("forget a source") { store in
            guard let source = try store.sources().first(where: { $0.name == name }) else { return LibraryChange() }
            isKnown = true
            try store.removeSource(name)
            try store.disown(Set(source.records))
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
    ///   - ids: The ids of the missing records that count; `nil` stands for all.
    ///   - threads: The most threads to use. `nil` is one for each core.
    /// - Returns: The ids of the removed papers.
    /// - Throws: `AkinError`: `invalidArgument`, `locked`, `noSpace`, `cannotWrite`, `damaged`.
    @discardableResult
    public func removeMissing(
        fromSource name: String? = nil, among ids: Set<String>? = nil, threads: Int? = nil
    ) throws(AkinError) -> [String] {
        try validate(threads: threads)
        var removed: [String] = []
        try change("remove", threads: threads) { store in
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
                let counted = source.missing.filter { ids?.contains($0) ?? true }
                for id in counted { if let key = try store.key(forID: id) { gone.insert(key) } }
                source.missing.removeAll(where: Set(counted).contains)
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
    /// The ids of records that made new papers.
    private(set) var added: Set<String> = []
    /// The ids of records that come from no source that is remembered.
    private(set) var unsourced: Set<String> = []

    /// Enters a batch, and what became of those of its papers that were stored.
    mutating func enter(_ batch: PaperBatch, _ stored: [Paper], _ outcomes: [PaperStore.UpsertOutcome]) {
        guard let source = batch.source else {
            for paper in stored { unsourced.formUnion([paper.id] + paper.alternateIDs) }
            return
        }
        ids[source, default: []] += batch.papers.map(\.id)
        for (paper, outcome) in zip(stored, outcomes) { if case .added = outcome { added.insert(paper.id) } }
        if !batch.skipped.isEmpty || !batch.failedFiles.isEmpty { incomplete.insert(source) }
    }
}

extension PaperStore.Writer {
    /// Remembers sources that have been read to their ends.
    ///
    /// A record that a source had before is missing if no record that it has now leads to the same paper. If a record
    /// of the source could not be read, or it has none at all, nobody can tell which are missing, and none is. A
    /// paper that the library had before from elsewhere never goes missing with a source.
    ///
    /// - Parameters:
    ///   - sources: The sources.
    ///   - read: Their records.
    /// - Returns: The records that a source had before and no longer has.
    /// - Throws: `PaperStoreError`.
    func remember(_ sources: [RememberedSource], _ read: SourceRecords) throws(PaperStoreError) -> [MissingRecord] {
        try disown(read.unsourced)
        if sources.isEmpty { return [] }
        let known = Dictionary(try self.sources().map { ($0.name, $0) }) { first, _ in first }
        let owned = Set(known.values.flatMap { $0.records + $0.missing })
        var missing: [MissingRecord] = []
        for source in sources {
            var seen: Set<String> = []
            let all = (read.ids[source.name] ?? []).filter { seen.insert($0).inserted }
            let ids = try ownedIDs(all, read.added, owned)
            let before = known[source.name]
            var present = PaperKeySet()
            if before != nil { for id in all { if let key = try key(forID: id) { present.insert(key) } } }
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
            if read.incomplete.contains(source.name) || all.isEmpty { now.records += gone } else { now.missing += gone }
            if now != before { try setSource(now) }
            missing += now.missing.map { MissingRecord(source: source.name, id: $0) }
        }
        return missing
    }

    /// The records of a source whose papers it brought, or that another source brought.
    private func ownedIDs(
        _ ids: [String], _ added: Set<String>, _ owned: Set<String>
    ) throws(PaperStoreError) -> [String] {
        let others = ids.filter { !added.contains($0) && !owned.contains($0) }
        if others.isEmpty { return ids }
        // A record whose id is new may still be of a paper that a source brought: somebody corrected its title.
        var papers = PaperKeySet()
        for id in owned { if let key = try key(forID: id) { papers.insert(key) } }
        var foreign: Set<String> = []
        for id in others {
            if let key = try key(forID: id), papers.contains(key) { continue }
            foreign.insert(id)
        }
        return ids.filter { !foreign.contains($0) }
    }

    /// Takes records out of all sources, because their papers have another origin, too.
    ///
    /// - Throws: `PaperStoreError`.
    func disown(_ ids: Set<String>) throws(PaperStoreError) {
        if ids.isEmpty { return }
        for source in try sources() {
            var rest = source
            rest.records.removeAll(where: ids.contains)
            rest.missing.removeAll(where: ids.contains)
            if rest != source { try setSource(rest) }
        }
    }
}
