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
        let file = try TextFile(path: path)
        let isBEIR = file.lines.first { _ in true }?.columns.count == 3
        if isBEIR { try self.init(beirFile: file) } else { try self.init(trecFile: file) }
        guard queryCount > 0 else {
            throw RetrievalEvaluationError(
                .empty,
                file: path,
                message:
                    "The file holds no judgment. Write lines of query, document and relevance with tabs between them."
            )
        }
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
        try self.init(beirFile: TextFile(path: path))
    }

    private init(beirFile file: TextFile) throws(RetrievalEvaluationError) {
        var judgments = Judgments()
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
            try judgments.add(query: columns[0], document: columns[1], relevance: columns[2], at: line, of: file)
        }
        self.init(judgments.all)
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
        try self.init(trecFile: TextFile(path: path))
    }

    private init(trecFile file: TextFile) throws(RetrievalEvaluationError) {
        var judgments = Judgments()
        for line in file.lines {
            let words = line.words
            guard words.count == 4 else {
                throw file.malformed(
                    line,
                    "The line has \(words.count) fields instead of 4. Write query, 0, document and relevance with "
                        + "spaces between them."
                )
            }
            try judgments.add(query: words[0], document: words[2], relevance: words[3], at: line, of: file)
        }
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
                text += "\(query) 0 \(document) \(relevance)\n"
            }
        }
        try writeTextFile(text, to: path)
    }
}

/// The judgments read so far from one file.
private struct Judgments {
    var all: [QueryID: [DocumentID: Int]] = [:]

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
        guard let relevance = Int(relevance) else {
            throw file.malformed(line, "The relevance '\(relevance)' is not a whole number. Write 0, 1, 2 and so on.")
        }
        let previous = all[QueryID(query), default: [:]].updateValue(relevance, forKey: DocumentID(document))
        if let previous {
            throw file.repeated(
                line,
                "Document '\(document)' was judged for query '\(query)' before (\(previous), here \(relevance)). "
                    + "Remove one of the two lines."
            )
        }
    }
}
