import Foundation
import RetrievalEvaluation
import Testing

@Suite("Measures worked by hand")
struct MeasureTests {
    /// Ranks 1 to 6 hold relevances 2, unjudged, 0, 1, −1, 3; one document of relevance 2 is not ranked.
    let ranking = JudgedRanking(
        ["a", "b", "c", "d", "e", "f"],
        judgments: ["a": 2, "c": 0, "d": 1, "e": -1, "f": 3, "missed": 2]
    )

    @Test func `The relevant documents are those of relevance 1 and more`() {
        #expect(ranking.hits.map(\.rank) == [1, 4, 6])
        #expect(ranking.hits.map(\.relevance) == [2, 1, 3])
        #expect(ranking.idealRelevances == [3, 2, 2, 1])
        #expect(ranking.retrievedCount == 6)
    }

    @Test func `nDCG has linear gain, discounted by the logarithm of the rank`() {
        let gain: Double = 2 / log2(2) + 1 / log2(5) + 3 / log2(7)
        let ideal: Double = 3 / log2(2) + 2 / log2(3) + 2 / log2(4) + 1 / log2(5)
        #expect(abs(ranking.ndcg(at: 10) - gain / ideal) < 1e-12)
        #expect(abs(ranking.ndcg(at: 10) - 0.6147) < 5e-5)
    }

    @Test func `nDCG at k cuts the ideal ranking too`() {
        #expect(abs(ranking.ndcg(at: 1) - 2.0 / 3) < 1e-12)
        #expect(abs(ranking.ndcg(at: 2) - 2 / (3 + 2 / log2(3))) < 1e-12)
    }

    @Test func `A perfect ranking has nDCG 1`() {
        let perfect = JudgedRanking(["a", "b", "c"], judgments: ["a": 3, "b": 2, "c": 1])
        #expect(abs(perfect.ndcg(at: 10) - 1) < 1e-12)
        #expect(perfect.averagePrecision == 1)
    }

    @Test func `Average precision counts a relevant document that is not ranked as 0`() {
        #expect(abs(ranking.averagePrecision - (1.0 / 1 + 2.0 / 4 + 3.0 / 6) / 4) < 1e-12)
    }

    @Test(arguments: [(1, 0.25), (3, 0.25), (4, 0.5), (6, 0.75), (1_000, 0.75)])
    func `Recall at k is the share of the relevant documents among the first k`(k: Int, expected: Double) {
        #expect(ranking.recall(at: k) == expected)
    }

    @Test func `The reciprocal rank is that of the first relevant document, however deep`() {
        #expect(ranking.reciprocalRank == 1)
        let late = JudgedRanking((1...40).map { DocumentID("\($0)") }, judgments: ["40": 1])
        #expect(late.reciprocalRank == 1.0 / 40)
    }

    @Test(arguments: Measure.standard)
    func `A query without relevant documents has the value 0`(measure: Measure) {
        #expect(JudgedRanking(["a", "b"], judgments: ["a": 0, "b": -2]).value(of: measure) == 0)
    }

    @Test(arguments: Measure.standard)
    func `An empty ranking has the value 0`(measure: Measure) {
        #expect(JudgedRanking([], judgments: ["a": 1]).value(of: measure) == 0)
    }

    @Test func `Measures are printed by the names of the field`() {
        #expect(Measure.standard.map(\.description) == ["nDCG@10", "MAP", "recall@100", "MRR"])
        #expect(Measure.standard.map(\.key) == ["ndcg@10", "map", "recall@100", "mrr"])
    }

    @Test func `A measure is parsed from its name`() {
        for measure in Measure.standard + [.ndcg(at: 1), .recall(at: 5)] {
            #expect(Measure(measure.description) == measure)
            #expect(Measure(measure.key) == measure)
        }
        for name in ["", "ndcg", "ndcg@0", "ndcg@-1", "ndcg@x", "map@10", "recall@1@2", "precision@10", "@"] {
            #expect(Measure(name) == nil, "\(name)")
        }
    }
}
