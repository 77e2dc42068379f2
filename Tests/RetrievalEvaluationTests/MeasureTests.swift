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

    /// `P_k` of `trec_eval`.
    @Test(arguments: [(1, 1.0), (3, 1.0 / 3), (4, 0.5), (6, 0.5), (10, 0.3)])
    func `Precision at k is the share of relevant documents among k, ranked or not`(k: Int, expected: Double) {
        #expect(ranking.precision(at: k) == expected)
    }

    /// `Rprec` of `trec_eval`: four documents are relevant, and ranks 1 and 4 hold two of them.
    @Test func `R-precision is the precision at the number of relevant documents`() {
        #expect(ranking.rPrecision == 0.5)
        #expect(JudgedRanking(["a"], judgments: ["a": 1, "b": 1, "c": 1, "d": 1]).rPrecision == 0.25)
    }

    /// `success_k` of `trec_eval`.
    @Test func `Success at k tells whether a relevant document is among the first k`() {
        let third = JudgedRanking(["x", "y", "a"], judgments: ["a": 1, "b": 2])
        #expect([1, 2, 3, 10].map { third.success(at: $0) } == [0, 0, 1, 1])
    }

    /// `recip_rank` of `trec_eval -M k`.
    @Test func `MRR at k counts a first relevant document beyond k as 0`() {
        let third = JudgedRanking(["x", "y", "a"], judgments: ["a": 1])
        #expect([2, 3, 10].map { third.reciprocalRank(at: $0) } == [0, 1.0 / 3, 1.0 / 3])
        #expect(third.value(of: .truncatedReciprocalRank(at: 2)) == 0)
    }

    @Test func `A fraction is its gain in nDCG and is relevant to the other measures`() {
        let halves = JudgedRanking(["a", "b", "c"], judgments: ["a": 0.5, "b": 0, "c": 1])
        let gain: Double = 0.5 / log2(2) + 1 / log2(4)
        let ideal: Double = 1 / log2(2) + 0.5 / log2(3)
        #expect(abs(halves.ndcg(at: 10) - gain / ideal) < 1e-12)
        #expect(halves.reciprocalRank == 1)
        #expect(halves.recall(at: 1) == 0.5)
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
        let further: [Measure] = [
            .ndcg(at: 1), .recall(at: 5), .precision(at: 10), .rPrecision, .success(at: 10),
            .truncatedReciprocalRank(at: 10), .truncatedAveragePrecision(at: 10),
        ]
        #expect(
            further.map(\.description)
                == ["nDCG@1", "recall@5", "P@10", "R-precision", "success@10", "MRR@10", "MAP@10"])
        #expect(
            further.map(\.irMeasuresName) == ["nDCG@1", "R@5", "P@10", "Rprec", "Success@10", "RR@10", "AP@10"])
        #expect(Measure.standard.map(\.irMeasuresName) == ["nDCG@10", "AP", "R@100", "RR"])
        #expect(Measure("precision@5") == .precision(at: 5))
        #expect(Measure("Rprec") == .rPrecision)
        for measure in Measure.standard + further {
            #expect(Measure(measure.description) == measure)
            #expect(Measure(measure.key) == measure)
            #expect(Measure(measure.irMeasuresName) == measure)
        }
        for name in [
            "", "ndcg", "ndcg@0", "ndcg@-1", "ndcg@x", "map@0", "recall@1@2", "precision", "p@0", "success", "mrr@0",
            "@", "r", "r@0", "ap@0", "rr@x", "nDCG@", "judged@10",
        ] {
            #expect(Measure(name) == nil, "\(name)")
        }
    }

    /// The figures of `ir_measures` 0.4.3 over `pytrec_eval-terrier` 0.5.11 for the same run and qrels.
    @Test(arguments: [
        ("nDCG@3", 0.40807380618264244), ("AP", 0.35), ("AP@3", 0.16666666666666666), ("AP@1", 0),
        ("RR", 0.41666666666666663), ("RR@2", 0.25), ("P@2", 0.25), ("R@4", 0.5833333333333333), ("Success@1", 0),
        ("Success@2", 0.5), ("Rprec", 0.16666666666666666),
    ])
    func `A literal run has the values of ir-measures`(name: String, expected: Double) throws {
        let qrels: Qrels = ["q1": ["d1": 2, "d2": 0, "d3": 1, "d9": 1], "q2": ["d1": 1, "d4": 3]]
        let run: Run = [
            "q1": ["d2": 4, "d1": 3, "d5": 2.5, "d3": 2, "d6": 1],
            "q2": ["d8": 6, "d3": 9, "d6": 8, "d4": 7, "d1": 5],
        ]
        let measure = try #require(Measure(name))
        #expect(abs(Evaluation(of: run, against: qrels).mean(of: measure) - expected) < 1e-12)
    }

    @Test func `Literals are the rankings that they look like`() {
        let run: Run = ["q1": ["d1": 2.0, "d2": 1.0, "d0": 1.0], "q2": ["b", "a"]]
        #expect(run["q1"] == RankedList(["d1", "d0", "d2"] as [DocumentID], scores: [2, 1, 1]))
        #expect(run["q2"]?.documents == ["b", "a"])
        #expect(run["q2"]?.scores == [2, 1])
        #expect(run.name == "run")
        let qrels: Qrels = ["q1": ["d1": 1], "q2": [:]]
        #expect(qrels.queryIDs == ["q1"])
        #expect(qrels["q1"] == ["d1": 1])
    }

    @Test func `What papers print at k are five measures`() {
        #expect(Measure.published(at: 5).map(\.description) == ["nDCG@5", "recall@5", "P@5", "MRR@5", "MAP@5"])
    }
}
