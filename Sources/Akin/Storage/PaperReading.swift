import PaperStore
import Papers

extension Paper {
    /// What is indexed of a paper, field by field.
    var indexedTexts: [String] { [title, abstract] }
}

extension PaperStore.Reader {
    /// The key of a paper that has to be there.
    ///
    /// - Throws: `AkinError` with code `paperNotFound`.
    func requiredKey(forID id: String) throws -> UInt64 {
        guard let key = try key(forID: id) else {
            throw AkinError(.paperNotFound, "The library has no paper with the id '\(id)'.")
        }
        return key
    }

    /// Ranked papers, read from the store, and why they are there if somebody explains it.
    func hits(_ ranked: [RankedKey], explainedBy explainer: Explainer? = nil) throws -> [SearchAnswer.Hit] {
        try zip(ranked, papers(forKeys: ranked.map(\.key))).enumerated().map { index, pair in
            let (ranked, paper) = pair
            return SearchAnswer.Hit(
                rank: index + 1, paper: paper, score: ranked.score,
                parts: SearchAnswer.Parts(lexical: ranked.lexical, semantic: ranked.semantic),
                explanation: explainer?.explanation(of: paper, key: ranked.key, weights: ranked.weights)
            )
        }
    }

    /// Ranked papers by their ids; ties go to the smaller id.
    func rankedIDs(_ ranked: [RankedKey]) throws -> [RankedID] {
        try zip(ranked, ids(forKeys: ranked.map(\.key)))
            .map { RankedID(id: $1, score: $0.score) }
            .sorted { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }
    }
}
