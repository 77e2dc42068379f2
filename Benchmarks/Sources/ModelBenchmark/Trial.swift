import Akin
import Foundation
import LatentSemantics
import Papers
import Ranking
import RetrievalEvaluation
import TextAnalysis

/// The measurements of libraries of one size with both models.
struct Trial {
    /// The rankings to measure: lexical, semantic, and hybrid with the library's own weight and with fixed ones.
    static let rankings: [(name: String, options: SearchOptions)] =
        [
            ("lexical", SearchOptions(k: 10, mode: .lexical)), ("semantic", SearchOptions(k: 10, mode: .semantic)),
            ("hybrid", SearchOptions(k: 10)),
        ] + [0.2, 0.35, 0.5, 0.6, 0.7, 0.8].map { (alpha: Double) in ("\(alpha)", SearchOptions(k: 10, alpha: alpha)) }

    let set: String
    let size: Int
    private var sums: [String: [Double]] = [:]
    private var losses: [Double] = []
    private var queryCount = 0

    init(set: String, size: Int) {
        self.set = set
        self.size = size
    }

    static let header =
        Trial.columns(["set", "papers", "queries", "loss", "model"] + rankings.map(\.name))

    /// Measures a pool with a space of its own papers, and with one that starts from a model.
    mutating func add(_ pool: QuestionSet.Pool, model: String, folder: String) throws {
        queryCount += pool.queries.count
        losses.append(try loss(of: pool.papers, in: model))
        for (name, source) in [("alone", ModelSource.ownPapers), ("started", .file(model))] {
            let path = folder + "/pool"
            try? FileManager.default.removeItem(atPath: path)
            let library = try Library(creatingAt: path)
            try library.add(pool.papers, options: AddOptions(matching: .byIDAlone, model: source))
            var values = sums[name] ?? Self.rankings.map { _ in 0 }
            for (index, ranking) in Self.rankings.enumerated() {
                let evaluation = try evaluate(pool.queries, against: pool.qrels) { query in
                    let ranked =
                        try pool.asksLike
                        ? library.rankedIDs(like: [query.id.rawValue], options: ranking.options)
                        : library.rankedIDs(for: query.text, options: ranking.options)
                    return RankedList(ranked.map { DocumentID($0.id) })
                }
                values[index] += evaluation.ndcg(at: 10) * Double(pool.queries.count)
            }
            sums[name] = values
        }
    }

    /// The drift of the papers from the model, from 0 to 1.
    private func loss(of papers: [Paper], in path: String) throws -> Double {
        let model = try LatentSemanticModel(mapping: path)
        let counts = try Analyzer(model.settings).countTerms(documentCount: papers.count, threads: 2) {
            [papers[$0].title, papers[$0].title, papers[$0].title, papers[$0].abstract]
        }
        return ModelDrift(expected: model.expectedRetention ?? Retention(), folded: try model.retention(of: counts))
            .drift
    }

    /// The means over all questions.
    var rows: String {
        let loss = losses.isEmpty ? "" : String(format: "%.2f", losses.reduce(0, +) / Double(losses.count))
        return ["alone", "started"].map { name in
            let values = (sums[name] ?? []).map { String(format: "%.3f", $0 / Double(max(1, queryCount))) }
            return Self.columns([set, String(size), String(queryCount), loss, name] + values) + "\n"
        }
        .joined()
    }

    private static func columns(_ cells: [String]) -> String {
        cells.enumerated().map { index, cell in
            let width = index == 0 ? 15 : 9
            let padding = String(repeating: " ", count: max(1, width - cell.count))
            return index == 0 ? cell + padding : padding + cell
        }
        .joined()
    }
}
