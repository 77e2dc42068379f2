import PaperStore
public import Papers
public import Ranking

/// What makes two papers similar.
public struct PaperComparison: Sendable {
    /// The first paper.
    public var first: Paper
    /// The second paper.
    public var second: Paper
    /// Why they are similar. BM25 is that of the second paper for the strongest words of the first, as in
    /// `search(like:unlike:texts:unlikeTexts:meeting:options:)`. The best sentence is one of the second paper's
    /// abstract.
    public var explanation: Explanation
    /// The sentence of the first paper's abstract that adds most to the cosine: its bytes in the abstract's UTF-8.
    public var bestSentenceOfFirst: Range<Int>?
}

// MARK: - Comparing

extension Library {
    /// Tells what makes two papers of the library similar.
    ///
    ///     let why = try library.comparison(of: first.id, with: second.id)
    ///     for pair in why.explanation.bridges.prefix(3) { print(pair.first, "~", pair.second) }
    ///
    /// To learn why papers answer a question, ask it with ``SearchOptions/explains``.
    ///
    /// - Parameters:
    ///   - first: The id or an alternate id of a paper.
    ///   - second: Those of another paper, or of the same.
    /// - Returns: The comparison. The cosine is the same both ways round; BM25 is not.
    /// - Throws: `AkinError`: `paperNotFound` for an id that the library does not have, or `damaged`.
    /// - Complexity: O(*m* · *n* · *rank*) for papers of *m* and *n* distinct terms: milliseconds.
    public func comparison(of first: String, with second: String) throws(AkinError) -> PaperComparison {
        try ask { papers, indexed in
            let keys = [try papers.requiredKey(forID: first), try papers.requiredKey(forID: second)]
            guard let indexed else {
                throw AkinError(
                    .damaged, "Cannot explain anything in '\(self.path)': it has papers and no index.", remedy: .repair)
            }
            let found = try papers.papers(forKeys: keys)
            let examples = try indexed.examples(keys, papers)
            func explanation(of place: Int, for other: Int) throws -> Explanation? {
                let explainer = try Explainer(.papers(near: [examples[other]], awayFrom: []), of: indexed.index)
                let subject = Explainer.Subject(
                    unit: UnitKey(keys[place]), text: examples[place].text)
                return try explainer.explanations(of: [subject]).first
            }
            guard let forward = try explanation(of: 1, for: 0), let backward = try explanation(of: 0, for: 1) else {
                throw AkinError(
                    .damaged, "Cannot explain anything in '\(self.path)': its index has no such papers.",
                    remedy: .repair)
            }
            return PaperComparison(
                first: found[0], second: found[1], explanation: forward, bestSentenceOfFirst: backward.bestSentence)
        }
    }
}
