import CVectorKernels

/// The sum of the squares of a vector's components, in double precision.
package func sumOfSquares(_ vector: Span<Float>) -> Double {
    // SAFETY: the kernel reads exactly `vector.count` floats.
    unsafe vector.withUnsafeBufferPointer { vector in
        guard let values = vector.baseAddress else { return 0 }
        return unsafe akin_sum_of_squares(values, vector.count)
    }
}

/// Rounds floats to halves. A float beyond the range of halves becomes infinite.
///
/// SAFETY: there must be `count` floats and room for `count` halves.
@unsafe
package func encodeHalves(_ values: UnsafePointer<Float>, count: Int, into halves: UnsafeMutablePointer<UInt16>) {
    unsafe akin_halves_from_floats(values, count, halves)
}

/// Converts halves to floats.
///
/// SAFETY: there must be `count` halves and room for `count` floats.
@unsafe
package func decodeHalves(_ halves: UnsafePointer<UInt16>, count: Int, into values: UnsafeMutablePointer<Float>) {
    unsafe akin_floats_from_halves(halves, count, values)
}
