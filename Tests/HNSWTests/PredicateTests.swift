import HNSW
import TestSupport
import Testing
import VectorKernels

@Suite("Searching among some keys")
struct PredicateTests {
    @Test(arguments: [1, 2, 10, 100, 1000] as [UInt64], VectorElements.allCases)
    func `finds the nearest of those that pass`(every: UInt64, elements: VectorElements) throws {
        let (count, dimensions) = (6000, 24)
        let vectors = Vectors.clustered(count, dimensions: dimensions, seed: 51)
        var exact = try VectorIndex(dimensions: dimensions, metric: .cosine, elements: elements, graph: nil)
        var index = try walkedIndex(dimensions: dimensions, metric: .cosine, elements: elements)
        try exact.add(vectors, keys: Array(0..<UInt64(count)))
        try index.add(vectors, keys: Array(0..<UInt64(count)))
        let passes = { (key: UInt64) in key % every == 0 }
        let queries = rows(Vectors.clustered(60, dimensions: dimensions, seed: 52), dimensions: dimensions)
        #expect(try recall(of: index, against: exact, queries: queries, ef: 64, where: passes) >= 0.95)
        for query in queries {
            let found = try index.search(for: query, k: 12, ef: 16, where: passes)
            #expect(found.allSatisfy { passes($0.key) })
            #expect(found.count == min(12, (count + Int(every) - 1) / Int(every)))
        }
        #expect(try index.search(for: queries[0], k: 5, where: { _ in false }) == [])
        #expect(try index.search(for: queries[0], k: 5, where: { $0 == 4321 }).map(\.key) == [4321])
    }

    @Test(arguments: [1, 3, 30, 300, 5999] as [UInt64], VectorElements.allCases)
    func `in a set finds the nearest of the set`(every: UInt64, elements: VectorElements) throws {
        let (count, dimensions) = (6000, 24)
        let vectors = Vectors.clustered(count, dimensions: dimensions, seed: 53)
        var exact = try VectorIndex(dimensions: dimensions, metric: .innerProduct, elements: elements, graph: nil)
        var index = try walkedIndex(dimensions: dimensions, metric: .innerProduct, elements: elements)
        try exact.add(vectors, keys: Array(0..<UInt64(count)))
        try index.add(vectors, keys: Array(0..<UInt64(count)))
        for key in [0, every, 17] where index.contains(key) {
            index.remove(key)
            exact.remove(key)
        }
        // Keys that are not there, and one that was removed, are passed over.
        let set = Set((0..<UInt64(count)).filter { $0 % every == 0 } + [0, 9_000, .max])
        let keys = KeySelection(set)
        let there = set.count(where: index.contains)
        let queries = rows(Vectors.clustered(60, dimensions: dimensions, seed: 54), dimensions: dimensions)
        var found = 0
        for query in queries {
            let truth = try exact.search(for: query, k: 12, where: keys.contains)
            #expect(try exact.search(for: query, k: 12, among: keys) == truth)
            let answer = try index.search(for: query, k: 12, ef: 64, among: keys)
            #expect(answer.count == min(12, there) && answer.allSatisfy { keys.contains($0.key) })
            found += Set(truth).intersection(answer).count
        }
        #expect(Double(found) >= 0.95 * Double(queries.count * min(12, there)))
        #expect(try index.search(for: queries[0], k: 5, among: []) == [])
        #expect(try index.search(for: queries[0], k: 0, among: keys) == [])
        #expect(try walkedIndex(dimensions: 3, metric: .cosine).search(for: [1, 2, 3], k: 1, among: [1]) == [])
    }

    /// Each combination of conditions must find what one predicate for all of them finds.
    @Test(arguments: [true, false], [3, 40, 400] as [UInt64])
    func `conditions combine`(graph: Bool, every: UInt64) throws {
        let (count, dimensions) = (4000, 16)
        let vectors = Vectors.clustered(count, dimensions: dimensions, seed: 55)
        var index = try walkedIndex(dimensions: dimensions, metric: .cosine)
        try index.add(vectors, keys: Array(0..<UInt64(count)))
        let exact = index.withoutGraph
        if !graph { index = exact }
        let selected = KeySelection((0..<UInt64(count)).filter { $0 % every == 0 } + [9_000])
        let excluded = KeySelection((0..<UInt64(count)).filter { $0 % 4 == 0 } + [9_001])
        let even = { @Sendable (key: UInt64) in key % 2 == 0 }
        let combinations: [(KeySelection?, KeySelection?, (@Sendable (UInt64) -> Bool)?)] = [
            (selected, excluded, nil), (nil, excluded, nil), (selected, nil, even), (nil, excluded, even),
            (selected, excluded, even), (selected, [], nil), (nil, [], nil), ([], excluded, nil),
        ]
        let queries = Vectors.clustered(20, dimensions: dimensions, seed: 56)
        for (number, (among, excluding, predicate)) in combinations.enumerated() {
            let passes = { @Sendable (key: UInt64) in
                among?.contains(key) ?? true && !(excluding?.contains(key) ?? false) && predicate?(key) ?? true
            }
            let lists = try index.search(
                forEach: queries, k: 10, ef: 200, among: among, excluding: excluding, where: predicate)
            var found = 0
            var wanted = 0
            for (i, query) in rows(queries, dimensions: dimensions).enumerated() {
                let truth = try exact.search(for: query, k: 10, where: passes)
                let answer = try index.search(
                    for: query, k: 10, ef: 200, among: among, excluding: excluding, where: predicate)
                #expect(answer.count == truth.count && answer.allSatisfy { passes($0.key) }, "combination \(number)")
                #expect(Array(lists[i]) == answer, "combination \(number)")
                found += Set(truth).intersection(answer).count
                wanted += truth.count
                let radius = truth.last?.distance ?? 0
                let near = try index.search(
                    for: query, within: radius, ef: 200, among: among, excluding: excluding, where: predicate)
                #expect(Set(near).isSubset(of: try exact.search(for: query, within: radius, where: passes)))
                let certain = try index.search(
                    for: query, k: 10, recall: 1, among: among, excluding: excluding, where: predicate)
                #expect(certain == truth, "combination \(number)")
                var buffer = [Neighbor](repeating: Neighbor(key: 0, distance: 0), count: 10)
                var span = buffer.mutableSpan
                let written = try index.search(
                    for: query.span, k: 10, ef: 200, among: among, excluding: excluding, where: predicate,
                    into: &span)
                #expect(Array(buffer.prefix(written)) == answer, "combination \(number)")
            }
            #expect(Double(found) >= (graph ? 0.97 : 1) * Double(wanted), "combination \(number)")
        }
    }

    @Test(arguments: [0, 1, 2, 7, 8, 9, 100, 5000])
    func `a selection of keys is the set of them`(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let spreads: [(UInt64) -> UInt64] = [{ $0 }, { $0 << 40 }, { KeySelectionTable.scattered($0) }, { .max - $0 }]
        for spread in spreads {
            let keys = (0..<count).map { _ in spread(UInt64.random(in: 0..<UInt64(count), using: &generator)) }
            let set = Set(keys)
            let selection = KeySelection(keys)
            #expect(selection.count == set.count && selection.isEmpty == set.isEmpty)
            for i in 0..<UInt64(count + 10) { #expect(selection.contains(spread(i)) == set.contains(spread(i))) }
            #expect(selection.contains(.max) == set.contains(.max) && selection.contains(0) == set.contains(0))
        }
    }
}

private enum KeySelectionTable {
    static func scattered(_ key: UInt64) -> UInt64 { key &* 0xD134_2543_DE82_EF95 &+ 7 }
}
