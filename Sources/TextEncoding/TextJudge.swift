/// What says how well texts answer a question after it has read both, such as a cross-encoder.
///
/// A search lets a judge read its first papers while it waits, on the thread that it runs on.
public protocol TextJudge: AnyObject, Sendable {
    /// Judges texts.
    ///
    /// - Parameters:
    ///   - texts: The texts: the title and the abstract of a paper each, with a newline between them.
    ///   - question: What the question is made of, at least one text.
    /// - Returns: A number for each text, in their order. A greater one is a better answer. The numbers of two questions
    ///   need not compare.
    /// - Throws: What the judge throws. The search then fails.
    func judgments(of texts: [String], for question: [QuestionPart]) throws -> [Double]
}

/// A text that a question is made of.
public struct QuestionPart: Hashable, Sendable {
    /// The text.
    public var text: String
    /// What the text is: words that ask, or a text of the kind that is searched for.
    public var role: TextRole
    /// How much the text counts. The shares above 0 sum to 1. A text to stay away from has one below 0.
    public var share: Float

    /// Creates a part.
    public init(_ text: String, role: TextRole, share: Float = 1) {
        (self.text, self.role, self.share) = (text, role, share)
    }
}
