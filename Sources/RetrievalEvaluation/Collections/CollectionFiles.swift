import Foundation

/// The files of a test collection's folder, and what they hold in each layout.
struct CollectionFiles {
    let path: String
    private let url: URL

    init(_ path: String) {
        self.path = path
        url = URL(filePath: path)
    }

    /// The path of a file, or of the same file packed; `nil` if neither exists.
    func file(_ name: String) -> String? {
        [name, name + ".gz"].map { url.appending(path: $0).path }.first(where: FileManager.default.fileExists)
    }

    /// The names of the files in a folder inside this one, in ascending order.
    private func names(in folder: String) -> [String] {
        let place = folder.isEmpty ? path : url.appending(path: folder).path
        return ((try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []).filter { !$0.hasPrefix(".") }
            .sorted()
    }

    /// The layout of the folder; that of BEIR where nothing tells another one.
    var layout: TestCollection.Layout {
        if file("queries.jsonl") != nil { return .beir }
        if names(in: "topics").contains(where: { $0.hasPrefix("topics.") }) { return .miracl }
        if !qrelFiles.isEmpty { return .sciRepEval }
        return litSearchQueries != nil ? .litSearch : .beir
    }

    // MARK: - MIRACL

    /// The splits that a folder has topics or qrels of, by the end of the files' names.
    private func splits(_ folder: String) -> [String: String] {
        var files: [String: String] = [:]
        for name in names(in: folder) where name.hasPrefix(folder + ".") && name.hasSuffix(".tsv") {
            guard let dash = name.lastIndex(of: "-") else { continue }
            files[String(name[name.index(after: dash)...].dropLast(4))] = url.appending(path: "\(folder)/\(name)").path
        }
        return files
    }

    func miracl(split: String) throws(RetrievalEvaluationError) -> ([Query], Qrels) {
        let (topics, judged) = (splits("topics"), splits("qrels"))
        guard let topicFile = topics[split], let qrelFile = judged[split] else {
            let both = judged.keys.filter { topics[$0] != nil }.sorted()
            throw RetrievalEvaluationError(
                .missingSplit, file: path,
                message: "There is no split '\(split)'. "
                    + (both.isEmpty
                        ? "Put files such as topics/topics.miracl-v1.0-en-dev.tsv and "
                            + "qrels/qrels.miracl-v1.0-en-dev.tsv there."
                        : "The folder has topics and judgments of \(quotedList(both))."))
        }
        return (try topicQueries(topicFile), try Qrels(file: qrelFile))
    }

    private func topicQueries(_ path: String) throws(RetrievalEvaluationError) -> [Query] {
        let file = try TextFile(path: path)
        var queries: [Query] = []
        var seen: Set<QueryID> = []
        for line in file.lines {
            let columns = line.columns
            guard columns.count == 2, !columns[0].isEmpty else {
                throw file.malformed(
                    line, "The line is not a topic. Write its id and its text with a tab between them.")
            }
            guard seen.insert(QueryID(columns[0])).inserted else {
                throw file.repeated(line, "Topic '\(columns[0])' was there before. Remove one of the two lines.")
            }
            queries.append(Query(id: QueryID(columns[0]), text: columns[1]))
        }
        return queries
    }

    /// The files of documents, in this folder or in that of the corpus beside it.
    var miraclCorpus: [String] {
        let language = url.standardizedFileURL.lastPathComponent.split(separator: "-").last.map(String.init) ?? ""
        let parent = url.standardizedFileURL.deletingLastPathComponent()
        let folders =
            [url, url.appending(path: "corpus")]
            + ["miracl-corpus-v1.0-\(language)", "miracl-corpus/miracl-corpus-v1.0-\(language)"]
            .map { parent.appending(path: $0) }
        for folder in folders {
            let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { name in
                let isPacked = name.hasSuffix(".jsonl") || name.hasSuffix(".jsonl.gz")
                return isPacked && (name.hasPrefix("docs") || name.hasPrefix("corpus"))
            }
            // docs-2 before docs-10.
            let sorted = names.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
            if !sorted.isEmpty { return sorted.map { folder.appending(path: $0).path } }
        }
        return []
    }

    // MARK: - LitSearch

    private var litSearchQueries: String? { file("query.jsonl") }

    /// A line of LitSearch's queries.
    private struct LitSearchRecord: Decodable {
        let query: String
        let corpusids: [FlexibleID]
    }

    func litSearch() throws(RetrievalEvaluationError) -> ([Query], Qrels) {
        let path = litSearchQueries ?? url.appending(path: "query.jsonl").path
        var queries: [Query] = []
        var judgments: [QueryID: [DocumentID: Double]] = [:]
        try forEachRecord(
            LitSearchRecord.self, inFile: path, example: #"{"query": "…", "corpusids": [12, 34]}"#
        ) { record, line, _ in
            let id = QueryID(String(line.number))
            queries.append(Query(id: id, text: record.query))
            for document in record.corpusids { judgments[id, default: [:]][DocumentID(document.text)] = 1 }
        }
        return (queries, try checked(judgments, path))
    }

    // MARK: - SciRepEval

    /// The files of judgments, by their splits.
    private var qrelFiles: [String: String] {
        var files: [String: String] = [:]
        for name in names(in: "") {
            for ending in ["_qrel.jsonl", "_qrel.jsonl.gz"] where name.hasSuffix(ending) {
                files[String(name.dropLast(ending.count))] = url.appending(path: name).path
            }
        }
        return files
    }

    /// A line of SciRepEval's judgments.
    private struct QrelRecord: Decodable {
        let query: FlexibleID
        let candidate: FlexibleID
        let score: FlexibleNumber

        private enum CodingKeys: String, CodingKey {
            case query = "query_id"
            case candidate = "cand_id"
            case score
        }
    }

    func sciRepEval(
        split: String
    ) throws(RetrievalEvaluationError) -> (queries: [Query], qrels: Qrels, corpusFiles: [String]) {
        guard let qrelFile = qrelFiles[split] else {
            throw RetrievalEvaluationError(
                .missingSplit, file: path,
                message: "There is no split '\(split)'. The folder has judgments of "
                    + "\(quotedList(qrelFiles.keys.sorted())).")
        }
        var judgments: [QueryID: [DocumentID: Double]] = [:]
        try forEachRecord(
            QrelRecord.self, inFile: qrelFile, example: #"{"query_id": "1", "cand_id": "2", "score": 1}"#
        ) { record, line, file throws(RetrievalEvaluationError) in
            guard Qrels.relevanceRange.contains(record.score.value) else {
                throw file.malformed(line, "The score is not within \(Qrels.relevanceRange). Write 0, 1, 2 and so on.")
            }
            judgments[QueryID(record.query.text), default: [:]][DocumentID(record.candidate.text)] = record.score.value
        }
        let corpus = names(in: "").filter { name in
            (name.hasSuffix(".jsonl") || name.hasSuffix(".jsonl.gz")) && !name.contains("_qrel.")
        }.map { url.appending(path: $0).path }
        var queries: [Query] = []
        var seen: Set<QueryID> = []
        for file in corpus {
            try forEachRecord(CandidatesRecord.self, inFile: file, example: CandidatesRecord.example) { record, _, _ in
                if seen.insert(record.query.id).inserted { queries.append(record.query) }
            }
        }
        return (queries, try checked(judgments, qrelFile), corpus)
    }

    private func checked(
        _ judgments: [QueryID: [DocumentID: Double]], _ file: String
    ) throws(RetrievalEvaluationError) -> Qrels {
        let qrels = Qrels(judgments)
        guard qrels.queryCount > 0 else {
            throw RetrievalEvaluationError(.empty, file: file, message: "The file holds no judgment.")
        }
        return qrels
    }
}

/// A line of SciRepEval's queries: a text or a paper, and the papers that it ranks.
struct CandidatesRecord: Decodable {
    let query: Query
    let candidates: [DocumentRecord]

    static let example = #"{"doc_id": "1", "query": "…", "candidates": [{"doc_id": "2", "title": "…"}]}"#

    private enum CodingKeys: String, CodingKey {
        case id = "doc_id"
        case query, candidates
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        candidates = try values.decode([DocumentRecord].self, forKey: .candidates)
        if let text = try? values.decode(String.self, forKey: .query) {
            query = Query(id: QueryID(try values.decode(FlexibleID.self, forKey: .id).text), text: text)
        } else {
            let paper = try values.decode(DocumentRecord.self, forKey: .query).document
            query = Query(id: QueryID(paper.id.rawValue), text: paper.wholeText)
        }
    }
}

/// Names between quotation marks, with commas between them.
func quotedList(_ names: [String]) -> String {
    names.map { "'\($0)'" }.joined(separator: ", ")
}
