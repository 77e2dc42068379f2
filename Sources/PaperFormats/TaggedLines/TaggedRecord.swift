import Papers

/// A field of a tagged record: its tag and the text behind it. A line that continues the text follows after a line feed.
struct TaggedField: Sendable {
    let tag: String
    var text: String
}

/// The fields of a record, in the order of the file.
struct TaggedRecord: Sendable {
    /// The reasons why a record cannot be read.
    enum Problem: Sendable {
        case tooLong
        case notUTF8(line: Int)
    }

    /// The line of the file on which the record begins, from 1.
    let line: Int

    private(set) var fields: [TaggedField] = []
    private(set) var problem: Problem?
    private var length = 0

    /// What a line counts for at least, in bytes. It bounds the memory that very short lines can demand.
    private static let lineLength = 64

    /// Begins a record.
    init(line: Int) {
        self.line = line
    }

    /// Whether a field with a tag has been read.
    func has(_ tag: String) -> Bool {
        fields.contains { $0.tag == tag }
    }

    /// Appends a field.
    mutating func append(_ tag: String, _ text: String) {
        guard takes(text) else { return }
        fields.append(TaggedField(tag: tag, text: text))
    }

    /// Appends a line to the last field.
    mutating func extend(by text: String, afterBlankLine: Bool) {
        guard !fields.isEmpty, takes(text) else { return }
        let isEmpty = fields[fields.count - 1].text.isEmpty
        fields[fields.count - 1].text += (isEmpty ? "" : afterBlankLine ? "\n\n" : "\n") + text
    }

    /// Marks the record as one that cannot be read.
    mutating func fail(_ problem: Problem) {
        if self.problem == nil { self.problem = problem }
        if case .tooLong = problem { fields = [] }
    }

    private mutating func takes(_ text: String) -> Bool {
        length += max(text.utf8.count, Self.lineLength)
        if length > FileBlock.maximumPartLength { fail(.tooLong) }
        if case .tooLong = problem { return false }
        return true
    }
}

/// The values of a record, for a format that takes what it knows and keeps the rest as attributes.
struct TaggedValues {
    private(set) var fields: [TaggedField]

    /// All values of a record that are not empty. The reader took the white space from their ends.
    init(_ record: TaggedRecord) {
        fields = record.fields.filter { !$0.text.isEmpty }
    }

    /// Takes the values of some tags, in the order of the file.
    mutating func take(_ tags: String...) -> [String] {
        let taken = fields.filter { tags.contains($0.tag) }
        if !taken.isEmpty { fields.removeAll { tags.contains($0.tag) } }
        return taken.map(\.text)
    }

    /// Takes the first value of the first tag that has one. Equal values of these tags are taken with it.
    mutating func takeFirst(_ tags: String...) -> String? {
        for tag in tags {
            guard let text = fields.first(where: { $0.tag == tag })?.text else { continue }
            let value = tidied(text)
            fields.removeAll { tags.contains($0.tag) && tidied($0.text) == value }
            return text
        }
        return nil
    }

    /// The first value of a tag. It is not taken.
    func first(_ tag: String) -> String? {
        fields.first { $0.tag == tag }?.text
    }
}
