/// When two records are one paper.
public enum PaperMatching: Hashable, Sendable {
    /// When they share an id, alternate ids included, or a normalised title and first author; see
    /// ``Paper/isSamePaper(as:)``.
    case byIdentity

    /// When they have the same id. Nothing else is merged, as an evaluation needs it.
    case byIDAlone
}
