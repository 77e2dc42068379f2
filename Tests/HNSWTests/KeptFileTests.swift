import Foundation
import HNSW
import TestSupport
import Testing

/// Files that this and earlier versions of the library wrote, in `Tests/Fixtures/indexes`. The number in a file's name
/// is its format version. A new format version adds files and keeps these. With `AKIN_WRITE_FIXTURES` in the
/// environment, the files of the current version are written anew.
@Suite("Index files of all versions")
struct KeptFileTests {
    /// The metric of the files with each element type.
    private static let metrics: [VectorElements: Metric] = [
        .float32: .innerProduct, .float16: .cosine, .int8: .squaredEuclidean, .int8Only: .squaredEuclidean,
    ]

    /// The files: a version and the elements that it has.
    private static let files = [1, 2].flatMap { version in
        VectorElements.allCases.filter { version > 1 || $0 != .int8Only }.map { (version, $0) }
    }

    /// The number of vectors that the files of each version were made of. Duplicates are among them, and the first
    /// three were removed.
    private static let counts = [1: 60, 2: 320]
    private static let current = 2

    private static func path(_ kind: String, _ elements: VectorElements, version: Int) -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return folder.appending(path: "Fixtures/indexes/\(kind)-\(elements.rawValue)-\(version).hnsw").path
    }

    @Test(.enabled(if: ProcessInfo.processInfo.environment["AKIN_WRITE_FIXTURES"] != nil), arguments: [true, false])
    func `are written`(graph: Bool) throws {
        for (elements, metric) in Self.metrics {
            var index = try VectorIndex(
                dimensions: 5, metric: metric, elements: elements,
                graph: graph ? HNSWParameters(m: 4, efConstruction: 30, seed: 7) : nil)
            let count = Self.counts[Self.current] ?? 0
            var vectors = Vectors.clustered(count, dimensions: 5, clusters: 6, seed: 77).map { $0 + 3 }
            vectors.replaceSubrange(50..<100, with: vectors[0..<50])
            try index.add(vectors, keys: (0..<count).map { UInt64(1000 - $0 * 3) })
            if graph { try index.certify(queries: 20) }
            for key in 0..<3 { index.remove(UInt64(1000 - key * 3)) }
            try index.save(to: Self.path(graph ? "graph" : "exact", elements, version: Self.current))
        }
    }

    @Test(arguments: files)
    func `open and find the vectors that they hold`(version: Int, elements: VectorElements) throws {
        let count = try #require(Self.counts[version])
        for graph in [true, false] {
            let path = Self.path(graph ? "graph" : "exact", elements, version: version)
            try VectorIndex.verify(fileAt: path)
            let index = try VectorIndex(mapping: path)
            #expect(index.checkInvariants() == nil)
            #expect(index.hasGraph == graph && index.elements == elements && index.metric == Self.metrics[elements])
            #expect(try index.parameters == (graph ? HNSWParameters(m: 4, efConstruction: 30, seed: 7) : nil))
            #expect(index.certificate?.queryCount == (graph ? 20 : nil))
            #expect(index.changesSinceCertificate == (graph ? 3 : 0))
            #expect(index.keys == (3..<count).map { UInt64(1000 - $0 * 3) })
            for key in index.keys {
                let vector = try #require(index.vector(for: key))
                let distance = try #require(try index.distance(from: vector, to: key))
                let tolerance = elements == .int8Only ? 0.1 : 1e-3
                #expect(abs(Double(distance) - naiveDistance(vector, vector, index.metric)) <= tolerance)
                #expect(try index.search(for: vector, k: count - 3).count == count - 3)
            }
        }
    }

    @Test(arguments: files)
    func `give the same results when they are saved again`(version: Int, elements: VectorElements) throws {
        try TemporaryFolder.with { folder in
            for graph in [true, false] {
                let path = Self.path(graph ? "graph" : "exact", elements, version: version)
                let opened = try VectorIndex(mapping: path)
                try opened.save(to: folder + "/again")
                let again = try VectorIndex(mapping: folder + "/again")
                #expect(again.checkInvariants() == nil)
                #expect(again.comparesCodes == opened.comparesCodes && again.codeAgreement == opened.codeAgreement)
                for key in opened.keys {
                    let vector = try #require(opened.vector(for: key))
                    #expect(again.vector(for: key) == vector)
                    #expect(try again.search(for: vector, k: 10) == opened.search(for: vector, k: 10))
                }
                let bytes = try [path, folder + "/again"].map { try Data(contentsOf: URL(filePath: $0)) }
                #expect((bytes[0] == bytes[1]) == (version == Self.current))
            }
        }
    }
}
