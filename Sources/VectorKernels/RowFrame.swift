import ArraySpans
import CVectorKernels

/// What rows of vectors have in common: the center that their codes start from, and the unit that distances are
/// computed in.
///
/// A distance by codes is off by about the length of the vectors divided by a few hundred. Vectors far from the origin
/// lie close together compared with their length, so codes hold the difference from a *center*. With a center *c*, and
/// *x′* = *x* − *c*:
///
///     squared Euclidean   |q − x|² = |q′|² + |x′|² − 2·q′·x′
///     cosine              half of that, for vectors of length 1
///     inner product       −q·x = −(q − βc)·x′ − β·c·x′ − q·c, for any β
///
/// So a distance is a constant of the query, plus an offset of the row times a weight of the query, plus a product of
/// codes. ``CodeFactors/offset`` is |x′|², half of it, or −c·x′.
///
/// The *unit* is a power of two that brings components near to 1, so that products neither underflow nor overflow. It
/// is 1 for usual vectors. Distances in the unit are called *raw*; ``EncodedQuery/distance(ofRaw:)`` converts them.
package struct RowFrame: Sendable {
    package let comparison: RowComparison

    /// The unit, which multiplies components.
    package let unit: Float

    /// The center as a stored vector; empty for the origin.
    package let center: [Float]

    /// The squared length of the center, in the unit.
    let squaredCenter: Double

    /// Creates the frame of vectors whose largest component has a magnitude.
    package init(comparison: RowComparison, largestMagnitude: Float, center: [Float] = []) {
        self.init(comparison: comparison, unit: Self.unit(for: largestMagnitude), center: center)
    }

    /// Creates a frame with a unit, which must be a power of two.
    package init(comparison: RowComparison, unit: Float, center: [Float]) {
        self.comparison = comparison
        self.unit = unit
        self.center = center
        let scaled = center.map { $0 * unit }
        squaredCenter = sumOfSquares(scaled.span)
    }

    /// The unit for components up to a magnitude: 1 unless products could leave the range of floats.
    package static func unit(for largest: Float) -> Float {
        guard largest > 0, largest < 0x1p-20 || largest > 0x1p20 else { return 1 }
        return Float(sign: .plus, exponent: max(-126, min(126, -Int(largest.exponent))), significand: 1)
    }

    /// Whether components up to a magnitude have room in the unit.
    package func fits(_ largest: Float) -> Bool { largest * unit <= 0x1p40 }

    /// Writes `scale` · (`unit` · *x* − *c*) for a vector *x*, with `weight` times the center *c* in the unit.
    ///
    /// SAFETY: there must be `count` components, and room for as many.
    @unsafe
    func center(
        _ vector: UnsafePointer<Float>, count: Int, scale: Double, weight: Double, unit: Double,
        into target: UnsafeMutablePointer<Float>
    ) {
        let factor = scale * unit
        unsafe center.withUnsafeBufferPointer { center in
            if let start = center.baseAddress, center.count == count {
                unsafe akin_center(vector, start, count, factor, scale * weight * Double(self.unit), target)
            } else {
                unsafe akin_scale(vector, count, factor, target)
            }
        }
    }

    /// The inner product of a vector and the center, in the unit on the center's side.
    ///
    /// SAFETY: the vector must have the dimensions of the center.
    @unsafe
    func productWithCenter(_ vector: UnsafePointer<Float>) -> Double {
        unsafe center.withUnsafeBufferPointer { center in
            guard let start = center.baseAddress else { return 0 }
            return unsafe akin_sum_of_products(vector, start, center.count) * Double(unit)
        }
    }
}

/// The numbers that a row of codes is stored with, in the unit of its ``RowFrame``.
package struct CodeFactors: Sendable {
    /// The step between two codes.
    package var scale: Float

    /// What the row adds to every distance.
    package var offset: Float

    /// The length of the difference between the vector and its codes, as ``QuantizedVector/residual``.
    package var residual: Float

    /// The distance of the vector from the center.
    package var norm: Float
}

extension RowFrame {
    /// Writes a vector as a row of codes: the codes of its difference from the center.
    ///
    /// SAFETY: there must be `layout.dimensions` components, room for as many in `centered`, and room for
    /// `layout.length` codes.
    @unsafe
    package func encode(
        _ vector: UnsafePointer<Float>, layout: RowLayout, centered: UnsafeMutablePointer<Float>,
        into codes: UnsafeMutablePointer<UInt8>
    ) -> CodeFactors {
        let count = layout.dimensions
        unsafe center(vector, count: count, scale: 1, weight: 1, unit: Double(unit), into: centered)
        var residual: Float = 0
        let scale = unsafe akin_encode_row(centered, count, layout.length, codes, &residual)
        let squaredNorm = unsafe akin_sum_of_squares(centered, count)
        let offset =
            switch comparison {
            case .squaredEuclidean: squaredNorm
            case .cosine: squaredNorm / 2 + (unsafe akin_sum_of_squares(vector, count) == 0 ? 0.5 : 0)
            case .innerProduct: unsafe -productWithCenter(centered)
            }
        return CodeFactors(
            scale: scale, offset: Float(offset), residual: residual, norm: Float(squaredNorm.squareRoot()))
    }

    /// Writes the vector that a row of codes stands for.
    ///
    /// SAFETY: there must be `count` codes, and room for as many components.
    @unsafe
    package func decode(
        _ codes: UnsafePointer<UInt8>, scale: Float, count: Int, into vector: UnsafeMutablePointer<Float>
    ) {
        for i in 0..<count { unsafe vector[i] = scale / unit * Float(Int(codes[i]) - 128) }
        guard center.count == count else { return }
        for i in 0..<count { unsafe vector[i] += center[i] }
    }

    /// The ``CodeFactors/offset`` of a row of a length that was encoded around the origin in a unit of 1.
    package func offset(ofLength norm: Float) -> Float {
        switch comparison {
        case .squaredEuclidean: norm * norm
        case .cosine: norm * norm / 2 + (norm == 0 ? 0.5 : 0)
        case .innerProduct: 0
        }
    }

    /// The factor of a product of codes in a distance.
    var productFactor: Float {
        switch comparison {
        case .squaredEuclidean: -2
        case .innerProduct, .cosine: -1
        }
    }
}
