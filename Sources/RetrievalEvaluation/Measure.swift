/// A measure of how good a ranking is.
public enum Measure: Hashable, Sendable {
    /// Normalised discounted cumulative gain of the first documents: ``JudgedRanking/ndcg(at:)``.
    case ndcg(at: Int)

    /// Average precision, whose mean over queries is MAP: ``JudgedRanking/averagePrecision``.
    case averagePrecision

    /// Share of the relevant documents among the first: ``JudgedRanking/recall(at:)``.
    case recall(at: Int)

    /// Reciprocal rank of the first relevant document, whose mean over queries is MRR: ``JudgedRanking/reciprocalRank``.
    case reciprocalRank

    /// The measures by which a search is usually told: nDCG@10, MAP, recall@100, MRR.
    public static let standard: [Measure] = [.ndcg(at: 10), .averagePrecision, .recall(at: 100), .reciprocalRank]
}

// MARK: - Describing

extension Measure: CustomStringConvertible {
    /// The name of the measure's mean, as it is printed: `nDCG@10`, `MAP`, `recall@100`, `MRR`.
    public var description: String {
        switch self {
        case .ndcg(let k): "nDCG@\(k)"
        case .averagePrecision: "MAP"
        case .recall(let k): "recall@\(k)"
        case .reciprocalRank: "MRR"
        }
    }

    /// The name in lower case, as a key of JSON: `ndcg@10`, `map`, `recall@100`, `mrr`.
    public var key: String { description.lowercased() }
}
