import HNSW
import ParallelLoops
import Synchronization
import TestSupport
import Testing
import VectorKernels

@Suite("A copy is a snapshot")
struct SnapshotTests {
    private static let dimensions = 16
    private static let vectors = Vectors.clustered(3000, dimensions: dimensions, seed: 61)

    private func index(_ count: Int) throws -> VectorIndex {
        var index = try walkedIndex(
            dimensions: Self.dimensions, metric: .squaredEuclidean, parameters: try HNSWParameters(efConstruction: 40))
        try index.add(Array(Self.vectors[..<(count * Self.dimensions)]), keys: Array(0..<UInt64(count)))
        return index
    }

    @Test
    func `that does not see later changes`() throws {
        let original = try index(1000)
        let query = Vectors.row(17, of: Self.vectors, dimensions: Self.dimensions)
        let before = try original.search(for: query, k: 20)
        var copy = original
        var other = original
        for key in before.prefix(10).map(\.key) { copy.remove(key) }
        try copy.add(Array(Self.vectors[(1000 * Self.dimensions)..<(2000 * Self.dimensions)]), keys: Array(1000..<2000))
        // The other copy takes the same rows for other vectors.
        try other.add(
            Array(Self.vectors[(2000 * Self.dimensions)..<(3000 * Self.dimensions)]), keys: Array(2000..<3000))
        #expect(original.checkInvariants() == nil)
        #expect(copy.checkInvariants() == nil)
        #expect(other.checkInvariants() == nil)
        #expect(try original.search(for: query, k: 20) == before)
        #expect(original.count == 1000 && copy.count == 1990 && other.count == 2000)
        #expect(copy.vector(for: 1500) == Vectors.row(1500, of: Self.vectors, dimensions: Self.dimensions))
        #expect(other.vector(for: 2500) == Vectors.row(2500, of: Self.vectors, dimensions: Self.dimensions))
        #expect(!copy.contains(2500) && !other.contains(1500))
    }

    @Test
    func `that threads search while another is changed`() throws {
        let published = LockedValue(try index(500))
        let done = Atomic(false)
        concurrentChunks(of: 4, threads: 4) { _, indices in
            if indices.lowerBound == 0 {
                var next = published.withLock { $0 }
                for i in 500..<1500 {
                    do {
                        try next.add(Vectors.row(i, of: Self.vectors, dimensions: Self.dimensions), key: UInt64(i))
                        if i % 3 == 0 { next.remove(UInt64(i - 400)) }
                        let snapshot = next
                        if i % 10 == 0 { published.withLock { $0 = snapshot } }
                    } catch {
                        Issue.record(error)
                    }
                }
                done.store(true, ordering: .releasing)
            } else {
                var searches = 0
                while !done.load(ordering: .acquiring) || searches < 50 {
                    let snapshot = published.withLock { $0 }
                    let query = Vectors.row(searches % 500, of: Self.vectors, dimensions: Self.dimensions)
                    let found = try? snapshot.search(for: query, k: 10, ef: 32)
                    if found?.count != 10 || found?.allSatisfy({ snapshot.contains($0.key) }) != true {
                        Issue.record("search \(searches) of thread \(indices): \(String(describing: found))")
                    }
                    searches += 1
                }
            }
        }
        #expect(published.withLock { $0.checkInvariants() } == nil)
    }
}
