import JSONReading
import Papers

// MARK: - Values of fields

extension JSONReader {
    /// Reads a text or `null`.
    mutating func text(of field: String) throws(JSONError) -> String? {
        switch try kind() {
        case .string:
            return try string()
        case .null:
            try skipValue()
            return nil
        case let kind:
            throw unexpected(kind, field, "a text")
        }
    }

    /// Reads a text, `null`, or a list whose first text it is, as Crossref writes titles.
    mutating func titleText(of field: String) throws(JSONError) -> String? {
        guard try kind() == .array else { return try text(of: field) }
        return try value().texts.first
    }

    /// Reads a text, `null` or a number. A number becomes its digits, as they are written.
    mutating func id(of field: String) throws(JSONError) -> String? {
        try kind() == .number ? try number() : try text(of: field).map(tidied)
    }

    /// Reads a list of texts, one text or `null`. A `null` in the list is ignored.
    mutating func texts(of field: String) throws(JSONError) -> [String]? {
        guard try kind() == .array else { return try text(of: field).map { [$0] } }
        var texts: [String] = []
        try array { (reader) throws(JSONError) in
            if let text = try reader.text(of: "\(field)[\(texts.count)]") { texts.append(text) }
        }
        return texts
    }

    /// Reads a text or `null`; of an object its name, and of a list the first one.
    mutating func name(of field: String) throws(JSONError) -> String? {
        switch try kind() {
        case .object: return try value().nameText
        case .array: return try value().elements.lazy.compactMap(\.nameText).first
        default: return try text(of: field)
        }
    }

    /// Reads a list of texts or of objects with names, one text or `null`.
    mutating func names(of field: String) throws(JSONError) -> [String]? {
        guard try kind() == .array else { return try text(of: field).map { [$0] } }
        var names: [String] = []
        try array { (reader) throws(JSONError) in
            if try reader.kind() == .object {
                if let name = try reader.value().nameText { names.append(name) }
            } else if let text = try reader.text(of: "\(field)[\(names.count)]") {
                names.append(text)
            }
        }
        return names
    }

    /// Reads authors: a list of texts, which stay as they are written, a list of objects, one of these inside an object,
    /// as IEEE has it, or one text that lists them.
    ///
    /// - Returns: The names, and whether they came in another way than Akin writes them.
    mutating func authors(of field: String) throws(JSONError) -> ([String]?, isForeign: Bool) {
        if try kind() == .object {
            let value = try value()
            let people = value["authors"] ?? value["author"] ?? value
            let names = people.elements.compactMap(\.personName)
            return (names.isEmpty ? nil : names, true)
        }
        guard try kind() == .array else {
            guard let text = try text(of: field) else { return (nil, false) }
            let names = authorNames(in: text)
            return names.count > 1 ? (names, true) : ([text], false)
        }
        var names: [String] = []
        var isForeign = false
        try array { (reader) throws(JSONError) in
            if try reader.kind() == .object {
                isForeign = true
                if let name = try reader.value().personName { names.append(name) }
            } else if let text = try reader.text(of: "\(field)[\(names.count)]") {
                names.append(text)
            }
        }
        return (names, isForeign)
    }

    /// Reads a year from a number or a text, or the date in its place. Any other value is dropped without an error,
    /// because the paper is worth more than its year.
    mutating func year() throws(JSONError) -> RecordYear? {
        let written: String
        switch try kind() {
        case .number:
            written = try number()
        case .string:
            written = tidied(try string())
            if written.isEmpty { return nil }
        case .null:
            try skipValue()
            return nil
        case let kind:
            try skipValue()
            return .dropped("(\(kind.rawValue))")
        }
        if let year = YearRange.year(written[...]) { return .known(year) }
        if written.hasSuffix(".0"), let year = YearRange.year(written.dropLast(2)) { return .known(year) }
        return PublicationDate(written).map { .dated($0) } ?? .dropped("'\(written.prefix(20))'")
    }

    /// Reads OpenAlex's form of an abstract, an object that has the places of each word.
    mutating func invertedText() throws(JSONError) -> String? {
        guard try kind() == .object else {
            try skipValue()
            return nil
        }
        var words: [(place: Int, word: String)] = []
        try object { (reader, word) throws(JSONError) in
            for element in try reader.value().elements {
                if let digits = element.text, let place = Int(digits) { words.append((place, word)) }
            }
        }
        return words.isEmpty ? nil : words.sorted { $0.place < $1.place }.map(\.word).joined(separator: " ")
    }

    private func unexpected(_ kind: Kind, _ field: String, _ expected: String) -> JSONError {
        JSONError(.unexpected, offset: 0, problem: "field '\(field)' holds \(kind.rawValue), not \(expected)")
    }
}

// MARK: - Objects of several sources

extension JSONValue {
    /// Whether the value is a number.
    var isNumber: Bool {
        if case .number = self { true } else { false }
    }

    /// A text, or what an object of any source is called: a venue, a subject, a tag.
    var nameText: String? {
        text
            ?? text(
                of: "name", "display_name", "tag", "keyword", "term", "category", "title", "descriptor_name", "label")
    }

    /// The name of a person or body in reading order, as CSL, Zotero, Mendeley, OpenAlex and others write it.
    var personName: String? {
        if let text { return readingOrder(ofName: text) }
        if let author = self["author"], author.isObject { return author.personName ?? text(of: "raw_author_name") }
        if let literal = text(of: "literal") { return literal }
        let family = text(of: "family", "lastName", "last_name", "lastname", "surname", "last", "familyName")
        guard let family else {
            return text(of: "name", "display_name", "full_name", "fullName", "fullname", "displayName", "given")
                .map { self["creatorType"] == nil ? readingOrder(ofName: $0) : $0 }
        }
        let given = text(of: "given", "firstName", "first_name", "firstname", "forename", "first", "givenName")
        let middle =
            text(of: "middle", "middle_name", "middleName")
            ?? self["middle"]?.texts.joined(separator: " ")
        let words = [
            given, middle, text(of: "dropping-particle"), text(of: "non-dropping-particle"), family, text(of: "suffix"),
        ]
        return words.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// The date of CSL's and Crossref's `date-parts`, of their raw or literal form, or of a text.
    var dateText: String? {
        if let text { return text }
        if let parts = self["date-parts"]?.elements.first {
            let numbers = parts.texts.compactMap { Int($0) }
            if let year = numbers.first {
                let rest = numbers.dropFirst()
                return PublicationDate(year: year, month: rest.first, day: rest.dropFirst().first)?.text
            }
        }
        return text(of: "raw", "literal", "date-time", "$date")
    }
}
