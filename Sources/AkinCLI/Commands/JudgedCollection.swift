import Akin
import Ranking
import RetrievalEvaluation

/// A test collection in the words of the library that it is asked of: judged papers under the ids that the library gives
/// them, whichever of their ids the judgments use.
struct JudgedCollection {
    private let queries: [Query]
    /// The judgments, under the ids of the library.
    let qrels: Qrels
    private let task: EvaluateCommand.Task
    /// The judged papers that the library does not have, and the queries that cannot be asked; these count 0.
    let absentPaperCount: Int
    let absentQueryCount: Int
    private let judgedPaperCount: Int

    init(_ folder: BEIRFolder, asPapersOf library: Library, task: EvaluateCommand.Task) throws {
        let judged = Set(folder.qrels.queryIDs.flatMap { folder.qrels[$0].keys })
        let ids = try library.canonicalIDs(of: judged.map(\.rawValue))
        var judgments: [QueryID: [DocumentID: Int]] = [:]
        for query in folder.qrels.queryIDs {
            let papers = folder.qrels[query].map { (DocumentID(ids[$0.key.rawValue] ?? $0.key.rawValue), $0.value) }
            judgments[query] = Dictionary(papers, uniquingKeysWith: max)
        }
        qrels = Qrels(judgments)
        self.task = task
        judgedPaperCount = judged.count
        absentPaperCount = judged.count - ids.count
        if task == .like {
            let papers = try library.canonicalIDs(of: folder.judgedQueries.map(\.id.rawValue))
            queries = folder.judgedQueries.filter { papers[$0.id.rawValue] != nil }
            guard !queries.isEmpty else {
                throw AkinError(
                    .paperNotFound,
                    "Cannot evaluate '\(folder.path)' with --task like: none of its queries is the id of a paper of "
                        + "'\(library.path)'. Add the papers, or leave --task out to ask the queries' texts."
                )
            }
        } else {
            queries = folder.judgedQueries
        }
        absentQueryCount = folder.qrels.queryCount - queries.count
    }

    /// What a person should know before reading the figures.
    var remarks: [String] {
        var remarks: [String] = []
        if absentPaperCount > 0 {
            remarks.append("\(absentPaperCount) of \(judgedPaperCount) judged papers are not in the library.")
        }
        if absentQueryCount > 0 {
            remarks.append("\(absentQueryCount) of \(qrels.queryCount) judged queries cannot be asked and count 0.")
        }
        return remarks
    }

    /// Asks every query and measures the answers.
    func evaluate(_ library: Library, options: SearchOptions) throws -> Evaluation {
        try RetrievalEvaluation.evaluate(queries, against: qrels, name: "akin-\(options.mode.rawValue)") { query in
            let ranked: [RankedID]
            switch task {
            case .search:
                ranked = try library.rankedIDs(for: query.text, options: options)
            case .like:
                ranked = try library.rankedIDs(like: [query.id.rawValue], options: options)
            }
            return Ranking(ranked.map { DocumentID($0.id) })
        }
    }
}
