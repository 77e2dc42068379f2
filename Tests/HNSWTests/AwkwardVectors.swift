import HNSW
import TestSupport
import Testing
import VectorKernels

/// Seeded vectors on which indexes are known to go wrong, with held-out queries from the same source.
struct AwkwardVectors: CustomTestStringConvertible, Sendable {
    let name: String
    let metric: Metric
    let dimensions: Int
    let count: Int
    private let make: @Sendable (_ index: Int, inout SeededGenerator) -> [Float]

    var testDescription: String { name }

    init(
        _ name: String, _ metric: Metric, dimensions: Int, count: Int = 6_000,
        make: @escaping @Sendable (_ index: Int, inout SeededGenerator) -> [Float]
    ) {
        self.name = name
        self.metric = metric
        self.dimensions = dimensions
        self.count = count
        self.make = make
    }

    /// The vectors of an index, one after another, and queries.
    func vectors(seed: UInt64 = 1, queries: Int = 100) -> (base: [Float], queries: [[Float]]) {
        var generator = SeededGenerator(seed: seed)
        var base: [Float] = []
        base.reserveCapacity(count * dimensions)
        for i in 0..<count { base += make(i, &generator) }
        let queries = (0..<queries).map { i in make((i * 7919 + 13) % count, &generator) }
        return (base, queries)
    }

    /// Independent normal components around an offset.
    static func gaussian(
        _ dimensions: Int, _ generator: inout SeededGenerator, scale: Float = 1, offset: Float = 0
    )
        -> [Float]
    {
        (0..<dimensions).map { _ in offset + scale * Float(generator.nextGaussian()) }
    }
}

// MARK: - The sets

extension AwkwardVectors {
    /// Vectors far from the origin, whose 8-bit codes differ by less than a step unless they start from a center.
    static let offsets: [AwkwardVectors] = [
        degrees,
        AwkwardVectors("meters in 3 dimensions", .squaredEuclidean, dimensions: 3) { _, generator in
            [4_177_000, 855_000, 4_727_000].map { $0 + Float.random(in: -5_000...5_000, using: &generator) }
        },
        shifted(by: 10), shifted(by: 30), shifted(by: 100),
        AwkwardVectors("a constant component of 1,000", .squaredEuclidean, dimensions: 65, count: 5_000) {
            _, generator in [1_000] + gaussian(64, &generator, scale: 0.3)
        },
        AwkwardVectors("directions in 2 dimensions", .cosine, dimensions: 2) { _, generator in
            gaussian(2, &generator)
        },
        AwkwardVectors("a cone of directions", .cosine, dimensions: 32) { _, generator in
            gaussian(32, &generator, offset: 20)
        },
        AwkwardVectors("inner products far from the origin", .innerProduct, dimensions: 32) { _, generator in
            gaussian(32, &generator, offset: 20)
        },
    ]

    /// 20,000 places of one town.
    static let degrees = AwkwardVectors("degrees of a town", .squaredEuclidean, dimensions: 2, count: 20_000) {
        _, generator in
        [
            48.1 + Float.random(in: -0.05...0.05, using: &generator),
            11.5 + Float.random(in: -0.05...0.05, using: &generator),
        ]
    }

    static func shifted(by offset: Float) -> AwkwardVectors {
        AwkwardVectors("32 dimensions around \(offset)", .squaredEuclidean, dimensions: 32) { _, generator in
            gaussian(32, &generator, offset: offset)
        }
    }

    /// Components of different kinds in one vector.
    static let mixtures: [AwkwardVectors] = [
        AwkwardVectors("time stamps beside small features", .squaredEuclidean, dimensions: 33) { _, generator in
            [1_700_000 + 1_000 * Float.random(in: 0...1, using: &generator)] + gaussian(32, &generator)
        },
        AwkwardVectors("one-hot beside dense", .squaredEuclidean, dimensions: 80) { _, generator in
            var vector = [Float](repeating: 0, count: 64)
            vector[Int.random(in: 0..<64, using: &generator)] = 100
            return vector + gaussian(16, &generator)
        },
        AwkwardVectors("counts", .squaredEuclidean, dimensions: 64) { _, generator in
            (0..<64).map { i in
                let mean = 40 / Double(i + 1)
                return Float(max(0, (mean + mean.squareRoot() * generator.nextGaussian()).rounded()))
            }
        },
        AwkwardVectors("counts by cosine", .cosine, dimensions: 64) { _, generator in
            (0..<64).map { i in Float(max(0, (20 / Double(i + 1) + 3 * generator.nextGaussian()).rounded())) }
        },
        AwkwardVectors("positive components", .innerProduct, dimensions: 48) { _, generator in
            gaussian(48, &generator).map { abs($0) }
        },
        AwkwardVectors("lognormal lengths", .innerProduct, dimensions: 32) { _, generator in
            lognormal(32, &generator)
        },
        AwkwardVectors("lognormal lengths by distance", .squaredEuclidean, dimensions: 32) { _, generator in
            lognormal(32, &generator)
        },
        AwkwardVectors("a drift that grows", .squaredEuclidean, dimensions: 24) { i, generator in
            let drift = Float(i) * Float(i) / 1e6
            return gaussian(24, &generator, offset: drift)
        },
        AwkwardVectors("the first thousand elsewhere", .squaredEuclidean, dimensions: 32) { i, generator in
            gaussian(32, &generator, offset: i < 1_000 ? 0 : 500)
        },
    ]

    static func lognormal(_ dimensions: Int, _ generator: inout SeededGenerator) -> [Float] {
        let length = Float(exp2Gaussian(&generator))
        return gaussian(dimensions, &generator, scale: length)
    }

    /// e to the power of a normal number.
    private static func exp2Gaussian(_ generator: inout SeededGenerator) -> Double {
        let exponent = generator.nextGaussian()
        // The series of e^(x/64), to the power of 64.
        let x = exponent / 64
        var power = 1 + x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4)))
        for _ in 0..<6 { power *= power }
        return power
    }

    /// Groups of vectors that nearly equal each other.
    static let groups: [AwkwardVectors] = [
        nearDuplicates(.cosine), nearDuplicates(.squaredEuclidean),
        AwkwardVectors("clusters one after another", .squaredEuclidean, dimensions: 64, count: 9_000) {
            i, generator in
            var centers = SeededGenerator(seed: UInt64(i / 75) + 1_000)
            return zip(gaussian(64, &centers), gaussian(64, &generator)).map { $0 + 0.05 * $1 }
        },
    ]

    private static func nearDuplicates(_ metric: Metric) -> AwkwardVectors {
        AwkwardVectors("near-duplicates by \(metric)", metric, dimensions: 48, count: 9_000) { i, generator in
            guard i % 3 != 0 else { return gaussian(48, &generator) }
            var centers = SeededGenerator(seed: UInt64(i % 40) + 500)
            return zip(gaussian(48, &centers), gaussian(48, &generator)).map { $0 + 1e-4 * $1 }
        }
    }

    /// Very small and very large components.
    static let magnitudes: [AwkwardVectors] = [
        scaled(.innerProduct, by: 1e-3), scaled(.innerProduct, by: 1e-20), scaled(.innerProduct, by: 1e17),
        scaled(.squaredEuclidean, by: 1e-10), scaled(.squaredEuclidean, by: 1e-30),
        scaled(.squaredEuclidean, by: 1e17), scaled(.cosine, by: 1e-30), scaled(.cosine, by: 1e17),
    ]

    private static func scaled(_ metric: Metric, by factor: Float) -> AwkwardVectors {
        AwkwardVectors("components of \(factor) by \(metric)", metric, dimensions: 32, count: 5_000) { _, generator in
            gaussian(32, &generator, scale: factor)
        }
    }

    static let all = offsets + mixtures + groups + magnitudes
}

// MARK: - The truth

/// The exact neighbors of queries, by distances in double precision.
struct Truth: Sendable {
    /// The distance of each vector from each query; smaller is nearer. Inner products are not subtracted from 1.
    let distances: [[Double]]
    let queries: [[Float]]

    init(_ base: [Float], queries: [[Float]], metric: Metric) {
        self.queries = queries
        let dimensions = queries.first?.count ?? 1
        distances = queries.map { query in
            (0..<base.count / dimensions).map { row in
                Self.distance(query.span, base.span.extracting(row * dimensions..<(row + 1) * dimensions), metric)
            }
        }
    }

    static func distance(_ a: Span<Float>, _ b: Span<Float>, _ metric: Metric) -> Double {
        var (dot, difference, left, right) = (0.0, 0.0, 0.0, 0.0)
        for i in a.indices {
            let (x, y) = (Double(a[i]), Double(b[i]))
            dot += x * y
            difference += (x - y) * (x - y)
            left += x * x
            right += y * y
        }
        switch metric {
        case .innerProduct: return -dot
        case .squaredEuclidean: return difference
        case .cosine:
            // |a|·b − |b|·a is nearly zero for near-duplicates, and 1 − cos loses them.
            let (p, q) = (left.squareRoot(), right.squareRoot())
            var squares = 0.0
            for i in a.indices {
                let part = Double(a[i]) / p - Double(b[i]) / q
                squares += part * part
            }
            return squares / 2
        }
    }

    /// The share of the `k` nearest that a search finds, over all queries. A result counts if it is no farther than the
    /// `k`-th true neighbor, by more than floats round.
    func recall(
        at k: Int = 10, passing: (Int) -> Bool = { _ in true }, _ search: ([Float]) throws -> [Neighbor]
    ) rethrows
        -> Double
    {
        var hits = 0
        for (query, distances) in zip(queries, distances) {
            let nearest = distances.indices.filter(passing).map { distances[$0] }.sorted()
            let limit = nearest[k - 1]
            let slack = abs(limit) * 3e-6
            hits += Set(try search(query).map(\.key)).count { distances[Int($0)] <= limit + slack }
        }
        return Double(hits) / Double(queries.count * k)
    }
}
