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
    /// The first thousand records that are not papers.
    public var skipped: [SkippedRecord] = []
    /// How many more records than ``skipped`` names are not papers.
    public var furtherSkippedCount = 0
    /// The first thousand remarks about papers that were added without a part, such as a year that is not four digits.
    public var notes: [ImportNote] = []
    /// How many more such remarks there are than ``notes`` has.
    public var furtherNoteCount = 0
    /// The number of papers that have one of the given vectors now.
    public var vectorCount = 0
    /// The number of papers of the source that were left out because they have neither a title nor an abstract,
    /// nor authors, a citation key or an identifier.
    public var emptyCount = 0
    /// The files that could not be read, or that held no paper. They did not stop the others.
    public var failedFiles: [FailedFile] = []
    /// The records that a source had when it was read before, and no longer has. Their papers stay.
    public var missing: [MissingRecord] = []
    /// The number of papers that the library now holds.
    public var paperCount = 0

    /// The number of papers that were taken from the source.
    var recordCount: Int { added + updated + unchanged }

    /// Creates a report of nothing.
    public init() {}

    /// Enters what a batch says about records and files that are not papers.
    package mutating func enterProblems(of batch: PaperBatch) {
        keepFirst(batch.skipped, in: &skipped, countingRestIn: &furtherSkippedCount)
        keepFirst(batch.notes, in: &notes, countingRestIn: &furtherNoteCount)
        failedFiles += batch.failedFiles
    }

    /// Makes sure that every record and file so far could be read.
    ///
    /// - Throws: `AkinError` with code `unreadableInput`, which names the first that could not.
    func refuseProblems() throws(AkinError) {
        guard let problem = failedFiles.first?.message ?? skipped.first?.description else { return }
        throw AkinError(.unreadableInput, "Stopped, and nothing was added. \(problem)")
    }
}

/// A record that a source had and no longer has.
public struct MissingRecord: Hashable, Sendable {
    /// The name of the source.
    public var source: String
    /// The id of the record. It leads to the paper.
    public var id: String
}

/// Appends records to a list of at most a thousand, and counts those that have no place in it.
///
/// A file may have any number of bad records, and memory must not grow with them.
func keepFirst<Record>(_ records: [Record], in kept: inout [Record], countingRestIn rest: inout Int) {
    let taken = records.prefix(max(0, 1_000 - kept.count))
    kept += taken
    rest += records.count - taken.count
}
