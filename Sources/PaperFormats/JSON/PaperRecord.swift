import JSONReading
import Papers

/// The fields of a record in JSON, whoever wrote it.
///
/// The keys may stand in any order. Akin's keys take precedence over BEIR's `_id` and `text`, and these over the keys
/// inside BEIR's `metadata`. Keys of other sources are gathered in ``others``, and ``paper(of:)`` makes sense of them
/// when all are known.
struct PaperRecord {
    var id: String?
    var beirID: String?
    var title: String?
    var abstract: String?
    var beirText: String?
    var details = Details()
    var metadata = Details()
    var alternateIDs: [String]?
    var formerAlternateIDs: [String]?

    /// The keys that are neither Akin's nor BEIR's, as far as their values are worth something.
    var others: [(key: String, value: JSONValue)] = []

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
        if !others.isEmpty || details.isRich { return richOutcome(keepsEmpty: keepsEmpty) }
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
            alternateIDs: alternateIDs ?? formerAlternateIDs ?? []
        )
        guard !paper.isEmpty || paper.isReference || (keepsEmpty && (hasOwnID || beirID?.isEmpty == false)) else {
            return .skipped(.noTitleAndNoAbstract, reason: "neither a title nor an abstract")
        }
        return .paper(paper, note: yearNote)
    }

    /// The remark about a year that could not be read.
    var yearNote: String? {
        guard case .dropped(let text) = details.year else { return nil }
        return "the year \(text) is not four digits and was dropped"
    }
}

// MARK: - Reading keys

extension PaperRecord {
    mutating func read(_ key: String, _ reader: inout JSONReader) throws(JSONError) {
        switch Paper.CodingKeys(rawValue: key) {
        case .id: id = try reader.id(of: key)
        case .title: title = try reader.titleText(of: key)
        case .abstract: abstract = try reader.text(of: key)
        case .alternateIDs: alternateIDs = try reader.texts(of: key)
        case .formerAlternateIDs: formerAlternateIDs = try reader.texts(of: key)
        case let detail?: try details.read(detail, &reader)
        case nil:
            switch key {
            case "_id": beirID = try reader.id(of: key)
            case "text" where try reader.kind() == .string: beirText = try reader.text(of: key)
            case "metadata": try readMetadata(&reader)
            default: try readOther(key, &reader)
            }
        }
    }

    /// Reads a key of another source. Objects, and lists of them, are kept only under keys that are known to matter.
    private mutating func readOther(_ key: String, _ reader: inout JSONReader) throws(JSONError) {
        if key == "abstract_inverted_index" {
            let text = try reader.invertedText()
            if abstract == nil { abstract = text }
            others.append((key, .null))
            return
        }
        let isKnown = RecordSource.nestedKeys.contains(key)
        switch try reader.kind() {
        case .object where !isKnown:
            try reader.skipValue()
        case .array where !isKnown:
            let value = try reader.value()
            // A list of many numbers is a vector, and says nothing to a reader.
            let isVector = value.elements.count > Self.longestNumberList && value.elements.allSatisfy { $0.isNumber }
            if !isVector, value.elements.allSatisfy(\.isScalar) { others.append((key, value)) }
        default:
            others.append((key, try reader.value()))
        }
    }

    /// The longest list of numbers that is an attribute.
    private static let longestNumberList = 64

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
    struct Details {
        var authors: [String]?
        /// Whether the authors came as objects or as one text, and thus from another source.
        var hasForeignAuthors = false
        var year: RecordYear?
        var venue: String?
        var categories: [String]?
        var keywords: [String]?
        var url: String?

        /// The fields that few records have.
        var rich: Rich?

        /// Whether the record says more than Akin's first ten keys can.
        var isRich: Bool { rich != nil || hasForeignAuthors || year?.date != nil }

        struct Rich {
            var date: String?
            var type: String?
            var language: String?
            var citationKey: String?
            var collections: [String] = []
            var tags: [String] = []
            /// Tags that a program gave, see Zotero.
            var automaticTags: [String] = []
            var fields: [Paper.Field] = []
            var notes: [String] = []
            var attachments: [String] = []
            var attributes: [(name: String, values: [String])] = []
        }

        mutating func read(_ key: Paper.CodingKeys, _ reader: inout JSONReader) throws(JSONError) {
            switch key {
            case .authors: (authors, hasForeignAuthors) = try reader.authors(of: key.rawValue)
            case .year: year = try reader.year()
            case .venue: venue = try reader.name(of: key.rawValue)
            case .categories: categories = try reader.names(of: key.rawValue)
            case .keywords: keywords = try reader.names(of: key.rawValue)
            case .url: url = try reader.name(of: key.rawValue)
            case .date, .type, .language, .citationKey, .collections, .tags, .fields, .notes, .attachments, .attributes:
                try readRich(key, try reader.value())
            case .id, .title, .abstract, .alternateIDs, .formerAlternateIDs:
                try reader.skipValue()
            }
        }

        private mutating func readRich(_ key: Paper.CodingKeys, _ value: JSONValue) throws(JSONError) {
            var rich = rich ?? Rich()
            switch key {
            case .date: rich.date = value.text ?? value.dateText
            case .type: rich.type = value.texts.first
            case .language: rich.language = value.texts.first
            case .citationKey: rich.citationKey = value.text
            case .collections: rich.collections = value.elements.compactMap(\.nameText)
            case .tags:
                rich.automaticTags = value.elements.filter { $0.text(of: "type") == "1" }.compactMap(\.nameText)
                rich.tags = value.elements.filter { $0.text(of: "type") != "1" }.compactMap(\.nameText)
            case .fields:
                rich.fields = value.elements.compactMap(\.textField)
                // Other sources mean subjects by it.
                rich.attributes += value.texts.isEmpty ? [] : [("fields", value.texts)]
            case .notes: rich.notes = value.elements.compactMap { $0.text ?? $0.text(of: "note", "text") }
            case .attachments:
                rich.attachments = value.elements.compactMap {
                    $0.text ?? $0.text(of: "path", "localPath", "url", "URL", "href")
                }
            case .attributes:
                guard case .object(let fields) = value else { break }
                rich.attributes += fields.map { ($0.key, $0.value.texts) }
            default: break
            }
            self.rich = rich
        }
    }
}

/// The year of a record.
enum RecordYear {
    case known(Int)
    /// The year of a date that stands in its place.
    case dated(PublicationDate)
    case dropped(String)

    var number: Int? {
        switch self {
        case .known(let number): number
        case .dated(let date): date.year
        case .dropped: nil
        }
    }

    /// The date, if it says more than the year.
    var date: String? {
        if case .dated(let date) = self, date.text.utf8.count > 4 { date.text } else { nil }
    }
}
