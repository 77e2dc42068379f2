import BenchmarkVectors
import Foundation

/// Vectors drawn at random, the same on every machine.
enum SyntheticVectors {
    static let clusterCount = 1_000
    static let clusterSpread: Float = 0.5

    /// Vectors around centers. The centers have normal components. A vector is a random center plus normal noise of
    /// standard deviation ``clusterSpread`` in every component.
    static func clustered(count: Int, dimensions: Int) -> Vectors {
        var generator = SeededGenerator(seed: 1)
        let centers = gaussian(count: clusterCount, dimensions: dimensions, using: &generator)
        var vectors = gaussian(count: count, dimensions: dimensions, using: &generator)
        for row in 0..<count {
            let center = Int.random(in: 0..<clusterCount, using: &generator) * dimensions
            for axis in 0..<dimensions {
                let place = row * dimensions + axis
                vectors.values[place] = centers.values[center + axis] + clusterSpread * vectors.values[place]
            }
        }
        return vectors
    }

    /// Vectors with normal components. No index can make use of any structure.
    static func gaussian(count: Int, dimensions: Int) -> Vectors {
        var generator = SeededGenerator(seed: 2)
        return gaussian(count: count, dimensions: dimensions, using: &generator)
    }

    /// The method of Box and Muller gives two numbers at a time.
    private static func gaussian(
        count: Int, dimensions: Int, using generator: inout SeededGenerator
    ) -> Vectors {
        var values = [Float](repeating: 0, count: count * dimensions)
        for place in stride(from: 0, to: values.count, by: 2) {
            let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &generator))).squareRoot()
            let angle = 2 * Double.pi * Double.random(in: 0..<1, using: &generator)
            values[place] = Float(radius * cos(angle))
            if place + 1 < values.count { values[place + 1] = Float(radius * sin(angle)) }
        }
        return Vectors(dimensions: dimensions, values: values)
    }
}

/// SplitMix64 (G. L. Steele, D. Lea and C. H. Flood, Fast splittable pseudorandom number generators, 2014,
/// <https://doi.org/10.1145/2660193.2660195>).
///
/// The benchmarks are a package of their own and cannot see the generator of Akin's package.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}
