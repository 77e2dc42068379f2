import Foundation
import HNSW
import TestSupport
import Testing
import VectorKernels

@Suite("Building is deterministic")
struct DeterminismTests {
    private func build(threads: Int, seed: UInt64 = 42) throws -> VectorIndex {
        var index = try walkedIndex(
            dimensions: 24, metric: .cosine, parameters: try HNSWParameters(efConstruction: 60, seed: seed))
        try index.add(Vectors.clustered(3000, dimensions: 24, seed: 1), keys: Array(0..<3000), threads: threads)
        try index.certify(queries: 100, threads: threads)
        return index
    }

    private func bytes(_ index: VectorIndex) throws -> Data {
        try TemporaryFolder.with { folder in
            try index.save(to: folder + "/index.hnsw")
            return try Data(contentsOf: URL(filePath: folder + "/index.hnsw"))
        }
    }

    @Test
    func `the same input gives the same bytes, with those of the certificate`() throws {
        #expect(try bytes(build(threads: 1)) == bytes(build(threads: 1)))
    }

    @Test(arguments: [2, 3, 8])
    func `any number of threads gives the same bytes`(threads: Int) throws {
        #expect(try bytes(build(threads: threads)) == bytes(build(threads: 1)))
    }

    @Test
    func `another seed gives another graph`() throws {
        #expect(try bytes(build(threads: 1)) != bytes(build(threads: 1, seed: 43)))
    }
}
