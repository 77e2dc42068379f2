import HNSW
import PaperStore
public import Papers
public import Ranking

/// How far two vector spaces agree on which papers are alike.
public struct SpaceComparison: Sendable {
    /// A paper and how far the spaces agree on its neighbors.
    public struct Disagreement: Sendable {
        /// The paper.
        public var paper: Paper
        /// The share of its nearest papers that both spaces name.
        public var overlap: Double
        /// The nearest papers that only the first space names, nearest first.
        public var onlyInFirst: [Paper]
        /// The nearest papers that only the second space names, nearest first.
        public var onlyInSecond: [Paper]
    }

    /// The first space.
    public var first: SpaceName
    /// The second space.
    public var second: SpaceName
    /// How many nearest papers are compared for each paper, of those that have a vector in both spaces.
    public var k: Int
    /// The papers that were compared: at most a thousand of those that have a vector in both spaces.
    public var paperCount: Int
    /// The mean share of a paper's `k` nearest papers that both spaces name: overlap@k.
    public var overlap: Double
    /// The papers on which the spaces agree least, worst first.
    public var disagreements: [Disagreement]
}

extension Library {
    /// Compares the neighbors that two spaces give the same papers.
    ///
    /// - Parameters:
    ///   - first: A space.
    ///   - second: Another space.
    ///   - k: The nearest papers of each paper, which is left out itself. The default is 10.
    ///   - limit: The most papers to list as disagreements.
    /// - Returns: The comparison.
    /// - Throws: `AkinError`: `spaceNotFound`; `invalidArgument` if `k` is below 1 or `limit` below 0; `damaged`.
    /// - Complexity: Two searches for each of at most a thousand papers.
    public func comparison(
        ofSpace first: SpaceName, with second: SpaceName, k: Int = 10, limit: Int = 5
    ) throws(AkinError) -> SpaceComparison {
        try validate(limit: limit)
        guard k > 0 else {
            throw AkinError(.invalidArgument, "Cannot compare \(k) neighbors: give a number from 1 up.")
        }
        guard first != second else {
            throw AkinError(.invalidArgument, "Cannot compare the space '\(first)' with itself: name two.")
        }
        return try read { papers, generation in
            for space in [first, second] where space != .latentSemantics {
                guard try papers.spaces().contains(where: { $0.name == space.rawValue }) else {
                    throw AkinError(noSpace: space, amongThoseOf: papers)
                }
            }
            guard let generation else {
                return SpaceComparison(
                    first: first, second: second, k: k, paperCount: 0, overlap: 0, disagreements: [])
            }
            return try generation.comparison(of: first, with: second, k: k, limit: limit, papers)
        }
    }
}

extension Generation {
    /// The papers that are compared, at most.
    private static let sampleSize = 1_000

    fileprivate func comparison(
        of first: SpaceName, with second: SpaceName, k: Int, limit: Int, _ papers: PaperStore.Reader
    ) throws -> SpaceComparison {
        let units = segments.flatMap { segment in
            segment.liveKeys.filter { key in
                [first, second].allSatisfy { segment.vectors(in: $0)?.contains(key) ?? false }
            }
        }
        // Evenly spread, so that the same library always gives the same sample.
        let count = min(units.count, Self.sampleSize)
        let k = min(k, max(1, units.count - 1))
        let both = PaperKeySet(units.map { UnitKey(rawValue: $0).paper })
        let sample = (0..<count).map { UnitKey(rawValue: units[$0 * units.count / count]) }
        var compared: [(unit: UnitKey, overlap: Double, first: [UnitKey], second: [UnitKey])] = []
        for unit in sample {
            let (left, right) = (
                try neighbors(of: unit, k: k, in: first, among: both),
                try neighbors(of: unit, k: k, in: second, among: both)
            )
            let shared = Set(left).intersection(right)
            compared.append(
                (
                    unit, Double(shared.count) / Double(max(1, max(left.count, right.count))),
                    left.filter { !shared.contains($0) }, right.filter { !shared.contains($0) }
                ))
        }
        let worst = compared.sorted { ($0.overlap, $0.unit) < ($1.overlap, $1.unit) }.prefix(limit)
        return SpaceComparison(
            first: first, second: second, k: k, paperCount: count,
            overlap: count > 0 ? compared.reduce(0) { $0 + $1.overlap } / Double(count) : 0,
            disagreements: try worst.map { worst in
                SpaceComparison.Disagreement(
                    paper: try papers.papers(forKeys: [worst.unit.paper])[0], overlap: worst.overlap,
                    onlyInFirst: try papers.papers(forKeys: worst.first.map(\.paper)),
                    onlyInSecond: try papers.papers(forKeys: worst.second.map(\.paper)))
            })
    }

    /// The nearest papers to a paper among some, without the paper itself.
    private func neighbors(
        of unit: UnitKey, k: Int, in space: SpaceName, among papers: PaperKeySet
    ) throws -> [UnitKey] {
        guard let vector = index.vectors(of: [unit], in: space)[0] else { return [] }
        // One more than wanted, because the paper itself is the nearest.
        let found = try index.nearest(
            k + 1, to: SpaceVector(vector, in: space), .recall(SearchOptions.defaultRecall),
            CandidateFilter(allowed: papers))
        return Array(found.map(\.unit).filter { $0 != unit }.prefix(k))
    }
}
