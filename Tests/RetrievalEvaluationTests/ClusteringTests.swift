import RetrievalEvaluation
import Testing
import TextEncoding

@Suite("Clusters of embeddings")
struct ClusteringTests {
    /// `v_measure_score`, `homogeneity_score` and `completeness_score` of scikit-learn 1.9.1.
    @Test func `The V-measure is that of scikit-learn`() throws {
        let classes = ["a", "a", "a", "b", "b", "b", "c", "c", "c", "c", "d"]
        let measure = try VMeasure(classes: classes, clusters: [0, 0, 1, 1, 1, 2, 2, 2, 2, 0, 3])
        #expect(abs(measure.value - 0.5738464226416684) < 1e-12)
        let fewer = try VMeasure(classes: classes, clusters: [0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1])
        #expect(abs(fewer.homogeneity - 0.08018779349185948) < 1e-12)
        #expect(abs(fewer.completeness - 0.15836705848707794) < 1e-12)
        #expect(abs(fewer.value - 0.10646696033662122) < 1e-12)
    }

    @Test func `One cluster or one class has the value that scikit-learn gives it`() throws {
        let classes = ["a", "b", "c", "d"]
        #expect(try VMeasure(classes: classes, clusters: [0, 0, 0, 0]).value == 0)
        #expect(try VMeasure(classes: ["a", "a", "a", "a"], clusters: [0, 1, 2, 3]).value == 0)
        #expect(try VMeasure(classes: ["a", "a"], clusters: [0, 0]).value == 1)
        #expect(try VMeasure(classes: [String](), clusters: [Int]()).value == 1)
        let renamed = try VMeasure(classes: classes, clusters: [7, 5, 3, 1])
        #expect(abs(renamed.value - 1) < 1e-12)
        let error = #expect(throws: EmbeddingEvaluationError.self) { try VMeasure(classes: ["a"], clusters: [1, 2]) }
        #expect(error?.code == .countMismatch)
    }

    /// Four clouds about the ends of the axes, each coordinate off by the sum of three uniform numbers.
    private func clouds(_ count: Int, spread: Double) -> [Embedding] {
        var state: UInt64 = 7
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 33) / 0x1p31
        }
        return (0..<count).map { number in
            Embedding(
                (0..<4).map { axis in
                    Float((number % 4 == axis ? 1 : 0) + (next() + next() + next() - 1.5) * spread)
                })
        }
    }

    /// The mean of scikit-learn's MiniBatchKMeans, batches of 500, on the same clouds: .921 at a spread of .6 over 300
    /// seeds, of which 5 give less than .7; .577 at .9 over 20 seeds.
    @Test(arguments: [(0.6, 0.921, 0.015), (0.9, 0.577, 0.06)])
    func `Clusters are as good as those of scikit-learn`(spread: Double, expected: Double, tolerance: Double) throws {
        let classes = (0..<2_000).map { $0 % 4 }
        let evaluation = try ClusteringEvaluation(clouds(2_000, spread: spread), classes: classes, seedCount: 24)
        #expect(abs(evaluation.vMeasure - expected) < tolerance, "\(evaluation.vMeasures)")
        #expect(evaluation.vMeasures.count == 24)
    }

    @Test func `The seed alone decides the clusters`() throws {
        let points = clouds(600, spread: 1.1)
        let kMeans = MiniBatchKMeans(clusterCount: 4, batchSize: 100, seed: 3)
        let first = try kMeans.clusters(of: points)
        #expect(try kMeans.clusters(of: points) == first)
        let classes = (0..<600).map { $0 % 4 }
        let one = try ClusteringEvaluation(points, classes: classes, seedCount: 3, threads: 1)
        #expect(try ClusteringEvaluation(points, classes: classes, seedCount: 3, threads: 3) == one)
        #expect(Set(one.vMeasures).count > 1 && one.standardDeviation > 0)
    }

    @Test func `Distant groups are found whole`() throws {
        let places: [Float] = [0, 100, 200, 300, 400]
        let points = (0..<50).map {
            Embedding([places[$0 % 5] + Float($0 / 5) / 100, 1, 1, 1, 1, 1, 1, 1, places[$0 % 5]])
        }
        let evaluation = try ClusteringEvaluation(points, classes: (0..<50).map { $0 % 5 })
        #expect(evaluation.vMeasures.allSatisfy { abs($0 - 1) < 1e-12 })
    }

    @Test func `Degenerate texts have a value or an error, and never a trap`() throws {
        let equal = Array(repeating: Embedding([1, 2]), count: 6)
        #expect(try ClusteringEvaluation(equal, classes: [0, 0, 1, 1, 2, 2]).vMeasure == 0)
        #expect(try ClusteringEvaluation(equal, classes: Array(repeating: "one", count: 6)).vMeasure == 1)
        let huge = [Embedding([3e38, -3e38]), Embedding([-3e38, 3e38]), Embedding([0, 0])]
        #expect(try MiniBatchKMeans(clusterCount: 2).clusters(of: huge).count == 3)
        func code(_ points: [Embedding], _ clusters: Int, batch: Int = 500) -> EmbeddingEvaluationError.Code? {
            #expect(throws: EmbeddingEvaluationError.self) {
                try MiniBatchKMeans(clusterCount: clusters, batchSize: batch).clusters(of: points)
            }?.code
        }
        #expect(code(equal, 7) == .invalidParameter)
        #expect(code(equal, 0) == .invalidParameter)
        #expect(code(equal, 2, batch: 0) == .invalidParameter)
        #expect(code([], 1) == .invalidParameter)
        #expect(code([Embedding([.nan])], 1) == .notFinite)
        #expect(code([Embedding([1]), Embedding([1, 2])], 1) == .dimensionMismatch)
        let empty = #expect(throws: EmbeddingEvaluationError.self) {
            try ClusteringEvaluation([], classes: [Int]())
        }
        #expect(empty?.code == .tooFewExamples)
    }
}
