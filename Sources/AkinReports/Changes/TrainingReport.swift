package import Akin

/// A model that was trained on the papers of files.
package struct TrainingReport: Codable, Hashable, Sendable {
    /// The file that holds the model.
    package var output: String
    /// The papers that it was fitted on.
    package var papers: Int
    /// The records that repeat a paper.
    package var duplicates: Int
    /// The records that are no papers.
    package var skipped: Int
    /// The words that it knows.
    package var terms: Int
    /// Its dimensions.
    package var rank: Int
    /// The size of the file.
    package var bytes: Int

    /// Reports a training.
    ///
    /// - Parameters:
    ///   - report: What the engine tells of it.
    ///   - output: The file that was written.
    ///   - bytes: The size of the file.
    package init(_ report: ModelTraining.Report, output: String, bytes: Int) {
        self.output = output
        papers = report.paperCount
        duplicates = report.duplicateCount
        skipped = report.skipped.count + report.furtherSkippedCount
        terms = report.termCount
        rank = report.rank
        self.bytes = bytes
    }
}
