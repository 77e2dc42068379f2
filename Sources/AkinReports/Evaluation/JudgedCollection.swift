package import Akin
package import Ranking
package import RetrievalEvaluation
package import TextEncoding

/// A test collection whose judgments name papers as a library does.
///
/// Judgments may use any id of a paper. The library's own id takes its place.
package struct JudgedCollection: Sendable {
    /// What a query is.
    package enum Task: String, CaseIterable, Sendable {
        /// A text.
        case search
        /// The id of a paper of the library. The paper is left out of its own answer.
        case like
    }

    private let queries: [Query]
    private let task: Task
    private let judgedPaperCount: Int
    private let ranksOnlyJudged: Bool
    /// The judgments, under the ids of the library.
    package let qrels: Qrels
    /// The judged papers that the library does not have.
    package let absentPaperCount: Int
    /// The judged queries that the library cannot answer. Each counts 0.
    package let absentQueryCount: Int

    /// Reads the ids that a library has for the papers of a collection.
    ///
    /// - Parameters:
    ///   - folder: The collection.
    ///   - library: The library that will answer.
    ///   - task: What the queries are.
    /// - Throws: `AkinError`: `paperNotFound` if the queries are papers and the library has none of them; `damaged` if
    ///   the library cannot be read.
    /// - Complexity: One look-up in the store for each judged paper.
    package init(_ folder: TestCollection, asPapersOf library: Library, task: Task) throws(AkinError) {
        let judged = Set(folder.qrels.queryIDs.flatMap { folder.qrels[$0].keys })
        let ids = try library.canonicalIDs(of: judged.map(\.rawValue))
        var judgments: [QueryID: [DocumentID: Double]] = [:]
        for query in folder.qrels.queryIDs {
            let papers = folder.qrels[query].map { (DocumentID(ids[$0.key.rawValue] ?? $0.key.rawValue), $0.value) }
            judgments[query] = Dictionary(papers, uniquingKeysWith: max)
        }
        qrels = Qrels(judgments)
        self.task = task
        ranksOnlyJudged = folder.ranksOnlyJudged
        judgedPaperCount = judged.count
        absentPaperCount = judged.count - ids.count
        switch task {
        case .search:
            queries = folder.judgedQueries
        case .like:
            let papers = try library.canonicalIDs(of: folder.judgedQueries.map(\.id.rawValue))
            queries = folder.judgedQueries.filter { papers[$0.id.rawValue] != nil }
            guard !queries.isEmpty else {
                throw AkinError(
                    .paperNotFound,
                    "Cannot evaluate '\(folder.path)' by the task '\(task.rawValue)': none of its queries is the id of "
                        + "a paper of '\(library.path)'. The task '\(Task.search.rawValue)' asks the queries' texts.",
                    remedy: .addPapers
                )
            }
        }
        absentQueryCount = folder.qrels.queryCount - queries.count
    }

    /// What a person should know before reading the figures.
    package var remarks: [String] {
        var remarks: [String] = []
        if absentPaperCount > 0 {
            remarks.append("\(absentPaperCount) of \(judgedPaperCount) judged papers are not in the library.")
        }
        if absentQueryCount > 0 {
            remarks.append("\(absentQueryCount) of \(qrels.queryCount) judged queries cannot be asked and count 0.")
        }
        return remarks
    }

    /// Asks every query and measures the answers. Where a query ranks its own candidates alone, other papers are left
    /// out of its answer.
    ///
    /// - Parameters:
    ///   - library: The library that answers.
    ///   - options: How to rank.
    ///   - vectors: The vectors of the queries in the spaces of the options that are not the library's own. A query
    ///     that is a paper needs none.
    /// - Returns: The answers and their measures.
    /// - Throws: `AkinError` if the library cannot answer.
    /// - Complexity: One search for each query.
    package func evaluate(
        _ library: Library, options: SearchOptions, vectors: [SpaceName: [QueryID: Embedding]] = [:]
    ) throws -> Evaluation {
        let spaces = options.spaces + [options.reranking?.space].compactMap(\.self)
        let vectors = options.mode == .lexical ? [:] : vectors.filter { spaces.contains($0.key) }
        return try RetrievalEvaluation.evaluate(queries, against: qrels, name: "akin-\(options.mode.rawValue)") {
            query in
            let ranked: [RankedID]
            switch task {
            case .search:
                ranked = try library.rankedIDs(
                    for: query.text, vectors: vectors.compactMapValues { $0[query.id] }, options: options)
            case .like:
                ranked = try library.rankedIDs(like: [query.id.rawValue], options: options)
            }
            let documents = ranked.map { DocumentID($0.id) }
            guard ranksOnlyJudged else { return RankedList(documents) }
            let candidates = qrels[query.id]
            return RankedList(documents.filter { candidates[$0] != nil })
        }
    }
}
