/// The condition of a question that leaves no paper.
public struct UnmetCondition: Hashable, Sendable {
    /// The condition, in the query language.
    public var condition: String

    /// The conditions before it, which some papers meet; empty if no paper of the library meets the condition.
    public var others: String

    /// How many papers meet the conditions before it; 0 if no paper meets the condition.
    public var paperCount: Int

    /// Creates what an answer says of a condition.
    public init(condition: String, others: String = "", paperCount: Int = 0) {
        (self.condition, self.others, self.paperCount) = (condition, others, paperCount)
    }
}
