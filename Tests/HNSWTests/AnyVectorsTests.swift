import Foundation
import HNSW
import TestSupport
import Testing
import VectorKernels

@Suite("Any vectors")
struct AnyVectorsTests {
    @Test(arguments: AwkwardVectors.all)
    func `recall at 10 is at least .95 by default`(set: AwkwardVectors) throws {
        let (base, queries) = set.vectors()
        let truth = Truth(base, queries: queries, metric: set.metric)
        for elements in [VectorElements.int8, .float32] {
            var index = try VectorIndex(dimensions: set.dimensions, metric: set.metric, elements: elements)
            try index.add(base, keys: Array(0..<UInt64(set.count)))
            let recall = try truth.recall { try index.search(for: $0, k: 10) }
            let exact = try truth.recall { try index.withoutGraph.search(for: $0, k: 10) }
            #expect(recall >= 0.95, "\(elements)")
            #expect(exact >= 0.999, "\(elements), without graph")
        }
    }

    @Test(arguments: AwkwardVectors.offsets.prefix(1) + AwkwardVectors.mixtures.suffix(2) + AwkwardVectors.groups)
    func `recall is the same when vectors come one by one`(set: AwkwardVectors) throws {
        let (base, queries) = set.vectors()
        let truth = Truth(base, queries: queries, metric: set.metric)
        var index = try VectorIndex(dimensions: set.dimensions, metric: set.metric)
        for i in 0..<set.count {
            try index.add(Vectors.row(i, of: base, dimensions: set.dimensions), key: UInt64(i))
        }
        let recall = try truth.recall { try index.search(for: $0, k: 10) }
        #expect(recall >= 0.95)
        #expect(index.checkInvariants() == nil)
    }

    @Test
    func `the index says whether it compares codes`() throws {
        func index(_ set: AwkwardVectors, elements: VectorElements = .int8) throws -> VectorIndex {
            var index = try VectorIndex(dimensions: set.dimensions, metric: set.metric, elements: elements, graph: nil)
            try index.add(set.vectors().base, keys: Array(0..<UInt64(set.count)))
            return index
        }
        let wide = try index(AwkwardVectors.shifted(by: 100))
        #expect(wide.comparesCodes)
        #expect(try #require(wide.codeAgreement) >= 0.98)
        let narrow = try index(AwkwardVectors.degrees)
        #expect(!narrow.comparesCodes)
        #expect(try #require(narrow.codeAgreement) < 0.98)
        let floats = try index(AwkwardVectors.shifted(by: 100), elements: .float32)
        #expect(!floats.comparesCodes && floats.codeAgreement == nil)
        let empty = try VectorIndex(dimensions: 3, metric: .cosine)
        #expect(!empty.comparesCodes && empty.codeAgreement == nil)
    }

    @Test
    func `vectors that need more candidates get them by a factor of ef`() throws {
        func index(_ name: String) throws -> VectorIndex {
            let set = try #require(AwkwardVectors.mixtures.first { $0.name == name })
            var index = try VectorIndex(dimensions: set.dimensions, metric: set.metric)
            try index.add(set.vectors().base, keys: Array(0..<UInt64(set.count)))
            return index
        }
        #expect(try index("lognormal lengths by distance").efFactor > 1)
        let easy = try index("one-hot beside dense")
        #expect(easy.efFactor == 1)
        try TemporaryFolder.with { folder in
            let hard = try index("lognormal lengths by distance")
            try hard.save(to: folder + "/hard")
            #expect(try VectorIndex(mapping: folder + "/hard").efFactor == hard.efFactor)
        }
    }

    @Test
    func `a certificate counts what scans find in place of walks`() throws {
        var index = try VectorIndex(dimensions: 16, metric: .cosine)
        try index.add(Vectors.clustered(5_000, dimensions: 16, seed: 4), keys: Array(0..<5_000))
        try index.certify(queries: 50)
        let curve = try #require(index.certificate?.curves.first)
        #expect(curve.points.allSatisfy { $0.recall > 0.9 }, "\(curve.points)")
        #expect(index.certificate?.comparesCodes == index.comparesCodes)
    }

    @Test
    func `a filter that half of the vectors pass costs no recall far from the origin`() throws {
        let set = AwkwardVectors.degrees
        let (base, queries) = set.vectors()
        let truth = Truth(base, queries: queries, metric: set.metric)
        var index = try VectorIndex(dimensions: set.dimensions, metric: set.metric)
        try index.add(base, keys: Array(0..<UInt64(set.count)))
        let recall = try truth.recall(passing: { $0 % 2 == 0 }) { query in
            try index.search(for: query, k: 10, where: { $0 % 2 == 0 })
        }
        #expect(recall >= 0.95)
    }

    @Test(arguments: AwkwardVectors.all)
    func `a search within a radius finds all that lie within`(set: AwkwardVectors) throws {
        let (base, queries) = set.vectors(queries: 30)
        let truth = Truth(base, queries: queries, metric: set.metric)
        var index = try VectorIndex(dimensions: set.dimensions, metric: set.metric)
        try index.add(base, keys: Array(0..<UInt64(set.count)))
        for wanted in [20, set.count / 30, set.count / 3] {
            for (query, distances) in zip(queries, truth.distances) {
                let limit = distances.sorted()[wanted - 1]
                let offset = set.metric == .innerProduct ? 1.0 : 0
                // The directions that a cosine index stores are rounded to floats.
                let rounding = set.metric == .cosine ? 1e-3 : 1e-5
                let slack = abs(limit) * rounding + 1e-7 * offset
                let radius = Float(offset + limit + slack)
                let reach = Double(radius) - offset
                let result = try index.search(for: query, within: radius)
                let found = Set(result.map(\.key))
                let isComplete = distances.indices.allSatisfy {
                    distances[$0] > reach - slack || found.contains(UInt64($0))
                }
                #expect(isComplete, "\(wanted)")
                #expect(result.allSatisfy { distances[Int($0.key)] <= reach + slack }, "\(wanted)")
                #expect(result.allSatisfy { $0.distance <= radius }, "\(wanted)")
                // A walk takes the place of a scan in a large index only.
                if set.metric != .innerProduct, wanted == 20 {
                    var walking = index
                    walking.mayScan = false
                    let walked = try walking.search(for: query, within: radius)
                    #expect(Set(walked.map(\.key)).isSubset(of: found))
                }
            }
        }
    }

    @Test(arguments: [VectorElements.int8, .float32])
    func `scaled copies of one vector are duplicates by cosine and hide nobody`(elements: VectorElements) throws {
        let dimensions = 32
        var generator = SeededGenerator(seed: 5)
        let ordinary = (0..<1_000).map { _ in AwkwardVectors.gaussian(dimensions, &generator) }
        let copied = AwkwardVectors.gaussian(dimensions, &generator)
        let copies = (0..<9_000).map { _ in
            let factor = Float.random(in: 0.01...100, using: &generator)
            return copied.map { $0 * factor }
        }
        var index = try walkedIndex(dimensions: dimensions, metric: .cosine, elements: elements)
        var vectors: [Float] = []
        for i in 0..<10_000 { vectors += i % 10 == 0 ? ordinary[i / 10] : copies[i - i / 10 - 1] }
        for part in stride(from: 0, to: 10_000, by: 1_000) {
            try index.add(
                Array(vectors[part * dimensions..<(part + 1_000) * dimensions]),
                keys: (0..<1_000).map { UInt64(part + $0) })
        }
        #expect(index.checkInvariants() == nil)
        for i in 0..<1_000 {
            #expect(try index.search(for: ordinary[i], k: 1, ef: 64).map(\.key) == [UInt64(i * 10)])
        }
        let near = try index.search(for: copied, k: 9_000, ef: 64)
        #expect(near.allSatisfy { $0.key % 10 != 0 })
        #expect(near.allSatisfy { $0.distance < 1e-12 })
    }

    @Test
    func `no answer holds NaN when a mapped file is overwritten in place`() throws {
        try TemporaryFolder.with { folder in
            for elements in VectorElements.allCases {
                for metric in Metric.allCases {
                    let path = folder + "/\(elements)-\(metric).hnsw"
                    var index = try walkedIndex(dimensions: 16, metric: metric, elements: elements)
                    try index.add(Vectors.clustered(2_000, dimensions: 16, seed: 3), keys: Array(0..<2_000))
                    try index.save(to: path)
                    var opened = try VectorIndex(mapping: path)
                    let size = try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
                    let handle = try #require(FileHandle(forWritingAtPath: path))
                    try handle.write(contentsOf: Data(repeating: 0xFF, count: size))
                    try handle.close()
                    let query = [Float](repeating: 0.5, count: 16)
                    for mayScan in [false, true] {
                        opened.mayScan = mayScan
                        var answers = try opened.search(for: query, k: 10)
                        answers += try opened.search(for: query, k: 10, where: { _ in true })
                        answers += try opened.search(for: query, within: .infinity)
                        answers += try opened.withoutGraph.search(for: query, k: 10)
                        answers += try opened.search(forEach: query + query, k: 10).neighbors
                        #expect(answers.allSatisfy { !$0.distance.isNaN }, "\(elements), \(metric)")
                        let distances = try opened.distances(from: query, to: Array(0..<100))
                        #expect(distances.allSatisfy { $0?.isNaN != true }, "\(elements), \(metric)")
                    }
                }
            }
        }
    }
}
