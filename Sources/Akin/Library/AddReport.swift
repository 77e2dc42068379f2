public import Papers

/// What an `add` did.
public struct AddReport: Sendable {
    /// A file that could not be read, or held nothing that is a paper.
    public struct FailedFile: Sendable {
        /// The file's path, as it was given.
        public var file: String
        /// Why, and what to do.
        public var message: String
    }

    /// The papers that the library did not have.
    public var added = 0
    /// The papers that it had with other content.
    public var updated = 0
    /// The papers that it had just so.
    public var unchanged = 0
    /// The records that were no papers.
    public var skipped: [SkippedRecord] = []
    /// Remarks on papers that were added less a part, such as a year that was none.
    public var notes: [ImportNote] = []
    /// The files that were of no use; the others were added all the same.
    public var failedFiles: [FailedFile] = []
    /// The papers that the library holds now.
    public var paperCount = 0
}
