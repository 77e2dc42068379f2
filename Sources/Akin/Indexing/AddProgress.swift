/// How far an `add`, a refit or a training has come.
public struct AddProgress: Sendable, Equatable {
    /// The steps, in the order in which they happen.
    public enum Stage: String, Sendable, CaseIterable {
        /// Taking papers from the source and storing them.
        case reading
        /// Cutting texts into terms and counting these.
        case analysing
        /// Fitting the vector space.
        case fitting
        /// Letting an encoder make vectors.
        case encoding
        /// Building the indexes.
        case indexing
        /// Choosing the semantic weight, with the papers' own subjects as questions.
        case calibrating
        /// Writing the new generation to the disk.
        case writing
    }

    /// The current step.
    public var stage: Stage
    /// The papers that the step has handled. A step that handles all papers at once names them from its beginning.
    public var papers: Int
    /// The part of the step that is done, from 0 to 1, or `nil` if nobody knows.
    public var fraction: Double?

    package init(_ stage: Stage, papers: Int, fraction: Double? = nil) {
        self.stage = stage
        self.papers = papers
        self.fraction = fraction
    }
}

extension AddProgress {
    /// Tells how far the work has come, and ends it if the closure or the surrounding task says so.
    ///
    /// - Throws: `AkinError` with code `cancelled`.
    package func tell(_ progress: (AddProgress) -> Bool) throws(AkinError) {
        guard !Task.isCancelled, progress(self), !Task.isCancelled else { throw .cancelled }
    }
}

extension AkinError {
    /// The error of a call that was stopped.
    package static let cancelled = AkinError(.cancelled, "Stopped before the end, as was asked.")
}
