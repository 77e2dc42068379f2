package import Akin
package import Ranking
import SentenceEncoder
package import TextEncoding

/// What judges the first papers of an answer, how many, and with which share.
package struct JudgeChoice: Hashable, Sendable {
    package enum Judge: Hashable, Sendable {
        /// Nothing judges.
        case none
        /// The encoder that the library remembers: that of the space that ranks, or else the only one.
        case remembered
        /// The encoder that the library remembers of a space.
        case ofSpace(SpaceName)
        /// The model of a folder, also one that the library does not know.
        case model(RememberedEncoder)
    }

    package var judge: Judge
    package var depth: Int
    package var share: Double

    package init(_ judge: Judge, depth: Int = Reranking.usualDepth, share: Double = Reranking.usualWeight) {
        (self.judge, self.depth, self.share) = (judge, depth, share)
    }
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
    ///   - choice: What judges.
    ///   - models: The models that are open.
    /// - Returns: The vectors that were given, and one for each other space whose encoder the library remembers.
    /// - Throws: `AkinError`: `encoderFailed` for a folder that is gone or cannot be used, `invalidArgument` for one
    ///   that has another model now, `spaceNotFound` if the library remembers no encoder.
    package func prepare(
        _ search: inout SearchOptions, for text: String, isLiteral: Bool = false,
        given: [SpaceName: Embedding] = [:], judge choice: JudgeChoice, models: OpenModels
    ) throws -> [SpaceName: Embedding] {
        // A question that no encoder has to do with looks for none.
        if choice.judge == .none, search.spaces == [.latentSemantics] { return given }
        let known = try rememberedEncoders()
        var encoders = known.filter { search.spaces.contains($0.space) }
        if let judge = try Judge(choice.judge, known, ranking: encoders, models) {
            search.reranking = judge.reranking
            search.reranking?.depth = choice.depth
            search.reranking?.weight = choice.share
            encoders = encoders.filter { $0.space != judge.encoder?.space } + [judge.encoder].compactMap(\.self)
        }
        let missing = encoders.filter { given[$0.space] == nil }
        guard !missing.isEmpty, let ranked = try rankedText(of: text, isLiteral: isLiteral) else { return given }
        var vectors = given
        for encoder in missing {
            let vector = try models.encoder(of: encoder).encode([ranked], as: .query)[0]
            // A model without a network may know no word of it.
            if !vector.isZero { vectors[encoder.space] = vector }
        }
        return vectors
    }
}

/// A judge, and the space whose vectors it made.
private struct Judge {
    let reranking: Reranking
    let encoder: SpaceEncoder?

    /// Finds the judge that a person chose; `nil` for none.
    init?(
        _ choice: JudgeChoice.Judge, _ known: [SpaceEncoder], ranking: [SpaceEncoder], _ models: OpenModels
    ) throws {
        switch choice {
        case .none: return nil
        case .remembered: self.init(try known.only(of: ranking.count == 1 ? ranking[0].space : nil), models)
        case .ofSpace(let space): self.init(try known.only(of: space), models)
        case .model(let given):
            // A folder that the library knows is opened as it was then.
            let own = known.filter { $0.encoder.folder == given.folder }
            let remembered = own.count == 1 && given == RememberedEncoder(folder: given.folder) ? own[0].encoder : given
            let model = try models.model(of: remembered)
            var made: SpaceEncoder?
            if case .encoder(let encoder) = model { made = known.first { $0.identity == encoder.identity } }
            made?.encoder = remembered
            self.init(
                reranking: made.map { Reranking(by: $0.space, or: model.judge) } ?? Reranking(by: model.judge),
                encoder: made)
        }
    }

    private init(reranking: Reranking, encoder: SpaceEncoder?) {
        (self.reranking, self.encoder) = (reranking, encoder)
    }

    private init(_ encoder: SpaceEncoder, _ models: OpenModels) {
        self.init(reranking: Reranking(by: encoder.space, or: RememberedJudge(encoder, in: models)), encoder: encoder)
    }
}

/// An encoder that a library remembers, as a judge. Its folder is opened when it has to read a paper: one without a
/// vector.
private final class RememberedJudge: TextJudge {
    private let encoder: SpaceEncoder
    private let models: OpenModels

    init(_ encoder: SpaceEncoder, in models: OpenModels) {
        self.encoder = encoder
        self.models = models
    }

    func judgments(of texts: [String], for question: [QuestionPart]) throws -> [Double] {
        try models.encoder(of: encoder).judgments(of: texts, for: question)
    }
}
