import HNSW
import TestSupport
import Testing
import VectorKernels

@Suite("Neighbors one after another")
struct NeighborSequenceTests {
    private static let dimensions = 16
    private static let count = 4000
    private static let vectors = Vectors.clustered(count, dimensions: dimensions, seed: 401)
    private static let queries = rows(Vectors.clustered(20, dimensions: dimensions, seed: 402), dimensions: dimensions)

    private func index(
        _ metric: Metric = .squaredEuclidean, _ elements: VectorElements = .int8, count: Int = count
    ) throws -> VectorIndex {
        var index = try walkedIndex(dimensions: Self.dimensions, metric: metric, elements: elements)
        try index.add(Array(Self.vectors.prefix(count * Self.dimensions)), keys: (0..<UInt64(count)).map { $0 * 3 + 1 })
        return index
    }

    @Test(arguments: Metric.allCases, VectorElements.allCases)
    func `a walk gives all vectors once, nearly in the order of a scan`(
        metric: Metric, elements: VectorElements
    ) throws {
        var index = try index(metric, elements, count: 1500)
        for key in index.keys.prefix(200) { index.remove(key) }
        for query in Self.queries.prefix(3) {
            let all = try index.withoutGraph.search(for: query, k: 1500)
            let found = Array(try index.neighbors(of: query))
            #expect(found.count == 1300 && Set(found) == Set(all))
            let isSame = found.prefix(20) == all.prefix(20)
            #expect(isSame)
            let late = zip(found, found.dropFirst()).count { $1 < $0 }
            #expect(late <= 40, "\(late) neighbors come behind farther ones")
        }
    }

    @Test(arguments: VectorElements.allCases)
    func `the first hundred are those of a search for a hundred or better`(elements: VectorElements) throws {
        let index = try index(.cosine, elements)
        var (byIterator, bySearch) = (0, 0)
        for query in Self.queries {
            let limit = try index.withoutGraph.search(for: query, k: 100)[99].distance
            byIterator += try index.neighbors(of: query).prefix(100).count { $0.distance <= limit }
            bySearch += try index.search(for: query, k: 100).count { $0.distance <= limit }
        }
        #expect(byIterator >= bySearch)
        #expect(byIterator >= Self.queries.count * 98)
    }

    @Test
    func `a walk goes on where it stopped`() throws {
        let index = try index()
        func comparisons(_ body: () throws -> Void) rethrows -> Int {
            let before = index.comparisonCount
            try body()
            return index.comparisonCount - before
        }
        for query in Self.queries.prefix(5) {
            let once = try comparisons { _ = try index.search(for: query, k: 1000, ef: 1500) }
            var found: [Neighbor] = []
            let inParts = try comparisons { found += try index.neighbors(of: query).prefix(1000) }
            #expect(inParts <= once, "\(inParts) comparisons instead of \(once)")
            #expect(found.count == 1000)
        }
    }

    @Test
    func `a predicate that few pass is asked once for each vector`() throws {
        let index = try index()
        var asked = 0
        let found = try index.neighbors(of: Self.queries[0]) { key in
            asked += 1
            return key % 40 == 0
        }
        let truth = try index.withoutGraph.search(for: Self.queries[0], k: Self.count, where: { $0 % 40 == 0 })
        #expect(Array(found) == truth && truth.count == 100)
        #expect(asked <= Self.count + 200, "asked \(asked) times")
    }

    @Test
    func `a predicate that many pass, a selection and an exclusion hold for all that comes`() throws {
        let index = try index()
        let selected = KeySelection((0..<3000).map { $0 * 3 + 1 })
        for query in Self.queries.prefix(3) {
            let truth = try index.withoutGraph.search(
                for: query, k: Self.count, among: selected, excluding: [1, 4, 7], where: { $0 % 2 == 0 })
            let found = Array(
                try index.neighbors(of: query, among: selected, excluding: [1, 4, 7], where: { $0 % 2 == 0 }))
            #expect(Set(found) == Set(truth) && found.count == truth.count)
            #expect(zip(found, truth).prefix(30).allSatisfy { $0 == $1 })
        }
    }

    @Test
    func `a copy of the sequence goes on by itself`() throws {
        for index in [try index(), try index().withoutGraph] {
            var sequence = try index.neighbors(of: Self.queries[1])
            for _ in 0..<150 { #expect(sequence.next() != nil) }
            let copy = sequence
            let rest = Array(IteratorSequence(sequence).prefix(500))
            #expect(rest == Array(copy.prefix(500)) && rest.count == 500)
        }
    }

    @Test
    func `the sequence does not see changes of the index`() throws {
        var index = try index()
        let whole = Array(try index.neighbors(of: Self.queries[2]))
        var sequence = try index.neighbors(of: Self.queries[2])
        var found: [Neighbor] = []
        for key in index.keys.shuffled(seed: 403).prefix(3000) {
            if let next = sequence.next() { found.append(next) }
            index.remove(key)
            try index.add(Vectors.row(Int(key) % 100, of: Self.vectors, dimensions: Self.dimensions), key: key + 1)
        }
        #expect(index.checkInvariants() == nil)
        let isSame = found + IteratorSequence(sequence) == whole
        #expect(isSame && whole.count == Self.count)
    }

    @Test(arguments: [Metric.cosine, .squaredEuclidean])
    func `chains of duplicates come whole, ties by the smaller key`(metric: Metric) throws {
        var index = try walkedIndex(dimensions: Self.dimensions, metric: metric)
        let copies = (0..<600).flatMap { Vectors.row($0 % 6, of: Self.vectors, dimensions: Self.dimensions) }
        try index.add(copies + Self.vectors, keys: (0..<UInt64(600 + Self.count)).reversed())
        for key in UInt64(4100)..<4200 { index.remove(key) }
        let query = Vectors.row(3, of: Self.vectors, dimensions: Self.dimensions)
        let truth = try index.withoutGraph.search(for: query, k: index.count)
        let found = Array(try index.neighbors(of: query))
        #expect(found.count == index.count && Set(found) == Set(truth))
        let isSame = found.prefix(80) == truth.prefix(80)
        #expect(isSame)
    }
}

extension Array {
    fileprivate func shuffled(seed: UInt64) -> [Element] {
        var generator = SeededGenerator(seed: seed)
        return shuffled(using: &generator)
    }
}
