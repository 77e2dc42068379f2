import Foundation

/// A test collection in any of the layouts that people download: queries, judgments, and where the corpus lies.
///
/// | layout | told by | corpus |
/// | --- | --- | --- |
/// | BEIR: TREC-COVID, NFCorpus, SciDocs and others | `queries.jsonl` beside `qrels/` or `test.tsv` | `corpus.jsonl` |
/// | MIRACL, a folder for each language | `topics/topics.*-dev.tsv` and `qrels/qrels.*-dev.tsv` | `docs-*.jsonl.gz` in the folder, or in `miracl-corpus-v1.0-LANGUAGE` beside it |
/// | LitSearch, written as JSON Lines | `query.jsonl` | `corpus_clean.jsonl` |
/// | SciRepEval: search and proximity | `test_qrel.jsonl`, and queries with their `candidates` | the candidates |
///
/// Each file may be packed by gzip, with `.gz` after its name. Parquet, in which the Hugging Face Hub keeps many
/// collections, is not read: write them with `datasets` as JSON Lines (`data.to_json("query.jsonl")`).
public struct TestCollection: Sendable {
    /// Who lays files out like this.
    public enum Layout: String, CaseIterable, Sendable {
        /// Thakur et al., *BEIR*, 2021, <https://arxiv.org/abs/2104.08663>.
        case beir = "BEIR"
        /// Zhang et al., *MIRACL*, 2023, <https://aclanthology.org/2023.tacl-1.63/>.
        case miracl = "MIRACL"
        /// Ajith et al., *LitSearch*, 2024, <https://arxiv.org/abs/2407.18940>.
        case litSearch = "LitSearch"
        /// Singh et al., *SciRepEval*, 2023, <https://arxiv.org/abs/2211.13308>.
        case sciRepEval = "SciRepEval"
    }

    /// The path of the folder.
    public let path: String
    /// The layout.
    public let layout: Layout
    /// All queries, judged or not, in the order of their file. LitSearch's have no names; theirs are the numbers of
    /// their lines, from 1.
    public let queries: [Query]
    /// The judgments.
    public let qrels: Qrels
    /// The files of the corpus, in ascending order; none if the queries are for another corpus.
    public let corpusFiles: [String]

    /// Whether a query ranks its own candidates alone, which are the documents judged for it: the tasks of SciRepEval.
    public var ranksOnlyJudged: Bool { layout == .sciRepEval }

    /// Reads the queries and the judgments of a folder.
    ///
    /// - Parameters:
    ///   - path: The path of the folder.
    ///   - split: Which judgments to read. MIRACL judges `dev` and `train`; LitSearch has one split, whatever it is
    ///     called.
    /// - Throws: ``RetrievalEvaluationError`` with the code `cannotRead`, `missingSplit`, `malformedLine`,
    ///   `repeatedLine` or `empty`, and the file.
    public init(path: String, split: String = "test") throws(RetrievalEvaluationError) {
        let files = CollectionFiles(path)
        self.path = path
        layout = files.layout
        switch layout {
        case .beir:
            let folder = try BEIRFolder(path: path, split: split)
            (queries, qrels) = (folder.queries, folder.qrels)
            corpusFiles = [folder.corpusPath].compactMap(\.self)
        case .miracl:
            (queries, qrels) = try files.miracl(split: split)
            corpusFiles = files.miraclCorpus
        case .litSearch:
            (queries, qrels) = try files.litSearch()
            corpusFiles = ["corpus_clean.jsonl", "corpus.jsonl"].compactMap(files.file).prefix(1).map(\.self)
        case .sciRepEval:
            (queries, qrels, corpusFiles) = try files.sciRepEval(split: split)
        }
    }

    /// Reads only the judgments of a folder. That of BEIR may lack its queries.
    ///
    /// - Parameters:
    ///   - path: The path of the folder.
    ///   - split: Which judgments to read.
    /// - Returns: The judgments, at least one.
    /// - Throws: ``RetrievalEvaluationError``, as ``init(path:split:)``.
    public static func qrels(ofFolder path: String, split: String = "test") throws(RetrievalEvaluationError) -> Qrels {
        CollectionFiles(path).layout == .beir
            ? try BEIRFolder.qrels(ofFolder: path, split: split) : try TestCollection(path: path, split: split).qrels
    }

    /// Whether a folder looks like a test collection in one of the layouts.
    public static func recognizes(folder path: String) -> Bool {
        let files = CollectionFiles(path)
        return files.layout != .beir || files.file("queries.jsonl") != nil
    }

    /// The queries that have judgments, in the order of their file.
    public var judgedQueries: [Query] { queries.filter { qrels.contains($0.id) } }

    /// Calls `body` with each document of the corpus, once, in the order of the files.
    ///
    /// A file is in memory while it is read, unpacked.
    ///
    /// - Parameter body: Takes a document.
    /// - Throws: ``RetrievalEvaluationError`` with the code `cannotRead`, or `malformedLine` with the line.
    public func forEachDocument(_ body: (CollectionDocument) -> Void) throws(RetrievalEvaluationError) {
        var seen: Set<DocumentID> = []
        func take(_ document: CollectionDocument) { if seen.insert(document.id).inserted { body(document) } }
        for file in corpusFiles {
            if layout == .sciRepEval {
                try forEachRecord(CandidatesRecord.self, inFile: file, example: CandidatesRecord.example) {
                    record, _, _ in
                    for candidate in record.candidates { take(candidate.document) }
                }
            } else {
                try forEachRecord(DocumentRecord.self, inFile: file, example: #"{"_id": "1", "text": "…"}"#) {
                    record, _, _ in
                    take(record.document)
                }
            }
        }
    }

    /// Writes the corpus as BEIR lays it out.
    ///
    /// - Parameter path: The path of the file. It replaces a file that is there.
    /// - Returns: How many documents were written.
    /// - Throws: ``RetrievalEvaluationError``: `cannotWrite`, and the codes of ``forEachDocument(_:)``.
    /// - Complexity: O(*n*) for *n* bytes of texts, which are in memory.
    public func writeCorpus(beirFile path: String) throws(RetrievalEvaluationError) -> Int {
        var (text, count) = ("", 0)
        try forEachDocument { document in
            count += 1
            let fields = [("_id", document.id.rawValue), ("title", document.title), ("text", document.text)]
            text += "{" + fields.map { "\"\($0)\": \(jsonString($1))" }.joined(separator: ", ") + "}\n"
        }
        try writeTextFile(text, to: path)
        return count
    }
}

/// A text as a string of JSON.
private func jsonString(_ text: String) -> String {
    var string = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": string += "\\\""
        case "\\": string += "\\\\"
        case "\u{0}"..<" ":
            let digits = String(scalar.value, radix: 16)
            string += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: string.unicodeScalars.append(scalar)
        }
    }
    return string + "\""
}
