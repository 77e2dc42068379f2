import Papers

/// The fields that the query language knows by name. Any other field is asked for by `name=value`.
enum QueryField: String, CaseIterable {
    case title, abstract, note, author, venue, year, category, tag
    case collection = "in"
    case type
    case language = "lang"
    case has, added
    case state = "is"
    case id, key

    /// Finds a field by its name, whatever the case.
    init?(named name: String) {
        let name = name.lowercased()
        guard let field = Self(rawValue: name) ?? Self.otherNames[name] else { return nil }
        self = field
    }

    private static let otherNames: [String: Self] = [
        "collection": .collection, "language": .language, "journal": .venue, "notes": .note, "years": .year,
    ]

    /// The name of the label that the field compares; `nil` if it compares something else.
    var label: String? {
        switch self {
        case .tag: "tag"
        case .collection: "collection"
        case .type: "type"
        case .language: "language"
        case .key: "citationKey"
        default: nil
        }
    }

    /// The expression for a value.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - isQuoted: Whether it stands between quotation marks.
    /// - Returns: The expression; `nil` if the field cannot have the value.
    func expression(_ value: String, isQuoted: Bool) -> QueryExpression? {
        if let label { return .condition(.label(name: label, value: value)) }
        switch self {
        case .title: return .condition(.text(.title, words: value, isExact: isQuoted))
        case .abstract: return .condition(.text(.abstract, words: value, isExact: isQuoted))
        case .note: return .condition(.text(.notes, words: value, isExact: isQuoted))
        case .author: return .condition(.author(value))
        case .venue: return .condition(.venue(value))
        case .category: return .condition(.category(value))
        case .id: return .condition(.id(value))
        case .year: return YearRange(value).map { .condition(.years($0)) }
        case .has: return property(value.lowercased()).map { .condition(.has($0)) }
        case .added: return AddedTime(value).map { .condition(.added($0)) }
        case .state: return state(value.lowercased())
        case .tag, .collection, .type, .language, .key: return nil
        }
    }

    /// What the values of the field are, if not any text is one.
    var valuesText: String {
        switch self {
        case .year: "2023, 2020..2023, 2023.. or ..2020"
        case .has: QueryCondition.Property.allCases.map(\.rawValue).joined(separator: ", ")
        case .added: "7d, 2w, 3m, 1y or a day such as 2026-11-28"
        case .state: "read, unread or hidden"
        default: "a text"
        }
    }

    private func property(_ name: String) -> QueryCondition.Property? {
        let plurals = [
            "author": "authors", "tag": "tags", "note": "notes", "files": "file", "collection": "collections",
        ]
        return QueryCondition.Property(rawValue: plurals[name] ?? name)
    }

    /// Whether a paper was read or hidden is a tag.
    private func state(_ name: String) -> QueryExpression? {
        switch name {
        case "read", "hidden": .condition(.label(name: "tag", value: name))
        case "unread": .not(.condition(.label(name: "tag", value: "read")))
        default: nil
        }
    }
}
