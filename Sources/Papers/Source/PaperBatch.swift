/// Consecutive papers of a source, and a report on what was not a paper.
public struct PaperBatch: Sendable {
    /// The papers, in the order of the source.
    public var papers: [Paper]

    /// The records that were skipped.
    public var skipped: [SkippedRecord]

    /// Remarks about papers or files that a person may want to read.
    public var notes: [ImportNote]

    /// The files that could not be read, or that held no paper.
    public var failedFiles: [FailedFile]

    /// The name of the source that the papers are from, if a library is to remember it; see ``RememberedSource``.
    public var source: String?

    /// Creates a batch.
    public init(
        papers: [Paper] = [], skipped: [SkippedRecord] = [], notes: [ImportNote] = [], failedFiles: [FailedFile] = [],
        source: String? = nil
    ) {
        self.source = source
        self.papers = papers
        self.skipped = skipped
        self.notes = notes
        self.failedFiles = failedFiles
    }
}

/// A file that could not be read, or that held no paper.
public struct FailedFile: Hashable, Sendable {
    /// The path of the file, as the caller wrote it.
    public var file: String

    /// The reason, and what to do about it.
    public var message: String

    /// Creates the report of a file.
    ///
    /// - Parameters:
    ///   - file: The path of the file, as the caller wrote it.
    ///   - message: The reason, and what to do about it, in one or two sentences.
    public init(file: String, message: String) {
        self.file = file
        self.message = message
    }
}
