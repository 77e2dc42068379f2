import Foundation

/// A document of a test collection's corpus.
public struct CollectionDocument: Hashable, Sendable {
    /// The name of the document in ``Qrels`` and ``Run``.
    public let id: DocumentID

    /// The title; may be empty.
    public let title: String

    /// The text under the title, as the abstract of a paper; may be empty.
    public let text: String

    /// Creates a document.
    public init(id: DocumentID, title: String, text: String) {
        self.id = id
        self.title = title
        self.text = text
    }

    /// Title and text as one, with a space between them, as BEIR and MTEB give it to encoders.
    public var wholeText: String { title.isEmpty || text.isEmpty ? title + text : title + " " + text }
}

/// A line of a corpus. The id is called `_id` by BEIR, `docid` by MIRACL, `corpusid` by LitSearch and `doc_id` by
/// SciRepEval; the text is the `abstract` in the latter two.
struct DocumentRecord: Decodable {
    let document: CollectionDocument

    private enum CodingKeys: String, CodingKey {
        case beirID = "_id"
        case miraclID = "docid"
        case litSearchID = "corpusid"
        case sciRepEvalID = "doc_id"
        case id, title, text, abstract
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        var id: String?
        for key in [CodingKeys.beirID, .miraclID, .litSearchID, .sciRepEvalID, .id] where id == nil {
            id = try values.decodeIfPresent(FlexibleID.self, forKey: key)?.text
        }
        guard let id, !id.isEmpty else {
            throw DecodingError.keyNotFound(
                CodingKeys.beirID, .init(codingPath: decoder.codingPath, debugDescription: "The document has no id."))
        }
        let text =
            try values.decodeIfPresent(String.self, forKey: .text)
            ?? values.decodeIfPresent(String.self, forKey: .abstract)
        document = CollectionDocument(
            id: DocumentID(id), title: try values.decodeIfPresent(String.self, forKey: .title) ?? "", text: text ?? "")
    }
}

/// Calls `body` with each record of a file of JSON Lines and its line.
func forEachRecord<Record: Decodable>(
    _ type: Record.Type, inFile path: String, example: String,
    _ body: (Record, TextFile.Line, TextFile) throws(RetrievalEvaluationError) -> Void
) throws(RetrievalEvaluationError) {
    let file = try TextFile(path: path)
    let decoder = JSONDecoder()
    for line in file.lines {
        let record: Record
        do {
            record = try decoder.decode(Record.self, from: Data(line.text.utf8))
        } catch {
            throw file.malformed(
                line, "The line is not what the file holds. Write a JSON object on one line, such as \(example).",
                cause: error)
        }
        try body(record, line, file)
    }
}
