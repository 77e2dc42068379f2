import Akin
import Papers
import TestSupport
import Testing

@Suite("Ranking")
struct RankingTests {
    /// Papers with given scores: a source of candidates that looks at all of them.
    private struct Papers: CandidateSource {
        var lexical: [UInt64: Double]
        var semantic: [UInt64: Double]

        func lexicalCandidates(
            for terms: [WeightedTerm], pairs: [WeightedPair], limit: Int, filter: CandidateFilter,
            scoring keys: [UInt64]
        ) -> (candidates: [ScoredKey], scores: [Double]) {
            (best(lexical.filter { $0.value > 0 }, limit, filter), keys.map { lexical[$0] ?? 0 })
        }

        func semanticCandidates(
            for vector: [Float], limit: Int, recall: Double, filter: CandidateFilter
        ) -> [ScoredKey] {
            best(semantic, limit, filter)
        }

        func similarities(to vector: [Float], of keys: [UInt64]) -> [Double] {
            keys.map { semantic[$0] ?? 0 }
        }

        func vector(of key: UInt64) -> [Float]? { nil }

        private func best(_ scores: [UInt64: Double], _ limit: Int, _ filter: CandidateFilter) -> [ScoredKey] {
            let keys = scores.filter { filter.admits($0.key) }.map { ScoredKey(key: $0.key, score: $0.value) }
            return Array(keys.sorted(by: ScoredKey.precedes).prefix(limit))
        }
    }

    private let papers = Papers(lexical: [1: 10, 2: 5, 3: 1], semantic: [1: 0.1, 2: 0.8, 4: 0.4, 5: -0.5])
    private let query = RankingQuery(terms: [WeightedTerm(term: "memory", weight: 1)], vector: [1])

    @Test
    func `a hybrid score adds both parts, each divided by the query's best`() throws {
        let ranked = try Ranking(mode: .hybrid, alpha: 0.5, limit: 10).rank(query, in: papers)
        #expect(ranked.map(\.key) == [2, 1, 4, 3])
        #expect(abs(ranked[0].score - (0.5 * 5 / 10 + 0.5 * 0.8 / 0.8)) < 1e-12)
        #expect(abs(ranked[1].score - (0.5 * 10 / 10 + 0.5 * 0.1 / 0.8)) < 1e-12)
        #expect(abs(ranked[2].score - 0.5 * 0.4 / 0.8) < 1e-12)
        #expect(abs(ranked[3].score - 0.5 * 1 / 10) < 1e-12)
        #expect(ranked[0].lexical == 5 && ranked[0].semantic == 0.8)
    }

    @Test
    func `lexical and semantic mode rank by one part alone`() throws {
        #expect(try Ranking(mode: .lexical, alpha: 0.5, limit: 10).rank(query, in: papers).map(\.key) == [1, 2, 3])
        #expect(try Ranking(mode: .semantic, alpha: 0.5, limit: 10).rank(query, in: papers).map(\.key) == [2, 4, 1])
    }

    @Test
    func `a negative cosine counts as nothing`() throws {
        let ranked = try Ranking(mode: .hybrid, alpha: 0.5, limit: 10).rank(query, in: papers)
        #expect(!ranked.map(\.key).contains(5))
    }

    @Test
    func `a side whose best is nothing is left out`() throws {
        let words = Papers(lexical: [1: 4, 2: 2], semantic: [1: -0.2, 2: -0.1])
        let byWords = try Ranking(mode: .hybrid, alpha: 0.9, limit: 10).rank(query, in: words)
        #expect(byWords.map(\.key) == [1, 2])
        #expect(byWords.map(\.score) == [1, 0.5])
        let meanings = Papers(lexical: [:], semantic: [1: 0.2, 2: 0.4])
        let byMeaning = try Ranking(mode: .hybrid, alpha: 0.1, limit: 10).rank(query, in: meanings)
        #expect(byMeaning.map(\.key) == [2, 1])
        #expect(byMeaning.map(\.score) == [1, 0.5])
    }

    @Test
    func `a ranking keeps to the filter and the limit`() throws {
        let filter = CandidateFilter(
            allowed: PaperKeySet([1, 3, 4].map { PaperKey($0) }), excluded: PaperKeySet([PaperKey(4)]))
        #expect(
            try Ranking(mode: .hybrid, alpha: 0.5, limit: 10, filter: filter).rank(query, in: papers).map(\.key) == [
                1, 3,
            ])
        #expect(try Ranking(mode: .hybrid, alpha: 0.5, limit: 1).rank(query, in: papers).count == 1)
        #expect(try Ranking(mode: .hybrid, alpha: 0.5, limit: 0).rank(query, in: papers).isEmpty)
    }

    @Test
    func `ties go to the smaller key`() throws {
        let twins = Papers(lexical: [9: 1, 3: 1, 5: 1], semantic: [:])
        #expect(try Ranking(mode: .hybrid, alpha: 0.5, limit: 10).rank(query, in: twins).map(\.key) == [3, 5, 9])
    }

    @Test
    func `a paper that is named by its title comes first`() throws {
        let ranked = try Ranking(mode: .hybrid, alpha: 0.5, limit: 10, named: [5, 3]).rank(query, in: papers)
        #expect(ranked.map(\.key) == [3, 5, 2, 1, 4])
        #expect(ranked.prefix(2).allSatisfy { $0.score == 1 })
        let filter = CandidateFilter(excluded: PaperKeySet([5, 3].map { PaperKey($0) }))
        let others = Ranking(mode: .hybrid, alpha: 0.5, limit: 10, filter: filter, named: [5, 3])
        #expect(try others.rank(query, in: papers).map(\.key) == [2, 1, 4])
    }

    @Test
    func `a query without terms and vector finds nothing`() throws {
        let nothing = RankingQuery(terms: [], vector: nil)
        let empty = Papers(lexical: [:], semantic: [1: 1])
        #expect(try Ranking(mode: .hybrid, alpha: 0.5, limit: 10).rank(nothing, in: empty).isEmpty)
    }
}
