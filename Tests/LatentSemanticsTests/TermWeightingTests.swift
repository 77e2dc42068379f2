import Foundation
import LatentSemantics
import TestSupport
import Testing
import TextAnalysis

@Suite("Term weighting")
struct TermWeightingTests {
    @Test
    func `local weights are those worked by hand`() {
        #expect(TermWeighting.rawTFIDF.localWeight(3) == 3)
        #expect(abs(TermWeighting.logTFIDF.localWeight(3) - 2.098612) < 1e-6)
        #expect(TermWeighting.logTFIDF.localWeight(1) == 1)
        #expect(TermWeighting.logEntropy.localWeight(1) == 1)
        #expect(TermWeighting.logEntropy.localWeight(3) == 2)
        #expect(TermWeighting.dampedLogEntropy.localWeight(3) == 2)
    }

    @Test(arguments: TermWeighting.allCases)
    func `local weights rise with the frequency, from 0 at 0`(weighting: TermWeighting) {
        #expect(weighting.localWeight(0) == 0)
        let weights = stride(from: Float(0), through: 20, by: 0.125).map { weighting.localWeight($0) }
        #expect(zip(weights, weights.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test
    func `global weights are those worked by hand`() throws {
        // Of four documents: "a" three times in each of two, "b" once, "c" once, once and twice, "d" once in each.
        let counts = TermCounts(documents: [
            ["a", "a", "a", "b", "d"], ["a", "a", "a", "c", "d"], ["c", "d"], ["c", "c", "d"],
        ])
        let expected: [(TermWeighting, [String: Float])] = [
            // ln(1 + 4/2), ln(1 + 4/1), ln(1 + 4/3), ln(1 + 4/4)
            (.rawTFIDF, ["a": 1.098612, "b": 1.609438, "c": 0.847298, "d": 0.693147]),
            (.logTFIDF, ["a": 1.098612, "b": 1.609438, "c": 0.847298, "d": 0.693147]),
            // 1 − H / ln 5 for H = ln 2; 0; ¼ ln 4 + ¼ ln 4 + ½ ln 2 = 1.5 ln 2; ln 4
            (.logEntropy, ["a": 0.569323, "b": 1, "c": 0.353985, "d": 0.138647]),
            // Those to the power of ¾, over the eighth root of 2, 1, 3 and 4.
            (.dampedLogEntropy, ["a": 0.601022, "b": 1, "c": 0.400035, "d": 0.191062]),
        ]
        for (weighting, weights) in expected {
            let model = try fit(counts, .init(weighting: weighting, minimumDocumentFrequency: 1))
            for (term, weight) in weights {
                #expect(abs(model.globalWeight(of: term) - weight) < 1e-5, "\(weighting) of \(term)")
            }
            #expect(model.globalWeight(of: "e") == 0)
        }
    }

    @Test(arguments: TermWeighting.allCases)
    func `a term has weight in any corpus, however evenly it is spread`(weighting: TermWeighting) {
        for count in [1, 2, 3, 10, 1_000, 1_000_000] {
            for frequency in [1, 2, 7] {
                let statistics = TermStatistics(
                    documentFrequency: UInt32(count),
                    totalFrequency: UInt64(count * frequency),
                    frequencyLogSum: Double(count) * Double(frequency) * log(Double(frequency))
                )
                #expect(
                    weighting.globalWeight(statistics, documentCount: count) > 0, "\(frequency) in each of \(count)")
            }
        }
    }
}
