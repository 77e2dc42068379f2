import RetrievalEvaluation
import Testing
import TextEncoding

/// Reference figures are those of SciPy 1.17.1, scikit-learn 1.9.1 and MTEB 1.38.0 for the same numbers.
@Suite("Measures of embeddings")
struct EmbeddingMeasureTests {
    private let first: [[Float]] = [
        [1, 0, 2], [0, 3, 1], [2, 2, 2], [1, -1, 0], [0.5, 0.25, 4], [-1, 2, 0.5], [3, 1, -2],
    ]
    private let second: [[Float]] = [
        [2, 1, 3], [1, 0, 0], [2, 2, 1], [-1, 2, 1], [0, 1, 3], [1, 2, -0.5], [3, 1, -1.5],
    ]
    private let gold = [4, 0.5, 4, 1, 3.5, 2, 5]

    private func isNear(_ value: Double, _ expected: Double) -> Bool { abs(value - expected) < 1e-12 }

    private func code(_ body: () throws -> Void) throws -> EmbeddingEvaluationError.Code {
        try #require(throws: EmbeddingEvaluationError.self) { try body() }.code
    }

    // MARK: - Similarity

    @Test func `Cosines are those of scikit-learn`() throws {
        let cosines = try pairedCosines(first.map { Embedding($0) }, second.map { Embedding($0) })
        let expected = [
            0.9561828874675149, 0, 0.9622504486493763, -0.866025403784439, 0.9591263585406824, 0.5238095238095237,
            0.9926846128175763,
        ]
        for (cosine, expected) in zip(cosines, expected) { #expect(isNear(cosine, expected)) }
    }

    @Test func `Cosines correlate with given scores as in SciPy`() throws {
        let evaluation = try SimilarityEvaluation(
            first.map { Embedding($0) }, second.map { Embedding($0) }, gold: gold)
        #expect(isNear(evaluation.spearman, 0.900937462695559))
        #expect(isNear(evaluation.pearson, 0.8458869464205354))
        #expect(evaluation.pairCount == 7)
    }

    @Test func `Equal numbers have the mean of their ranks`() throws {
        let (x, y): ([Double], [Double]) = ([1, 2, 2, 3, 5, 5, 5, 8], [2, 1, 4, 4, 3, 6, 7, 7])
        #expect(isNear(try spearmanCorrelation(x, y), 0.7641078192857804))
        #expect(isNear(try pearsonCorrelation(x, y), 0.7807972249675765))
    }

    @Test func `Correlations of the largest and smallest numbers are right`() throws {
        let large = [1e308, -1e308, 0.5e308]
        #expect(isNear(try pearsonCorrelation(large, large), 1))
        #expect(isNear(try pearsonCorrelation([0x1p-1040, 0x2p-1040, 0x3p-1040], [3, 2, 1]), -1))
    }

    @Test func `Numbers without a correlation are errors`() throws {
        #expect(
            try code { _ = try spearmanCorrelation([1, 1], [1, 2]) } == .constant
        )
        #expect(
            try code { _ = try pearsonCorrelation([1, 2], [0, 0]) } == .constant)
        #expect(
            try code { _ = try spearmanCorrelation([1, .nan], [1, 2]) }
                == .notFinite)
        #expect(
            try code { _ = try pearsonCorrelation([1, .infinity], [1, 2]) }
                == .notFinite)
        #expect(
            try code { _ = try spearmanCorrelation([1], [1]) }
                == .tooFewExamples)
        #expect(
            try code { _ = try SimilarityEvaluation(similarities: [], gold: []) }
                == .tooFewExamples)
        #expect(
            try code { _ = try pearsonCorrelation([1, 2], [1, 2, 3]) }
                == .countMismatch)
    }

    @Test func `An embedding of zeros has the cosine 0, and embeddings that do not compare are errors`() throws {
        #expect(try pairedCosines([Embedding([0, 0])], [Embedding([1, 2])]) == [0])
        #expect(
            try code {
                _ = try pairedCosines([Embedding([1])], [Embedding([1, 2])])
            } == .dimensionMismatch)
        #expect(
            try code {
                _ = try pairedCosines([Embedding([1, .nan])], [Embedding([1, 2])])
            } == .notFinite)
    }

    // MARK: - Pair classification

    private let labels = [true, true, false, true, false, true, false, false, true, false]

    @Test func `Pairs are classed as by MTEB`() throws {
        let similarities = [0.91, 0.82, 0.8, 0.7, 0.6, 0.55, 0.5, 0.4, 0.3, 0.1]
        let evaluation = try PairClassificationEvaluation(similarities: similarities, areAlike: labels)
        #expect(isNear(evaluation.averagePrecision, 0.7944444444444445))
        #expect(isNear(evaluation.accuracy?.value ?? 0, 0.7))
        #expect(isNear(evaluation.accuracy?.threshold ?? 0, 0.81))
        #expect(isNear(evaluation.f1?.value ?? 0, 0.7272727272727272))
        #expect(isNear(evaluation.f1?.threshold ?? 0, 0.525))
    }

    @Test func `Equal scores are one step of the average precision, as in scikit-learn`() throws {
        let similarities = [0.9, 0.8, 0.8, 0.7, 0.6, 0.55, 0.5, 0.4, 0.3, 0.1]
        #expect(isNear(try scoredAveragePrecision(similarities, isRelevant: labels), 0.7277777777777779))
        let ties = try scoredAveragePrecision([0.5, 0.5, 0.5, 0.2], isRelevant: [true, false, false, true])
        #expect(isNear(ties, 0.41666666666666663))
    }

    @Test func `Pairs that cannot be told apart have no threshold, and one class is an error`() throws {
        let constant = try PairClassificationEvaluation(similarities: [1, 1, 1], areAlike: [true, false, false])
        #expect(isNear(constant.averagePrecision, 1.0 / 3))
        #expect(constant.accuracy == nil && constant.f1 == nil)
        for areAlike in [[true, true], [false, false]] {
            #expect(
                try code {
                    _ = try PairClassificationEvaluation(similarities: [0, 1], areAlike: areAlike)
                } == .oneClass)
        }
        #expect(
            try code {
                _ = try PairClassificationEvaluation(similarities: [.nan, 1], areAlike: [true, false])
            } == .notFinite)
        #expect(
            try code {
                _ = try PairClassificationEvaluation(similarities: [], areAlike: [])
            } == .tooFewExamples)
    }

    // MARK: - Reranking

    @Test func `Candidates are ranked as by MTEB, which leaves out queries without both kinds`() throws {
        let samples = [
            RerankingSample(positive: [0.5, 0.3], negative: [0.9, 0.4, 0.2]),
            RerankingSample(positive: [0.7], negative: [0.1, 0.2, 0.3]),
            RerankingSample(positive: [], negative: [1]), RerankingSample(positive: [1], negative: []),
            RerankingSample(positive: [0.2, 0.6, 0.1], negative: [0.8, 0.4, 0.3, 0.65]),
        ]
        let evaluation = try RerankingEvaluation(samples)
        #expect(isNear(evaluation.meanAveragePrecision, 0.6216931216931217))
        #expect(isNear(evaluation.meanReciprocalRank, 0.611111111111111))
        #expect(evaluation.queryCount == 3 && evaluation.skippedCount == 2)
    }

    @Test func `A constant similarity gains nothing, and an answer beyond rank ten counts 0`() throws {
        let constant = try RerankingEvaluation([RerankingSample(positive: [1], negative: [1, 1, 1])])
        #expect(constant.meanReciprocalRank == 0.25)
        #expect(constant.meanAveragePrecision == 0.25)
        let late = RerankingSample(positive: [0], negative: Array(repeating: 1, count: 10))
        #expect(try RerankingEvaluation([late]).meanReciprocalRank == 0)
        #expect(
            try code { _ = try RerankingEvaluation([]) } == .tooFewExamples)
        let noNumber = [RerankingSample(positive: [.nan], negative: [1])]
        #expect(
            try code { _ = try RerankingEvaluation(noNumber) } == .notFinite)
    }

    // MARK: - Retrieval

    @Test func `Documents are ranked by their cosine, and of equal ones by id`() throws {
        let queries: [(QueryID, Embedding)] = [
            ("q", Embedding([1, 0])), ("c", Embedding([0, 2])), ("z", Embedding([0, 0])),
        ]
        let documents: [(DocumentID, Embedding)] = [
            ("a", Embedding([1, 1])), ("c", Embedding([0, 1])), ("b", Embedding([5, 5])), ("d", Embedding([3, 0.1])),
        ]
        let run = try Run(nearest: 3, to: queries, among: documents)
        #expect(run["q"]?.documents == ["d", "a", "b"])
        #expect(run["c"]?.documents == ["c", "a", "b"])
        #expect(run["z"]?.documents == ["a", "b", "c"])
        #expect(abs((run["q"]?.scores[1] ?? 0) - 0.5.squareRoot()) < 1e-6)
        let others = try Run(nearest: 3, to: queries, among: documents, leavesOutSameID: true, threads: 2)
        #expect(others["c"]?.documents == ["a", "b", "d"])
        #expect(
            try code {
                _ = try Run(nearest: 0, to: queries, among: documents)
            } == .invalidParameter)
        #expect(
            try code {
                _ = try Run(nearest: 1, to: queries, among: documents + documents)
            } == .invalidParameter)
        #expect(
            try code {
                _ = try Run(nearest: 1, to: queries, among: [(DocumentID("x"), Embedding([1, .infinity]))])
            } == .notFinite)
    }
}
