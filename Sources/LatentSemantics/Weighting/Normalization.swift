import LinearAlgebra
import ParallelLoops

/// The length below which the projection of a row of length 1 counts as zero.
///
/// The numbers of V are exact to about 1e-7 (`Float.ulpOfOne`). The projection of a text that is orthogonal to the
/// space is noise of that order. Scaled to length 1, it would resemble random texts.
let shortestProjection = 1e-6

/// The factor that scales a vector of a sum of squares to length 1.
///
/// It is 0 for a vector that is not longer than `shortest`, and for one that is not finite, as in a damaged file.
func scale(forSquares squares: Double, shortest: Double) -> Double {
    squares > shortest * shortest && squares.isFinite ? 1 / squares.squareRoot() : 0
}

/// A number times a scale. It is zero if the scale is, even for a number that is not finite.
func scaled(_ value: Float, by scale: Double) -> Float {
    scale == 0 ? 0 : Float(Double(value) * scale)
}

extension [Float] {
    /// Divides a vector by its Euclidean length, or makes it zero if it is not longer than `shortest`.
    mutating func normalize(shortest: Double) {
        let scale = scale(forSquares: reduce(0) { $0 + Double($1) * Double($1) }, shortest: shortest)
        for index in indices { self[index] = scaled(self[index], by: scale) }
    }

    /// Divides each of several vectors, which stand one after another, by its Euclidean length, or makes it zero if it
    /// is not longer than `shortest`.
    mutating func normalizeVectors(ofCount count: Int, shortest: Double, threads: Int) {
        let rowCount = count == 0 ? 0 : self.count / count
        fillConcurrently { values in
            concurrentChunks(of: rowCount, threads: threads, chunk: 256) { _, rows in
                for row in rows {
                    values.withElements(in: row * count..<(row + 1) * count) { vector in
                        var squares = 0.0
                        for index in 0..<count { squares += Double(vector[index]) * Double(vector[index]) }
                        let scale = scale(forSquares: squares, shortest: shortest)
                        for index in 0..<count { vector[index] = scaled(vector[index], by: scale) }
                    }
                }
            }
        }
    }
}
