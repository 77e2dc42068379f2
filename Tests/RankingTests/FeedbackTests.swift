import Ranking
import RankingTestSupport
import Testing

@Suite("Feedback documents")
struct FeedbackTests {
    /// Papers as unit vectors of the plane, at angles of 0, 45 or 90 degrees, and their BM25 scores.
    private func plane(angles: [UInt64: Double], lexical: [UInt64: Double]) -> GivenScores {
        let half = Float(0.5).squareRoot()
        return GivenScores(
            lexical: lexical,
            vectors: angles.mapValues { $0 == 0 ? [1, 0] : $0 == 90 ? [0, 1] : [half, half] })
    }

    private let question = RankingQuery.given([1, 0])

    @Test
    func `the cosine with the weighted centroid counts three quarters`() throws {
        let plane = self.plane(angles: [1: 0, 2: 90], lexical: [2: 1])
        var policy = RankingPolicy()
        policy.semanticCoverageShare = 0
        let ranker = Ranker(mode: .hybrid, semanticWeight: 0.5, limit: 10, policy: policy)
        let ranked = try ranker.rank(question, in: plane).units
        // Before feedback paper 1 has .5 by its cosine and paper 2 .5 by its words: the centroid lies at 45 degrees.
        let half = 0.5 * 2.0.squareRoot()
        let semantic = (1 + 0.75 * half, 0.75 * half)
        #expect(ranked.map(\.unit.rawValue) == [2, 1])
        #expect(abs(ranked[0].score - (0.5 + 0.5 * semantic.1 / semantic.0)) < 1e-6)
        #expect(abs(ranked[1].score - 0.5) < 1e-6)
        #expect(abs(ranked[0].feedback - half) < 1e-6)
        #expect(ranked[0].semantic == 0 && ranked[1].semantic == 1)
    }

    @Test
    func `there are five feedback documents at most`() throws {
        let angles = Dictionary(uniqueKeysWithValues: (1...9).map { (UInt64($0), $0 <= 5 ? 0.0 : 90.0) })
        let lexical = Dictionary(uniqueKeysWithValues: (1...9).map { (UInt64($0), 10 - Double($0)) })
        let ranked = try Ranker(mode: .hybrid, semanticWeight: 0.5, limit: 10).rank(
            question, in: plane(angles: angles, lexical: lexical)
        ).units
        #expect(ranked.filter { $0.unit.rawValue <= 5 }.allSatisfy { abs($0.feedback - 1) < 1e-6 })
        #expect(ranked.filter { $0.unit.rawValue > 5 }.allSatisfy { abs($0.feedback) < 1e-6 })
    }

    @Test
    func `feedback has no part where one side ranks alone`() throws {
        let plane = self.plane(angles: [1: 0, 2: 45], lexical: [2: 1])
        for ranking in [
            Ranker(mode: .semantic, semanticWeight: 0.5, limit: 10),
            Ranker(mode: .lexical, semanticWeight: 0.5, limit: 10),
            Ranker(mode: .hybrid, semanticWeight: 0, limit: 10),
        ] {
            #expect(try ranking.rank(question, in: plane).units.allSatisfy { $0.feedback == 0 })
        }
    }
}
