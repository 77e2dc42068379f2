import HNSW
import TestSupport
import Testing
import VectorKernels

@Suite("Removing and replacing")
struct RemovalTests {
    @Test(arguments: VectorElements.allCases)
    func `half of the vectors and adding others leaves recall as it was`(elements: VectorElements) throws {
        let (count, dimensions) = (4000, 32)
        let vectors = Vectors.clustered(count + count / 2, dimensions: dimensions, seed: 41)
        let keys = Array(0..<UInt64(count + count / 2))
        let first = Array(vectors[..<(count * dimensions)])
        let rest = Array(vectors[(count * dimensions)...])
        var index = try walkedIndex(dimensions: dimensions, metric: .cosine, elements: elements)
        try index.add(first, keys: Array(keys[..<count]))
        var generator = SeededGenerator(seed: 42)
        let removed = Set(keys[..<count].shuffled(using: &generator).prefix(count / 2))
        for (i, key) in removed.sorted().enumerated() {
            let wasThere = index.remove(key)
            #expect(wasThere)
            if i % 500 == 0 { #expect(index.checkInvariants() == nil) }
        }
        try index.add(rest, keys: Array(keys[count...]))
        #expect(index.count == count)
        #expect(index.checkInvariants() == nil)
        #expect(index.reachableShare > 0.999)

        let kept = keys.filter { !removed.contains($0) }
        let keptVectors = kept.flatMap { Vectors.row(Int($0), of: vectors, dimensions: dimensions) }
        var fresh = try walkedIndex(dimensions: dimensions, metric: .cosine, elements: elements)
        // Codes alone have another center in an index built afresh, so floats tell the truth.
        let isExact = elements != .int8Only
        var exact = try VectorIndex(
            dimensions: dimensions, metric: .cosine, elements: isExact ? elements : .float32, graph: nil)
        try fresh.add(keptVectors, keys: kept)
        try exact.add(keptVectors, keys: kept)
        let queries = rows(Vectors.clustered(300, dimensions: dimensions, seed: 43), dimensions: dimensions)
        for ef in [16, 32, 64] {
            let changedRecall = try recall(of: index, against: exact, queries: queries, ef: ef)
            let freshRecall = try recall(of: fresh, against: exact, queries: queries, ef: ef)
            #expect(changedRecall >= freshRecall - 0.005, "ef \(ef)")
        }
        for query in queries {
            let found = try index.search(for: query, k: 10, ef: 10)
            #expect(found.count == 10 && found.allSatisfy { !removed.contains($0.key) })
        }
        let before = index.byteCount
        try index.compact()
        #expect(index.byteCount < before)
        // The table of keys has powers of two; all else is as small as that of an index built afresh.
        #expect(Double(index.byteCount) <= 1.02 * Double(fresh.byteCount))
        #expect(index.checkInvariants() == nil)
        for query in queries where isExact {
            #expect(try index.search(for: query, k: 10, ef: 16) == fresh.search(for: query, k: 10, ef: 16))
        }
        #expect(try index.search(for: queries[0], k: 2 * count, ef: 10).count == count)
    }

    @Test
    func `one after the other down to the last and up again`() throws {
        var generator = SeededGenerator(seed: 1)
        let vectors = Vectors.clustered(400, dimensions: 8, clusters: 4, seed: 2)
        var index = try walkedIndex(
            dimensions: 8, metric: .squaredEuclidean, parameters: try HNSWParameters(m: 4, efConstruction: 30))
        var live: Set<UInt64> = []
        for round in 0..<3 {
            for i in 0..<400 {
                try index.add(Vectors.row(i, of: vectors, dimensions: 8), key: UInt64(i))
                live.insert(UInt64(i))
            }
            for key in (0..<UInt64(400)).shuffled(using: &generator) {
                let removed = index.remove(key)
                live.remove(key)
                #expect(removed)
                #expect(index.count == live.count && !index.contains(key) && index.vector(for: key) == nil)
                if key % 16 == 0 {
                    #expect(index.checkInvariants() == nil, "round \(round)")
                    let found = try index.search(for: [Float](repeating: 0, count: 8), k: 50, ef: 50).map(\.key)
                    #expect(found.count == min(50, live.count) && live.isSuperset(of: found))
                    let all = try index.search(for: [Float](repeating: 0, count: 8), k: 400, ef: 10).map(\.key)
                    #expect(Set(all) == live)
                }
            }
            #expect(index.isEmpty && index.checkInvariants() == nil)
        }
    }

    @Test(arguments: [0, 1, 2, 3, 4, 5, 6, 7] as [UInt64])
    func `keeps every promise under random changes`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let dimensions = 6
        let elements = VectorElements.allCases[Int(seed) % 3]
        let parameters = try HNSWParameters(m: 3, efConstruction: 12, seed: seed)
        var index = try walkedIndex(
            dimensions: dimensions, metric: Metric.allCases[Int(seed) % 3], elements: elements, parameters: parameters)
        var model: [UInt64: [Float]] = [:]
        func vector() -> [Float] {
            // Few different components, so that there are ties, duplicates and zero vectors.
            (0..<dimensions).map { _ in Float(Int.random(in: -1...1, using: &generator)) }
        }
        for step in 0..<600 {
            let key = UInt64.random(in: 0..<150, using: &generator)
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<5 where model[key] == nil:
                let new = vector()
                try index.add(new, key: key)
                model[key] = new
            case 5 where model[key] != nil:
                let new = vector()
                try index.update(new, key: key)
                model[key] = new
            case 6 where step % 7 == 0:
                try index.compact()
            case 7 where step % 5 == 0:
                try TemporaryFolder.with { folder in
                    try index.save(to: folder + "/index")
                    index = try VectorIndex(mapping: folder + "/index")
                }
            default:
                let removed = index.remove(key)
                #expect(removed == (model.removeValue(forKey: key) != nil), "seed \(seed), step \(step)")
            }
            #expect(index.checkInvariants() == nil, "seed \(seed), step \(step)")
            #expect(Set(index.keys) == Set(model.keys), "seed \(seed), step \(step)")
            let k = Int.random(in: 0...20, using: &generator)
            let odd = { (key: UInt64) in key % 2 == 1 }
            let found = try index.search(for: vector(), k: k, ef: 5)
            #expect(
                found.count == min(k, model.count) && Set(found.map(\.key)).isSubset(of: model.keys),
                "seed \(seed), step \(step)")
            let foundOdd = try index.search(for: vector(), k: k, ef: 5, where: odd)
            #expect(foundOdd.count == min(k, model.keys.count(where: odd)), "seed \(seed), step \(step)")
            #expect(foundOdd.allSatisfy { odd($0.key) && model[$0.key] != nil }, "seed \(seed), step \(step)")
        }
    }

    /// With `mayScan` the default `ef` is measured on the way.
    @Test(arguments: [false, true])
    func `a remove or add does a bounded amount of work, and recall holds meanwhile`(mayScan: Bool) throws {
        let (count, dimensions) = (12_000, 16)
        let vectors = Vectors.clustered(2 * count, dimensions: dimensions, seed: 44)
        var index = try walkedIndex(dimensions: dimensions, metric: .squaredEuclidean)
        index.mayScan = mayScan
        try index.add(Array(vectors[..<(count * dimensions)]), keys: Array(0..<UInt64(count)))
        let queries = rows(Vectors.clustered(200, dimensions: dimensions, seed: 45), dimensions: dimensions)
        // Linking a node compares a few thousand rows, and a step of a scan, which is cheaper, 262,144 of 16
        // components. A sweep or a rebuild of 12,000 would compare a million or more at once.
        let bound = 400_000
        var generator = SeededGenerator(seed: 46)
        var before = index.comparisonCount
        var largest = 0
        for (i, key) in (0..<UInt64(count)).shuffled(using: &generator).prefix(count * 7 / 10).enumerated() {
            index.remove(key)
            largest = max(largest, index.comparisonCount - before)
            if i % 1_700 == 0 {
                let recall = try recall(of: index, against: index.withoutGraph, queries: queries, ef: 64)
                #expect(recall >= 0.985, "after \(i) removals")
                #expect(index.checkInvariants() == nil, "after \(i) removals")
            }
            before = index.comparisonCount
        }
        // The space of most removed vectors is free again.
        #expect(index.storedRowCount < 2 * index.count + 100)
        for key in count..<2 * count {
            try index.add(Vectors.row(key, of: vectors, dimensions: dimensions), key: UInt64(key))
            largest = max(largest, index.comparisonCount - before)
            before = index.comparisonCount
        }
        #expect(largest > 0 && largest < bound, "\(largest) comparisons in a call")
        #expect(index.checkInvariants() == nil)
        let recall = try recall(of: index, against: index.withoutGraph, queries: queries, ef: 64)
        #expect(recall >= 0.985)
    }

    @Test
    func `removing most of each cluster leaves the rest reachable, the same for any number of threads`() throws {
        // Of most clusters two vectors stay, whose neighbors all leave.
        let (clusters, size, dimensions) = (60, 50, 8)
        var generator = SeededGenerator(seed: 48)
        var vectors: [Float] = []
        for _ in 0..<clusters {
            let center = (0..<dimensions).map { _ in 10 * Float(generator.nextGaussian()) }
            for _ in 0..<size { vectors += center.map { $0 + 0.05 * Float(generator.nextGaussian()) } }
        }
        var first: [UInt8]?
        for threads in [1, 2, 3, 7] {
            var index = try walkedIndex(dimensions: dimensions, metric: .squaredEuclidean)
            try index.add(vectors, keys: Array(0..<UInt64(clusters * size)), threads: threads)
            try index.remove((0..<UInt64(clusters * size)).filter { $0 % UInt64(size) > 1 }, threads: threads)
            #expect(try index.compact(budget: .seconds(600), threads: threads))
            #expect(index.checkInvariants() == nil && index.reachableShare == 1)
            let bytes = index.savedBytes()
            first = first ?? bytes
            let isSame = bytes == first
            #expect(isSame, "\(threads) threads")
        }
    }

    @Test
    func `many removals at once equal one after the other`() throws {
        let vectors = Vectors.clustered(2000, dimensions: 8, seed: 47)
        var one = try walkedIndex(dimensions: 8, metric: .cosine)
        try one.add(vectors, keys: Array(0..<2000))
        var many = one
        let keys = Array(stride(from: UInt64(0), to: 2000, by: 3))
        for key in keys { one.remove(key) }
        #expect(try many.remove(keys + [5000, 5001, keys[0]]) == keys.count)
        #expect(Set(one.keys) == Set(many.keys))
        #expect(many.checkInvariants() == nil)
        #expect(try many.remove([] as [UInt64]) == 0)
        #expect(try many.remove(0..<2000) == 2000 - keys.count)
        #expect(many.isEmpty && many.checkInvariants() == nil)
    }

    @Test
    func `a compaction with a budget ends, gives back the space and keeps the answers`() throws {
        let vectors = Vectors.clustered(3000, dimensions: 8, seed: 48)
        var index = try walkedIndex(dimensions: 8, metric: .squaredEuclidean)
        try index.add(vectors, keys: Array(0..<3000))
        try index.remove(0..<1000)
        let queries = rows(Vectors.clustered(100, dimensions: 8, seed: 49), dimensions: 8)
        var calls = 1
        while try !index.compact(budget: .zero, threads: 1) {
            calls += 1
            if calls == 2 { #expect(index.checkInvariants() == nil) }
            // A budget of nothing does nothing.
            guard calls < 3 else { break }
        }
        #expect(calls == 3 && index.storedRowCount > 2000)
        calls = 0
        while try !index.compact(budget: .microseconds(200)) {
            calls += 1
            if calls % 10 == 0 { #expect(index.checkInvariants() == nil) }
        }
        #expect(index.storedRowCount == 2000 && index.count == 2000)
        #expect(index.checkInvariants() == nil)
        #expect(try index.compact(budget: .zero))
        let recall = try recall(of: index, against: index.withoutGraph, queries: queries, ef: 64)
        #expect(recall >= 0.99)
        #expect(Set(index.keys) == Set(1000..<3000))
        for key in UInt64(1000)..<1010 {
            #expect(index.vector(for: key) == Vectors.row(Int(key), of: vectors, dimensions: 8))
        }
    }

    @Test
    func `years of adding and removing leave recall as it was`() throws {
        let (count, dimensions) = (3000, 24)
        var index = try walkedIndex(dimensions: dimensions, metric: .squaredEuclidean)
        let vectors = Vectors.clustered(6 * count, dimensions: dimensions, seed: 50)
        try index.add(Array(vectors[..<(count * dimensions)]), keys: Array(0..<UInt64(count)))
        for key in count..<6 * count {
            index.remove(UInt64(key - count))
            try index.add(Vectors.row(key, of: vectors, dimensions: dimensions), key: UInt64(key))
        }
        #expect(index.count == count && index.storedRowCount < 3 * count)
        #expect(index.checkInvariants() == nil)
        #expect(index.reachableShare > 0.999)
        var fresh = try walkedIndex(dimensions: dimensions, metric: .squaredEuclidean)
        try fresh.add(Array(vectors[(5 * count * dimensions)...]), keys: Array(UInt64(5 * count)..<UInt64(6 * count)))
        let queries = rows(Vectors.clustered(300, dimensions: dimensions, seed: 51), dimensions: dimensions)
        for ef in [16, 32, 64] {
            let changed = try recall(of: index, against: fresh.withoutGraph, queries: queries, ef: ef)
            let built = try recall(of: fresh, against: fresh.withoutGraph, queries: queries, ef: ef)
            #expect(changed >= built - 0.01, "ef \(ef)")
        }
    }

    @Test
    func `a node leaves the entry point once its last duplicate is removed`() throws {
        var index = try walkedIndex(dimensions: 2, metric: .squaredEuclidean)
        // Key 0 is the entry point of a graph of one level, or near it; 1 to 3 are its duplicates.
        try index.add([Float](repeating: 7, count: 8), keys: [0, 1, 2, 3])
        try index.add((0..<100).flatMap { [Float($0), 1] }, keys: Array(100..<200))
        for key in [0, 1, 2] as [UInt64] { index.remove(key) }
        for key in UInt64(100)..<160 { index.remove(key) }
        #expect(try index.search(for: [7, 7], k: 1).map(\.key) == [3])
        index.remove(3)
        #expect(index.checkInvariants() == nil)
        try index.compact()
        #expect(index.checkInvariants() == nil)
        #expect(index.reachableShare == 1)
        #expect(try index.search(for: [7, 7], k: 100).map(\.key).sorted() == Array(160..<200))
    }

    @Test
    func `replacing moves a vector`() throws {
        var index = try walkedIndex(dimensions: 2, metric: .squaredEuclidean)
        try index.add((0..<200).flatMap { [Float($0), 0] }, keys: Array(0..<200))
        try index.update([1000, 1000], key: 5)
        #expect(index.count == 200)
        #expect(try index.search(for: [5, 0], k: 1).first?.key != 5)
        #expect(try index.search(for: [999, 999], k: 1) == [Neighbor(key: 5, distance: 2)])
        #expect(index.checkInvariants() == nil)
    }
}
