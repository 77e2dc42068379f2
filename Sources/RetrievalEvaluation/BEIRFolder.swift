import Foundation

/// A test collection in the folder layout of BEIR (Thakur et al., *BEIR: A Heterogeneous Benchmark for Zero-shot
/// Evaluation of Information Retrieval Models*, 2021, <https://arxiv.org/abs/2104.08663>).
///
///     cranfield/
///         corpus.jsonl       the documents; may be missing if the queries are for another corpus
///         queries.jsonl      {"_id": "1", "text": "what similarity laws must be obeyed …"}
///         qrels/test.tsv     query-id, corpus-id and score, between tabs, or the form of TREC
///
/// The judgments may also stand in `qrels/test.jsonl`, as {"query-id": "1", "corpus-id": "184", "score": 2}, and either
/// file beside `queries.jsonl`, as repositories of MTEB and BEIR on the Hugging Face Hub have them. Each file may be
/// packed by gzip, with `.gz` after its name. The corpus itself is not read.
public struct BEIRFolder: Sendable {
    /// The path of the folder.
    public let path: String

    /// All queries of the folder, judged or not, in the order of their file.
    public let queries: [Query]

    /// The judgments.
    public let qrels: Qrels

    /// The path of `corpus.jsonl`, or `nil` if the folder has none.
    public let corpusPath: String?

    /// Reads the queries and the judgments of a folder.
    ///
    /// - Parameters:
    ///   - path: The path of the folder.
    ///   - split: Which judgments to read: `test` for `qrels/test.tsv`. Others are often called `dev` and `train`.
    /// - Throws: ``RetrievalEvaluationError`` with the code `cannotRead`, `missingSplit`, `malformedLine`,
    ///   `repeatedLine` or `empty`, and the file.
    public init(path: String, split: String = "test") throws(RetrievalEvaluationError) {
        let folder = URL(filePath: path)
        self.path = path
        queries = try readQueries(
            Self.file("queries.jsonl", in: folder) ?? folder.appending(path: "queries.jsonl").path)
        qrels = try Self.qrels(ofFolder: path, split: split)
        corpusPath = Self.file("corpus.jsonl", in: folder)
    }

    /// Reads only the judgments of a folder.
    ///
    /// - Parameters:
    ///   - path: The path of the folder.
    ///   - split: Which judgments to read: `test` for `qrels/test.tsv`.
    /// - Returns: The judgments, at least one.
    /// - Throws: ``RetrievalEvaluationError`` with the code `missingSplit` or one of ``Qrels/init(file:)``.
    public static func qrels(ofFolder path: String, split: String = "test") throws(RetrievalEvaluationError) -> Qrels {
        let folder = URL(filePath: path)
        for name in ["qrels/\(split)", split] {
            if let file = Self.file(name + ".tsv", in: folder) { return try Qrels(file: file) }
            if let file = Self.file(name + ".jsonl", in: folder) { return try Qrels(beirJSONLines: file) }
        }
        let file = folder.appending(path: "qrels/\(split).tsv").path
        let splits = splits(ofFolder: path)
        // A folder without any judgments is not a test collection, and the system says best what is missing.
        guard !splits.isEmpty else { return try Qrels(file: file) }
        throw RetrievalEvaluationError(
            .missingSplit,
            file: file,
            message: "There is no split '\(split)'. The folder has judgments of \(quotedList(splits))."
        )
    }

    /// The names of the splits that a folder has judgments of, in ascending order.
    public static func splits(ofFolder path: String) -> [String] {
        let folder = URL(filePath: path)
        func splits(_ folder: URL, _ isOther: (String) -> Bool) -> [String] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            return names.compactMap { name -> String? in
                let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
                for ending in [".tsv", ".jsonl"] where plain.hasSuffix(ending) && !plain.hasPrefix(".") {
                    return isOther(plain) ? nil : String(plain.dropLast(ending.count))
                }
                return nil
            }
        }
        let beside = splits(folder) { ["queries.jsonl", "corpus.jsonl"].contains($0) }
        return Set(splits(folder.appending(path: "qrels")) { _ in false } + beside).sorted()
    }

    /// The path of a file, or of the same file packed; `nil` if neither exists.
    private static func file(_ name: String, in folder: URL) -> String? {
        [name, name + ".gz"].map { folder.appending(path: $0).path }.first(where: FileManager.default.fileExists)
    }

    /// The queries that have judgments, in the order of their file.
    public var judgedQueries: [Query] {
        queries.filter { qrels.contains($0.id) }
    }

    /// The judged queries that `queries.jsonl` lacks. They cannot be asked and count 0.
    public var missingQueries: [QueryID] {
        let known = Set(queries.map(\.id))
        return qrels.queryIDs.filter { !known.contains($0) }
    }
}

/// Reads the queries of a JSON Lines file. Each is an object with `_id` and `text`.
private func readQueries(_ path: String) throws(RetrievalEvaluationError) -> [Query] {
    let file = try TextFile(path: path)
    let decoder = JSONDecoder()
    var queries: [Query] = []
    var seen: Set<QueryID> = []
    for line in file.lines {
        let record: QueryRecord
        do {
            record = try decoder.decode(QueryRecord.self, from: Data(line.text.utf8))
        } catch {
            throw file.malformed(
                line,
                "The line is not a query. Write a JSON object on one line, such as {\"_id\": \"1\", \"text\": \"…\"}.",
                cause: error
            )
        }
        guard !record.id.rawValue.isEmpty else {
            throw file.malformed(line, "The query's \"_id\" is empty. Write one by which the judgments name the query.")
        }
        guard seen.insert(record.id).inserted else {
            throw file.repeated(line, "Query '\(record.id)' was there before. Remove one of the two lines.")
        }
        queries.append(Query(id: record.id, text: record.text))
    }
    guard !queries.isEmpty else {
        throw RetrievalEvaluationError(
            .empty,
            file: path,
            message: "The file holds no query. Write one JSON object a line, such as {\"_id\": \"1\", \"text\": \"…\"}."
        )
    }
    return queries
}

/// A line of `queries.jsonl`. An id that is a number is read as its digits. The text may be missing.
private struct QueryRecord: Decodable {
    let id: QueryID
    let text: String

    enum CodingKeys: String, CodingKey {
        case id = "_id"
        case text
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        if let number = try? values.decode(Int.self, forKey: .id) {
            id = QueryID(String(number))
        } else {
            id = QueryID(try values.decode(String.self, forKey: .id))
        }
        text = try values.decodeIfPresent(String.self, forKey: .text) ?? ""
    }
}
