import Foundation
import HNSW
import TestSupport
import Testing

/// Files that earlier versions of the library wrote, in `Tests/Fixtures/indexes`. Each has 60 vectors with duplicates,
/// three of them removed. The number in its name is its format version. A new format version adds files and keeps
/// these.
@Suite("Index files of earlier versions")
struct KeptFileTests {
    /// The metric of the files with each element type.
    private static let metrics: [VectorElements: Metric] = [
        .float32: .innerProduct, .float16: .cosine, .int8: .squaredEuclidean,
    ]

    private static func path(_ kind: String, _ elements: VectorElements) -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return folder.appending(path: "Fixtures/indexes/\(kind)-\(elements.rawValue)-1.hnsw").path
    }

    @Test(arguments: VectorElements.allCases, [true, false])
    func `open and find the vectors that they hold`(elements: VectorElements, graph: Bool) throws {
        let path = Self.path(graph ? "graph" : "exact", elements)
        try VectorIndex.verify(fileAt: path)
        let index = try VectorIndex(mapping: path)
        #expect(index.checkInvariants() == nil)
        #expect(index.hasGraph == graph && index.elements == elements && index.metric == Self.metrics[elements])
        #expect(index.parameters == (graph ? HNSWParameters(m: 4, efConstruction: 30, seed: 7) : nil))
        #expect(index.certificate?.queryCount == (graph ? 20 : nil))
        #expect(index.changesSinceCertificate == (graph ? 3 : 0))
        #expect(index.keys == (3..<60).map { 1000 - $0 * 3 })
        for key in index.keys {
            let vector = try #require(index.vector(for: key))
            let distance = try #require(try index.distance(from: vector, to: key))
            #expect(abs(Double(distance) - naiveDistance(vector, vector, index.metric)) <= 1e-3)
            #expect(try index.search(for: vector, k: 57).count == 57)
        }
    }

    @Test(arguments: VectorElements.allCases, [true, false])
    func `are saved with the same bytes`(elements: VectorElements, graph: Bool) throws {
        try TemporaryFolder.with { folder in
            let path = Self.path(graph ? "graph" : "exact", elements)
            try VectorIndex(mapping: path).save(to: folder + "/again")
            #expect(
                try Data(contentsOf: URL(filePath: folder + "/again")) == Data(contentsOf: URL(filePath: path)))
        }
    }
}
