/// A measure of how good a ranking is.
public enum Measure: Hashable, Sendable {
    /// Normalized discounted cumulative gain of the first documents: ``JudgedRanking/ndcg(at:)``.
    case ndcg(at: Int)

    /// Average precision, whose mean over queries is MAP: ``JudgedRanking/averagePrecision``.
    case averagePrecision

    /// Share of the relevant documents among the first: ``JudgedRanking/recall(at:)``.
    case recall(at: Int)

    /// Reciprocal rank of the first relevant document, whose mean over queries is MRR:
    /// ``JudgedRanking/reciprocalRank``.
    case reciprocalRank

    /// The usual measures: nDCG@10, MAP, recall@100, MRR.
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

// MARK: - Naming

extension Measure: LosslessStringConvertible {
    /// Creates the measure of a printed name, such as `nDCG@10`, `map`, `recall@100` or `MRR`, in any case. Returns
    /// `nil` if there is no such measure.
    public init?(_ name: String) {
        let parts = name.lowercased().split(separator: "@", omittingEmptySubsequences: false)
        let cutoff = parts.count == 2 ? Int(parts[1]).flatMap { $0 >= 1 ? $0 : nil } : nil
        switch (parts[0], cutoff, parts.count) {
        case ("ndcg", let k?, 2): self = .ndcg(at: k)
        case ("recall", let k?, 2): self = .recall(at: k)
        case ("map", nil, 1): self = .averagePrecision
        case ("mrr", nil, 1): self = .reciprocalRank
        default: return nil
        }
    }
}
