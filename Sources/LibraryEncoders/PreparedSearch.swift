package import Akin
import QueryLanguage
package import Ranking
import SentenceEncoder
package import TextEncoding

/// What judges the first papers of an answer.
package enum JudgeChoice: Hashable, Sendable {
    /// Nothing does.
    case none
    /// The encoder that the library remembers: that of the space that ranks, or else the only one.
    case remembered
    /// The model of a folder, also one that the library does not know.
    case model(RememberedEncoder)
}

extension Library {
    /// Gives a search what it needs of encoders: the vectors of its question in their spaces, and the judge of its
    /// first papers.
    ///
    /// - Parameters:
    ///   - search: How to search. It gets the judge.
    ///   - text: The question; empty if it is made of papers.
    ///   - isLiteral: Whether no sign of the question has a meaning.
    ///   - given: Vectors of the question that the person gave.
    ///   - judge: What judges.
    ///   - models: The models that are open.
    /// - Returns: The vectors that were given, and one for each other space whose encoder the library remembers.
    /// - Throws: `AkinError`: `encoderFailed` for a folder that is gone or cannot be used, `invalidArgument` for one that
    ///   has another model now, `spaceNotFound` if the library remembers no encoder.
    package func prepare(
        _ search: inout SearchOptions, for text: String, isLiteral: Bool = false,
        given: [SpaceName: Embedding] = [:], judge: JudgeChoice, models: OpenModels
    ) throws -> [SpaceName: Embedding] {
        // A question that no encoder has to do with looks for none.
        if judge == .none, search.spaces == [.latentSemantics] { return given }
        var encoders = try rememberedEncoders().filter { search.spaces.contains($0.space) }
        switch judge {
        case .none: break
        case .remembered:
            let chosen = try rememberedEncoder(of: encoders.count == 1 ? encoders[0].space : nil)
            search.reranking = Reranking(
                by: chosen.space, or: RememberedJudge(chosen.encoder, of: try identity(of: chosen.space), in: models))
            if encoders.isEmpty { encoders = [chosen] }
        case .model(let folder):
            let model = try models.model(of: folder)
            search.reranking = Reranking(by: model.judge)
            if case .encoder(let encoder) = model,
                let space = try spaces().first(where: { $0.encoder == encoder.identity })?.name
            {
                search.reranking?.space = space
                encoders = encoders.filter { $0.space != space } + [(space, folder)]
            }
        }
        let words = isLiteral ? text : (try? QueryExpression(parsing: text))?.rankingText ?? text
        var vectors = given
        for (space, remembered) in encoders where vectors[space] == nil && !words.isEmpty {
            let encoder = try models.encoder(of: remembered, of: identity(of: space))
            vectors[space] = try encoder.encode([words], as: .query)[0]
        }
        return vectors
    }

    /// What made the vectors of a space.
    private func identity(of space: SpaceName) throws(AkinError) -> EncoderIdentity? {
        try spaces().first { $0.name == space }?.encoder
    }
}

extension OpenModels {
    /// The encoder of a folder that has to be the one that made the vectors of a space.
    ///
    /// - Throws: `AkinError`: `encoderFailed`, and `invalidArgument` if the folder has another model now.
    fileprivate func encoder(
        of remembered: RememberedEncoder, of identity: EncoderIdentity?
    ) throws -> SentenceEncoder {
        let encoder = try encoder(of: remembered)
        guard encoder.identity == identity else {
            throw AkinError(
                .invalidArgument,
                "Cannot use the encoder in '\(remembered.folder)': it is another model than the one that made the "
                    + "vectors of its space.")
        }
        return encoder
    }
}

/// An encoder that a library remembers, as a judge. Its folder is opened when it has to read a paper: one without a
/// vector.
private final class RememberedJudge: TextJudge {
    private let remembered: RememberedEncoder
    private let identity: EncoderIdentity?
    private let models: OpenModels

    init(_ remembered: RememberedEncoder, of identity: EncoderIdentity?, in models: OpenModels) {
        self.remembered = remembered
        self.identity = identity
        self.models = models
    }

    func judgments(of texts: [String], for question: [QuestionPart]) throws -> [Double] {
        try models.encoder(of: remembered, of: identity).judgments(of: texts, for: question)
    }
}
