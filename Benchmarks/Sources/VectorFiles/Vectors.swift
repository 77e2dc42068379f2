/// Vectors of one length, one after another.
public struct Vectors: Sendable {
    /// The number of components of each.
    public let dimensions: Int
    /// The components of all.
    public var values: [Float]

    /// Creates vectors from their components.
    ///
    /// - Precondition: The number of components is a multiple of `dimensions`.
    public init(dimensions: Int, values: [Float]) {
        precondition(dimensions > 0 && values.count.isMultiple(of: dimensions))
        self.dimensions = dimensions
        self.values = values
    }

    /// The number of vectors.
    public var count: Int { values.count / dimensions }

    /// One of the vectors.
    public subscript(row: Int) -> ArraySlice<Float> {
        values[row * dimensions..<(row + 1) * dimensions]
    }

    /// The vectors of some rows, in the order given.
    public func rows(_ rows: some Sequence<Int>) -> Vectors {
        var chosen: [Float] = []
        for row in rows { chosen += self[row] }
        return Vectors(dimensions: dimensions, values: chosen)
    }
}

/// The error of a file that does not hold vectors.
public struct VectorFileError: Error, CustomStringConvertible {
    /// What is wrong, with which file.
    public let description: String
}
