import Akin
import AkinAgents
import AkinReports
import HTTPTypes
import Papers

/// Edits of papers, as a body of JSON says them.
struct PaperChanges: Sendable {
    private let edits: [PaperEdit]

    private static let keys = [
        "addTags", "removeTags", "addCollections", "removeCollections", "addNotes", "removeNotes",
    ]

    private static let mostTexts = 10_000

    /// The schema of the body.
    static func schema(name: String, with further: [JSONSchema.Property] = []) -> JSONSchema {
        .object(
            name: name,
            further + keys.map { JSONSchema.Property(name: $0, schema: .list(.string), isRequired: false) }
                + [JSONSchema.Property(name: "read", schema: .boolean, isRequired: false)], isClosed: true)
    }

    /// Reads a body.
    ///
    /// - Throws: ``Problem`` for one that says nothing, or something that is not known.
    init(_ body: [String: JSONValue]) throws(Problem) {
        try body.checkKeys(Self.keys + ["read"])
        func texts(_ key: String) throws(Problem) -> [String] { try Self.texts(body[key], key) ?? [] }
        var edits = try texts("removeTags").map(PaperEdit.removeTag)
        edits += try texts("addTags").map(PaperEdit.addTag)
        edits += try texts("removeCollections").map(PaperEdit.removeFromCollection)
        edits += try texts("addCollections").map(PaperEdit.addToCollection)
        edits += try texts("removeNotes").map(PaperEdit.removeNote)
        edits += try texts("addNotes").map(PaperEdit.addNote)
        if let read = body["read"] {
            guard let isRead = read.bool else { throw .invalid("read", "takes true or false") }
            edits.append(isRead ? .addTag(Paper.readTag) : .removeTag(Paper.readTag))
        }
        guard !edits.isEmpty else { throw Problem(.unprocessableContent, "The body says nothing to change.") }
        self.edits = edits
    }

    /// Takes edits.
    init(_ edits: [PaperEdit]) { self.edits = edits }

    /// A list of texts, `nil` for an absent one.
    static func texts(_ value: JSONValue?, _ key: String) throws(Problem) -> [String]? {
        guard let value else { return nil }
        let texts = value.array?.compactMap(\.string)
        guard let texts, texts.count == value.array?.count, texts.count <= mostTexts else {
            throw .invalid(key, "takes a list of at most \(mostTexts) texts")
        }
        return texts
    }

    /// Makes the edits, in the spelling that tags and collections have already.
    ///
    /// - Parameters:
    ///   - names: The ids or other names of the papers.
    ///   - library: The library.
    /// - Returns: Which papers changed.
    /// - Throws: `AkinError`; no paper is changed then.
    func make(on names: [String], of library: Library) async throws -> EditReport {
        let edits = edits
        return try await library.inBackground { library in
            let ids = try names.map { try library.paper(named: $0).id }
            let spelled = try edits.map { try $0.spelled(as: library) }
            let changed = try library.edit(ids: ids, by: spelled, as: spelled.map(\.name).joined(separator: ", "))
            return EditReport(changed: changed, unchanged: Set(ids).count - changed.count)
        }
    }
}

extension PaperEdit {
    /// The edit with the name of the tag or the collection as papers have it already.
    fileprivate func spelled(as library: Library) throws -> PaperEdit {
        switch self {
        case .addTag(let tag): .addTag(try library.existingSpelling(of: tag, field: "tag") { $0.tags })
        case .addToCollection(let path):
            .addToCollection(try library.existingSpelling(of: path, field: "collection") { $0.collections })
        case .removeTag, .removeFromCollection, .addNote, .removeNote, .removeNotes: self
        }
    }

    /// What the change is called among those that can be taken back.
    fileprivate var name: String {
        switch self {
        case .addTag(let tag): "tag \(tag)"
        case .removeTag(let tag): "untag \(tag)"
        case .addToCollection(let path): "collect \(path)"
        case .removeFromCollection(let path): "uncollect \(path)"
        case .addNote: "note"
        case .removeNote, .removeNotes: "remove note"
        }
    }
}
