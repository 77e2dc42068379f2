/// How far an `add` has come.
public struct AddProgress: Sendable, Equatable {
    /// The steps of an `add`, in their order.
    public enum Stage: String, Sendable, CaseIterable {
        /// Reading records out of the files and storing the papers.
        case reading
        /// Cutting texts into terms and counting them.
        case analysing
        /// Fitting the vector space.
        case fitting
        /// Building the indexes.
        case indexing
        /// Choosing the weight of meaning by questions that papers ask about their subjects.
        case calibrating
        /// Making the new generation durable.
        case writing
    }

    /// The step that is under way.
    public var stage: Stage
    /// The papers that the step has dealt with, or is dealing with at once.
    public var papers: Int
    /// The part of the step that is done, from 0 to 1; `nil` where it cannot be told.
    public var fraction: Double?

    init(_ stage: Stage, papers: Int, fraction: Double? = nil) {
        self.stage = stage
        self.papers = papers
        self.fraction = fraction
    }
}
