import Foundation

// MARK: - Either form

extension Qrels {
    /// Reads qrels in the form of BEIR or of TREC. If the first line has three columns between tabs, it is that of
    /// BEIR.
    ///
    /// - Parameter path: The path of the file.
    /// - Throws: ``RetrievalEvaluationError`` with the code `cannotRead`, `malformedLine` or `repeatedLine`, the last
    ///   two with the line; `empty` if there is no judgment.
    public init(file path: String) throws(RetrievalEvaluationError) {
        try self.init(files: [path])
    }

    /// Reads the qrels of several files that together judge one collection, each in the form of BEIR or of TREC.
    ///
    /// - Parameter paths: The paths of the files.
    /// - Throws: ``RetrievalEvaluationError`` with the codes of ``init(file:)``. A judgment that two of the files hold
    ///   is a repeated line of the later one, and a file without a judgment is empty.
    public init(files paths: [String]) throws(RetrievalEvaluationError) {
        var judgments = Judgments()
        for path in paths {
            let file = try TextFile(path: path)
            let before = judgments.count
            let isBEIR = file.lines.first { _ in true }?.columns.count == 3
            if isBEIR { try judgments.add(beirFile: file) } else { try judgments.add(trecFile: file) }
            guard judgments.count > before else {
                throw RetrievalEvaluationError(
                    .empty,
                    file: path,
                    message: "The file holds no judgment. Write lines of query, document and relevance with tabs "
                        + "between them."
                )
            }
        }
        self.init(judgments.all)
    }
}

// MARK: - BEIR

extension Qrels {
    /// Reads qrels in the form of BEIR: lines of query, document and relevance between tabs, under a line of headings.
    ///
    ///     query-id    corpus-id    score
    ///     1           184          2
    ///
    /// Blank lines are skipped, and the headings may be missing.
    ///
    /// - Parameter path: The path of the file, as `qrels/test.tsv`.
    /// - Throws: ``RetrievalEvaluationError`` with the code `cannotRead`, `malformedLine` or `repeatedLine`, the last
    ///   two with the line.
    public init(beirFile path: String) throws(RetrievalEvaluationError) {
        var judgments = Judgments()
        try judgments.add(beirFile: TextFile(path: path))
        self.init(judgments.all)
    }
}

extension Judgments {
    fileprivate mutating func add(beirFile file: TextFile) throws(RetrievalEvaluationError) {
        var isFirst = true
        for line in file.lines {
            let columns = line.columns
            defer { isFirst = false }
            if isFirst, columns.count == 3, columns[0] == "query-id" { continue }
            guard columns.count == 3 else {
                throw file.malformed(
                    line,
                    "The line has \(columns.count) columns instead of 3. Write query, document and relevance with a "
                        + "tab between them."
                )
            }
            try add(query: columns[0], document: columns[1], relevance: columns[2], at: line, of: file)
        }
    }
}

// MARK: - BEIR as JSON

extension Qrels {
    /// Reads qrels in the form of MTEB's repositories: JSON Lines of query, document and relevance.
    ///
    ///     {"query-id": "1", "corpus-id": "184", "score": 2}
    ///
    /// - Parameter path: The path of the file, as `qrels/test.jsonl`.
    /// - Throws: ``RetrievalEvaluationError`` with the code `cannotRead`, `malformedLine` or `repeatedLine`, the last
    ///   two with the line; `empty` if there is no judgment.
    public init(beirJSONLines path: String) throws(RetrievalEvaluationError) {
        var judgments = Judgments()
        try forEachRecord(
            JudgmentRecord.self, inFile: path, example: #"{"query-id": "1", "corpus-id": "184", "score": 2}"#
        ) { record, line, file throws(RetrievalEvaluationError) in
            try judgments.add(
                query: record.query.text, document: record.document.text, relevance: "\(record.score.value)", at: line,
                of: file)
        }
        guard judgments.count > 0 else {
            throw RetrievalEvaluationError(.empty, file: path, message: "The file holds no judgment.")
        }
        self.init(judgments.all)
    }
}

private struct JudgmentRecord: Decodable {
    let query: FlexibleID
    let document: FlexibleID
    let score: FlexibleNumber

    private enum CodingKeys: String, CodingKey {
        case query = "query-id"
        case document = "corpus-id"
        case score
    }
}

// MARK: - TREC

extension Qrels {
    /// Reads qrels in the form of TREC: lines of query, iteration, document and relevance between white space. The
    /// iteration is not used.
    ///
    ///     1 0 184 2
    ///
    /// - Parameter path: The path of the file.
    /// - Throws: ``RetrievalEvaluationError`` with the code `cannotRead`, `malformedLine` or `repeatedLine`, the last
    ///   two with the line.
    public init(trecFile path: String) throws(RetrievalEvaluationError) {
        var judgments = Judgments()
        try judgments.add(trecFile: TextFile(path: path))
        self.init(judgments.all)
    }

    /// Writes the qrels in the form of TREC, by ascending query and document.
    ///
    /// - Parameter path: The path of the file. It replaces a file that is there.
    /// - Throws: ``RetrievalEvaluationError`` with the code `unwritableName` if an id is empty or has white space in
    ///   it, or `cannotWrite`.
    public func write(trecFile path: String) throws(RetrievalEvaluationError) {
        var text = ""
        for query in queryIDs {
            try checkTRECName(query.rawValue, of: "query", file: path)
            for (document, relevance) in self[query].sorted(by: { $0.key < $1.key }) {
                try checkTRECName(document.rawValue, of: "document", file: path)
                text += "\(query) 0 \(document) \(gradeText(relevance))\n"
            }
        }
        try writeTextFile(text, to: path)
    }
}

extension Judgments {
    fileprivate mutating func add(trecFile file: TextFile) throws(RetrievalEvaluationError) {
        for line in file.lines {
            let words = line.words
            guard words.count == 4 else {
                throw file.malformed(
                    line,
                    "The line has \(words.count) fields instead of 4. Write query, 0, document and relevance with "
                        + "spaces between them."
                )
            }
            try add(query: words[0], document: words[2], relevance: words[3], at: line, of: file)
        }
    }
}

/// A relevance as qrels write it: a whole number without a decimal point.
private func gradeText(_ relevance: Double) -> String {
    Int(exactly: relevance).map(String.init) ?? String(relevance)
}

/// The judgments read so far.
private struct Judgments {
    var all: [QueryID: [DocumentID: Double]] = [:]
    var count = 0

    mutating func add(
        query: String,
        document: String,
        relevance: String,
        at line: TextFile.Line,
        of file: TextFile
    ) throws(RetrievalEvaluationError) {
        guard !query.isEmpty, !document.isEmpty else {
            throw file.malformed(line, "The query or the document is empty. Write both, or remove the line.")
        }
        guard let relevance = Double(relevance), Qrels.relevanceRange.contains(relevance) else {
            throw file.malformed(
                line,
                "The relevance '\(relevance)' is not a number within \(Qrels.relevanceRange). Write 0, 1, 2 and so on."
            )
        }
        count += 1
        let previous = all[QueryID(query), default: [:]].updateValue(relevance, forKey: DocumentID(document))
        if let previous {
            throw file.repeated(
                line,
                "Document '\(document)' was judged for query '\(query)' before (\(gradeText(previous)), here "
                    + "\(gradeText(relevance))). Remove one of the two lines."
            )
        }
    }
}
