import SeededRandom

/// The cosines of papers drawn at random: the background against which a cosine is judged.
package struct RandomSimilarity: Codable, Sendable, Equatable {
    /// The mean of the cosines.
    package var mean: Double
    /// The standard deviation of the cosines, above 0.
    package var deviation: Double

    package init(mean: Double, deviation: Double) {
        self.mean = mean
        self.deviation = deviation
    }

    var isSound: Bool { (-1...1).contains(mean) && deviation > 0 && deviation <= 2 }

    /// How many standard deviations a cosine lies above the mean.
    package func zScore(of cosine: Double) -> Double { (cosine - mean) / deviation }
}

extension RandomSimilarity {
    /// The pairs that are drawn: the mean is then known to a hundredth of the deviation.
    static let sampleSize = 10_000
    private static let seed: UInt64 = 43

    /// Draws pairs of different vectors; `nil` if there are no two vectors, or if all pairs are equally similar.
    ///
    /// Vectors of zeros, which papers without terms have, are left out.
    ///
    /// - Parameters:
    ///   - count: The number of vectors.
    ///   - vector: Returns the unit vector at a place; `nil` if there is none.
    /// - Complexity: O(``sampleSize`` · *dimensions*).
    package init?(ofVectors count: Int, _ vector: (_ place: Int) -> [Float]?) {
        guard count > 1 else { return nil }
        var generator = SplitMix64(seed: Self.seed)
        var cosines: [Double] = []
        for _ in 0..<Self.sampleSize {
            let first = Int.random(in: 0..<count, using: &generator)
            let second = (first + Int.random(in: 1..<count, using: &generator)) % count
            guard let lefts = vector(first), let rights = vector(second) else { continue }
            var cosine: Float = 0
            var squares: (Float, Float) = (0, 0)
            for (left, right) in zip(lefts, rights) {
                cosine += left * right
                squares.0 += left * left
                squares.1 += right * right
            }
            if squares.0 > 0, squares.1 > 0 { cosines.append(Double(cosine)) }
        }
        guard !cosines.isEmpty else { return nil }
        let mean = cosines.reduce(0, +) / Double(cosines.count)
        let variance = cosines.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(cosines.count)
        self.init(mean: mean, deviation: variance.squareRoot())
        guard isSound else { return nil }
    }
}
