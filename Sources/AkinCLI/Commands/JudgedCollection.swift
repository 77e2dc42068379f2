import Akin
import RetrievalEvaluation

/// A test collection in the words of the library that it is asked of: judged papers under the ids that the library gives
/// them, whichever of their ids the judgments use.
struct JudgedCollection {
    private let queries: [Query]
    private let qrels: Qrels
    private let task: EvaluateCommand.Task
    /// What a person should know before reading the figures.
    private(set) var remarks: [String] = []

    init(_ folder: BEIRFolder, asPapersOf library: Library, task: EvaluateCommand.Task) throws {
        let judged = Set(folder.qrels.queryIDs.flatMap { folder.qrels[$0].keys })
        let ids = try library.canonicalIDs(of: judged.map(\.rawValue))
        var judgments: [QueryID: [DocumentID: Int]] = [:]
        for query in folder.qrels.queryIDs {
            let papers = folder.qrels[query].map { (DocumentID(ids[$0.key.rawValue] ?? $0.key.rawValue), $0.value) }
            judgments[query] = Dictionary(papers, uniquingKeysWith: max)
        }
        qrels = Qrels(judgments)
        queries = folder.judgedQueries
        self.task = task
        let absent = judged.count - ids.count
        if absent > 0 { remarks.append("\(absent) of \(judged.count) judged papers are not in the library.") }
        if !folder.missingQueries.isEmpty {
            remarks.append("\(folder.missingQueries.count) judged queries have no text and count 0.")
        }
    }

    /// Asks every query and measures the answers. A like-query whose paper the library does not have counts 0.
    func evaluate(_ library: Library, options: SearchOptions) throws -> Evaluation {
        try RetrievalEvaluation.evaluate(queries, against: qrels) { query in
            let ranked: [RankedID]
            switch task {
            case .search:
                ranked = try library.rankedIDs(for: query.text, options: options)
            case .like:
                let known = try library.canonicalIDs(of: [query.id.rawValue])
                ranked = try known[query.id.rawValue].map { try library.rankedIDs(like: [$0], options: options) } ?? []
            }
            return Ranking(ranked.map { DocumentID($0.id) })
        }
    }
}
