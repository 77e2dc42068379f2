import Foundation
import HNSW
import TestSupport
import Testing

/// What a file holds, in memory.
@Suite("Indexes as bytes")
struct SavedBytesTests {
    private static func index(_ elements: VectorElements, graph: Bool) throws -> VectorIndex {
        var index = try VectorIndex(
            dimensions: 24, metric: .cosine, elements: elements, graph: graph ? HNSWParameters() : nil)
        try index.add(Vectors.clustered(4_000, dimensions: 24, seed: 4), keys: (0..<4_000).map { UInt64($0 * 3) })
        if graph { try index.certify(queries: 50) }
        return index
    }

    @Test(arguments: VectorElements.allCases, [true, false])
    func `are those of a file, and open to the same results`(elements: VectorElements, graph: Bool) throws {
        let index = try Self.index(elements, graph: graph)
        let bytes = index.savedBytes()
        try TemporaryFolder.with { folder in
            try index.save(to: folder + "/index.hnsw")
            #expect(try bytes == [UInt8](Data(contentsOf: URL(filePath: folder + "/index.hnsw"))))
        }
        // A part of a larger array, at an odd address.
        let padded = [0, 0, 0] + bytes
        var opened = try VectorIndex(bytes: padded.span.extracting(droppingFirst: 3))
        #expect(opened.checkInvariants() == nil && opened.count == index.count)
        #expect(opened.certificate == index.certificate)
        let queries = Vectors.clustered(50, dimensions: 24, seed: 5)
        #expect(try opened.search(forEach: queries, k: 10) == index.search(forEach: queries, k: 10))
        try opened.add(Vectors.clustered(10, dimensions: 24, seed: 6), keys: (0..<10).map { UInt64($0 * 3 + 1) })
        #expect(opened.count == index.count + 10 && opened.checkInvariants() == nil)
    }

    @Test func `that are cut, changed or others are refused`() throws {
        let bytes = try Self.index(.int8, graph: true).savedBytes()
        for count in [0, 1, 63, 64, bytes.count / 2, bytes.count - 1] {
            #expect(throws: HNSWError.self) { _ = try VectorIndex(bytes: bytes.span.extracting(0..<count)) }
        }
        for place in [0, 9, 17, 30, 61] {
            var changed = bytes
            changed[place] ^= 0x40
            #expect(throws: HNSWError.self) { _ = try VectorIndex(bytes: changed.span) }
        }
    }

    @Test(arguments: VectorElements.allCases)
    func `a mapped index finds the same with its walked parts in memory`(elements: VectorElements) throws {
        try TemporaryFolder.with { folder in
            try Self.index(elements, graph: true).save(to: folder + "/index.hnsw")
            let mapped = try VectorIndex(mapping: folder + "/index.hnsw")
            var copied = mapped
            copied.copyWalkedPartsIntoMemory()
            let queries = Vectors.clustered(50, dimensions: 24, seed: 5)
            #expect(try copied.search(forEach: queries, k: 10) == mapped.search(forEach: queries, k: 10))
            #expect(copied.checkInvariants() == nil)
        }
    }

    /// Bits as components of 0 and 1: the squared Euclidean distance is the number of bits that differ.
    @Test func `bits as components have Hamming distances`() throws {
        let (count, dimensions) = (5_000, 128)
        var generator = SeededGenerator(seed: 8)
        let centers = (0..<50).map { _ in (0..<dimensions).map { _ in Float(Int.random(in: 0...1, using: &generator)) }
        }
        let vectors = (0..<count).flatMap { row in
            centers[row % 50].map { Int.random(in: 0..<8, using: &generator) == 0 ? 1 - $0 : $0 }
        }
        var index = try walkedIndex(dimensions: dimensions, metric: .squaredEuclidean)
        try index.add(vectors, keys: (0..<UInt64(count)).map { $0 })
        #expect(index.comparesCodes)
        for row in stride(from: 0, to: count, by: 250) {
            let query = Vectors.row(row, of: vectors, dimensions: dimensions)
            for neighbor in try index.search(for: query, k: 10) {
                let other = Vectors.row(Int(neighbor.key), of: vectors, dimensions: dimensions)
                #expect(neighbor.distance == Float(zip(query, other).count { $0 != $1 }))
            }
        }
    }
}
