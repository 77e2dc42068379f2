import SystemCalls

extension Run {
    /// Reads a run in the form of TREC: lines of query, `Q0`, document, rank, score and the name of the run, with white
    /// space between.
    ///
    ///     1 Q0 184 1 12.75 bm25
    ///
    /// The score alone ranks, as in `trec_eval`; the written rank and the order of the lines are ignored. Scores are
    /// read in single precision. Of equal scores the greater document id comes first, in the order of the ids' bytes.
    /// ``RankedList/tiedCount`` tells how many documents that rule ordered.
    ///
    /// - Parameter path: The path of the file. It may be packed by gzip.
    /// - Throws: ``RetrievalEvaluationError`` with the code `cannotRead`, `malformedLine` or `repeatedLine`, the last
    ///   two with the line.
    public init(trecFile path: String) throws(RetrievalEvaluationError) {
        let file = try TextFile(path: path)
        var name = ""
        var scores: [QueryID: [DocumentID: Float]] = [:]
        for line in file.lines {
            let words = line.words
            guard words.count == 6 else {
                throw file.malformed(
                    line,
                    "The line has \(words.count) fields instead of 6. Write query, Q0, document, rank, score and the "
                        + "name of the run with spaces between them."
                )
            }
            guard let score = Double(words[4]), RankedList.scoreRange.contains(score) else {
                throw file.malformed(
                    line,
                    "The score '\(words[4])' is not a number within \(RankedList.scoreRange). Write one such as 12.75."
                )
            }
            let document = DocumentID(words[2])
            let earlier = scores[QueryID(words[0]), default: [:]].updateValue(Float(score), forKey: document)
            guard earlier == nil else {
                throw file.repeated(
                    line,
                    "Document '\(words[2])' was ranked for query '\(words[0])' before. Remove one of the two lines."
                )
            }
            name = words[5]
        }
        self.init(name: name, rankings: scores.mapValues(RankedList.init(trecScores:)))
    }

    /// Writes the run in the form of TREC, by ascending query and rank.
    ///
    /// It writes the scores as `Float`. A score that is not below the one before it is lowered to just below it. So the
    /// scores fall strictly, even in single precision, and every tool reads the same order.
    ///
    /// - Parameter path: The path of the file. It replaces a file that is there.
    /// - Throws: ``RetrievalEvaluationError`` with the code `unwritableName` if the name of the run or an id is empty
    ///   or has white space in it, or `cannotWrite`.
    public func write(trecFile path: String) throws(RetrievalEvaluationError) {
        try checkTRECName(name, of: "run", file: path)
        var text = ""
        for (query, ranking) in rankings.sorted(by: { $0.key < $1.key }) {
            try checkTRECName(query.rawValue, of: "query", file: path)
            var previous = Float.infinity
            for (index, document) in ranking.documents.enumerated() {
                try checkTRECName(document.rawValue, of: "document", file: path)
                let score = min(Float(ranking.scores[index]), previous.nextDown)
                text += "\(query) Q0 \(document) \(index + 1) \(score) \(name)\n"
                previous = score
            }
        }
        try writeTextFile(text, to: path)
    }
}

/// Throws if a name cannot be a field of a line that white space divides.
func checkTRECName(_ name: String, of kind: String, file: String) throws(RetrievalEvaluationError) {
    guard name.isEmpty || name.utf8.contains(where: isWhiteSpace) else { return }
    throw RetrievalEvaluationError(
        .unwritableName,
        file: file,
        message: "The name '\(name)' of a \(kind) is empty or has white space in it, which the formats of TREC cannot "
            + "hold. Give it a name of one word."
    )
}

/// Writes a text completely or not at all.
func writeTextFile(_ text: String, to path: String) throws(RetrievalEvaluationError) {
    do throws(SystemError) {
        try writeFile(Array(text.utf8), to: path)
    } catch {
        throw RetrievalEvaluationError(
            .cannotWrite,
            file: path,
            message:
                "The file cannot be written (\(systemMessage(error.number))). Check that its folder exists, may be "
                + "written to and has space left.",
            cause: error
        )
    }
}
