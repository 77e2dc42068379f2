import Foundation
import Papers

/// What most papers do not have, as one JSON object with sorted keys. A key that a paper has nothing for is left out.
struct PaperDetails: Hashable, Codable {
    private var date: String?
    private var type: String?
    private var language: String?
    private var citationKey: String?
    private var collections: [String]?
    private var tags: [String]?
    private(set) var fields: [Paper.Field]?
    private var notes: [String]?
    private var attachments: [String]?
    private var attributes: [String: [String]]?

    private init() {}

    private static let none = PaperDetails()

    /// Takes the details of a paper.
    init(_ paper: Paper) {
        (date, type, language, citationKey) = (paper.date, paper.type, paper.language, paper.citationKey)
        collections = paper.collections.isEmpty ? nil : paper.collections
        tags = paper.tags.isEmpty ? nil : paper.tags
        fields = paper.fields.isEmpty ? nil : paper.fields
        notes = paper.notes.isEmpty ? nil : paper.notes
        attachments = paper.attachments.isEmpty ? nil : paper.attachments
        attributes = paper.attributes.isEmpty ? nil : paper.attributes
    }

    /// Reads the object; `nil` if the text is none. No text is a paper without details.
    init?(json: String?) {
        guard let json else {
            self.init()
            return
        }
        guard let details = try? JSONDecoder().decode(Self.self, from: Data(json.utf8)) else { return nil }
        self = details
    }

    /// The text fields of a paper with these details, read without the rest where there are none, as in most papers.
    /// Damaged details have none.
    static func fields(inJSON json: String?) -> [Paper.Field] {
        guard let json, json.utf8.contains(fieldsKey) else { return [] }
        return PaperDetails(json: json)?.fields ?? []
    }

    private static let fieldsKey = Array("\"fields\":[".utf8)

    /// The object; `nil` if it is empty.
    var json: String? {
        if self == .none { return nil }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Puts the details into a paper.
    func fill(_ paper: inout Paper) {
        (paper.date, paper.type, paper.language, paper.citationKey) = (date, type, language, citationKey)
        paper.collections = collections ?? []
        paper.tags = tags ?? []
        paper.fields = fields ?? []
        paper.notes = notes ?? []
        paper.attachments = attachments ?? []
        paper.attributes = attributes ?? [:]
    }

    /// Puts what facts have of the details into them.
    func fill(_ facts: inout PaperFacts) {
        facts.type = type
        facts.tags = tags ?? []
        facts.collections = collections ?? []
    }
}
