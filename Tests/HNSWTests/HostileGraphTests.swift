import HNSW
import MappedFiles
import TestSupport
import Testing

@Suite("A made-up graph")
struct HostileGraphTests {
    /// A removed node that gets a duplicate while the graph is repaired is linked again. If another node has the same
    /// bits, which a file may say, its list stays as the file had it.
    @Test
    func `with links to no row does not trap when a node is linked again`() throws {
        try TemporaryFolder.with { folder in
            let dimensions = 4
            var vectors = Vectors.clustered(200, dimensions: dimensions, seed: 1)
            // Two nodes close together. The file then says that they are the same.
            for i in 0..<dimensions { vectors[100 * dimensions + i] = vectors[i] + 1e-3 }
            var index = try walkedIndex(
                dimensions: dimensions, metric: .squaredEuclidean, elements: .float32,
                parameters: try HNSWParameters(m: 4, efConstruction: 40))
            try index.add(vectors, keys: Array(0..<200))
            try index.save(to: folder + "/good")
            var file = try SectionedBytes(path: folder + "/good")
            let floats = try #require(file.sections.first { $0.name == "floats" })
            for i in 0..<dimensions {
                file.set([100 * dimensions + i], of: floats, to: UInt64(vectors[i].bitPattern))
            }
            let base = try #require(file.sections.first { $0.name == "base" })
            file.set([1], of: base, to: UInt64(UInt32.max - 16))
            var opened = try VectorIndex(bytes: file.bytes.span)
            opened.mayScan = false
            opened.remove(0)
            // A budget of no time starts the repair and does no step of it.
            #expect(try !opened.compact(budget: .zero, threads: 1))
            try opened.add(Array(vectors.prefix(dimensions)), key: 1_000)
            while try !opened.compact(budget: .seconds(1)) {}
            #expect(opened.contains(1_000))
        }
    }

    /// The chain of duplicates of each of 200,000 removed rows leads through all others.
    @Test(.timeLimit(.minutes(1)))
    func `whose chains of duplicates are circles is repaired in linear time`() throws {
        try TemporaryFolder.with { folder in
            let (rows, m) = (200_000, 2)
            let last = UInt64(rows - 1)
            var writer = try SectionedFileWriter(path: folder + "/circles", kind: FileKind("hnsw"), version: 2)
            // Squared Euclidean distances of one-dimensional floats; see `IndexSettings`.
            try writer.add(
                "settings", [2, 0, 1, UInt64(rows), 1, UInt64(m), 10, 7, last, last, 1, 0, 0, 0])
            try writer.add("frame", [Float(1).bitPattern, Float(1).bitPattern, .max, 0, 0, 0, 0, 0])
            try writer.add("keys", (0..<UInt64(rows)).map { $0 })
            try writer.add("keyTable", [UInt32]())
            // The last row alone is live.
            var tombstones = [UInt64](repeating: .max, count: rows / 64)
            tombstones[rows / 64 - 1] = .max >> 1
            try writer.add("tombstones", tombstones)
            try writer.add("floats", [Float](repeating: 1, count: rows))
            try writer.add("levels", [UInt8](repeating: 0, count: rows))
            try writer.add("base", [UInt32](repeating: .max, count: rows * 2 * m))
            try writer.add("upperStarts", [UInt32](repeating: .max, count: rows))
            try writer.add("upper", [UInt32]())
            // Each row leads to the next, and the last but one to the first.
            try writer.add("twins", (1...UInt32(rows)).map { $0 == UInt32(rows) - 1 ? 0 : $0 })
            try writer.commit()
            var index = try VectorIndex(mapping: folder + "/circles")
            #expect(index.count == 1)
            try index.add([2], key: 1_000_000)
            index.remove(last)
            #expect(index.keys == [1_000_000])
            while try !index.compact(budget: .seconds(1)) {}
            #expect(index.storedRowCount < 10)
        }
    }
}
