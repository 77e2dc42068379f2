import CVectorKernels

/// A vector whose components are multiples, from −127 to 127, of one step.
///
/// With the largest magnitude among the components *v* at *M*, the step is `scale` = *M* / 127 and a code is the
/// multiple nearest to the component, so no component is off by more than half a step. Codes are kept as unsigned
/// bytes, 128 higher: the instructions that multiply bytes take unsigned by signed ones, and with the query signed the
/// correction of an inner product is one constant, 128 times the sum of the query's codes.
///
/// ```swift
/// let quantized = QuantizedVector([0.5, -1.27, 0.25].span)
/// quantized.codes          // [178, 1, 153]
/// quantized.dequantized()  // [0.5, -1.27, 0.25], nearly
/// ```
public struct QuantizedVector: Hashable, Sendable {
    /// A byte for each component: its multiple of the step, plus 128.
    public let codes: [UInt8]

    /// The step between two codes; 0 if all components are 0 or so small (below 10⁻²⁸) that floats have no full
    /// precision for a step, and then all codes are 128.
    public let scale: Float

    /// The length of the difference between the vector and what the codes stand for, or a little more.
    ///
    /// By Cauchy and Schwarz, no inner product of the vector with another differs by more than this times the length of
    /// the other.
    public let residual: Float

    /// Quantizes a vector of finite components.
    ///
    /// - Complexity: O(*n*) for *n* components.
    public init(_ vector: Span<Float>) {
        var residual: Float = 0
        var scale: Float = 0
        codes = unsafe [UInt8](unsafeUninitializedCapacity: vector.count) { codes, count in
            // SAFETY: the kernel reads `vector.count` floats and writes as many codes; that is the capacity of both.
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
