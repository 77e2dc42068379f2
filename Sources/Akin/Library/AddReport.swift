public import Papers

/// What an `add` did.
public struct AddReport: Sendable {
    /// The number of papers that are new in the library.
    public var added = 0
    /// The number of papers whose content changed.
    public var updated = 0
    /// The number of records that said nothing new.
    public var unchanged = 0
    /// The records that joined a paper which their own id did not lead to.
    public var joined: [JoinedRecord] = []
    /// The records that are not papers.
    public var skipped: [SkippedRecord] = []
    /// Remarks about papers that were added without a part, such as a year that is not four digits.
    public var notes: [ImportNote] = []
    /// The files that could not be read, or that held no paper. They did not stop the others.
    public var failedFiles: [FailedFile] = []
    /// The number of papers that the library now holds.
    public var paperCount = 0

    /// The number of papers that were taken from the source.
    var recordCount: Int { added + updated + unchanged }

    /// Enters what a batch says about records and files that are not papers.
    mutating func enterProblems(of batch: PaperBatch) {
        skipped += batch.skipped
        notes += batch.notes
        failedFiles += batch.failedFiles
    }
}
