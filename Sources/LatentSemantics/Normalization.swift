import LinearAlgebra
import ParallelLoops

/// The length below which the projection of a row of length 1 says nothing.
///
/// The numbers of V are exact to about 1e-7 (`Float.ulpOfOne`); what remains of a text that is orthogonal to the space
/// is noise of that order, and made longer it would resemble something at random.
private let shortestProjection = 1e-6

/// What to multiply a projection by, given its sum of squares: 0 if it is too short, or not finite, which only a
/// damaged file brings about.
private func scale(forSquares squares: Double) -> Float {
    squares > shortestProjection * shortestProjection && squares.isFinite ? Float(1 / squares.squareRoot()) : 0
}

extension [Float] {
    /// Divides the projection of a row by its Euclidean length, or makes it zero if it has none to speak of.
    mutating func normalize() {
        let scale = scale(forSquares: reduce(0) { $0 + Double($1) * Double($1) })
        for index in indices { self[index] = scale == 0 ? 0 : self[index] * scale }
    }
}

extension DenseMatrix {
    /// Divides each row, the projection of a text, by its Euclidean length, or makes it zero if it has none to speak of.
    mutating func normalizeRows(threads: Int) {
        let columnCount = columnCount
        let rowCount = rowCount
        values.fillConcurrently { values in
            concurrentChunks(of: rowCount, threads: threads, chunk: 256) { _, rows in
                for row in rows {
                    values.withElements(in: row * columnCount..<(row + 1) * columnCount) { vector in
                        var squares = 0.0
                        for index in 0..<columnCount { squares += Double(vector[index]) * Double(vector[index]) }
                        let scale = scale(forSquares: squares)
                        for index in 0..<columnCount { vector[index] = scale == 0 ? 0 : vector[index] * scale }
                    }
                }
            }
        }
    }
}
