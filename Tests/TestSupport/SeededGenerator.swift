import Foundation
import SeededRandom

/// The random numbers of a test. They depend on the seed alone, as those of `SplitMix64`, which makes them.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var bits: SplitMix64

    /// Creates the generator of a seed.
    public init(seed: UInt64) {
        bits = SplitMix64(seed: seed)
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        bits.next()
    }

    /// A number drawn from the standard normal distribution, by Box and Muller.
    public mutating func nextGaussian() -> Double {
        let radius = (-2 * log(Double.random(in: Double.leastNonzeroMagnitude...1, using: &self))).squareRoot()
        return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &self))
    }
}
