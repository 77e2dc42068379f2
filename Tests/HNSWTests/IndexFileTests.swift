import Foundation
import HNSW
import MappedFiles
import TestSupport
import Testing
import VectorKernels

@Suite("Index files")
struct IndexFileTests {
    @Test(arguments: Metric.allCases, VectorElements.allCases)
    func `hold what was written`(metric: Metric, elements: VectorElements) throws {
        for count in [0, 1, 7, 1000] {
            var index = try walkedIndex(
                dimensions: 10, metric: metric, elements: elements,
                parameters: try HNSWParameters(m: 5, efConstruction: 33, seed: 3))
            var vectors = Vectors.clustered(count, dimensions: 10, seed: 71)
            // A few duplicates, so that there are chains of them.
            if count > 100 { for i in 20..<200 { vectors[i] = vectors[i % 10] } }
            try index.add(vectors, keys: (0..<UInt64(count)).map { $0 * 3 })
            for key in UInt64(0)..<UInt64(count / 20) { index.remove(key * 3) }
            try TemporaryFolder.with { folder in
                try index.save(to: folder + "/graph")
                var mapped = try VectorIndex(mapping: folder + "/graph")
                #expect(mapped.checkInvariants() == nil)
                #expect(mapped.keys == index.keys)
                #expect(mapped.parameters == index.parameters && mapped.metric == metric && mapped.elements == elements)
                for query in rows(Vectors.clustered(20, dimensions: 10, seed: 72), dimensions: 10) {
                    #expect(try mapped.search(for: query, k: 9, ef: 12) == index.search(for: query, k: 9, ef: 12))
                }
                try mapped.save(to: folder + "/again")
                #expect(
                    try Data(contentsOf: URL(filePath: folder + "/again"))
                        == Data(contentsOf: URL(filePath: folder + "/graph")))
                // The first change copies it into memory; the file stays as it was.
                try mapped.add([Float](repeating: 1, count: 10), key: 100_001)
                try index.add([Float](repeating: 1, count: 10), key: 100_001)
                mapped.remove(30)
                index.remove(30)
                #expect(mapped.checkInvariants() == nil)
                #expect(mapped.keys == index.keys)
                #expect(try VectorIndex(mapping: folder + "/graph").keys.contains(100_001) == false)

                var exact = try VectorIndex(dimensions: 10, metric: metric, elements: elements, graph: nil)
                try exact.add(vectors, keys: (0..<UInt64(count)).map { $0 * 3 })
                try exact.save(to: folder + "/exact")
                let opened = try VectorIndex(mapping: folder + "/exact")
                #expect(!opened.hasGraph && opened.parameters == nil)
                #expect(opened.keys == exact.keys)
                let query = [Float](repeating: 0.3, count: 10)
                #expect(try opened.search(for: query, k: 20) == exact.search(for: query, k: 20))
                #expect(try VectorIndex(mapping: folder + "/graph").hasGraph)
            }
        }
    }

    @Test
    func `are refused with a reason`() throws {
        try TemporaryFolder.with { folder in
            func code(_ name: String) -> HNSWError.Code? {
                #expect(throws: HNSWError.self) { _ = try VectorIndex(mapping: folder + "/" + name) }?.code
            }
            #expect(code("absent") == .cannotOpen)
            try Data().write(to: URL(filePath: folder + "/empty"))
            #expect(code("empty") == .damagedFile)
            try Data("A text of some length, which is no index at all.".utf8).write(to: URL(filePath: folder + "/text"))
            #expect(code("text") == .cannotOpen)
            let index = try walkedIndex(dimensions: 2, metric: .cosine)
            let versions: [(UInt32, HNSWError.Code)] = [(3, .newerVersion), (0, .olderVersion)]
            for (version, expected) in versions {
                var writer = try SectionedFileWriter(path: folder + "/other", kind: FileKind("hnsw"), version: version)
                try writer.add("settings", [UInt64](repeating: 0, count: 14))
                try writer.commit()
                #expect(code("other") == expected)
            }
            let error = #expect(throws: HNSWError.self) { try index.save(to: folder + "/absent/index") }
            #expect(error?.code == .cannotWrite)
        }
    }

    @Test
    func `are replaced while they are searched`() throws {
        try TemporaryFolder.with { folder in
            var index = try walkedIndex(dimensions: 4, metric: .cosine)
            try index.add(Vectors.clustered(500, dimensions: 4, seed: 1), keys: Array(0..<500))
            try index.save(to: folder + "/index")
            let mapped = try VectorIndex(mapping: folder + "/index")
            let before = try mapped.search(for: [1, 2, 3, 4], k: 10)
            for key in before.map(\.key) { index.remove(key) }
            try index.save(to: folder + "/index")
            #expect(try mapped.search(for: [1, 2, 3, 4], k: 10) == before)
            #expect(try VectorIndex(mapping: folder + "/index").search(for: [1, 2, 3, 4], k: 10) != before)
        }
    }
}
