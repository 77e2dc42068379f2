import RetrievalEvaluation
import TestSupport
import Testing

@Suite("Comparison of two systems")
struct PairedComparisonTests {
    let qrels = Qrels(["q1": ["a": 1], "q2": ["a": 1], "q3": ["a": 1], "q4": ["a": 1]])

    /// A system that ranks the relevant document of each query at a rank.
    private func evaluation(_ ranks: [Int]) -> Evaluation {
        var run = Run(name: "run")
        for (index, rank) in ranks.enumerated() {
            run[QueryID("q\(index + 1)")] = RankedList((1..<rank).map { DocumentID("x\($0)") } + ["a"])
        }
        return Evaluation(of: run, against: qrels)
    }

    @Test func `Wins, ties, losses and the mean are counted over the queries`() {
        let comparison = PairedComparison(
            evaluation([1, 1, 2, 4]), against: evaluation([2, 1, 1, 5]), by: .reciprocalRank
        )
        // Differences ½, 0, −½ and .05.
        #expect(abs(comparison.meanDifference - 0.0125) < 1e-12)
        #expect([comparison.wins, comparison.ties, comparison.losses] == [2, 1, 1])
        // Of ±½ ±½ ±.05, half cancel to .05 and all are at least as far from 0.
        #expect(comparison.randomizationTest.pValue == 1)
        #expect(comparison.tTest?.degreesOfFreedom == 3)
        #expect(comparison.interval?.contains(0) == true)
    }

    @Test func `A system compared with itself differs by nothing`() {
        let system = evaluation([1, 3, 2, 7])
        for measure in Measure.standard {
            let comparison = PairedComparison(system, against: system, by: measure)
            #expect(comparison.meanDifference == 0)
            #expect(comparison.randomizationTest.pValue == 1)
            #expect(comparison.tTest == nil)
            #expect(comparison.ties == 4)
            #expect(comparison.interval == ConfidenceInterval(lower: 0, upper: 0, level: 0.95))
        }
    }

    @Test func `Turned round, a comparison turns its signs and keeps its probabilities`() {
        for seed in UInt64(0)..<20 {
            var generator = SeededGenerator(seed: seed)
            let (qrels, first) = randomCollection(using: &generator)
            let (_, second) = randomCollection(using: &generator)
            let (left, right) = (Evaluation(of: first, against: qrels), Evaluation(of: second, against: qrels))
            let one = PairedComparison(left, against: right, by: .averagePrecision)
            let other = PairedComparison(right, against: left, by: .averagePrecision)
            #expect(one.meanDifference == -other.meanDifference, "seed \(seed)")
            #expect([one.wins, one.ties, one.losses] == [other.losses, other.ties, other.wins], "seed \(seed)")
            #expect(one.randomizationTest == other.randomizationTest, "seed \(seed)")
            #expect(abs(one.meanDifference - (left.meanAveragePrecision - right.meanAveragePrecision)) < 1e-12)
        }
    }

    @Test func `Over collections, each counts alike, however many queries it has`() {
        let pair = Qrels(["q1": ["a": 1], "q2": ["a": 1]])
        func small(_ documents: [DocumentID]) -> Evaluation {
            let run = Run(name: "run", rankings: ["q1": RankedList(documents), "q2": RankedList(documents)])
            return Evaluation(of: run, against: pair)
        }
        let comparison = PairedComparison(
            overCollections: [
                (evaluation([1, 1, 1, 1]), evaluation([2, 2, 2, 2])), (small(["x", "a"]), small(["a"])),
            ],
            by: .reciprocalRank
        )
        // A mean of +½ over four queries and one of −½ over two.
        #expect(comparison.meanDifference == 0)
        #expect([comparison.wins, comparison.ties, comparison.losses] == [4, 0, 2])
        #expect(comparison.tTest == nil)
        #expect(comparison.randomizationTest.pValue == 1)
    }
}
