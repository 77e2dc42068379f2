import LexicalIndex
import PaperStore
import Papers

// MARK: - Explaining

extension Library {
    /// Tells what makes two papers of the library alike.
    ///
    ///     let why = try library.comparison(of: first.id, with: second.id)
    ///     for pair in why.explanation.bridges.prefix(3) { print(pair.first, "~", pair.second) }
    ///
    /// To learn why papers answer a question, ask it with ``SearchOptions/explains``.
    ///
    /// - Parameters:
    ///   - first: The id or an alternate id of a paper.
    ///   - second: Those of another, or of the same.
    /// - Returns: The comparison. The cosine is the same both ways round; BM25 is not.
    /// - Throws: `AkinError`: `paperNotFound` for an id that the library does not have, or `damaged`.
    /// - Complexity: O(*m* · *n* · *rank*) for papers of *m* and *n* distinct terms: milliseconds.
    public func comparison(of first: String, with second: String) throws(AkinError) -> PaperComparison {
        try read { papers, opened in
            let keys = [try papers.requiredKey(forID: first), try papers.requiredKey(forID: second)]
            guard let opened else {
                throw AkinError(.damaged, "Cannot explain anything in '\(self.path)': it has papers and no index.")
            }
            let found = try papers.papers(forKeys: keys)
            let explainers = try keys.map { key in
                let example = try opened.example(key.rawValue, papers)
                let query = opened.queries.query(near: [example], awayFrom: [])
                return Explainer(opened.queries, query, near: [example], awayFrom: [])
            }
            return PaperComparison(
                first: found[0], second: found[1],
                explanation: explainers[0].explanation(of: found[1], key: keys[1].rawValue),
                bestSentenceOfFirst: explainers[1].explanation(of: found[0], key: keys[0].rawValue).bestSentence
            )
        }
    }
}

extension Generation {
    /// What each term adds to the BM25 score of a paper.
    func lexicalContributions(of terms: [WeightedTerm], key: UInt64) -> [String: Double] {
        let query = lexicalQuery(for: terms)
        for segment in segments where !segment.removed.contains(key) {
            guard let shares = segment.lexical.contributions(query, key: key) else { continue }
            return Dictionary(zip(terms.map(\.term), shares.map(Double.init)), uniquingKeysWith: +)
        }
        return [:]
    }

    /// What terms side by side add to the BM25 score of a paper; a pair that is given twice adds twice.
    func lexicalContributions(of pairs: [WeightedPair], key: UInt64) -> [TermPair: Double] {
        for segment in segments where !segment.removed.contains(key) && segment.lexical.contains(key) {
            return pairs.reduce(into: [:]) { shares, pair in
                let share = adjacency([pair])(segment, [key])[0]
                shares[TermPair(first: pair.first, second: pair.second), default: 0] += Double(share)
            }
        }
        return [:]
    }
}
