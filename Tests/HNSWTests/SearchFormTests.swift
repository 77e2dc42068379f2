import CAllocationCounter
import HNSW
import TestSupport
import Testing
import VectorKernels

/// The forms of a search beside the plain one: within a radius, for many queries, into memory of the caller's.
@Suite("Forms of a search")
struct SearchFormTests {
    private static let dimensions = 20
    private static let count = 3000
    private static let vectors = Vectors.clustered(count, dimensions: dimensions, seed: 91)
    private static let queries = rows(
        Vectors.clustered(40, dimensions: dimensions, seed: 92), dimensions: dimensions)
    private static let keys = (0..<UInt64(count)).map { $0 * 5 + 1 }

    private func indexes(
        _ metric: Metric, _ elements: VectorElements
    ) throws -> (graph: VectorIndex, exact: VectorIndex) {
        var graph = try walkedIndex(dimensions: Self.dimensions, metric: metric, elements: elements)
        var exact = try VectorIndex(dimensions: Self.dimensions, metric: metric, elements: elements, graph: nil)
        try graph.add(Self.vectors, keys: Self.keys)
        try exact.add(Self.vectors, keys: Self.keys)
        for key in Self.keys.prefix(100) {
            graph.remove(key)
            exact.remove(key)
        }
        return (graph, exact)
    }

    // MARK: - Within a radius

    @Test(arguments: Metric.allCases, VectorElements.allCases)
    func `within a radius an exact index finds what the definition says`(
        metric: Metric, elements: VectorElements
    ) throws {
        let exact = try indexes(metric, elements).exact
        for query in Self.queries.prefix(5) {
            let all = try exact.search(for: query, k: Self.count)
            let radii = [all[0].distance, all[7].distance, all[100].distance, .infinity, -.infinity, 0, -0.0]
            for radius in radii + [all[3].distance.nextDown] {
                #expect(try exact.search(for: query, within: radius) == all.filter { $0.distance <= radius })
                let odd = { (key: UInt64) in key % 2 == 1 }
                #expect(
                    try exact.search(for: query, within: radius, where: odd)
                        == all.filter { $0.distance <= radius && odd($0.key) })
            }
        }
    }

    @Test(arguments: Metric.allCases, VectorElements.allCases)
    func `within a radius a graph finds nearly all and nothing else`(metric: Metric, elements: VectorElements) throws {
        let (graph, exact) = try indexes(metric, elements)
        for size in [1, 5, 30, 60, 150, 1000] {
            var found = 0
            for query in Self.queries {
                let radius = try exact.search(for: query, k: size)[size - 1].distance
                let truth = try exact.search(for: query, within: radius)
                let answer = try graph.search(for: query, within: radius, ef: 32)
                let missing = Set(truth).subtracting(answer)
                #expect(Set(answer).isSubset(of: truth) && answer == answer.sorted())
                found += truth.count - missing.count
                let even = { (key: UInt64) in key % 2 == 0 }
                let evenAnswer = try graph.search(for: query, within: radius, ef: 32, where: even)
                #expect(evenAnswer == answer.filter { even($0.key) })
            }
            #expect(found >= Self.queries.count * size * 97 / 100, "\(size) within the radius")
        }
        #expect(try graph.search(for: Self.queries[0], within: .infinity).count == Self.count - 100)
    }

    @Test
    func `a radius takes in thousands of duplicates`() throws {
        var index = try walkedIndex(dimensions: 2, metric: .squaredEuclidean)
        try index.add(
            (0..<5000).flatMap { $0 < 4000 ? [1, 1] : [Float($0), 0] as [Float] }, keys: Array(0..<5000))
        #expect(try index.search(for: [1, 1], within: 0).map(\.key) == Array(0..<4000))
        #expect(try index.search(for: [4500, 0], within: 1.5).map(\.key) == [4500, 4499, 4501])
    }

    // MARK: - Many queries

    @Test(arguments: [1, 2, 3, 8])
    func `many queries get the answers of each`(threads: Int) throws {
        let (graph, exact) = try indexes(.cosine, .int8)
        let all = Self.queries.flatMap { $0 }
        let lists = try graph.search(forEach: all, k: 7, ef: 20, threads: threads)
        #expect(lists.count == Self.queries.count && lists.width == 7)
        for (list, query) in zip(lists, Self.queries) {
            #expect(try Array(list) == graph.search(for: query, k: 7, ef: 20))
        }
        let some = try exact.search(forEach: all, k: 7, where: { $0 < 600 && $0 % 100 == 1 }, threads: threads)
        #expect(some.width == 1)
        #expect(some.neighbors.allSatisfy { $0.key == 501 } && some.count == Self.queries.count)
    }

    @Test
    func `many queries may be none, and k may be 0 or beyond all`() throws {
        var index = try walkedIndex(dimensions: 2, metric: .squaredEuclidean)
        #expect(try index.search(forEach: [1, 2, 3, 4], k: 5).map(\.count) == [0, 0])
        try index.add([0, 0, 1, 1, 2, 2], keys: [5, 6, 7])
        #expect(try index.search(forEach: [], k: 5).isEmpty)
        #expect(try index.search(forEach: [0, 0, 9, 9], k: 0).map(\.count) == [0, 0])
        #expect(try index.search(forEach: [0, 0, 9, 9], k: .max).map { $0.map(\.key) } == [[5, 6, 7], [7, 6, 5]])
    }

    @Test(arguments: VectorElements.allCases)
    func `many walks for no result end in empty lists`(elements: VectorElements) throws {
        let (graph, _) = try indexes(.squaredEuclidean, elements)
        let all = Self.queries.flatMap { $0 }
        #expect(try graph.search(forEach: all, k: 0).map(\.count) == Array(repeating: 0, count: Self.queries.count))
        #expect(throws: HNSWError.self) { try graph.search(forEach: all.map { _ in Float.nan }, k: 0) }
    }

    @Test(arguments: [Metric.cosine, .squaredEuclidean], [1, 3, 50, 2_500])
    func `a chain of thousands of duplicates gives the results of a scan`(metric: Metric, k: Int) throws {
        let dimensions = 8
        var index = try walkedIndex(dimensions: dimensions, metric: metric)
        let one = Vectors.row(0, of: Vectors.clustered(1, dimensions: dimensions, seed: 93), dimensions: dimensions)
        // Scaled copies are duplicates under the cosine metric.
        let copies = (0..<2_000).flatMap { i in one.map { metric == .cosine ? $0 * Float(1 + i % 7) : $0 } }
        try index.add(
            copies + Vectors.clustered(1_000, dimensions: dimensions, seed: 94), keys: (0..<3_000).map { 2_999 - $0 })
        for query in rows(
            copies.prefix(dimensions) + Vectors.clustered(20, dimensions: dimensions, seed: 95), dimensions: dimensions)
        {
            let odd = { (key: UInt64) in key % 2 == 1 }
            #expect(try index.search(for: query, k: k, ef: 400) == index.withoutGraph.search(for: query, k: k))
            #expect(
                try index.search(for: query, k: k, ef: 400, where: odd)
                    == index.withoutGraph.search(for: query, k: k, where: odd))
        }
    }

    @Test
    func `many queries are refused for one that is wrong`() throws {
        var index = try walkedIndex(dimensions: 2, metric: .squaredEuclidean)
        try index.add([0, 0, 1, 1], keys: [5, 6])
        let odd = #expect(throws: HNSWError.self) { _ = try index.search(forEach: [1, 2, 3], k: 1) }
        #expect(odd?.code == .dimensionMismatch)
        let bad = #expect(throws: HNSWError.self) { _ = try index.search(forEach: [1, 2, 3, .nan], k: 1) }
        #expect(bad?.code == .notFinite)
    }

    // MARK: - Into memory of the caller's

    @Test(arguments: VectorElements.allCases)
    func `results lie in front of what was there`(elements: VectorElements) throws {
        let (graph, exact) = try indexes(.squaredEuclidean, elements)
        let blank = Neighbor(key: .max, distance: -1)
        var results = [Neighbor](repeating: blank, count: 12)
        for query in Self.queries {
            var span = results.mutableSpan
            let found = try graph.search(for: query.span, k: 10, ef: 30, into: &span)
            #expect(try Array(results.prefix(found)) == graph.search(for: query, k: 10, ef: 30))
            #expect(results[10...].allSatisfy { $0 == blank })
            var again = results.mutableSpan
            let few = try exact.search(for: query.span, k: 12, where: { $0 == 501 }, into: &again)
            #expect(few == 1 && results[0].key == 501)
            results = [Neighbor](repeating: blank, count: 12)
        }
    }

    @Test(arguments: VectorElements.allCases)
    func `a search into the caller's memory allocates nothing`(elements: VectorElements) throws {
        let (graph, exact) = try indexes(.cosine, elements)
        guard allocations_are_counted() != 0 else {
            print("Allocations cannot be counted here, so nobody looked whether a search makes any.")
            return
        }
        let before = allocation_count()
        _ = Array(repeating: before, count: 100)
        #expect(allocation_count() > before, "An array is an allocation")

        let passes = { (key: UInt64) in key % 3 == 0 }
        let few = KeySelection(Self.keys.suffix(400))
        var results = [Neighbor](repeating: Neighbor(key: 0, distance: 0), count: 300)
        for (k, ef) in [(1, 10), (10, 64), (100, 300)] {
            var made: Int64 = 0
            for _ in 0..<2 {  // The first round makes the memory, the second uses it.
                let before = allocation_count()
                for query in Self.queries {
                    var span = results.mutableSpan
                    _ = try graph.search(for: query.span, k: k, ef: ef, into: &span)
                    _ = try graph.search(for: query.span, k: k, ef: ef, where: passes, into: &span)
                    _ = try graph.search(for: query.span, k: k, ef: ef, among: few, into: &span)
                    _ = try exact.search(for: query.span, k: k, into: &span)
                    _ = try exact.search(for: query.span, k: k, among: few, where: passes, into: &span)
                }
                made = allocation_count() - before
            }
            #expect(made == 0, "\(made) allocations at k \(k), ef \(ef)")
        }
    }
}
