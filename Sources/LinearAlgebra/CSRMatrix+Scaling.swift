#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#elseif canImport(Bionic)
import Bionic
#else
import Glibc
#endif

extension CSRMatrix {
    /// The matrix times a power of two that brings its Frobenius norm near 1, if it is far from it. Then the squares of
    /// its values neither overflow nor vanish.
    ///
    /// - Returns: The matrix and the exponent that undoes the scaling; `nil` if the matrix is all zeros.
    consuming func scaledToUnitNorm() -> (matrix: CSRMatrix, exponent: Int)? {
        let norm = frobeniusNorm
        guard norm > 0 else { return nil }
        let exponent = Int(norm.exponent)
        // Squares of values up to 2^20 and of errors 2^-24 below it are far within the range of Float.
        guard exponent.magnitude > 20 else { return (self, 0) }
        let scaled = CSRMatrix(
            rowCount: rowCount, columnCount: columnCount, uncheckedRowPointers: rowPointers,
            columnIndices: columnIndices, values: values.map { Float(scalbn(Double($0), Int32(-exponent))) })
        return (scaled, exponent)
    }
}

extension [Float] {
    /// The singular values, scaled by a power of two.
    func scaled(byTwoTo exponent: Int) throws(LinearAlgebraError) -> [Float] {
        let scaled = map { Float(scalbn(Double($0), Int32(exponent))) }
        guard firstNonFinite(in: scaled) == nil else {
            throw LinearAlgebraError(
                .notFinite, "A singular value overflows Float. Scale the matrix down before decomposing it.")
        }
        return scaled
    }
}
