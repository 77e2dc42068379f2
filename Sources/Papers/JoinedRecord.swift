/// A record that was taken for a paper of another id, by ``Paper/isSamePaper(as:)`` or an id that both have.
public struct JoinedRecord: Hashable, Sendable {
    /// Why a record is of a paper.
    public enum Reason: Hashable, Sendable {
        /// Both have this identifier.
        case identifier(String)
        /// They have the same title, and the same first author or much the same abstract.
        case title
        /// They have the same citation key and first author, and much the same title.
        case citationKey
    }

    /// The id of the record.
    public var record: String
    /// The id of the paper that it joined.
    public var paper: String
    /// Why.
    public var reason: Reason

    /// Creates a joined record.
    public init(record: String, paper: String, reason: Reason) {
        self.record = record
        self.paper = paper
        self.reason = reason
    }
}
