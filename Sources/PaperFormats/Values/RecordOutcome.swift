import Papers

/// The result of decoding one record.
enum RecordOutcome: Sendable {
    /// A paper, possibly with a remark about it.
    case paper(Paper, note: String?)

    /// The record is not a paper, and the reason.
    case skipped(SkippedRecord.Code, reason: String)

    /// The paper of a draft, unless it has neither a title nor an abstract, and names no work otherwise.
    ///
    /// - Parameters:
    ///   - draft: What the record says.
    ///   - keepsEmpty: Whether a paper without title and abstract is kept. It needs an id of its source.
    init(_ draft: PaperDraft, keepsEmpty: Bool) {
        let paper = draft.paper()
        if paper.isEmpty, !paper.isReference, !keepsEmpty || paper.hasDerivedID {
            self = .skipped(.noTitleAndNoAbstract, reason: "neither a title nor an abstract")
        } else {
            self = .paper(paper, note: nil)
        }
    }
}

extension PaperBatch {
    /// Appends the result of decoding a record.
    mutating func append(_ outcome: RecordOutcome, file: String, line: Int) {
        switch outcome {
        case .paper(let paper, let note):
            papers.append(paper)
            if let note { notes.append(ImportNote(.yearDropped, file: file, line: line, message: note)) }
        case .skipped(let code, let reason):
            skipped.append(SkippedRecord(code, file: file, line: line, reason: reason))
        }
    }
}
