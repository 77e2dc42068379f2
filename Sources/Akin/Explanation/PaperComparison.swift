public import Papers

/// What makes two papers alike.
public struct PaperComparison: Sendable {
    /// The first paper.
    public var first: Paper
    /// The second paper.
    public var second: Paper
    /// Why they are alike. BM25 is that of the second paper for the strongest words of the first, as in ``Library``'s
    /// `search(like:)`; its best sentence is one of the second paper's abstract.
    public var explanation: Explanation
    /// The sentence of the first paper's abstract that adds most to the cosine: its bytes in the abstract's UTF-8.
    public var bestSentenceOfFirst: Range<Int>?
}
