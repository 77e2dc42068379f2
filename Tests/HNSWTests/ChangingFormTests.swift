import HNSW
import Synchronization
import TestSupport
import Testing
import VectorKernels

@Suite("Ways to change and to walk an index")
struct ChangingFormTests {
    private static let dimensions = 8

    private func vectors(_ count: Int, seed: UInt64) -> [Float] {
        Vectors.clustered(count, dimensions: Self.dimensions, seed: seed)
    }

    private func index(_ count: Int, seed: UInt64 = 301) throws -> VectorIndex {
        var index = try walkedIndex(dimensions: Self.dimensions, metric: .squaredEuclidean)
        try index.add(vectors(count, seed: seed), keys: Array(0..<UInt64(count)))
        return index
    }

    @Test
    func `upsert adds new keys and replaces others`() throws {
        var index = try index(500)
        let new = vectors(400, seed: 302)
        #expect(try index.upsert(new, keys: Array(300..<700)) == 200)
        #expect(index.count == 700 && index.checkInvariants() == nil)
        for key in [0, 299, 300, 499, 500, 699] as [UInt64] {
            let source = key < 300 ? vectors(500, seed: 301) : new
            let row = key < 300 ? Int(key) : Int(key) - 300
            #expect(index.vector(for: key) == Vectors.row(row, of: source, dimensions: Self.dimensions))
        }
        #expect(try index.upsert([Float](repeating: 1, count: 8), key: 5))
        #expect(try !index.upsert([Float](repeating: 2, count: 8), key: 5000))
        #expect(try index.search(for: [Float](repeating: 1, count: 8), k: 1) == [Neighbor(key: 5, distance: 0)])
        let error = #expect(throws: HNSWError.self) {
            try index.upsert([Float](repeating: 0, count: 16), keys: [9, 9])
        }
        #expect(error?.code == .duplicateKey && index.count == 701)
        // Replacing everything at once keeps the certificate.
        try index.certify()
        #expect(try index.upsert(vectors(701, seed: 303), keys: index.keys) == 701)
        #expect(index.certificate != nil && index.changesSinceCertificate == 1402 && index.isCertificateStale)
        #expect(index.checkInvariants() == nil)
    }

    @Test(arguments: VectorElements.allCases)
    func `an index takes in another`(elements: VectorElements) throws {
        var index = try index(400)
        var other = try VectorIndex(
            dimensions: Self.dimensions, metric: .squaredEuclidean, elements: elements, graph: nil)
        let rows = vectors(300, seed: 304)
        try other.add(rows, keys: Array(350..<650))
        other.remove(640)
        let before = index
        let error = #expect(throws: HNSWError.self) { try index.add(contentsOf: other) }
        #expect(error?.code == .duplicateKey && index.keys == before.keys)
        try index.add(contentsOf: other, replacing: true)
        #expect(index.count == 649 && !index.contains(640) && index.checkInvariants() == nil)
        #expect(index.vector(for: 360) == other.vector(for: 360))
        var disjoint = before
        try other.remove(0..<400)
        try disjoint.add(contentsOf: other)
        #expect(disjoint.count == 400 + other.count)
        let cosine = try VectorIndex(dimensions: Self.dimensions, metric: .cosine)
        #expect(throws: HNSWError.self) { try index.add(contentsOf: cosine) }
        let wide = try VectorIndex(dimensions: 9, metric: .squaredEuclidean)
        let mismatch = #expect(throws: HNSWError.self) { try index.add(contentsOf: wide) }
        #expect(mismatch?.code == .dimensionMismatch)
        try index.add(contentsOf: VectorIndex(dimensions: Self.dimensions, metric: .squaredEuclidean))
        #expect(index.count == 649)
    }

    @Test
    func `a closure sees the progress, and stops a call without a change`() throws {
        var index = try index(600)
        try index.remove(0..<20)
        let before = index
        let queries = rows(vectors(20, seed: 305), dimensions: Self.dimensions)
        let more = vectors(2000, seed: 306)
        func expectUnchanged() throws {
            #expect(index.count == before.count && index.keys == before.keys && index.checkInvariants() == nil)
            #expect(index.storedRowCount == before.storedRowCount)
            for query in queries {
                #expect(try index.search(for: query, k: 10, ef: 20) == before.search(for: query, k: 10, ef: 20))
            }
        }
        let keys = Array(UInt64(1000)..<3000)
        let calls: [(inout VectorIndex, @escaping (Double) -> Bool) throws -> Void] = [
            { try $0.add(more, keys: keys, progress: $1) },
            { try $0.upsert(more, keys: Array(400..<2400), progress: $1) },
            { try $0.compact(threads: 1, progress: $1) },
            { try $0.certify(progress: $1) },
            { try $0.remove(before.keys.suffix(400), progress: $1) },
            { _ = try $0.search(forEach: more, k: 5, threads: 1, progress: $1) },
            { _ = try $0.search(forEach: more, within: 1, threads: 1, progress: $1) },
        ]
        for (i, call) in calls.enumerated() {
            let error = #expect(throws: HNSWError.self) { try call(&index) { $0 < 0.4 } }
            #expect(error?.code == .cancelled, "call \(i)")
            try expectUnchanged()
        }
        var shares: [Double] = []
        try index.add(more, keys: keys) { share in
            shares.append(share)
            return true
        }
        #expect(shares.count >= 7 && shares == shares.sorted() && shares.last == 1)
        #expect(index.count == before.count + 2000 && index.checkInvariants() == nil)
        // The index goes on as one that was never stopped.
        var other = before
        try other.add(more, keys: keys)
        for query in queries {
            #expect(try index.search(for: query, k: 10, ef: 20) == other.search(for: query, k: 10, ef: 20))
        }
    }

    @Test
    func `removals, searches and compactions report all of their work`() throws {
        var index = try index(1500)
        let queries = vectors(1000, seed: 312)
        var shares: [Double] = []
        func note(_ share: Double) -> Bool {
            shares.append(share)
            return true
        }
        let lists = try index.search(forEach: queries, k: 5, threads: 1, progress: note)
        #expect(shares.count >= 3 && shares == shares.sorted() && shares.last == 1)
        #expect(lists == (try index.search(forEach: queries, k: 5)))
        shares = []
        let within = try index.search(forEach: queries, within: 1, threads: 1, progress: note)
        #expect(shares.count >= 3 && shares == shares.sorted() && shares.last == 1)
        #expect(within == (try index.search(forEach: queries, within: 1)))
        shares = []
        var other = index
        #expect(try index.remove(0..<1000, progress: note) == 1000)
        #expect(shares.count >= 2 && shares == shares.sorted() && shares.last == 1)
        #expect(try other.remove(0..<1000) == 1000)
        let (bytes, otherBytes) = (index.savedBytes(), other.savedBytes())
        #expect((bytes == otherBytes) as Bool, "the result does not depend on the closure")
        shares = []
        index.remove(1200)
        #expect(try index.compact(budget: .seconds(600), progress: { _ in false }) == false)
        #expect(try index.compact(budget: .seconds(600), progress: note) == true)
        #expect(!shares.isEmpty && shares == shares.sorted() && index.checkInvariants() == nil)
    }

    @Test
    func `a cancelled task stops a call without a change`() async throws {
        let index = try index(600)
        let more = vectors(4000, seed: 307)
        let task = Task {
            var changed = index
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            let error = #expect(throws: HNSWError.self) { try changed.add(more, keys: Array(1000..<5000)) }
            #expect(error?.code == .cancelled)
            #expect(throws: HNSWError.self) { try changed.certify(queries: 10) }
            #expect(throws: HNSWError.self) { try changed.remove(Array(0..<400)) }
            #expect(throws: HNSWError.self) { try changed.search(forEach: more, k: 3) }
            #expect(throws: HNSWError.self) { try changed.search(forEach: more, within: 1) }
            #expect(changed.keys == index.keys && changed.checkInvariants() == nil)
            // One vector takes no longer than a step, so it is added.
            try changed.add([Float](repeating: 0, count: 8), key: 9999)
            return changed.count
        }
        #expect(try await task.value == 601)
    }

    @Test
    func `background calls return results, change the index and are cancelled`() async throws {
        var index = try index(600)
        let queries = vectors(50, seed: 308)
        let lists = try await index.inBackground { index throws(HNSWError) in
            try index.search(forEach: queries, k: 5)
        }
        #expect(lists == (try index.search(forEach: queries, k: 5)))
        let more = vectors(1000, seed: 309)
        let count = try await index.changeInBackground { index throws(HNSWError) in
            try index.add(more, keys: Array(1000..<2000))
            return index.count
        }
        #expect(count == 1600 && index.count == 1600 && index.checkInvariants() == nil)
        await #expect(throws: HNSWError.self) {
            try await index.changeInBackground { index throws(HNSWError) in
                index.remove(0)
                try index.add([1], key: 1)
            }
        }
        #expect(index.count == 1599 && !index.contains(0))
        let snapshot = index
        let cancelled = Task { () -> HNSWError.Code? in
            var changed = snapshot
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            do throws(HNSWError) {
                try await changed.changeInBackground { index throws(HNSWError) in
                    try index.add(more, keys: Array(3000..<4000))
                }
                return nil
            } catch {
                #expect(changed.count == 1599)
                return error.code
            }
        }
        #expect(await cancelled.value == .cancelled)
    }

    @Test(arguments: [true, false])
    func `neighbors come one after another, each once, and all of them`(hasGraph: Bool) throws {
        var index = try index(700)
        if !hasGraph { index = index.withoutGraph }
        let query = vectors(1, seed: 310)
        let all = try index.withoutGraph.search(for: query, k: 700)
        let found = Array(try index.neighbors(of: query))
        #expect(found.count == 700 && Set(found) == Set(all))
        #expect(zip(found, all).count { $0 == $1 } >= 650)
        let few = try index.neighbors(of: query, excluding: [all[0].key], where: { $0 % 2 == 0 }).prefix(40)
        #expect(Array(few) == Array(all.dropFirst().filter { $0.key % 2 == 0 }.prefix(40)))
        var sequence = try index.neighbors(of: query, among: KeySelection(0..<10))
        for _ in 0..<10 { #expect(sequence.next() != nil) }
        #expect(sequence.next() == nil && sequence.next() == nil)
        #expect(throws: HNSWError.self) { try index.neighbors(of: [1]) }
        let none = try VectorIndex(dimensions: 1, metric: .cosine).neighbors(of: [1])
        #expect(Array(none).isEmpty)
    }

    @Test
    func `batches by recall and within a radius equal single searches`() throws {
        var index = try index(2000)
        try index.certify()
        let queries = vectors(30, seed: 311)
        let single = rows(queries, dimensions: Self.dimensions)
        let among = KeySelection(stride(from: 0, to: 2000, by: 2))
        let lists = try index.search(forEach: queries, k: 5, recall: 0.9, among: among, where: { $0 % 3 == 0 })
        for (query, list) in zip(single, lists) {
            let own = try index.search(for: query, k: 5, recall: 0.9, among: among, where: { $0 % 3 == 0 })
            #expect(Array(list) == own)
        }
        let within = try index.search(forEach: queries, within: 6, excluding: [1, 2, 3], threads: 2)
        #expect(within.count == 30 && Set(within.map(\.count)).count > 1)
        for (query, list) in zip(single, within) {
            #expect(list == (try index.search(for: query, within: 6, excluding: [1, 2, 3])))
        }
        #expect(try index.search(forEach: [] as [Float], within: 1).isEmpty)
        let error = #expect(throws: HNSWError.self) { try index.search(forEach: [1, 2, 3], within: 1) }
        #expect(error?.code == .dimensionMismatch)
        #expect(throws: HNSWError.self) { try index.search(forEach: queries, within: .nan) }
    }
}
