/// Papers, or their vectors, that were written to a file.
package struct ExportReport: Codable, Hashable, Sendable {
    /// The file.
    package var output: String
    /// The format, as `akin export` names it; `npy` for vectors.
    package var format: String
    /// The number of papers.
    package var papers: Int

    /// Reports a file.
    package init(output: String, format: String, papers: Int) {
        self.output = output
        self.format = format
        self.papers = papers
    }
}
