/// What became of one record.
enum RecordOutcome: Sendable {
    /// A paper, and a note about it if there is one.
    case paper(Paper, note: String?)

    /// No paper, and why.
    case skipped(SkippedRecord.Code, reason: String)
}

/// The fields of a record in JSON, Akin's own or BEIR's, before they are a paper.
///
/// Akin's keys count more than BEIR's `_id` and `text`, and those more than what is in BEIR's `metadata`, in whatever
/// order they stand.
struct PaperRecord {
    private var id: String?
    private var beirID: String?
    private var title: String?
    private var abstract: String?
    private var beirText: String?
    private var details = Details()
    private var metadata = Details()
    private var alternateIDs: [String]?

    /// Decodes the record that lies in a range of bytes.
    ///
    /// - Parameters:
    ///   - bytes: The bytes that hold the record.
    ///   - range: Where it lies.
    ///   - keepsEmpty: Whether a record with neither title nor abstract is kept; it needs an id.
    /// - Returns: The paper, or why there is none.
    static func decode(_ bytes: [UInt8], in range: Range<Int>, keepsEmpty: Bool) -> RecordOutcome {
        var reader = JSONReader(bytes, in: range)
        do throws(JSONError) {
            let kind = try reader.kind()
            guard kind == .object else { return .skipped(.notAnObject, reason: "not an object but \(kind.rawValue)") }
            var record = PaperRecord()
            try reader.object { (reader, key) throws(JSONError) in try record.read(key, &reader) }
            try reader.finish()
            return record.outcome(keepsEmpty: keepsEmpty)
        } catch {
            return switch error.code {
            case .notJSON: .skipped(.notJSON, reason: "not JSON: \(error)")
            case .notUTF8: .skipped(.notUTF8, reason: "not UTF-8: \(error)")
            case .unexpected: .skipped(.wrongType, reason: error.problem)
            }
        }
    }

    private func outcome(keepsEmpty: Bool) -> RecordOutcome {
        var note: String?
        if case .dropped(let text) = details.year { note = "the year \(text) is not four digits and was dropped" }
        let paper = Paper(
            id: id.nonEmpty ?? beirID,
            title: title ?? "",
            abstract: abstract ?? beirText ?? "",
            authors: details.authors ?? metadata.authors ?? [],
            year: details.year?.number ?? metadata.year?.number,
            venue: details.venue ?? metadata.venue,
            categories: details.categories ?? metadata.categories ?? [],
            keywords: details.keywords ?? metadata.keywords ?? [],
            url: details.url ?? metadata.url,
            alternateIDs: alternateIDs ?? []
        )
        let hasID = id.nonEmpty != nil || beirID.nonEmpty != nil
        guard !paper.isEmpty || (keepsEmpty && hasID) else {
            return .skipped(.noTitleAndNoAbstract, reason: "neither a title nor an abstract")
        }
        return .paper(paper, note: note)
    }

    private mutating func read(_ key: String, _ reader: inout JSONReader) throws(JSONError) {
        switch key {
        case "id": id = try reader.id(of: key)
        case "_id": beirID = try reader.id(of: key)
        case "title": title = try reader.text(of: key)
        case "abstract": abstract = try reader.text(of: key)
        case "text": beirText = try reader.text(of: key)
        case "alt_ids": alternateIDs = try reader.texts(of: key)
        case "metadata": try readMetadata(&reader)
        default: try details.read(key, &reader)
        }
    }

    /// Reads BEIR's free-form object, of which nothing has to be as we know it.
    private mutating func readMetadata(_ reader: inout JSONReader) throws(JSONError) {
        guard try reader.kind() == .object else { return try reader.skipValue() }
        try reader.object { (reader, key) throws(JSONError) in
            var attempt = reader
            do throws(JSONError) {
                try metadata.read(key, &attempt)
                reader = attempt
            } catch {
                guard error.code == .unexpected else { throw error }
                try reader.skipValue()
            }
        }
    }

    /// What Akin's own records and BEIR's metadata have in common.
    private struct Details {
        var authors: [String]?
        var year: RecordYear?
        var venue: String?
        var categories: [String]?
        var keywords: [String]?
        var url: String?

        mutating func read(_ key: String, _ reader: inout JSONReader) throws(JSONError) {
            switch key {
            case "authors": authors = try reader.texts(of: key)
            case "year": year = try reader.year()
            case "venue": venue = try reader.text(of: key)
            case "categories": categories = try reader.texts(of: key)
            case "keywords": keywords = try reader.texts(of: key)
            case "url": url = try reader.text(of: key)
            default: try reader.skipValue()
            }
        }
    }
}

/// What a record says of its year.
private enum RecordYear {
    case known(Int)
    case dropped(String)

    var number: Int? {
        if case .known(let number) = self { number } else { nil }
    }
}

// MARK: - Values of fields

extension JSONReader {
    /// Reads a text or `null`.
    fileprivate mutating func text(of field: String) throws(JSONError) -> String? {
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

    /// Reads a text, `null` or a number, which is taken as its digits.
    fileprivate mutating func id(of field: String) throws(JSONError) -> String? {
        try kind() == .number ? try number() : try text(of: field).map(tidied)
    }

    /// Reads a list of texts, one text or `null`; `null` in the list is passed by.
    fileprivate mutating func texts(of field: String) throws(JSONError) -> [String]? {
        guard try kind() == .array else { return try text(of: field).map { [$0] } }
        var texts: [String] = []
        try array { (reader) throws(JSONError) in
            if let text = try reader.text(of: "\(field)[\(texts.count)]") { texts.append(text) }
        }
        return texts
    }

    /// Reads a year out of a number or a text. Nothing else is an error either, because the paper is worth more than
    /// its year.
    fileprivate mutating func year() throws(JSONError) -> RecordYear? {
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
        return YearRange.year(written[...]).map { .known($0) } ?? .dropped("'\(written.prefix(20))'")
    }

    private func unexpected(_ kind: Kind, _ field: String, _ expected: String) -> JSONError {
        JSONError(.unexpected, offset: 0, problem: "field '\(field)' holds \(kind.rawValue), not \(expected)")
    }
}
