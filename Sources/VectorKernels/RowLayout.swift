/// What one element of a stored row is.
package enum RowElements: Sendable {
    /// 32-bit floats.
    case floats

    /// IEEE 754 binary16 numbers.
    case halves

    /// 8-bit codes. Each row also has a scale and a norm.
    case codes

    /// The bytes of one element.
    package var size: Int {
        switch self {
        case .floats: 4
        case .halves: 2
        case .codes: 1
        }
    }
}

/// Which distance a kernel computes between a query and a row.
package enum RowComparison: Sendable {
    /// −*q*·*x*. It is not subtracted from 1, where small products would round away.
    case innerProduct

    /// |*q* − *x*|².
    case squaredEuclidean

    /// |*q* − *x*|² / 2 for vectors of length 1, and 1 if one of them is zero.
    case cosine
}

/// Where the elements of a vector stand in a block of rows.
///
/// A row of at least 64 bytes starts at a multiple of 64, which is a cache line. Kernels read it to the end of its last
/// line. The padding there is zero (128 in codes) and adds nothing to a distance.
///
/// A smaller row takes the next power of two of bytes, so it never crosses a line. Kernels read only its own elements.
package struct RowLayout: Hashable, Sendable {
    /// The number of elements that belong to a vector.
    package let dimensions: Int

    /// The number of elements from the start of one row to the start of the next.
    package let stride: Int

    /// The number of elements that kernels read.
    package let length: Int

    /// Creates the layout of rows of `dimensions` elements.
    package init(dimensions: Int, elements: RowElements) {
        self.dimensions = dimensions
        let bytes = dimensions * elements.size
        if bytes >= Self.lineSize {
            stride = (bytes + Self.lineSize - 1) / Self.lineSize * Self.lineSize / elements.size
            length = stride
        } else {
            var room = elements.size
            while room < bytes { room *= 2 }
            stride = room / elements.size
            length = dimensions
        }
    }

    private static let lineSize = 64
}
