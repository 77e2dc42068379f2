/// Rows of numbers as 8-bit codes with a scale for each row.
///
/// The scale of a row is its largest number in magnitude / 127, and a code is round(number / scale), ties to even. Codes
/// are symmetric: −127 to 127. A row of zeros, or of numbers too small for a scale, has the scale 0.
struct SymmetricCodes: Sendable {
    /// The codes, row after row.
    private(set) var codes: [Int8]
    /// The scale of each row.
    private(set) var scales: [Float]

    /// Encodes rows of `width` numbers.
    ///
    /// - Complexity: O(*numbers*).
    init(encoding values: [Float], width: Int) {
        codes = [Int8](repeating: 0, count: values.count)
        scales = [Float](repeating: 0, count: values.count / width)
        // SAFETY: all places lie within the arrays, which have as many elements.
        unsafe values.withUnsafeBufferPointer { values in
            unsafe codes.withUnsafeMutableBufferPointer { codes in
                for row in scales.indices {
                    scales[row] = unsafe Self.encode(
                        UnsafeBufferPointer(rebasing: values[row * width..<(row + 1) * width]),
                        into: UnsafeMutableBufferPointer(rebasing: codes[row * width..<(row + 1) * width]))
                }
            }
        }
    }

    /// Encodes a row, and returns its scale. What is no number becomes 0.
    @unsafe private static func encode(
        _ row: UnsafeBufferPointer<Float>, into codes: UnsafeMutableBufferPointer<Int8>
    ) -> Float {
        let whole = row.count / lanes * lanes
        var largest = SIMD16<Float>(repeating: 0)
        for place in stride(from: 0, to: whole, by: lanes) {
            largest.replace(
                with: unsafe magnitudes(load(row, place)), where: unsafe magnitudes(load(row, place)) .> largest)
        }
        var most = largest.max()
        for place in whole..<row.count { most = max(most, unsafe abs(row[place])) }
        guard most >= 127 * Float.leastNormalMagnitude, most.isFinite else { return 0 }
        let scale = most / 127
        for place in stride(from: 0, to: whole, by: lanes) {
            var quotients = unsafe load(row, place) / scale
            quotients.replace(with: 0, where: quotients .!= quotients)
            // From 2²³ on, floats are whole numbers: the sum is rounded, ties to even, and its low bits are the code.
            let bits = unsafe unsafeBitCast(quotients + roundingOffset, to: SIMD16<UInt32>.self)
            let rounded = SIMD16<Int8>(truncatingIfNeeded: bits &- SIMD16(repeating: roundingOffset.bitPattern))
            for lane in 0..<lanes { unsafe codes[place + lane] = rounded[lane] }
        }
        for place in whole..<row.count {
            let code = unsafe (row[place] / scale).rounded(.toNearestOrEven)
            unsafe codes[place] = code.isNaN ? 0 : Int8(code)
        }
        return scale
    }

    private static let lanes = 16
    private static let roundingOffset: Float = 0x1.8p23

    @unsafe private static func load(_ row: UnsafeBufferPointer<Float>, _ place: Int) -> SIMD16<Float> {
        unsafe UnsafeRawBufferPointer(row).loadUnaligned(fromByteOffset: 4 * place, as: SIMD16<Float>.self)
    }

    private static func magnitudes(_ values: SIMD16<Float>) -> SIMD16<Float> {
        unsafe unsafeBitCast(
            unsafeBitCast(values, to: SIMD16<UInt32>.self) & SIMD16(repeating: 0x7FFF_FFFF), to: SIMD16<Float>.self)
    }
}
