import PaperStore
import Papers
import Ranking

extension PaperStore.Reader {
    /// The key of a paper that has to be there.
    ///
    /// - Throws: `AkinError` with code `paperNotFound`.
    func requiredKey(forID id: String) throws -> PaperKey {
        guard let key = try key(forID: id) else {
            throw AkinError(.paperNotFound, "The library has no paper with the id '\(id)'.")
        }
        return key
    }

    /// Ranked papers by their ids; ties go to the smaller id.
    func rankedIDs(_ ranked: [RankedUnit]) throws -> [RankedID] {
        try zip(ranked, ids(forKeys: ranked.map(\.unit.paper)))
            .map { RankedID(id: $1, score: $0.score) }
            .sorted { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }
    }
}
