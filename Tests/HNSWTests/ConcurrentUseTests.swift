import HNSW
import ParallelLoops
import Synchronization
import TestSupport
import Testing
import VectorKernels

/// Many readers on snapshots while a writer prepares the next: what `make test-threads` runs under the thread
/// sanitizer.
@Suite("Concurrent use")
struct ConcurrentUseTests {
    private static let dimensions = 12
    private static let vectors = Vectors.clustered(2400, dimensions: dimensions, seed: 301)

    private static func part(_ range: Range<Int>) -> [Float] {
        Array(vectors[range.lowerBound * dimensions..<range.upperBound * dimensions])
    }

    private func index(_ elements: VectorElements) throws -> VectorIndex {
        var index = try walkedIndex(
            dimensions: Self.dimensions, metric: .cosine, elements: elements,
            parameters: try HNSWParameters(m: 6, efConstruction: 30))
        try index.add(Self.part(0..<600), keys: Array(0..<600), threads: 2)
        try index.certify(queries: 20, threads: 2)
        return index
    }

    /// Searches in every form; the results must be those of the snapshot, whatever the writer does.
    private static func read(_ snapshot: VectorIndex, round: Int) throws {
        let query = Vectors.row(round % 600, of: vectors, dimensions: dimensions)
        let odd: @Sendable (UInt64) -> Bool = { $0 % 2 == 1 }
        let found = try snapshot.search(for: query, k: 10, ef: 24)
        #expect(found.count == 10 && found.allSatisfy { snapshot.contains($0.key) })
        #expect(try snapshot.search(for: query, k: 10, ef: 24) == found)
        #expect(try snapshot.search(for: query, k: 5, ef: 24, where: odd).allSatisfy { odd($0.key) })
        #expect(try snapshot.search(for: query, k: 5, among: [1, 3, 9_999]).allSatisfy { $0.key < 4 })
        let near = try snapshot.search(for: query, within: found[9].distance, ef: 24)
        #expect(near.allSatisfy { snapshot.contains($0.key) && $0.distance <= found[9].distance })
        let lists = try snapshot.search(forEach: part(0..<24), k: 3, where: odd, threads: 2)
        #expect(lists.count == 24 && lists.width == 3)
        var buffer = [Neighbor](repeating: Neighbor(key: 0, distance: 0), count: 10)
        var span = buffer.mutableSpan
        let count = try snapshot.search(for: query.span, k: 10, ef: 24, into: &span)
        #expect(count == 10 && buffer == found)
        #expect(try snapshot.search(for: query, k: 4, recall: 0.9).count == 4)
        #expect(try snapshot.distances(from: query, to: found.map(\.key)) == found.map(\.distance))
    }

    /// Changes a copy in every way.
    private static func change(_ index: inout VectorIndex, step: Int) throws {
        let first = 600 + step * 30
        try index.add(part(first..<first + 29), keys: (first..<first + 29).map(UInt64.init), threads: 2)
        try index.add(Vectors.row(first + 29, of: vectors, dimensions: dimensions), key: UInt64(first + 29))
        for key in first - 590..<first - 565 { try index.remove([UInt64(key)], threads: 2) }
        try index.update(Vectors.row(step, of: vectors, dimensions: dimensions), key: UInt64(first))
        if step % 8 == 7 { try index.compact(threads: 2) }
        if step % 8 == 3 { try index.certify(queries: 10, threads: 2) }
    }

    @Test(arguments: VectorElements.allCases)
    func `readers never see what the writer does`(elements: VectorElements) throws {
        let published = LockedValue(try index(elements))
        let steps = 30
        let done = Atomic(0)
        concurrentChunks(of: 4, threads: 4) { _, indices in
            do {
                if indices.lowerBound == 0 {
                    var next = published.withLock { $0 }
                    for step in 0..<steps {
                        try Self.change(&next, step: step)
                        let finished = next
                        published.withLock { $0 = finished }
                    }
                    done.store(1, ordering: .releasing)
                } else {
                    var round = indices.lowerBound
                    while done.load(ordering: .acquiring) == 0 || round < 20 {
                        try Self.read(published.withLock { $0 }, round: round)
                        round += 3
                    }
                }
            } catch {
                done.store(1, ordering: .releasing)
                Issue.record(error)
            }
        }
        #expect(published.withLock { $0.checkInvariants() } == nil)
    }

    @Test
    func `a mapped file is searched while copies of it change`() throws {
        try TemporaryFolder.with { folder in
            try index(.int8).save(to: folder + "/index")
            let mapped = try VectorIndex(mapping: folder + "/index")
            concurrentChunks(of: 4, threads: 4) { _, indices in
                do {
                    var copy = mapped
                    for round in 0..<6 {
                        try Self.read(mapped, round: round + indices.lowerBound)
                        if indices.lowerBound > 1 { try Self.change(&copy, step: round) }
                        try Self.read(copy, round: round)
                    }
                } catch {
                    Issue.record(error)
                }
            }
        }
    }
}
