/// Vectors of one length, one behind the other.
public struct Vectors: Sendable {
    public let dimensions: Int
    public var values: [Float]

    public init(dimensions: Int, values: [Float]) {
        precondition(dimensions > 0 && values.count.isMultiple(of: dimensions))
        self.dimensions = dimensions
        self.values = values
    }

    public var count: Int { values.count / dimensions }

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

/// A file of vectors that is not what it should be.
public struct VectorFileError: Error, CustomStringConvertible {
    public let description: String
}
