public import Foundation
import VectorFiles

/// Vectors of one length in memory, one after another.
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

// MARK: - Files

extension Vectors {
    /// Reads a `.npy`, `.fvecs`, `.bvecs` or `.ivecs` file.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - limit: The most vectors, from the first on; `nil` for all.
    /// - Throws: `VectorFileError`.
    public init(file: URL, limit: Int? = nil) throws {
        let file = try VectorFile(path: file.path)
        self.init(
            dimensions: file.dimensions, values: try file.vectors(in: 0..<min(limit ?? file.count, file.count)))
    }

    /// Writes a file in the format that its name ends with, and the folders above it.
    ///
    /// - Throws: `VectorFileError`, or the error of making a folder.
    public func write(to file: URL) throws {
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        let writer = try VectorFileWriter(path: file.path, dimensions: dimensions)
        try writer.append(values)
        try writer.finish()
    }
}
