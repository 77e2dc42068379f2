/// Where the elements of a vector stand in a block of rows.
///
/// A row of at least 64 bytes starts at a multiple of 64, a cache line, and the kernels read it to the end of its last
/// line: padding there is zero (128 in codes), so that it adds nothing. A smaller row takes the next power of two of
/// bytes, so that it never lies across two lines, and is read up to its true length.
package struct RowLayout: Hashable, Sendable {
    /// The elements that are a vector's own.
    package let dimensions: Int

    /// The elements from one row to the next.
    package let stride: Int

    /// The elements that kernels read.
    package let length: Int

    /// Creates the layout of rows of `dimensions` elements of `elementSize` bytes, a power of two up to 64.
    package init(dimensions: Int, elementSize: Int) {
        self.dimensions = dimensions
        let bytes = dimensions * elementSize
        if bytes >= Self.lineSize {
            stride = (bytes + Self.lineSize - 1) / Self.lineSize * Self.lineSize / elementSize
            length = stride
        } else {
            var room = elementSize
            while room < bytes { room *= 2 }
            stride = room / elementSize
            length = dimensions
        }
    }

    private static let lineSize = 64
}
