import Akin
import HNSW
import Ranking
import TestSupport
import Testing

@Suite("The vectors of a library, for measuring")
struct IndexedVectorsTests {
    /// A library with a graph, a second segment and papers that were removed.
    private func withLibrary(_ body: (Library, String) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            let papers = SyntheticPapers.make(VectorIndex.exactSearchCrossover + 300)
            try library.add(Array(papers.dropLast(200)))
            try library.add(Array(papers.suffix(200)))
            try library.remove(ids: (0..<50).map { "paper:\($0 * 7)" })
            try body(library, folder + "/library")
        }
    }

    @Test
    func `an exact search of the vectors finds what all distances say`() throws {
        try withLibrary { library, path in
            let vectors = try #require(try library.indexedVectors())
            let info = try library.info()
            #expect(info.segments.map(\.hasGraph) == [true, false])
            #expect(vectors.hasGraph)
            #expect(vectors.units.count == info.paperCount)

            let folder = try #require(LibraryFolder(path: path).generations().last)
            let indexes = try (0..<2).map { try VectorIndex(mapping: folder.vectors(ofSegment: $0)) }
            func vector(_ key: UInt64) throws -> [Float] {
                try #require(indexes.lazy.compactMap { $0.vector(for: key) }.first)
            }
            let all = try vectors.units.map { (key: $0, vector: try vector($0.rawValue)) }
            for (key, query) in stride(from: 0, to: all.count, by: 211).map({ all[$0] }) {
                let exact = try vectors.exactNeighbors(of: key, k: 10)
                let similarities = all.filter { $0.key != key }.map { other in
                    zip(query, other.vector).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                }
                let tenth = similarities.sorted(by: >)[9]
                #expect(exact.count == 10 && Set(exact).count == 10)
                #expect(!exact.contains(key))
                for neighbor in exact {
                    let place = try #require(all.firstIndex { $0.key == neighbor })
                    let similarity = zip(query, all[place].vector).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                    #expect(similarity >= tenth - 1e-5)
                }
            }
        }
    }

    @Test
    func `the recall of a search grows with ef`() throws {
        try withLibrary { library, _ in
            let vectors = try #require(try library.indexedVectors())
            let live = Set(vectors.units)
            func recall(_ ef: Int) throws -> Double {
                let sample = stride(from: 0, to: vectors.units.count, by: 17).map { vectors.units[$0] }
                let hits = try sample.reduce(0) { sum, key in
                    let found = try vectors.neighbors(of: key, k: 10, ef: ef)
                    #expect(found.count == 10 && !found.contains(key) && live.isSuperset(of: found))
                    return sum + Set(found).intersection(try vectors.exactNeighbors(of: key, k: 10)).count
                }
                return Double(hits) / Double(10 * sample.count)
            }
            let recalls = try [10, 400].map(recall)
            #expect(recalls[0] < recalls[1])
            #expect(recalls[1] > 0.95)
        }
    }

    @Test
    func `a search for more vectors than there are returns all others`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            #expect(try library.indexedVectors()?.units.isEmpty ?? true)
            try library.add(SyntheticPapers.make(4))
            let vectors = try #require(try library.indexedVectors())
            #expect(!vectors.hasGraph)
            for key in vectors.units {
                for (k, ef) in [(10, 1), (.max, .max)] {
                    #expect(Set(try vectors.neighbors(of: key, k: k, ef: ef)) == Set(vectors.units).subtracting([key]))
                }
            }
        }
    }
}
