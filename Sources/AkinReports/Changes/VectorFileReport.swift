/// Vectors that were written to a file.
package struct VectorFileReport: Codable, Hashable, Sendable {
    /// The file of the vectors: `.npy` or `.fvecs`.
    package var output: String
    /// The file with the ids of the papers, one a line.
    package var ids: String
    /// The number of vectors.
    package var vectors: Int
    /// The dimensions of each.
    package var dimensions: Int

    /// Reports a file.
    package init(output: String, ids: String, vectors: Int, dimensions: Int) {
        self.output = output
        self.ids = ids
        self.vectors = vectors
        self.dimensions = dimensions
    }
}
