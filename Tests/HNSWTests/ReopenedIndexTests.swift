import Foundation
import HNSW
import TestSupport
import Testing
import VectorKernels

/// What `save` writes, opening accepts, whatever happened to the index before.
@Suite("An index that was changed and saved")
struct ReopenedIndexTests {
    /// An index from a file of version 1.
    private func versionOne(
        _ vectors: [Float], dimensions: Int, elements: VectorElements = .int8, in folder: String
    ) throws -> VectorIndex {
        var index = try VectorIndex(dimensions: dimensions, metric: .squaredEuclidean, elements: elements)
        try index.add(vectors, keys: Array(0..<UInt64(vectors.count / dimensions)))
        try index.save(to: folder + "/current")
        try VersionOneFile.write(folder + "/old", from: folder + "/current", dimensions: dimensions)
        return try VectorIndex(mapping: folder + "/old")
    }

    /// Saves an index, opens it and compares both.
    private func expectReopens(_ index: VectorIndex, in folder: String) throws {
        #expect(index.checkInvariants() == nil)
        try index.save(to: folder + "/saved")
        let opened = try VectorIndex(mapping: folder + "/saved")
        #expect(opened.checkInvariants() == nil)
        for key in index.keys.prefix(50) {
            let vector = try #require(index.vector(for: key))
            let found = try opened.search(for: vector, k: 10)
            #expect(try found == index.search(for: vector, k: 10))
            #expect(found.first?.distance ?? 1 < 0.1)
        }
    }

    @Test(arguments: [VectorElements.int8, .float32])
    func `opens when it came from a file of version 1`(elements: VectorElements) throws {
        try TemporaryFolder.with { folder in
            let vectors = Vectors.clustered(300, dimensions: 16, seed: 1)
            let changes: [(inout VectorIndex) throws -> Void] = [
                { _ in },
                { index in
                    index.remove(7)
                    try index.compact()
                },
                { try $0.add([Float](repeating: 1e-3, count: 16), key: 1_000) },
                { index in
                    index.remove(7)
                    while try !index.compact(budget: .seconds(1)) {}
                    try index.add([Float](repeating: 1e-3, count: 16), key: 1_000)
                },
            ]
            for change in changes {
                var index = try versionOne(vectors, dimensions: 16, elements: elements, in: folder)
                try change(&index)
                try expectReopens(index, in: folder)
                // A file without a frame may also be saved and opened before its first change.
                index = try versionOne(vectors, dimensions: 16, elements: elements, in: folder)
                try index.save(to: folder + "/again")
                index = try VectorIndex(mapping: folder + "/again")
                try change(&index)
                try expectReopens(index, in: folder)
            }
        }
    }

    @Test(arguments: [VectorElements.int8, .float32])
    func `keeps the unit of a file of version 1 when a tiny vector comes`(elements: VectorElements) throws {
        try TemporaryFolder.with { folder in
            let vectors = Vectors.clustered(300, dimensions: 16, seed: 1).map { $0 * 1e4 }
            var index = try versionOne(vectors, dimensions: 16, elements: elements, in: folder)
            try index.add([Float](repeating: 1e-30, count: 16), key: 1_000)
            #expect(index.checkInvariants() == nil)
            for key in 0..<300 {
                let vector = Vectors.row(key, of: vectors, dimensions: 16)
                let found = try index.search(for: vector, k: 3)
                #expect(found.first == Neighbor(key: UInt64(key), distance: 0))
                #expect(found.allSatisfy { $0.distance.isFinite })
            }
        }
    }

    @Test
    func `opens when it was certified with more queries than there can be`() throws {
        try TemporaryFolder.with { folder in
            var index = try VectorIndex(dimensions: 8, metric: .cosine)
            try index.add(Vectors.clustered(400, dimensions: 8, seed: 2), keys: Array(0..<400))
            try index.certify(queries: .max)
            try index.save(to: folder + "/saved")
            var opened = try VectorIndex(mapping: folder + "/saved")
            #expect(opened.certificate == index.certificate)
            opened.remove(3)
            try opened.compact()
            #expect(opened.certificate?.queryCount == 399)
        }
    }

    @Test
    func `opens after more changes than a file counts`() throws {
        try TemporaryFolder.with { folder in
            var index = try VectorIndex(dimensions: 8, metric: .cosine)
            try index.add(Vectors.clustered(400, dimensions: 8, seed: 2), keys: Array(0..<400))
            try index.certify(queries: 10)
            try index.save(to: folder + "/saved")
            var file = try SectionedBytes(path: folder + "/saved")
            let section = try #require(file.sections.first { $0.name == "certificate" })
            // The changes stand behind three counts.
            file.set([3], of: section, to: 1 << 31 - 1)
            var opened = try VectorIndex(bytes: file.bytes.span)
            opened.remove(3)
            #expect(opened.changesSinceCertificate == 1 << 31)
            #expect(opened.checkInvariants() == nil)
            let bytes = opened.savedBytes()
            let again = try VectorIndex(bytes: bytes.span)
            #expect(again.changesSinceCertificate == 1 << 31 - 1)
        }
    }

    @Test
    func `opens when its center was made of codes`() throws {
        try TemporaryFolder.with { folder in
            var index = try VectorIndex(dimensions: 2, metric: .squaredEuclidean, elements: .int8Only)
            try index.add([0, 10], key: 0)
            func part(_ count: Int) -> [Float] { Array(Array(repeating: [10, -9.9], count: count).joined()) }
            try index.add(part(200), keys: Array(1..<201))
            try index.add(part(100), keys: Array(201..<301))
            #expect(index.checkInvariants() == nil)
            try index.save(to: folder + "/saved")
            #expect(try VectorIndex(mapping: folder + "/saved").keys == index.keys)
        }
    }

    /// Earlier builds wrote such files.
    @Test(arguments: [VectorElements.int8, .int8Only], [Float(0), 1])
    func `opens when its center is larger than the largest component of the file`(
        elements: VectorElements, largest: Float
    ) throws {
        try TemporaryFolder.with { folder in
            var index = try VectorIndex(dimensions: 16, metric: .squaredEuclidean, elements: elements)
            let vectors = Vectors.clustered(400, dimensions: 16, seed: 6).map { $0 + 3 }
            try index.add(vectors, keys: Array(0..<400))
            try index.save(to: folder + "/saved")
            var file = try SectionedBytes(path: folder + "/saved")
            let section = try #require(file.sections.first { $0.name == "frame" })
            file.set([1], of: section, to: UInt64(largest.bitPattern))
            var opened = try VectorIndex(bytes: file.bytes.span)
            #expect(opened.checkInvariants() == nil)
            try opened.add([Float](repeating: 1, count: 16), key: 1_000)
            try expectReopens(opened, in: folder)
            opened.remove(7)
            try opened.compact()
            try expectReopens(opened, in: folder)
        }
    }

    /// Codes can tell the first vectors apart, and not the others, which nearly equal each other in places far apart.
    @Test
    func `builds its graph again that bad codes made`() throws {
        try TemporaryFolder.with { folder in
            let dimensions = 16
            var index = try walkedIndex(dimensions: dimensions, metric: .squaredEuclidean)
            try index.add(Vectors.clustered(1_000, dimensions: dimensions, seed: 3), keys: Array(0..<1_000))
            #expect(index.comparesCodes && !index.isGraphOutdated)
            let places = Vectors.clustered(4, dimensions: dimensions, seed: 4)
            let noise = Vectors.clustered(2_000, dimensions: dimensions, seed: 5)
            let duplicates = noise.enumerated().map { places[$0 % places.count] + $1 * 1e-5 }
            var next = 0
            while !index.isGraphOutdated, next < 2_000 {
                try index.add(Vectors.row(next, of: duplicates, dimensions: dimensions), key: UInt64(1_000 + next))
                next += 1
            }
            #expect(index.isGraphOutdated && !index.comparesCodes)
            try index.save(to: folder + "/saved")
            var opened = try VectorIndex(mapping: folder + "/saved")
            #expect(opened.isGraphOutdated)
            opened.mayScan = false
            try opened.compact()
            #expect(!opened.isGraphOutdated && opened.checkInvariants() == nil)
            let queries = (0..<min(next, 200)).map { Vectors.row($0, of: duplicates, dimensions: dimensions) }
            #expect(try recall(of: opened, against: opened.withoutGraph, queries: queries, ef: 100) > 0.95)
        }
    }
}

/// A graph that was built by codes that do not fit is built again.
@Suite("A graph of codes that were given up")
struct OutdatedGraphTests {
    private static let set = AwkwardVectors("lognormal lengths by distance", .squaredEuclidean, dimensions: 32) {
        AwkwardVectors.lognormal(32, &$1)
    }

    /// An index that took in vectors from elsewhere one by one until it gave its codes up.
    private func strayed() throws -> (index: VectorIndex, efFactor: Int) {
        let (base, _) = Self.set.vectors()
        var index = try VectorIndex(dimensions: 32, metric: .squaredEuclidean)
        try index.add(base, keys: Array(0..<UInt64(Self.set.count)))
        try #require(index.comparesCodes)
        let efFactor = index.efFactor
        let far = Vectors.clustered(2_000, dimensions: 32, seed: 5).map { $0 + 3_000 }
        for i in 0..<2_000 where index.comparesCodes {
            try index.add(Vectors.row(i, of: far, dimensions: 32), key: UInt64(10_000 + i))
        }
        try #require(!index.comparesCodes)
        return (index, efFactor)
    }

    @Test
    func `is outdated when vectors come that the center does not fit`() throws {
        var (index, _) = try strayed()
        #expect(index.isGraphOutdated)
        while try !index.compact(budget: .seconds(1)) {}
        #expect(!index.isGraphOutdated && index.checkInvariants() == nil)
    }

    @Test
    func `keeps its factor of ef until that is measured again`() throws {
        var (index, efFactor) = try strayed()
        #expect(index.isGraphOutdated && efFactor > 1 && index.efFactor == efFactor)
        for _ in 0..<100_000 where index.isGraphOutdated {
            _ = try index.compact(budget: .microseconds(1), threads: 1)
        }
        #expect(!index.isGraphOutdated && index.efFactor == efFactor)
    }
}
