import HNSW
import TestSupport
import Testing
import VectorKernels

@Suite("Degenerate input")
struct DegenerateInputTests {
    @Test
    func `an empty index finds nothing`() throws {
        let index = try walkedIndex(dimensions: 3, metric: .cosine)
        #expect(index.isEmpty)
        #expect(try index.search(for: [1, 2, 3], k: 10) == [])
        #expect(try index.search(for: [1, 2, 3], k: 10, where: { _ in true }) == [])
        #expect(try index.search(for: [1, 2, 3], k: 10, among: [0, 1]) == [])
        #expect(try index.search(for: [1, 2, 3], within: .infinity) == [])
        #expect(try index.search(for: [1, 2, 3], k: 10, recall: 0.99) == [])
        #expect(try index.search(forEach: [1, 2, 3], k: 10).neighbors == [])
        var none: [Neighbor] = []
        var span = none.mutableSpan
        #expect(try index.search(for: [1, 2, 3].span, k: 0, into: &span) == 0)
        #expect(index.vector(for: 1) == nil)
        #expect(try index.distance(from: [1, 2, 3], to: 1) == nil)
        #expect(index.checkInvariants() == nil)
        #expect(try VectorIndex(dimensions: 3, metric: .cosine, graph: nil).search(for: [1, 2, 3], k: 10) == [])
    }

    @Test
    func `k of 0 finds nothing and k beyond all finds all`() throws {
        var index = try walkedIndex(dimensions: 2, metric: .squaredEuclidean)
        try index.add([0, 0, 1, 1, 2, 2], keys: [5, 6, 7])
        #expect(try index.search(for: [0, 0], k: 0) == [])
        #expect(try index.search(for: [0, 0], k: 100).map(\.key) == [5, 6, 7])
        #expect(try index.search(for: [0, 0], k: 2, ef: 0).map(\.key) == [5, 6])
        #expect(try index.search(for: [0, 0], k: 0, where: { _ in true }) == [])
        #expect(try index.search(for: [0, 0], k: 100, where: { $0 > 5 }).map(\.key) == [6, 7])
        #expect(try index.search(for: [0, 0], k: .max, among: [7, 5, 9]).map(\.key) == [5, 7])
        #expect(try index.search(for: [0, 0], k: .max, recall: 1).map(\.key) == [5, 6, 7])
        #expect(try index.search(for: [0, 0], within: 1.9, ef: 0).map(\.key) == [5])
    }

    @Test(arguments: Metric.allCases, VectorElements.allCases)
    func `thousands of duplicates hide neither themselves nor others`(metric: Metric, elements: VectorElements) throws {
        let dimensions = 16
        let others = Vectors.clustered(2000, dimensions: dimensions, seed: 31)
        let duplicate = Vectors.row(
            0, of: Vectors.clustered(1, dimensions: dimensions, seed: 32), dimensions: dimensions)
        var exact = try VectorIndex(dimensions: dimensions, metric: metric, elements: elements, graph: nil)
        var index = try walkedIndex(dimensions: dimensions, metric: metric, elements: elements)
        for start in stride(from: 0, to: 2000, by: 500) {
            // Duplicates, zero vectors and others, in turn.
            let part = Array(others[start * dimensions..<(start + 500) * dimensions])
            let vectors =
                (0..<1000).flatMap { _ in duplicate } + [Float](repeating: 0, count: 500 * dimensions) + part
            let keys = (0..<2000).map { UInt64(start * 4 + $0) }
            try exact.add(vectors, keys: keys)
            try index.add(vectors, keys: keys)
        }
        #expect(index.checkInvariants() == nil)
        #expect(try index.search(for: duplicate, k: 4000) == exact.search(for: duplicate, k: 4000))
        let queries = rows(Vectors.clustered(100, dimensions: dimensions, seed: 33), dimensions: dimensions)
        #expect(try recall(of: index, against: exact, queries: queries, ef: 128) >= 0.98)
        // Half of the duplicates go, among them the first, on which the others hang.
        for key in UInt64(0)..<2000 where key % 2 == 0 || key < 100 {
            let removed = (index.remove(key), exact.remove(key))
            #expect(removed == (true, true))
        }
        #expect(index.checkInvariants() == nil)
        #expect(try index.search(for: duplicate, k: 3000) == exact.search(for: duplicate, k: 3000))
        try index.compact()
        #expect(index.checkInvariants() == nil)
        #expect(try index.search(for: duplicate, k: 3000) == exact.search(for: duplicate, k: 3000))
        #expect(try recall(of: index, against: exact, queries: queries, ef: 128) >= 0.98)
    }

    @Test(arguments: Metric.allCases)
    func `vectors that are all zero are found`(metric: Metric) throws {
        var index = try walkedIndex(dimensions: 4, metric: metric)
        try index.add([Float](repeating: 0, count: 400), keys: Array(0..<100))
        #expect(index.checkInvariants() == nil)
        #expect(try index.search(for: [1, 0, 0, 0], k: 5).map(\.key) == [0, 1, 2, 3, 4])
        #expect(try index.search(for: [0, 0, 0, 0], k: 200).count == 100)
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity, 1e30])
    func `a component that is not finite is refused by name`(bad: Float) throws {
        var index = try walkedIndex(dimensions: 3, metric: .innerProduct)
        try index.add([1, 2, 3], key: 1)
        let error = #expect(throws: HNSWError.self) { try index.add([1, 1, 1, 1, bad, 1], keys: [2, 33]) }
        #expect(error?.code == .notFinite)
        #expect(error?.message.contains("vector 1, key 33") == true)
        #expect(index.keys == [1])
        #expect(throws: HNSWError.self) { try index.update([bad, 0, 0], key: 1) }
        #expect(index.vector(for: 1) == [1, 2, 3])
        let queryError = #expect(throws: HNSWError.self) { _ = try index.search(for: [bad, 0, 0], k: 1) }
        #expect(queryError?.code == .notFinite)
        #expect(throws: HNSWError.self) { _ = try index.search(for: [bad, 0, 0], within: 1) }
        #expect(throws: HNSWError.self) { _ = try index.search(for: [bad, 0, 0], k: 1, among: [1]) }
        #expect(throws: HNSWError.self) { _ = try index.search(for: [bad, 0, 0], k: 1, recall: 0.5) }
    }

    @Test(arguments: [true, false])
    func `arguments out of range are refused`(graph: Bool) throws {
        var index = try VectorIndex(dimensions: 2, metric: .cosine, graph: graph ? HNSWParameters() : nil)
        try index.add([1, 2], key: 1)
        func code(_ body: () throws -> Void) -> HNSWError.Code? {
            #expect(throws: HNSWError.self) { try body() }?.code
        }
        #expect(code { _ = try index.search(for: [1, 2], k: -1) } == .invalidArgument)
        #expect(code { _ = try index.search(for: [1, 2], k: 1, ef: -1) } == .invalidArgument)
        #expect(code { _ = try index.search(for: [1, 2], k: -1, recall: 0.5) } == .invalidArgument)
        for recall in [-0.1, 1.1, .nan] {
            #expect(code { _ = try index.search(for: [1, 2], k: 1, recall: recall) } == .invalidArgument)
        }
        #expect(code { _ = try index.search(for: [1, 2], within: .nan) } == .invalidArgument)
        #expect(code { _ = try index.search(for: [1, 2], within: 1, ef: -1) } == .invalidArgument)
        #expect(code { _ = try index.search(forEach: [1, 2], k: -1) } == .invalidArgument)
        #expect(code { _ = try index.search(forEach: [1, 2], k: 1, ef: -1) } == .invalidArgument)
        #expect(code { _ = try index.search(forEach: [1, 2], k: 1, threads: 0) } == .invalidArgument)
        #expect(code { try index.add([3, 4], keys: [2], threads: 0) } == .invalidArgument)
        #expect(index.keys == [1])
    }

    @Test
    func `numbers that may come from a request are refused and never trap`() throws {
        var index = try walkedIndex(dimensions: 2, metric: .cosine)
        try index.add([1, 2, 3, 4, 5, 6], keys: [1, 2, 3])
        func code(_ body: () throws -> Void) -> HNSWError.Code? {
            #expect(throws: HNSWError.self) { try body() }?.code
        }
        for dimensions in [.min, -1, 0, 65_536, 70_000, .max] {
            #expect(code { _ = try VectorIndex(dimensions: dimensions, metric: .cosine) } == .invalidArgument)
        }
        for m in [.min, 0, 1, 257, .max] {
            #expect(code { _ = try HNSWParameters(m: m) } == .invalidArgument)
        }
        for efConstruction in [.min, 0, 65_536, .max] {
            #expect(code { _ = try HNSWParameters(efConstruction: efConstruction) } == .invalidArgument)
        }
        for threads in [.min, -1, 0, 1_025, .max] {
            #expect(code { try index.add([7, 8], keys: [9], threads: threads) } == .invalidArgument)
            #expect(code { try index.remove([1], threads: threads) } == .invalidArgument)
            #expect(code { try index.compact(threads: threads) } == .invalidArgument)
            #expect(code { _ = try index.compact(budget: .seconds(1), threads: threads) } == .invalidArgument)
            #expect(code { try index.certify(threads: threads) } == .invalidArgument)
            #expect(code { _ = try index.search(forEach: [1, 2], k: 1, threads: threads) } == .invalidArgument)
        }
        for queries in [.min, -1, 0] {
            #expect(code { try index.certify(queries: queries) } == .invalidArgument)
        }
        for recall in [95, -1, .nan, .infinity] {
            #expect(code { _ = try index.ef(forRecall: recall, k: 1) } == .invalidArgument)
        }
        #expect(code { _ = try index.ef(forRecall: 0.5, k: -1) } == .invalidArgument)
        for k in [.min, -1] {
            #expect(code { _ = try index.search(for: [1, 2], k: k, recall: 0.9) } == .invalidArgument)
        }
        var room = [Neighbor(key: 7, distance: 7)]
        #expect(
            code {
                var span = room.mutableSpan
                _ = try index.search(for: [1, 2].span, k: 2, into: &span)
            } == .invalidArgument)
        #expect(
            code {
                var span = room.mutableSpan
                _ = try index.search(for: [1, 2].span, k: -1, into: &span)
            } == .invalidArgument)
        #expect(room == [Neighbor(key: 7, distance: 7)])
        #expect(index.keys == [1, 2, 3])
        #expect(try index.search(for: [1, 2], k: .max, ef: .max).count == 3)
        #expect(try index.search(for: [1, 2], k: .max, ef: .max, where: { $0 > 1 }).count == 2)
        #expect(try index.search(for: [1, 2], within: .infinity, ef: .max).count == 3)
    }

    @Test
    func `halves refuse what they cannot hold`() throws {
        var index = try walkedIndex(dimensions: 2, metric: .innerProduct, elements: .float16)
        try index.add([65_504, -65_519], key: 1)
        let error = #expect(throws: HNSWError.self) { try index.add([0, 65_520], key: 2) }
        #expect(error?.code == .outOfRange)
        var cosine = try walkedIndex(dimensions: 2, metric: .cosine, elements: .float16)
        try cosine.add([0, 1e6], key: 2)
        #expect(cosine.vector(for: 2) == [0, 1])
    }

    @Test
    func `wrong dimensions and keys are refused and change nothing`() throws {
        var index = try walkedIndex(dimensions: 3, metric: .cosine)
        try index.add([1, 2, 3], key: 1)
        func code(_ body: () throws -> Void) -> HNSWError.Code? {
            #expect(throws: HNSWError.self) { try body() }?.code
        }
        #expect(code { try index.add([1, 2], key: 2) } == .dimensionMismatch)
        #expect(code { try index.add([1, 2, 3, 4], keys: [2, 3]) } == .dimensionMismatch)
        #expect(code { _ = try index.search(for: [1, 2, 3, 4], k: 1) } == .dimensionMismatch)
        #expect(code { _ = try index.search(for: [1, 2, 3, 4], within: 1) } == .dimensionMismatch)
        #expect(code { _ = try index.search(for: [1, 2], k: 1, among: [1]) } == .dimensionMismatch)
        #expect(code { _ = try index.search(forEach: [1, 2, 3, 4], k: 1) } == .dimensionMismatch)
        #expect(code { try index.add([4, 5, 6], key: 1) } == .duplicateKey)
        #expect(code { try index.add([4, 5, 6, 7, 8, 9], keys: [9, 9]) } == .duplicateKey)
        #expect(code { try index.add([4, 5, 6, 7, 8, 9, 1, 1, 1], keys: [9, 3, 9]) } == .duplicateKey)
        #expect(code { try index.update([1, 1, 1], key: 2) } == .unknownKey)
        #expect(index.keys == [1])
        #expect(index.checkInvariants() == nil)
    }

    @Test(arguments: [1, 2, 3, 15, 17, 1000, 65_535], VectorElements.allCases)
    func `any dimensions work`(dimensions: Int, elements: VectorElements) throws {
        for metric in Metric.allCases {
            let count = dimensions > 10_000 ? 8 : 40
            let vectors = Vectors.clustered(count, dimensions: dimensions, clusters: 3, seed: 1)
            var index = try walkedIndex(dimensions: dimensions, metric: metric, elements: elements)
            try index.add(vectors, keys: Array(0..<UInt64(count)))
            let query = Vectors.row(2, of: vectors, dimensions: dimensions)
            let found = try index.search(for: query, k: count)
            #expect(found.count == count)
            if metric == .squaredEuclidean { #expect(found.first?.key == 2) }
            let expected = naiveDistance(query, index.vector(for: found[0].key) ?? [], metric)
            // A query is coded as well, which puts its distances off by a part of the squared lengths.
            let error = elements == .int8Only ? 5e-3 * Double(query.reduce(1) { $0 + $1 * $1 }) : 0
            #expect(abs(Double(found[0].distance) - expected) <= 1e-3 * max(1, abs(expected)) + error)
        }
    }
}
