import Akin
import Testing

@Suite("Feedback of the first papers")
struct FeedbackTests {
    /// Papers as unit vectors of the plane, and BM25 scores.
    private struct Plane: CandidateSource {
        var angles: [UInt64: Double]
        var lexical: [UInt64: Double]

        func lexicalCandidates(
            for terms: [WeightedTerm], pairs: [WeightedPair], limit: Int, filter: CandidateFilter,
            scoring keys: [UInt64]
        ) -> (candidates: [ScoredKey], scores: [Double]) {
            (lexical.map { ScoredKey(key: $0.key, score: $0.value) }, keys.map { lexical[$0] ?? 0 })
        }

        func semanticCandidates(
            for vector: [Float], limit: Int, recall: Double, filter: CandidateFilter
        ) -> [ScoredKey] {
            angles.keys.map { ScoredKey(key: $0, score: cosine(vector, $0)) }
        }

        func similarities(to vector: [Float], of keys: [UInt64]) -> [Double] { keys.map { cosine(vector, $0) } }

        func vector(of key: UInt64) -> [Float]? {
            angles[key].map { [Float(cosine($0)), Float(sine($0))] }
        }

        private func cosine(_ vector: [Float], _ key: UInt64) -> Double {
            guard let other = self.vector(of: key) else { return 0 }
            return Double(vector[0] * other[0] + vector[1] * other[1])
        }

        private func cosine(_ angle: Double) -> Double { angle == 0 ? 1 : angle == 90 ? 0 : 0.5 * 2.0.squareRoot() }
        private func sine(_ angle: Double) -> Double { angle == 0 ? 0 : angle == 90 ? 1 : 0.5 * 2.0.squareRoot() }
    }

    private let question = RankingQuery(terms: [WeightedTerm(term: "memory", weight: 1)], vector: [1, 0])

    @Test
    func `feedback adds three quarters of the cosine with the weighted centroid of the answers`() throws {
        let plane = Plane(angles: [1: 0, 2: 90], lexical: [2: 1])
        let ranked = try Ranking(mode: .hybrid, alpha: 0.5, limit: 10).rank(question, in: plane)
        // Before feedback paper 1 has .5 by its cosine and paper 2 .5 by its words: the middle lies at 45 degrees.
        let half = 0.5 * 2.0.squareRoot()
        let closeness = (1 + 0.75 * half, 0.75 * half)
        #expect(ranked.map(\.key) == [2, 1])
        #expect(abs(ranked[0].score - (0.5 + 0.5 * closeness.1 / closeness.0)) < 1e-6)
        #expect(abs(ranked[1].score - 0.5) < 1e-6)
        #expect(abs(ranked[0].feedback - half) < 1e-6)
        #expect(ranked[0].semantic == 0 && ranked[1].semantic == 1)
    }

    @Test
    func `feedback uses at most five documents`() throws {
        let angles = Dictionary(uniqueKeysWithValues: (1...9).map { (UInt64($0), $0 <= 5 ? 0.0 : 90.0) })
        let lexical = Dictionary(uniqueKeysWithValues: (1...9).map { (UInt64($0), 10 - Double($0)) })
        let ranked = try Ranking(mode: .hybrid, alpha: 0.5, limit: 10).rank(
            question, in: Plane(angles: angles, lexical: lexical))
        #expect(ranked.filter { $0.key <= 5 }.allSatisfy { abs($0.feedback - 1) < 1e-6 })
        #expect(ranked.filter { $0.key > 5 }.allSatisfy { abs($0.feedback) < 1e-6 })
    }

    @Test
    func `feedback is left out where one side ranks alone`() throws {
        let plane = Plane(angles: [1: 0, 2: 45], lexical: [2: 1])
        for ranking in [
            Ranking(mode: .semantic, alpha: 0.5, limit: 10), Ranking(mode: .lexical, alpha: 0.5, limit: 10),
            Ranking(mode: .hybrid, alpha: 0, limit: 10),
        ] {
            #expect(try ranking.rank(question, in: plane).allSatisfy { $0.feedback == 0 })
        }
    }
}
