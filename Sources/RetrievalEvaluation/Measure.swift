/// A measure of how good a ranking is.
public enum Measure: Hashable, Sendable {
    /// Normalized discounted cumulative gain of the first documents: ``JudgedRanking/ndcg(at:)``.
    case ndcg(at: Int)

    /// Average precision, whose mean over queries is MAP: ``JudgedRanking/averagePrecision``.
    case averagePrecision

    /// Average precision of the first documents, whose mean over queries is MAP@k:
    /// ``JudgedRanking/averagePrecision(at:)``.
    case truncatedAveragePrecision(at: Int)

    /// Share of the relevant documents among the first: ``JudgedRanking/recall(at:)``.
    case recall(at: Int)

    /// Share of relevant documents among the first: ``JudgedRanking/precision(at:)``.
    case precision(at: Int)

    /// Precision at the number of relevant documents: ``JudgedRanking/rPrecision``.
    case rPrecision

    /// Whether a relevant document is among the first: ``JudgedRanking/success(at:)``.
    case success(at: Int)

    /// Reciprocal rank of the first relevant document, whose mean over queries is MRR:
    /// ``JudgedRanking/reciprocalRank``.
    case reciprocalRank

    /// Reciprocal rank, or 0 for a first relevant document beyond a cut-off: ``JudgedRanking/reciprocalRank(at:)``.
    case truncatedReciprocalRank(at: Int)

    /// The usual measures: nDCG@10, MAP, recall@100, MRR.
    public static let standard: [Measure] = [.ndcg(at: 10), .averagePrecision, .recall(at: 100), .reciprocalRank]

    /// The measures that papers print at a cut-off: nDCG@k, recall@k, P@k, MRR@k and MAP@k.
    ///
    /// - Parameter k: The cut-off, at least 1.
    /// - Returns: The measures, in this order.
    public static func published(at k: Int) -> [Measure] {
        [
            .ndcg(at: k), .recall(at: k), .precision(at: k), .truncatedReciprocalRank(at: k),
            .truncatedAveragePrecision(at: k),
        ]
    }
}

// MARK: - Describing

extension Measure: CustomStringConvertible {
    /// The name of the measure's mean, as it is printed: `nDCG@10`, `MAP`, `MAP@10`, `recall@100`, `P@10`,
    /// `R-precision`, `success@10`, `MRR`, `MRR@10`.
    public var description: String {
        switch self {
        case .ndcg(let k): "nDCG@\(k)"
        case .averagePrecision: "MAP"
        case .truncatedAveragePrecision(let k): "MAP@\(k)"
        case .recall(let k): "recall@\(k)"
        case .precision(let k): "P@\(k)"
        case .rPrecision: "R-precision"
        case .success(let k): "success@\(k)"
        case .reciprocalRank: "MRR"
        case .truncatedReciprocalRank(let k): "MRR@\(k)"
        }
    }

    /// The name in lower case, as a key of JSON: `ndcg@10`, `map`, `recall@100`, `mrr`.
    public var key: String { description.lowercased() }

    /// The name that `ir-measures` gives the measure: `nDCG@10`, `AP`, `AP@10`, `R@100`, `P@10`, `Rprec`, `Success@10`,
    /// `RR`, `RR@10` (S. MacAvaney, C. Macdonald & I. Ounis, *Streamlining Evaluation with ir-measures*, 2022,
    /// <https://doi.org/10.1007/978-3-030-99739-7_38>).
    public var irMeasuresName: String {
        switch self {
        case .ndcg(let k): "nDCG@\(k)"
        case .averagePrecision: "AP"
        case .truncatedAveragePrecision(let k): "AP@\(k)"
        case .recall(let k): "R@\(k)"
        case .precision(let k): "P@\(k)"
        case .rPrecision: "Rprec"
        case .success(let k): "Success@\(k)"
        case .reciprocalRank: "RR"
        case .truncatedReciprocalRank(let k): "RR@\(k)"
        }
    }
}

// MARK: - Naming

extension Measure: LosslessStringConvertible {
    /// Creates the measure of a name, in any case: a printed one, such as `nDCG@10`, `MAP`, `recall@100` or `MRR`; the
    /// one of `ir-measures` (``irMeasuresName``), such as `AP`, `RR@10`, `R@100` or `Rprec`; and `precision@10`.
    /// Returns `nil` if there is no such measure.
    public init?(_ name: String) {
        let parts = name.lowercased().split(separator: "@", omittingEmptySubsequences: false)
        let cutoff = parts.count == 2 ? Int(parts[1]).flatMap { $0 >= 1 ? $0 : nil } : nil
        switch (parts[0], cutoff, parts.count) {
        case ("ndcg", let k?, 2): self = .ndcg(at: k)
        case ("recall", let k?, 2), ("r", let k?, 2): self = .recall(at: k)
        case ("map", nil, 1), ("ap", nil, 1): self = .averagePrecision
        case ("map", let k?, 2), ("ap", let k?, 2): self = .truncatedAveragePrecision(at: k)
        case ("p", let k?, 2), ("precision", let k?, 2): self = .precision(at: k)
        case ("r-precision", nil, 1), ("rprec", nil, 1): self = .rPrecision
        case ("success", let k?, 2): self = .success(at: k)
        case ("mrr", nil, 1), ("rr", nil, 1): self = .reciprocalRank
        case ("mrr", let k?, 2), ("rr", let k?, 2): self = .truncatedReciprocalRank(at: k)
        default: return nil
        }
    }
}
