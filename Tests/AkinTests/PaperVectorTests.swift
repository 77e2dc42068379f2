import HNSW
import LatentSemantics
import LinearAlgebra
import PaperFormats
import Papers
import TestSupport
import Testing
import TextAnalysis
import VectorKernels

@Suite("Vectors of real papers", .enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.skipNote)))
struct PaperVectorTests {
    @Test
    func `the graph finds real papers as an exact scan does`() throws {
        let vectors = try embedded(SharedData.path("papers/core-5k.jsonl"))
        let rank = vectors.columnCount
        let keys = (0..<UInt64(vectors.rowCount)).map { $0 + 1 }
        var graph = try VectorIndex(dimensions: rank, metric: .innerProduct)
        try graph.add(vectors.values, keys: keys, threads: 2)
        var exact = try VectorIndex(dimensions: rank, metric: .innerProduct, graph: nil)
        try exact.add(vectors.values, keys: keys)

        // Every paper asks for its neighbors; it finds itself too, in both.
        var found = 0
        for row in 0..<vectors.rowCount {
            let query = Array(vectors.values[row * rank..<(row + 1) * rank])
            let near = Set(try graph.search(for: query, k: 10, ef: 128).map(\.key))
            found += try exact.search(for: query, k: 10).filter { near.contains($0.key) }.count
        }
        let recall = Double(found) / Double(10 * vectors.rowCount)
        #expect(recall >= 0.99, "recall@10 is \(recall)")
    }

    private func embedded(_ path: String) throws -> DenseMatrix {
        var texts: [[String]] = []
        let reader = try PaperReader(path: path)
        while let batch = try reader.nextBatch() { texts += batch.papers.map { [$0.title, $0.abstract] } }
        let all = texts
        let analyzer = try Analyzer()
        let counts = analyzer.countTerms(documentCount: all.count, threads: 2) { all[$0] }
        useOneBLASThread()
        let model = try LatentSemanticModel.fit(
            counts, settings: analyzer.settings, parameters: LatentSemanticModel.Parameters(), threads: 2
        )
        return try model.embed(counts, threads: 2)
    }
}
