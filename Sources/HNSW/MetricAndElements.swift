import VectorKernels

/// How an index measures the distance of two vectors. A smaller distance means closer vectors.
public enum Metric: String, Codable, CaseIterable, Hashable, Sendable {
    /// 1 − *a*·*b*.
    ///
    /// The distance is negative if the inner product exceeds 1, and a vector may be nearer to another vector than to
    /// itself. On vectors of length 1 it equals the cosine distance.
    ///
    /// Results are ordered by −*a*·*b*, which does not round small products away. So results may have different
    /// products and the same distance.
    case innerProduct

    /// 1 − cos(*a*, *b*), from 0 (same direction) to 2 (opposite directions).
    ///
    /// The zero vector has no direction. Its distance to every vector, itself included, is 1. Small distances are
    /// computed as half the squared distance of vectors of length 1, which tells near-duplicates apart.
    case cosine

    /// |*a* − *b*|², the square of the Euclidean distance.
    ///
    /// It gives the same order as the Euclidean distance and saves the square root.
    case squaredEuclidean
}

extension Metric {
    /// What the kernels compute from a stored vector and a query, both as ``VectorStore`` prepares them.
    var comparison: RowComparison {
        switch self {
        case .innerProduct: .innerProduct
        case .cosine: .cosine
        case .squaredEuclidean: .squaredEuclidean
        }
    }

    /// Whether an index scales its vectors and queries to length 1.
    var normalizes: Bool {
        switch self {
        case .cosine: true
        case .innerProduct, .squaredEuclidean: false
        }
    }
}

/// How an index stores the components of its vectors.
public enum VectorElements: String, Codable, CaseIterable, Hashable, Sendable {
    /// Each component as a 32-bit float: four bytes a component. A comparison reads all of them.
    case float32

    /// Each component as an IEEE 754 binary16: two bytes a component, eleven significant bits, magnitudes up to 65,504.
    case float16

    /// Each component as an 8-bit code and as a 32-bit float: five bytes a component.
    ///
    /// A search compares codes, one byte a component, and then ranks the best candidates again by their floats. A
    /// search in a mapped file reads the floats of these candidates only. Codes hold the difference of a vector from a
    /// center of all, with a scale for each vector, as a `QuantizedVector` of the `VectorKernels` module does. Where
    /// codes cannot tell neighbors apart, floats are compared instead; see ``VectorIndex/comparesCodes``.
    case int8

    /// Each component as an 8-bit code and nothing else: one byte a component, a quarter of `float32`.
    ///
    /// Distances, and the vectors that the index returns, are those of the codes. A component is off by at most a 254th
    /// of the largest difference between the vector and the center of all. So results are a little less exact than
    /// those of `int8`, and nothing is left to fall back to where codes cannot tell neighbors apart. A center is made
    /// of the vectors of the first call that adds some, again at 256 vectors, and again when many vectors come that lie
    /// elsewhere; vectors coded before keep the error that they have. So add many vectors at once, or use `int8` where
    /// they come one by one and drift.
    case int8Only
}

extension VectorElements {
    /// The elements of the column that walks and scans usually compare.
    var compared: RowElements {
        switch self {
        case .float32: .floats
        case .float16: .halves
        case .int8, .int8Only: .codes
        }
    }

    /// The elements of the rows that reported distances come from.
    var exact: RowElements {
        switch self {
        case .float32, .int8: .floats
        case .float16: .halves
        case .int8Only: .codes
        }
    }

    /// Whether each vector has codes.
    var isCoded: Bool { compared == .codes }

    /// Whether each vector has floats beside its codes, which decide what codes leave open.
    var hasFloatsBesideCodes: Bool { isCoded && exact == .floats }
}
