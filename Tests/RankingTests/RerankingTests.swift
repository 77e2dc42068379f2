import Papers
import Ranking
import SeededRandom
import Testing

@Suite("A second look at the first units")
struct RerankingTests {
    /// Units with these scores, by their numbers from 1.
    private func units(_ scores: [Double]) -> [RankedUnit] {
        scores.enumerated().map { place, score in
            var unit = RankedUnit(unit: UnitKey(PaperKey(UInt64(place + 1))), lexical: score, semantic: 0)
            unit.score = score
            unit.weights = PartWeights(lexical: 1)
            return unit
        }
    }

    private func numbers(_ units: [RankedUnit]) -> [UInt64] { units.map { $0.unit.paper.rawValue } }

    @Test
    func `scores are mixed as the formula says`() {
        let ranked = Reranking(by: "minilm", weight: 0.5).ranked(units([4, 3, 2]), by: [0.2, 0.6, 0.4])
        #expect(numbers(ranked) == [2, 1, 3])
        let (scores, judgments) = ([0.5 * 3 + 2, 0.5 * 4, 0.5 * 2 + 1], [2.0, 0, 1])
        for (unit, (score, judgment)) in zip(ranked, zip(scores, judgments)) {
            #expect(abs(unit.score - score) < 1e-12 && abs(unit.judgment - judgment) < 1e-12)
        }
        #expect(ranked.allSatisfy { abs($0.weights.lexical * $0.lexical + $0.judgment - $0.score) < 1e-12 })
    }

    @Test
    func `a unit without a judgment and those behind keep their places`() {
        let ranked = Reranking(by: "minilm", weight: 0.9).ranked(units([5, 4, 3, 2, 1]), by: [0.1, nil, 0.9, 0.5])
        #expect(numbers(ranked) == [3, 2, 4, 1, 5])
    }

    @Test
    func `a unit that the question names stays first`() {
        var given = units([1, 0.9, 0.8])
        given[0].weights = PartWeights()
        let ranked = Reranking(by: "minilm", weight: 0.9).ranked(given, by: [0, 0.2, 0.9])
        #expect(numbers(ranked) == [1, 3, 2])
        #expect(ranked[0].score == 1)
    }

    @Test
    func `a judge without a share changes nothing, also behind a paper that the question names`() {
        var given = units([1, 0.3, 0.2])
        given[0].weights = PartWeights()
        #expect(numbers(Reranking(by: "minilm", weight: 0).ranked(given, by: [0.1, 0.5, 0.9])) == [1, 2, 3])
    }

    @Test(arguments: [[], [nil, nil], [0.5], [0.5, 0.5, 0.5]] as [[Double?]])
    func `judgments that tell nothing apart change nothing`(judgments: [Double?]) {
        let given = units([3, 2, 1])
        #expect(Reranking(by: "minilm").ranked(given, by: judgments) == given)
    }

    @Test
    func `any judgments only change the order`() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<200 {
            let given = units((0..<Int.random(in: 0...30, using: &random)).map { 100 - Double($0) })
            let judgments = given.prefix(20).map { _ in
                Bool.random(using: &random) ? Double.random(in: -1...1, using: &random) : nil
            }
            let ranked = Reranking(by: "minilm").ranked(given, by: judgments)
            #expect(numbers(ranked).sorted() == numbers(given))
            #expect(ranked.allSatisfy { abs($0.weights.lexical * $0.lexical + $0.judgment - $0.score) < 1e-9 })
            #expect(ranked.allSatisfy { $0.score <= 100 })
        }
    }
}
