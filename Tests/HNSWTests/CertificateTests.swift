import Foundation
import HNSW
import MappedFiles
import TestSupport
import Testing
import VectorKernels

@Suite("A recall certificate")
struct CertificateTests {
    private static let dimensions = 32

    private func index(
        _ count: Int, elements: VectorElements = .int8
    ) throws -> VectorIndex {
        var index = try walkedIndex(
            dimensions: Self.dimensions, metric: .cosine, elements: elements,
            parameters: try HNSWParameters(m: 6, efConstruction: 40))
        try index.add(
            Vectors.clustered(count, dimensions: Self.dimensions, seed: 201), keys: Array(0..<UInt64(count)))
        return index
    }

    @Test(arguments: VectorElements.allCases)
    func `says what queries that were held out find`(elements: VectorElements) throws {
        var index = try index(6000, elements: elements)
        try index.certify(queries: 500)
        let certificate = try #require(index.certificate)
        #expect(certificate.queryCount == 500 && certificate.vectorCount == 6000)
        #expect(certificate.curves.map(\.k) == [10, 100])
        var exact = try VectorIndex(dimensions: Self.dimensions, metric: .cosine, elements: elements, graph: nil)
        try exact.add(
            Vectors.clustered(6000, dimensions: Self.dimensions, seed: 201), keys: Array(0..<6000))
        let queries = rows(
            Vectors.clustered(500, dimensions: Self.dimensions, seed: 202), dimensions: Self.dimensions)
        for curve in certificate.curves {
            #expect(curve.points.count >= 3)
            for point in curve.points {
                #expect(point.interval.contains(point.recall))
                let held = try recall(of: index, against: exact, queries: queries, k: curve.k, ef: point.ef)
                // The held-out recall has an interval as well, of about the same width.
                let width = point.interval.upperBound - point.interval.lowerBound
                #expect(
                    abs(held - point.recall) <= max(1.5 * width, 0.01),
                    "k \(curve.k), ef \(point.ef): \(held), \(point)")
            }
            #expect(zip(curve.points, curve.points.dropFirst()).allSatisfy { $0.ef < $1.ef })
            guard curve.k == 10 else { continue }
            #expect(curve.points.first.map { $0.recall < 0.98 } == true, "A poor graph does not find all at once")
        }
        for (wanted, k) in [(0.9, 10), (0.95, 10), (0.99, 10), (0.95, 5), (0.95, 30), (0.95, 100), (0.95, 200)] {
            let ef = try index.ef(forRecall: wanted, k: k)
            #expect(ef >= k && ef < 6000)
            let held = try recall(of: index, against: exact, queries: queries, k: k, ef: ef)
            #expect(held >= wanted - 0.005, "\(wanted), \(k)")
            #expect(
                try index.search(for: queries[0], k: k, recall: wanted) == index.search(for: queries[0], k: k, ef: ef))
        }
    }

    /// A walk that only left out the node of its query lost the way through it: on such vectors it found .05 less.
    @Test
    func `neither flatters nor belittles the graph, on average`() throws {
        let (count, dimensions) = (8_000, 24)
        var generator = SeededGenerator(seed: 203)
        // Components of falling variance, as latent semantic vectors have them.
        func vectors(_ count: Int) -> [Float] {
            (0..<count * dimensions).map { Float(generator.nextGaussian()) / (1 + 0.2 * Float($0 % dimensions)) }
        }
        var index = try walkedIndex(
            dimensions: dimensions, metric: .cosine, parameters: try HNSWParameters(m: 8, efConstruction: 60))
        try index.add(vectors(count), keys: Array(0..<UInt64(count)))
        try index.certify(queries: 1_000)
        let queries = rows(vectors(1_000), dimensions: dimensions)
        let points = try #require(index.certificate?.curves.first?.points.filter { $0.ef <= 64 })
        var difference = 0.0
        for point in points {
            difference += point.recall
            difference -= try recall(of: index, against: index.withoutGraph, queries: queries, ef: point.ef)
        }
        let mean = difference / Double(points.count)
        #expect(points.count == 7 && abs(mean) < 0.02, "\(mean)")
    }

    @Test
    func `tells queries of tiny products from elsewhere`() throws {
        var generator = SeededGenerator(seed: 212)
        let (count, dimensions) = (4_000, 16)
        let vectors = (0..<count * dimensions).map { _ in 1e-20 * abs(Float(generator.nextGaussian())) }
        var index = try walkedIndex(dimensions: dimensions, metric: .innerProduct)
        try index.add(vectors, keys: Array(0..<UInt64(count)))
        try index.certify()
        let own = Vectors.row(7, of: vectors, dimensions: dimensions)
        let foreign = own.map { -$0 }
        #expect(index.isCovered(own, found: try index.search(for: own, k: 1)) == true)
        #expect(index.isCovered(foreign, found: try index.search(for: foreign, k: 1)) == false)
    }

    @Test
    func `is not measured in a task that was cancelled`() async throws {
        var index = try index(1000)
        index.remove(3)
        let start = index
        let codes = await Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            var index = start
            let certify = #expect(throws: HNSWError.self) { try index.certify() }
            let compact = #expect(throws: HNSWError.self) { try index.compact() }
            return [certify?.code, compact?.code]
        }.value
        #expect(codes == [.cancelled, .cancelled])
    }

    @Test
    func `asks for no more than the lower end of the interval needs`() {
        func point(_ ef: Int, _ low: Double) -> RecallCertificate.Point {
            RecallCertificate.Point(ef: ef, recall: min(1, low + 0.01), interval: low...1)
        }
        let ten = RecallCertificate.Curve(k: 10, points: [point(10, 0.5), point(20, 0.9), point(40, 0.98)])
        let hundred = RecallCertificate.Curve(k: 100, points: [point(100, 0.9), point(150, 0.95)])
        let certificate = RecallCertificate(
            curves: [ten, hundred], queryCount: 100, vectorCount: 10_000, queriesWanted: 100)
        #expect(certificate.ef(forRecall: 0.4, k: 10) == 10)
        #expect(certificate.ef(forRecall: 0.9, k: 10) == 20)
        #expect(certificate.ef(forRecall: 0.94, k: 10) == 30)
        #expect(certificate.ef(forRecall: 0.94, k: 1) == 30)
        #expect(certificate.ef(forRecall: 0.98, k: 10) == 40)
        #expect(certificate.ef(forRecall: 0.981, k: 10) == nil)
        // In proportion to k, or what 100 neighbors need if that is less.
        #expect(certificate.ef(forRecall: 0.94, k: 20) == 60)
        #expect(certificate.ef(forRecall: 0.95, k: 100) == 150)
        #expect(certificate.ef(forRecall: 0.95, k: 90) == 150)
        #expect(certificate.ef(forRecall: 0.95, k: 200) == 300)
        #expect(certificate.ef(forRecall: 0.97, k: 200) == 760)
    }

    @Test
    func `takes the knee of a curve that flattens below what was asked, and says so`() throws {
        func point(_ ef: Int, _ recall: Double) -> RecallCertificate.Point {
            RecallCertificate.Point(ef: ef, recall: recall, interval: recall - 0.002...recall + 0.002)
        }
        // A million papers.
        let ten = RecallCertificate.Curve(
            k: 10, points: [(10, 0.906), (20, 0.931), (50, 0.955), (100, 0.970), (200, 0.975), (400, 0.982)].map(point))
        #expect(ten.knee == ten.points[3])
        let certificate = RecallCertificate(
            curves: [ten], queryCount: 1000, vectorCount: 1_000_000, queriesWanted: nil)
        let plan = try #require(certificate.plan(forRecall: 0.99, k: 10))
        #expect(plan == RecallPlan(asked: 0.99, reached: 0.970 - 0.002, ef: 100) && !plan.isReached)
        #expect(certificate.plan(forRecall: 0.99, k: 200)?.ef == 2000)
        #expect(certificate.plan(forRecall: 1, k: 10) == nil)
        #expect(certificate.plan(forRecall: 0.968, k: 10)?.isReached == true)
        #expect(certificate.plan(forRecall: 0.978, k: 10)?.ef ?? 0 > 200)
        #expect(certificate.description.contains("recall@10 0.97 at ef 100, of 1000 queries among 1000000 vectors"))
        // A curve that goes on growing has no knee before its end.
        let growing = RecallCertificate.Curve(k: 10, points: [(10, 0.5), (20, 0.7), (40, 0.85), (80, 0.93)].map(point))
        #expect(growing.knee == growing.points.last)
        #expect(RecallCertificate.Curve(k: 10, points: []).knee == nil)
    }

    @Test
    func `that cannot be met does not cost a scan of everything`() throws {
        // Near-duplicates hide each other from walks with few links, so the recall flattens early.
        let dimensions = 24
        var index = try walkedIndex(
            dimensions: dimensions, metric: .squaredEuclidean, parameters: try HNSWParameters(m: 2, efConstruction: 8))
        var generator = SeededGenerator(seed: 210)
        let vectors = (0..<6000 * dimensions).map { _ in Float(generator.nextGaussian()) }
        try index.add(vectors, keys: Array(0..<6000))
        try index.certify(queries: 200)
        let plan = try index.plan(forRecall: 0.9999, k: 10)
        #expect(!plan.isReached && plan.ef <= 768 && plan.reached < 0.9999)
        let query = (0..<dimensions).map { _ in Float(generator.nextGaussian()) }
        let before = index.comparisonCount
        let found = try index.search(for: query, k: 10, recall: 0.9999)
        #expect(index.comparisonCount - before < 5000)
        #expect(found == (try index.search(for: query, k: 10, ef: plan.ef)))
        #expect(try index.plan(forRecall: 1, k: 10) == RecallPlan(asked: 1, reached: 1, ef: 6000))
        #expect(
            try index.search(for: query, k: 10, recall: 1) == index.withoutGraph.search(for: query, k: 10))
    }

    @Test(arguments: [Metric.innerProduct, .squaredEuclidean, .cosine])
    func `tells queries from elsewhere, and speaks of those that were given`(metric: Metric) throws {
        // Positive components and heavy norms.
        let (count, dimensions) = (8000, 16)
        var generator = SeededGenerator(seed: 211)
        func vectors(_ count: Int) -> [[Float]] {
            (0..<count).map { _ in
                let norm = Float(exp(generator.nextGaussian()))
                return (0..<dimensions).map { _ in norm * abs(Float(generator.nextGaussian())) }
            }
        }
        var index = try walkedIndex(dimensions: dimensions, metric: metric)
        try index.add(vectors(count).flatMap { $0 }, keys: Array(0..<UInt64(count)))
        let usual = vectors(200)
        let foreign = usual.map { $0.map { -$0 } }
        #expect(index.isCovered(usual[0], found: []) == nil)
        try index.certify()
        #expect(index.certificate?.source == .indexedVectors)
        #expect(index.certificate?.description.contains("holds for queries like the indexed vectors") == true)
        func share(_ queries: [[Float]]) throws -> Double {
            let covered = try queries.filter { query in
                index.isCovered(query, found: try index.search(for: query, k: 10, recall: 0.95)) == true
            }
            return Double(covered.count) / Double(queries.count)
        }
        #expect(try share(usual) >= 0.95)
        #expect(try share(foreign) <= 0.05)
        // Measured with such queries, the certificate knows what they find.
        try index.certify(queries: foreign.flatMap { $0 })
        #expect(index.certificate?.source == .givenQueries && index.certificate?.queryCount == 200)
        let plan = try index.plan(forRecall: 0.95, k: 10)
        if plan.isReached { #expect(try share(foreign) >= 0.95) }
        let others = vectors(200).map { $0.map { -$0 } }
        let held = try recall(of: index, against: index.withoutGraph, queries: others, ef: plan.ef)
        #expect(held >= plan.reached - 0.03, "\(plan)")
        try TemporaryFolder.with { folder in
            try index.save(to: folder + "/index")
            #expect(try VectorIndex(mapping: folder + "/index").certificate == index.certificate)
        }
        #expect(throws: HNSWError.self) { try index.certify(queries: [Float](repeating: 1, count: dimensions + 1)) }
        #expect(throws: HNSWError.self) { try index.certify(queries: [] as [Float]) }
        #expect(throws: HNSWError.self) { try index.certify(queries: [Float](repeating: .nan, count: dimensions)) }
    }

    @Test
    func `is measured with progress, and stopped without a change`() throws {
        var index = try index(1000)
        var shares: [Double] = []
        try index.certify(
            queries: 100,
            progress: {
                shares.append($0); return true
            })
        #expect(shares.count > 3 && shares == shares.sorted() && shares.allSatisfy { (0...1).contains($0) })
        let before = index.certificate
        let error = #expect(throws: HNSWError.self) {
            try index.certify(queries: 50, progress: { $0 < 0.3 })
        }
        #expect(error?.code == .cancelled && index.certificate == before)
    }

    @Test
    func `is kept in the file, and files without one open`() throws {
        try TemporaryFolder.with { folder in
            var index = try index(2000)
            try index.save(to: folder + "/without")
            #expect(try VectorIndex(mapping: folder + "/without").certificate == nil)
            try index.certify(queries: 50)
            index.remove(7)
            try index.save(to: folder + "/with")
            let opened = try VectorIndex(mapping: folder + "/with")
            #expect(opened.certificate == index.certificate && opened.changesSinceCertificate == 1)
            #expect(try opened.ef(forRecall: 0.9, k: 10) == index.ef(forRecall: 0.9, k: 10))
            #expect(try VectorIndex(mapping: folder + "/with").count == 1999)
        }
    }

    @Test
    func `of which a number is wrong is refused by name`() throws {
        try TemporaryFolder.with { folder in
            var index = try index(300)
            try index.certify(queries: 20)
            try index.save(to: folder + "/index")
            let file = try SectionedFile(path: folder + "/index", kind: FileKind("hnsw"), versions: 2...2)
            let numbers = Array(try file.array("certificate", of: UInt64.self))
            var generator = SeededGenerator(seed: 203)
            for place in -2..<numbers.count {
                var altered = numbers
                switch place {
                case -2: altered.removeLast()
                case -1: altered.append(0)
                default: altered[place] = UInt64.random(in: 1 << 63 ... .max, using: &generator)
                }
                var writer = try SectionedFileWriter(path: folder + "/made", kind: FileKind("hnsw"), version: 2)
                for name in file.sectionNames where name != "certificate" {
                    try copySection(name, of: file, to: &writer)
                }
                try writer.add("certificate", altered)
                try writer.commit()
                let error = #expect(throws: HNSWError.self, "number \(place)") {
                    _ = try VectorIndex(mapping: folder + "/made")
                }
                #expect(error?.code == .damagedFile && error?.message.contains("'certificate'") == true)
            }
        }
    }

    @Test
    func `is kept while the index changes, and measured anew when asked or compacted`() throws {
        var index = try index(1000)
        let others = Vectors.clustered(1000, dimensions: Self.dimensions, seed: 204)
        #expect(index.certificate == nil && index.changesSinceCertificate == 0)
        index.remove(0)
        #expect(index.changesSinceCertificate == 0)
        try index.certify(queries: 40)
        for key in UInt64(1)...249 { index.remove(key) }
        #expect(index.certificate?.vectorCount == 999 && index.changesSinceCertificate == 249)
        #expect(!index.isCertificateStale)
        index.remove(250)
        #expect(index.certificate?.vectorCount == 999 && index.isCertificateStale)
        try index.compact()
        #expect(index.certificate?.vectorCount == 749 && index.changesSinceCertificate == 0)
        let ef = try index.ef(forRecall: 0.9, k: 10)
        try index.add(others, keys: Array(1000..<2000))
        #expect(index.certificate?.vectorCount == 749 && index.certificate?.queryCount == 40)
        #expect(index.isCertificateStale)
        // A walk over more vectors keeps more candidates, in proportion.
        #expect(try index.ef(forRecall: 0.9, k: 10) == (ef * 1749 + 748) / 749)
        try index.certify(queries: 40)
        try index.update(Vectors.row(0, of: others, dimensions: Self.dimensions), key: 600)
        #expect(index.changesSinceCertificate == 2)
        for key in index.keys { index.remove(key) }
        #expect(index.certificate == nil && index.changesSinceCertificate == 0)
    }

    @Test(arguments: [0, 1, 2, 10, 11, 100, 101])
    func `of a small index sends all searches to a scan`(count: Int) throws {
        var index = try index(count)
        try index.certify()
        let query = [Float](repeating: 0.5, count: Self.dimensions)
        #expect((index.certificate == nil) == (count == 0))
        for k in [0, 1, 10, 200] {
            #expect(try index.search(for: query, k: k, recall: 0.9).count == min(k, count))
            #expect(try index.search(for: query, k: k, recall: 1).count == min(k, count))
        }
    }

    @Test
    func `is not misled by duplicates`() throws {
        var index = try walkedIndex(dimensions: 4, metric: .squaredEuclidean)
        var vectors = Vectors.clustered(3000, dimensions: 4, clusters: 5, seed: 205)
        for i in 0..<8000 { vectors[i] = vectors[i % 12] }
        try index.add(vectors, keys: Array(0..<3000))
        try index.certify(queries: 300)
        let points = try #require(index.certificate?.curves.first?.points)
        #expect(points.allSatisfy { $0.recall >= 0.97 }, "\(points)")
    }

    @Test
    func `that is missing sends a search to a scan`() throws {
        let index = try index(2000)
        var exact = try VectorIndex(dimensions: Self.dimensions, metric: .cosine, graph: nil)
        try exact.add(Vectors.clustered(2000, dimensions: Self.dimensions, seed: 201), keys: Array(0..<2000))
        let query = Vectors.clustered(1, dimensions: Self.dimensions, seed: 206)
        #expect(try index.search(for: query, k: 50, recall: 0.5) == exact.search(for: query, k: 50, recall: 0.5))
    }
}
