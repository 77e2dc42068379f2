import JSONReading
import Papers

/// Data about a scholarly article in a script of a page, in the words of schema.org (JSON-LD).
enum LinkedData {
    /// A value of JSON.
    private indirect enum Value {
        case text(String)
        case list([Value])
        case object([String: Value])
        case other
    }

    /// The types of schema.org that are publications, and their types by the Citation Style Language.
    private static let types = [
        "ScholarlyArticle": "article-journal", "MedicalScholarlyArticle": "article-journal", "Thesis": "thesis",
        "Chapter": "chapter", "Report": "report",
    ]

    /// The first article that a page describes.
    static func article(in document: HTMLDocument) -> PaperDraft? {
        let scripts = document.root.descendants { element in
            element.name == "script" && element.attributes["type"]?.lowercased().contains("ld+json") == true
        }
        for script in scripts {
            let bytes = Array(script.rawText.utf8)
            var reader = JSONReader(bytes, in: bytes.indices)
            guard let value = try? value(&reader, depth: 0) else { continue }
            if let article = article(in: value) { return article }
        }
        return nil
    }

    private static func value(_ reader: inout JSONReader, depth: Int) throws(JSONError) -> Value {
        let kind = try reader.kind()
        guard depth < 32 else {
            try reader.skipValue()
            return .other
        }
        switch kind {
        case .string: return .text(try reader.string())
        case .number: return .text(try reader.number())
        case .array:
            var list: [Value] = []
            try reader.array { (reader) throws(JSONError) in list.append(try value(&reader, depth: depth + 1)) }
            return .list(list)
        case .object:
            var fields: [String: Value] = [:]
            try reader.object { (reader, key) throws(JSONError) in
                fields[key] = try value(&reader, depth: depth + 1)
            }
            return .object(fields)
        case .boolean, .null:
            try reader.skipValue()
            return .other
        }
    }

    private static func article(in value: Value) -> PaperDraft? {
        switch value {
        case .list(let list): return list.lazy.compactMap { article(in: $0) }.first
        case .object(let fields):
            if let type = texts(fields["@type"]).lazy.compactMap({ types[$0] }).first {
                return draft(fields, type: type)
            }
            return ["@graph", "mainEntity"].lazy.compactMap { fields[$0].flatMap { article(in: $0) } }.first
        case .text, .other: return nil
        }
    }

    private static func draft(_ fields: [String: Value], type: String) -> PaperDraft? {
        func first(_ names: String...) -> String? { names.lazy.compactMap { texts(fields[$0]).first }.first }
        var draft = PaperDraft()
        draft.title = first("headline", "name") ?? ""
        guard !draft.title.isEmpty else { return nil }
        draft.type = type
        draft.abstract = first("abstract", "description") ?? ""
        draft.authors = texts(fields["author"] ?? fields["creator"]).map(readingOrder(ofName:))
        draft.take(first("datePublished", "dateCreated").flatMap { PublicationDate($0) })
        draft.venue = first("isPartOf")
        draft.language = first("inLanguage").map(languageTag)
        draft.keywords = texts(fields["keywords"]).flatMap { $0.split(separator: ",").map(String.init) }
        draft.url = first("url")
        for id in texts(fields["identifier"]) + texts(fields["sameAs"]) + texts(fields["@id"]) + texts(fields["doi"]) {
            draft.identify(id)
        }
        if let url = draft.url, let link = PaperLink(url) { draft.identify(link) }
        if let publisher = first("publisher") { draft.add(publisher, to: "publisher") }
        return draft
    }

    /// The texts of a value: itself, those of a list, or the name or value of an object.
    private static func texts(_ value: Value?) -> [String] {
        switch value {
        case .text(let text): [text]
        case .list(let list): list.flatMap { texts($0) }
        case .object(let fields): texts(fields["name"] ?? fields["value"] ?? fields["@value"])
        case .other, nil: []
        }
    }
}
