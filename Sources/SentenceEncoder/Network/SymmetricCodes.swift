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
        for row in scales.indices {
            let places = row * width..<(row + 1) * width
            var largest: Float = 0
            for place in places { largest = max(largest, abs(values[place])) }
            guard largest >= 127 * Float.leastNormalMagnitude, largest.isFinite else { continue }
            let scale = largest / 127
            scales[row] = scale
            for place in places {
                let code = (values[place] / scale).rounded(.toNearestOrEven)
                codes[place] = code.isNaN ? 0 : Int8(code)
            }
        }
    }
}
