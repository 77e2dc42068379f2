import CVectorKernels

/// A vector whose components are multiples, from −127 to 127, of one step.
///
/// Let *M* be the largest magnitude among the components. The step is `scale` = *M* / 127, and a code is the multiple
/// nearest to its component, ties to even. No component is off by more than half a step.
///
/// Codes are stored as unsigned bytes, 128 higher than the multiple. The CPU multiplies unsigned bytes by signed ones.
/// The query is signed, so one constant corrects an inner product: 128 times the sum of the query's codes.
///
/// ```swift
/// let quantized = QuantizedVector([0.5, -1.27, 0.25].span)
/// quantized.codes          // [178, 1, 153]
/// quantized.dequantized()  // [0.5, -1.27, 0.25], nearly
/// ```
public struct QuantizedVector: Hashable, Sendable {
    /// A byte for each component: its multiple of the step, plus 128.
    public let codes: [UInt8]

    /// The step between two codes.
    ///
    /// It is 0, and all codes are 128, if every component is 0 or below about 10⁻²⁸. Floats so small have no full
    /// precision for a step.
    public let scale: Float

    /// The length of the difference between the vector and its decoded codes, rounded up.
    ///
    /// Let *y* be another vector. By Cauchy and Schwarz, the inner product with *y* changes by at most `residual` ·
    /// |*y*| when the codes replace the vector.
    public let residual: Float

    /// Quantizes a vector of finite components.
    ///
    /// - Complexity: O(*n*) for *n* components.
    public init(_ vector: Span<Float>) {
        var residual: Float = 0
        var scale: Float = 0
        codes = unsafe [UInt8](unsafeUninitializedCapacity: vector.count) { codes, count in
            // SAFETY: the kernel reads `vector.count` floats and writes `vector.count` codes. Both have that capacity.
            if let base = codes.baseAddress {
                unsafe vector.withUnsafeBufferPointer { vector in
                    if let values = vector.baseAddress {
                        unsafe scale = akin_encode_row(values, vector.count, vector.count, base, &residual)
                    }
                }
            }
            count = vector.count
        }
        self.scale = scale
        self.residual = residual
    }

    /// The vector that the codes stand for.
    public func dequantized() -> [Float] {
        codes.map { scale * Float(Int($0) - 128) }
    }
}
