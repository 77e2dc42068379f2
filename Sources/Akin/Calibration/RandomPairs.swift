package import LinearAlgebra
import SeededRandom

/// How alike two papers of a library are that were drawn at random: the background against which a similarity is
/// judged.
package struct RandomPairs: Codable, Sendable, Equatable {
    /// The mean of their cosines.
    package var mean: Double
    /// The standard deviation of their cosines, above 0.
    package var deviation: Double

    package init(mean: Double, deviation: Double) {
        self.mean = mean
        self.deviation = deviation
    }

    var isSound: Bool { (-1...1).contains(mean) && deviation > 0 && deviation <= 2 }

    /// How many standard deviations a cosine lies above the mean of random pairs.
    package func unusualness(of cosine: Double) -> Double { (cosine - mean) / deviation }
}

extension RandomPairs {
    /// The pairs that are drawn: the mean is then known to a hundredth of the deviation.
    static let sampleSize = 10_000
    private static let seed: UInt64 = 43

    /// Draws pairs of different rows of unit vectors; rows of zeros, which papers without terms have, are no papers here.
    ///
    /// - Returns: `nil` if there are no two rows, or all pairs are equally alike.
    /// - Complexity: O(``sampleSize`` · columns).
    package init?(_ vectors: DenseMatrix) {
        let (rows, columns) = (vectors.rowCount, vectors.columnCount)
        guard rows > 1 else { return nil }
        var generator = SplitMix64(seed: Self.seed)
        var cosines: [Double] = []
        for _ in 0..<Self.sampleSize {
            let first = Int.random(in: 0..<rows, using: &generator)
            let second = (first + Int.random(in: 1..<rows, using: &generator)) % rows
            var cosine: Float = 0
            var length: (Float, Float) = (0, 0)
            for column in 0..<columns {
                let (left, right) = (
                    vectors.values[first * columns + column], vectors.values[second * columns + column]
                )
                cosine += left * right
                length.0 += left * left
                length.1 += right * right
            }
            if length.0 > 0, length.1 > 0 { cosines.append(Double(cosine)) }
        }
        guard !cosines.isEmpty else { return nil }
        let mean = cosines.reduce(0, +) / Double(cosines.count)
        let variance = cosines.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(cosines.count)
        self.init(mean: mean, deviation: variance.squareRoot())
        guard isSound else { return nil }
    }
}
