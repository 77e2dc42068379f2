import CVectorKernels

/// What is stored of a vector beside its codes.
package struct CodeFactors: Sendable {
    package var scale: Float
    package var residual: Float
}

/// The sum of the squares of a vector's components, in double precision.
package func sumOfSquares(_ vector: Span<Float>) -> Double {
    // SAFETY: the kernel reads as many floats as there are.
    unsafe vector.withUnsafeBufferPointer { vector in
        guard let values = vector.baseAddress else { return 0 }
        return unsafe akin_sum_of_squares(values, vector.count)
    }
}

/// Writes a vector as a row of codes.
///
/// SAFETY: there must be `layout.dimensions` floats and room for `layout.length` codes.
@unsafe
package func encodeCodes(
    _ vector: UnsafePointer<Float>,
    layout: RowLayout,
    into codes: UnsafeMutablePointer<UInt8>
) -> CodeFactors {
    var residual: Float = 0
    let scale = unsafe akin_encode_row(vector, layout.dimensions, layout.length, codes, &residual)
    return CodeFactors(scale: scale, residual: residual)
}

/// Rounds floats to halves; what is beyond their range becomes infinite.
///
/// SAFETY: there must be `count` floats and room for as many halves.
@unsafe
package func encodeHalves(_ values: UnsafePointer<Float>, count: Int, into halves: UnsafeMutablePointer<UInt16>) {
    unsafe akin_halves_from_floats(values, count, halves)
}

/// Makes floats of halves.
///
/// SAFETY: there must be `count` halves and room for as many floats.
@unsafe
package func decodeHalves(_ halves: UnsafePointer<UInt16>, count: Int, into values: UnsafeMutablePointer<Float>) {
    unsafe akin_floats_from_halves(halves, count, values)
}
