import PaperStore
public import Papers

extension Library {
    /// Makes a person's edits to papers: tags, collections and notes. Rankings stay as they are.
    ///
    ///     try library.edit(ids: ["arxiv:2402.04617"], by: [.addTag("to read"), .addToCollection("Thesis/Memory")])
    ///
    /// - Parameters:
    ///   - ids: The ids or alternate ids of papers.
    ///   - edits: What to do with each, one after another.
    ///   - name: What the change is called in ``lastChanges()``, in a few words: `tag to read`.
    /// - Returns: The ids of the papers that changed, in the order of `ids`.
    /// - Throws: `AkinError`: `paperNotFound` for an unknown id, and no paper is changed then; `invalidArgument` for a
    ///   tag or
    ///   a collection that is empty or of more than 200 bytes; `locked`, `noLibrary`, `noSpace`, `cannotWrite`,
    ///   `damaged`.
    /// - Complexity: One transaction, about 50 microseconds for each paper.
    @discardableResult
    public func edit(ids: [String], by edits: [PaperEdit], as name: String = "edit") throws(AkinError) -> [String] {
        for edit in edits { try Self.validate(edit) }
        var changed: [String] = []
        try change(name) { store in
            var seen: Set<PaperKey> = []
            let keys = try ids.map { try store.requiredKey(forID: $0) }.filter { seen.insert($0).inserted }
            changed = try store.ids(forKeys: store.edit(keys, by: edits))
            return LibraryChange()
        }
        return changed
    }

    /// Makes sure that a paper can be found by a tag or a collection.
    private static func validate(_ edit: PaperEdit) throws(AkinError) {
        switch edit {
        case .addTag(let name), .addToCollection(let name):
            let isUsable = !tidied(name).isEmpty && name.utf8.count <= longestName && name.contains { $0 != "/" }
            guard isUsable else {
                throw AkinError(
                    .invalidArgument,
                    "Cannot file papers under '\(tidied(name).prefix(40))': a name has a letter and at most "
                        + "\(longestName) bytes.")
            }
        case .removeTag, .removeFromCollection, .addNote, .removeNote, .removeNotes: break
        }
    }

    /// Longer values are texts, and nothing is filtered by them.
    private static let longestName = 200

    /// The values of a field with the number of papers that have each, most papers first: those of `tag`, `collection`,
    /// `type`, `language` or any field of a source.
    ///
    /// - Throws: `AkinError` with code `damaged` if the store cannot be read.
    /// - Complexity: A scan of the labels of the field.
    public func values(ofField field: String) throws(AkinError) -> [(value: String, paperCount: Int)] {
        try readPapers { try $0.labelCounts(ofField: field) }
    }
}

/// A change of a library that can be taken back.
public struct LibraryPastChange: Hashable, Sendable {
    /// What was done: `add`, `remove`, `merge`, `tag`.
    public var name: String
    /// When, in seconds since 1970.
    public var time: Int
    /// How many papers it stored, altered ones included.
    public var storedCount: Int
    /// How many papers it removed or altered.
    public var formerCount: Int
    /// Some of the papers that it removed, altered or stored, three at most.
    public var papers: [Paper]
}

/// What taking back a change did.
public struct UndoReport: Hashable, Sendable {
    /// The change.
    public var change: LibraryPastChange
    /// The papers that the change had added and that are gone.
    public var removed: [Paper]
    /// The papers that are as they were before the change.
    public var restored: [Paper]
}

extension Library {
    /// The changes that `undo()` takes back, the last one first. Changes of vectors, and of models, are none.
    ///
    /// - Throws: `AkinError` with code `damaged` if the store cannot be read.
    public func lastChanges() throws(AkinError) -> [LibraryPastChange] {
        try readPapers { papers in
            try papers.pastChanges().map { change in
                LibraryPastChange(change, papers: try papers.papers(of: change, limit: Self.namedPapers))
            }
        }
    }

    /// The papers of a past change that are told.
    private static let namedPapers = 3

    /// Takes back the last change of papers: an addition, a removal, a merge, an edit. Called again, it takes back the
    /// one before.
    ///
    /// Up to 20 changes are kept, with the papers that they removed or altered and with what was known of sources: the
    /// last one up to 64 MB, and those before it up to a fifth of the store. A given vector comes back if its space has
    /// the same encoder. A repair may forget the changes.
    ///
    /// - Returns: What was taken back; `nil` if no change is kept.
    /// - Throws: `AkinError`: `invalidArgument` for a change that took away too much to be kept, 64 MB; `locked`,
    ///   `noLibrary`, `noSpace`, `cannotWrite`, `damaged`.
    /// - Complexity: That of adding and removing the papers.
    public func undo() throws(AkinError) -> UndoReport? {
        var report: UndoReport?
        try change("undo", keepsChange: false) { store in
            guard let change = try store.pastChanges().first else { return LibraryChange() }
            guard change.isWhole else {
                throw AkinError(
                    .invalidArgument,
                    "Cannot take back the last change, '\(change.kind)' of \(change.formerCount) papers: it was too "
                        + "large to be kept. Add the papers again.")
            }
            guard let undone = try store.takeBackLastChange() else { return LibraryChange() }
            report = UndoReport(
                change: LibraryPastChange(
                    change, papers: Array((undone.restoredPapers + undone.removedPapers).prefix(Self.namedPapers))),
                removed: undone.removedPapers, restored: undone.restoredPapers)
            return LibraryChange(
                newKeys: PaperKeySet(undone.restored), removedKeys: PaperKeySet(undone.removed),
                vectorKeys: undone.vectorKeys.mapValues { PaperKeySet($0) })
        }
        return report
    }
}

extension LibraryPastChange {
    init(_ change: PaperStore.PastChange, papers: [Paper]) {
        self.init(
            name: change.kind, time: change.time, storedCount: change.storedKeys.count,
            formerCount: change.formerCount, papers: papers)
    }
}

extension Library {
    /// A tag or a collection in the spelling that papers have already, whatever its case.
    ///
    /// - Parameters:
    ///   - name: The name, as a person writes it. Of a collection inside others, the outer ones may be there already.
    ///   - field: The field of papers: `tag` or `collection`.
    ///   - values: The names that a paper has.
    /// - Returns: The name.
    /// - Throws: `AkinError` with code `damaged` if the store cannot be read.
    public func existingSpelling(
        of name: String, field: String, _ values: (Paper) -> [String]
    ) throws(AkinError) -> String {
        let parts = tidied(name).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        for count in stride(from: parts.count, to: 0, by: -1) {
            let outer = parts.prefix(count).joined(separator: "/").lowercased()
            func isInside(_ value: String) -> Bool { value == outer || value.hasPrefix(outer + "/") }
            let known = try self.values(ofField: field).first { isInside($0.value) }
            guard let known else { continue }
            let paper = try papers(matching: PaperFilter(attributes: [field: [known.value]]), limit: 1).first
            let spelled = paper.map(values)?.first { isInside(tidied($0).lowercased()) }
            guard let spelled else { continue }
            let begun = spelled.split(separator: "/", omittingEmptySubsequences: false).map(String.init).prefix(count)
            return (begun + parts.dropFirst(count)).joined(separator: "/")
        }
        return name
    }
}
