/// What the best papers of an answer have in common, as a direction of the vector space.
///
/// Pseudo-relevance feedback after J. Rocchio, *Relevance feedback in information retrieval* (1971), in the vector
/// space: the query moves towards the weighted mean of the papers that answer it best so far, its feedback documents.
/// Words and meaning choose them together. The vector of a few words may point anywhere, and papers that have these
/// words correct it.
package struct Feedback: Sendable {
    /// A feedback document: its unit vector in each space of ``Feedback/centroids``, `nil` where it has none, and its
    /// share of the centroid there.
    package struct Document: Sendable {
        package var unit: UnitKey
        package var parts: [(vector: [Float]?, share: Float)]
    }

    /// The weighted mean of the documents' vectors in each space, of length 1.
    package let centroids: [Direction]

    /// The documents, best first. In each space, the sum of their vectors, each times its share, is the centroid.
    package let documents: [Document]

    /// The feedback of scored candidates; `nil` if none of the best has a vector.
    init?(
        _ candidates: [RankedUnit], in spaces: [SpaceName], of source: some RankingSource, _ policy: RankingPolicy
    ) throws {
        let best = Self.best(policy.feedbackCount, of: candidates)
        var documents = best.map { Document(unit: $0.unit, parts: []) }
        var centroids: [Direction] = []
        for space in spaces {
            let vectors = try source.vectors(of: best.map(\.unit), in: space)
            let parts = zip(vectors, best).map { (vector: $0, weight: Float($1.score)) }
            guard let sum = weightedSum(parts), let centroid = SpaceVector(normalizing: sum, in: space)
            else { continue }
            let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
            for (index, part) in parts.enumerated() {
                let vector = part.vector?.count == sum.count ? part.vector : nil
                documents[index].parts.append((vector, part.weight / length))
            }
            centroids.append(
                try Direction(centroid, share: 1 / Double(spaces.count), against: source.meanVector(in: space)))
        }
        documents.removeAll { document in document.parts.allSatisfy { $0.vector == nil } }
        guard !documents.isEmpty else { return nil }
        self.centroids = centroids
        self.documents = documents
    }

    /// What each document adds to the cosine of a centroid with a vector of its space; the sum of all is that cosine.
    func shares(of vector: [Float], in space: SpaceName) -> [Double] {
        guard let place = centroids.firstIndex(where: { $0.vector.space == space }) else { return [] }
        return documents.map { document in
            let (own, share) = document.parts[place]
            return Double(share) * zip(own ?? [], vector).reduce(0) { $0 + Double($1.0) * Double($1.1) }
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
