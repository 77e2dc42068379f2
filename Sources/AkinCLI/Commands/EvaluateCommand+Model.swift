import Akin
import AkinReports
import LibraryEncoders
import Ranking
import RetrievalEvaluation
import SentenceEncoder
import TextEncoding

// MARK: - Rankings with a model

extension EvaluateCommand {
    /// The rankings that the model of `--encoder` takes part in; none without one.
    ///
    /// - Throws: `AkinError`.
    func rankingsOfModel(
        _ collection: JudgedCollection, _ folder: TestCollection, in library: Library, _ console: Console
    ) throws -> [MeasuredDataset.Ranking] {
        guard let given = encoder.given else { return [] }
        let model = try OpenModels(threads: options.threads).model(of: given)
        var judged = Reranking(by: model.judge, depth: reranking.rerankDepth, weight: reranking.rerankShare)
        var vectors: [SpaceName: [QueryID: Embedding]] = [:]
        if case .encoder(let encoder) = model {
            if !folder.corpusFiles.isEmpty, options.folder == nil {
                try encodePapers(of: library, with: encoder, in: given.usualSpace ?? "encoder", console)
            }
            judged.space = try library.spaces().first { $0.encoder == encoder.identity }?.name
            if let space = judged.space, task == .search {
                let queries = try encoder.encode(folder.queries.map(\.text), as: .query)
                vectors[space] = Dictionary(zip(folder.queries.map(\.id), queries).filter { !$1.isZero }) { first, _ in
                    first
                }
            }
        }
        func ranking(
            _ name: String, _ mode: SearchMode, _ spaces: [SpaceName], isJudged: Bool
        ) throws -> MeasuredDataset.Ranking {
            var search = SearchOptions(k: Evaluation.defaultDepth, mode: mode, alpha: alpha, spaces: spaces)
            if isJudged { search.reranking = judged }
            return MeasuredDataset.Ranking(
                kind: .mode, name: name,
                evaluation: try collection.evaluate(library, options: search, vectors: vectors))
        }
        var rankings = [try ranking("hybrid-rerank", .hybrid, [.latentSemantics], isJudged: true)]
        if let space = judged.space {
            rankings += [
                try ranking("semantic-\(space)", .semantic, [space], isJudged: false),
                try ranking("hybrid-lsa-\(space)", .hybrid, [.latentSemantics, space], isJudged: false),
                try ranking("hybrid-lsa-\(space)-rerank", .hybrid, [.latentSemantics, space], isJudged: true),
            ]
        }
        return rankings
    }

    private func encodePapers(
        of library: Library, with encoder: SentenceEncoder, in space: SpaceName, _ console: Console
    ) throws {
        let threads = options.threads
        try console.showingProgress { progress in
            _ = try waitingFor {
                try await library.encode(in: space, with: encoder, threads: threads, progress: progress)
            }
        }
    }
}
