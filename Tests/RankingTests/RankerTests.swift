import Papers
import Ranking
import RankingTestSupport
import TestSupport
import Testing

@Suite("Ranking by words and meaning")
struct RankerTests {
    private func keys(_ numbers: [UInt64]) -> PaperKeySet { PaperKeySet(numbers.map { PaperKey($0) }) }
    private func units(_ numbers: UInt64...) -> Set<UnitKey> { Set(numbers.map(UnitKey.init)) }

    private let papers = GivenScores(lexical: [1: 10, 2: 5, 3: 1], semantic: [1: 0.1, 2: 0.8, 4: 0.4, 5: -0.5])
    private let query = RankingQuery.given([1])

    @Test
    func `adds both parts, each divided by the query's best`() throws {
        let ranked = try Ranker(mode: .hybrid, semanticWeight: 0.5, limit: 10).rank(query, in: papers).units
        #expect(ranked.map(\.unit.rawValue) == [2, 1, 4, 3])
        #expect(abs(ranked[0].score - (0.5 * 5 / 10 + 0.5 * 0.8 / 0.8)) < 1e-12)
        #expect(abs(ranked[1].score - (0.5 * 10 / 10 + 0.5 * 0.1 / 0.8)) < 1e-12)
        // Paper 4 has no word of the question, which costs a part of its semantic side.
        #expect(abs(ranked[2].score - 0.7 * 0.5 * 0.4 / 0.8) < 1e-12)
        #expect(abs(ranked[3].score - 0.5 * 1 / 10) < 1e-12)
        #expect(ranked[0].lexical == 5 && ranked[0].semantic == 0.8)
    }

    @Test
    func `ranks by one part alone where that is asked for`() throws {
        #expect(try Ranker(mode: .lexical, semanticWeight: 0.5, limit: 10).keys(query, in: papers) == [1, 2, 3])
        #expect(try Ranker(mode: .semantic, semanticWeight: 0.5, limit: 10).keys(query, in: papers) == [2, 4, 1])
    }

    @Test
    func `counts a negative cosine as nothing`() throws {
        let ranked = try Ranker(mode: .hybrid, semanticWeight: 0.5, limit: 10).rank(query, in: papers).units
        #expect(!ranked.map(\.unit.rawValue).contains(5))
    }

    @Test
    func `leaves out a side whose best is nothing`() throws {
        let words = GivenScores(lexical: [1: 4, 2: 2], semantic: [1: -0.2, 2: -0.1])
        let byWords = try Ranker(mode: .hybrid, semanticWeight: 0.9, limit: 10).rank(query, in: words).units
        #expect(byWords.map(\.unit.rawValue) == [1, 2])
        #expect(byWords.map(\.score) == [1, 0.5])
        let meanings = GivenScores(lexical: [:], semantic: [1: 0.2, 2: 0.4])
        let byMeaning = try Ranker(mode: .hybrid, semanticWeight: 0.1, limit: 10).rank(query, in: meanings).units
        #expect(byMeaning.map(\.unit.rawValue) == [2, 1])
        #expect(byMeaning.map(\.score) == [1, 0.5])
    }

    @Test
    func `keeps to the filter and the limit`() throws {
        let filter = CandidateFilter(allowed: keys([1, 3, 4]), excluded: keys([4]))
        #expect(
            try Ranker(mode: .hybrid, semanticWeight: 0.5, limit: 10, filter: filter).keys(query, in: papers) == [
                1, 3,
            ])
        #expect(try Ranker(mode: .hybrid, semanticWeight: 0.5, limit: 1).rank(query, in: papers).units.count == 1)
        #expect(try Ranker(mode: .hybrid, semanticWeight: 0.5, limit: 0).rank(query, in: papers).units.isEmpty)
    }

    @Test
    func `moves a noted paper nearer to the best, and never past it`() throws {
        func ranked(_ noted: [UnitKey: Double]) throws -> [RankedUnit] {
            let given = GivenScores(lexical: [1: 10, 2: 5, 3: 2], semantic: [1: 0.5, 2: 0.9, 3: 1])
            return try Ranker(mode: .hybrid, semanticWeight: 0.5, limit: 10, noted: noted).rank(query, in: given).units
        }
        let before = try ranked([:])
        let second = before[1]
        let after = try ranked([second.unit: 1])
        #expect(before[0].score < 1 && after[0].unit == before[0].unit)
        let middle = (before[0].score + second.score) / 2
        #expect(abs(after[1].score - middle) < 1e-12 && abs(after[1].notes - (middle - second.score)) < 1e-12)
        // What nothing else finds is found by its note.
        #expect(try ranked([UnitKey(PaperKey(9)): 0.5]).contains { $0.unit == UnitKey(PaperKey(9)) && $0.notes > 0 })
    }

    @Test
    func `gives ties to the smaller key`() throws {
        let equals = GivenScores(lexical: [9: 1, 3: 1, 5: 1], semantic: [:])
        #expect(try Ranker(mode: .hybrid, semanticWeight: 0.5, limit: 10).keys(query, in: equals) == [3, 5, 9])
    }

    @Test
    func `puts a paper first that is named by its title, whatever its parts`() throws {
        let ranked = try Ranker(mode: .hybrid, semanticWeight: 0.5, limit: 10, named: units(5, 3)).rank(
            query, in: papers
        ).units
        #expect(ranked.map(\.unit.rawValue) == [3, 5, 2, 1, 4])
        #expect(ranked.prefix(2).allSatisfy { $0.score == 1 })
        let filter = CandidateFilter(excluded: keys([5, 3]))
        let others = Ranker(mode: .hybrid, semanticWeight: 0.5, limit: 10, filter: filter, named: units(5, 3))
        #expect(try others.keys(query, in: papers) == [2, 1, 4])
    }

    @Test
    func `finds nothing without terms and vector`() throws {
        let nothing = RankingQuery(lexical: LexicalTerms(words: [], statistics: .empty), directions: [])
        let empty = GivenScores(lexical: [:], semantic: [1: 1])
        #expect(try Ranker(mode: .hybrid, semanticWeight: 0.5, limit: 10).rank(nothing, in: empty).units.isEmpty)
    }
}
