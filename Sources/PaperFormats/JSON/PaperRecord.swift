import Papers

/// The result of decoding one record.
enum RecordOutcome: Sendable {
    /// A paper, possibly with a remark about it.
    case paper(Paper, note: String?)

    /// The record is not a paper, and the reason.
    case skipped(SkippedRecord.Code, reason: String)
}

/// The fields of a record in JSON, in Akin's form or BEIR's.
///
/// The keys may stand in any order. Akin's keys take precedence over BEIR's `_id` and `text`, and these over the keys
/// inside BEIR's `metadata`.
struct PaperRecord {
    private var id: String?
    private var beirID: String?
    private var title: String?
    private var abstract: String?
    private var beirText: String?
    private var details = Details()
    private var metadata = Details()
    private var alternateIDs: [String]?
    private var formerAlternateIDs: [String]?

    /// Decodes the record that lies in a range of bytes.
    ///
    /// - Parameters:
    ///   - bytes: The bytes that hold the record.
    ///   - range: The bytes of the record.
    ///   - line: The line of the file on which the record begins, from 1.
    ///   - keepsEmpty: Whether a record with neither title nor abstract is kept. It needs an id.
    /// - Returns: The paper, or the reason why there is none.
    static func decode(_ bytes: [UInt8], in range: Range<Int>, line: Int, keepsEmpty: Bool) -> RecordOutcome {
        var reader = JSONReader(bytes, in: range)
        do throws(JSONError) {
            let kind = try reader.kind()
            guard kind == .object else {
                // A text that only begins like a value is no value.
                try reader.skipValue()
                try reader.finish()
                return .skipped(.notAnObject, reason: "not an object but \(kind.rawValue)")
            }
            var record = PaperRecord()
            try reader.object { (reader, key) throws(JSONError) in try record.read(key, &reader) }
            try reader.finish()
            return record.outcome(keepsEmpty: keepsEmpty)
        } catch {
            let place = place(of: range.lowerBound + error.offset, in: bytes[range], firstLine: line)
            return switch error.code {
            case .notJSON: .skipped(.notJSON, reason: "not JSON at \(place): \(error.problem)")
            case .notUTF8: .skipped(.notUTF8, reason: "not UTF-8 at \(place): \(error.problem)")
            case .unexpected: .skipped(.wrongType, reason: error.problem)
            }
        }
    }

    /// A position in a record as line and column of the file: `3:17`. Columns count characters of Unicode, from 1.
    private static func place(of position: Int, in record: ArraySlice<UInt8>, firstLine: Int) -> String {
        let before = record[record.startIndex..<min(position, record.endIndex)]
        let line = before.reduce(firstLine) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? before.startIndex
        let column = before[lineStart...].reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
        return "\(line):\(column)"
    }

    private func outcome(keepsEmpty: Bool) -> RecordOutcome {
        var note: String?
        if case .dropped(let text) = details.year { note = "the year \(text) is not four digits and was dropped" }
        let hasOwnID = id?.isEmpty == false
        let paper = Paper(
            id: hasOwnID ? id : beirID,
            title: title ?? "",
            abstract: abstract ?? beirText ?? "",
            authors: details.authors ?? metadata.authors ?? [],
            year: details.year?.number ?? metadata.year?.number,
            venue: details.venue ?? metadata.venue,
            categories: details.categories ?? metadata.categories ?? [],
            keywords: details.keywords ?? metadata.keywords ?? [],
            url: details.url ?? metadata.url,
            alternateIDs: alternateIDs ?? formerAlternateIDs ?? [],
            date: details.date ?? metadata.date,
            type: details.type ?? metadata.type,
            language: details.language ?? metadata.language,
            citationKey: details.citationKey ?? metadata.citationKey,
            collections: details.collections ?? metadata.collections ?? [],
            tags: details.tags ?? metadata.tags ?? [],
            notes: details.notes ?? metadata.notes ?? [],
            attachments: details.attachments ?? metadata.attachments ?? [],
            attributes: details.attributes ?? metadata.attributes ?? [:]
        )
        guard !paper.isEmpty || (keepsEmpty && (hasOwnID || beirID?.isEmpty == false)) else {
            return .skipped(.noTitleAndNoAbstract, reason: "neither a title nor an abstract")
        }
        return .paper(paper, note: note)
    }

    private mutating func read(_ key: String, _ reader: inout JSONReader) throws(JSONError) {
        switch Paper.CodingKeys(rawValue: key) {
        case .id: id = try reader.id(of: key)
        case .title: title = try reader.text(of: key)
        case .abstract: abstract = try reader.text(of: key)
        case .alternateIDs: alternateIDs = try reader.texts(of: key)
        case .formerAlternateIDs: formerAlternateIDs = try reader.texts(of: key)
        case let detail?: try details.read(detail, &reader)
        case nil:
            switch key {
            case "_id": beirID = try reader.id(of: key)
            case "text": beirText = try reader.text(of: key)
            case "metadata": try readMetadata(&reader)
            default: try reader.skipValue()
            }
        }
    }

    /// Reads BEIR's free-form object. A key with a value of another type is ignored.
    private mutating func readMetadata(_ reader: inout JSONReader) throws(JSONError) {
        guard try reader.kind() == .object else { return try reader.skipValue() }
        try reader.object { (reader, key) throws(JSONError) in
            guard let key = Paper.CodingKeys(rawValue: key) else { return try reader.skipValue() }
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

    /// The fields that Akin's records and BEIR's metadata have in common.
    private struct Details {
        var authors: [String]?
        var year: RecordYear?
        var venue: String?
        var categories: [String]?
        var keywords: [String]?
        var url: String?
        var date: String?
        var type: String?
        var language: String?
        var citationKey: String?
        var collections: [String]?
        var tags: [String]?
        var notes: [String]?
        var attachments: [String]?
        var attributes: [String: [String]]?

        mutating func read(_ key: Paper.CodingKeys, _ reader: inout JSONReader) throws(JSONError) {
            switch key {
            case .authors: authors = try reader.texts(of: key.rawValue)
            case .year: year = try reader.year()
            case .venue: venue = try reader.text(of: key.rawValue)
            case .categories: categories = try reader.texts(of: key.rawValue)
            case .keywords: keywords = try reader.texts(of: key.rawValue)
            case .url: url = try reader.text(of: key.rawValue)
            case .id, .title, .abstract, .alternateIDs, .formerAlternateIDs: try reader.skipValue()
            case .date, .type, .language, .citationKey, .collections, .tags, .notes, .attachments, .attributes:
                try readExtra(key, &reader)
            }
        }

        /// Reads a key that other programs use as well. A value of another type is ignored.
        private mutating func readExtra(_ key: Paper.CodingKeys, _ reader: inout JSONReader) throws(JSONError) {
            var attempt = reader
            do throws(JSONError) {
                try readTyped(key, &attempt)
                reader = attempt
            } catch {
                guard error.code == .unexpected else { throw error }
                try reader.skipValue()
            }
        }

        private mutating func readTyped(_ key: Paper.CodingKeys, _ reader: inout JSONReader) throws(JSONError) {
            switch key {
            case .date: date = try reader.text(of: key.rawValue)
            case .type: type = try reader.text(of: key.rawValue)
            case .language: language = try reader.text(of: key.rawValue)
            case .citationKey: citationKey = try reader.text(of: key.rawValue)
            case .collections: collections = try reader.texts(of: key.rawValue)
            case .tags: tags = try reader.texts(of: key.rawValue)
            case .notes: notes = try reader.texts(of: key.rawValue)
            case .attachments: attachments = try reader.texts(of: key.rawValue)
            case .attributes: attributes = try reader.attributes(of: key.rawValue)
            default: try reader.skipValue()
            }
        }
    }
}

/// The year of a record.
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

    /// Reads a text, `null` or a number. A number becomes its digits, as they are written.
    fileprivate mutating func id(of field: String) throws(JSONError) -> String? {
        try kind() == .number ? try number() : try text(of: field).map(tidied)
    }

    /// Reads a list of texts, one text or `null`. A `null` in the list is ignored.
    fileprivate mutating func texts(of field: String) throws(JSONError) -> [String]? {
        guard try kind() == .array else { return try text(of: field).map { [$0] } }
        var texts: [String] = []
        try array { (reader) throws(JSONError) in
            if let text = try reader.text(of: "\(field)[\(texts.count)]") { texts.append(text) }
        }
        return texts
    }

    /// Reads an object of texts and lists of texts, or `null`. A number counts as a text.
    fileprivate mutating func attributes(of field: String) throws(JSONError) -> [String: [String]]? {
        switch try kind() {
        case .object: break
        case .null:
            try skipValue()
            return nil
        case let kind: throw unexpected(kind, field, "an object")
        }
        var attributes: [String: [String]] = [:]
        try object { (reader, name) throws(JSONError) in
            let name = name
            let values = try reader.kind() == .number ? [reader.number()] : reader.texts(of: "\(field).\(name)") ?? []
            attributes[name, default: []] += values
        }
        return attributes
    }

    /// Reads a year from a number or a text. Any other value is dropped without an error, because the paper is worth
    /// more than its year.
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
