/// The rule by which two records are the same paper.
public enum PaperMatching: Hashable, Sendable {
    /// They share an id, alternate ids included, or are the same by ``Paper/isSamePaper(as:)``.
    case byIdentity

    /// They have the same id. Evaluations use this rule, because a test collection counts every document.
    case byIDAlone
}
