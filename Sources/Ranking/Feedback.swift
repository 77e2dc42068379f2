/// What the best papers of an answer have in common, as a direction of the vector space.
///
/// Pseudo-relevance feedback after J. Rocchio, *Relevance feedback in information retrieval* (1971), in the vector
/// space: the query moves towards the weighted mean of the papers that answer it best so far, its feedback documents.
/// Words and meaning choose them together. The vector of a few words may point anywhere, and papers that have these
/// words correct it.
package struct Feedback: Sendable {
    /// A feedback document: its unit vector, and its share of ``Feedback/centroid``.
    package struct Document: Sendable {
        package var unit: UnitKey
        package var vector: [Float]
        package var share: Float
    }

    /// The weighted mean of the documents' vectors, of length 1.
    package let centroid: SpaceVector

    /// The documents, best first. The sum of their vectors, each times its share, is the centroid.
    package let documents: [Document]

    /// The feedback of scored candidates; `nil` if none of the best has a vector.
    init?(
        _ candidates: [RankedUnit], in space: SpaceName, of source: some RankingSource, _ policy: RankingPolicy
    ) throws {
        let best = Self.best(policy.feedbackCount, of: candidates)
        var centroid: [Float] = []
        var documents: [Document] = []
        for (ranked, vector) in zip(best, try source.vectors(of: best.map(\.unit), in: space)) {
            guard let vector else { continue }
            if centroid.isEmpty { centroid = [Float](repeating: 0, count: vector.count) }
            guard vector.count == centroid.count else { continue }
            let share = Float(ranked.score)
            for axis in centroid.indices { centroid[axis] += share * vector[axis] }
            documents.append(Document(unit: ranked.unit, vector: vector, share: share))
        }
        let length = centroid.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard length > 0, length.isFinite else { return nil }
        self.centroid = SpaceVector(centroid.map { $0 / length }, in: space)
        self.documents = documents.map { Document(unit: $0.unit, vector: $0.vector, share: $0.share / length) }
    }

    /// What each document adds to the cosine of the centroid with a vector; the sum of all is that cosine.
    func shares(of vector: [Float]) -> [Double] {
        documents.map { document in
            Double(document.share) * zip(document.vector, vector).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
    }

    /// The candidates of the highest scores above 0, by selection: there are hundreds of candidates and a handful is
    /// wanted.
    private static func best(_ count: Int, of candidates: [RankedUnit]) -> [RankedUnit] {
        var best: [RankedUnit] = []
        for candidate in candidates where candidate.score > 0 {
            if best.count == count, let last = best.last, !RankedUnit.precedes(candidate, last) { continue }
            best.insert(candidate, at: best.firstIndex { RankedUnit.precedes(candidate, $0) } ?? best.count)
            if best.count > count { best.removeLast() }
        }
        return best
    }
}
