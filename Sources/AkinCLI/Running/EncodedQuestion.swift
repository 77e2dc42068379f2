import Akin
import QueryLanguage
import Ranking
import SentenceEncoder
import TextEncoding

extension LibraryOptions {
    /// The vectors of a question in the spaces of encoders: those that rank, and the one that judges the first papers.
    ///
    /// - Parameters:
    ///   - text: The question.
    ///   - given: Vectors that the person gave.
    ///   - search: How to search. If an encoder is to judge, it gets its space.
    ///   - reranks: Whether an encoder is to judge.
    ///   - library: The library.
    /// - Returns: The vectors that were given, and one for each other space whose encoder the library remembers.
    /// - Throws: `AkinError`; `EncoderError` for a folder that is gone or has another model.
    func vectors(
        of text: String, given: [SpaceName: Embedding], for search: inout SearchOptions, reranks: Bool,
        in library: Library
    ) throws -> [SpaceName: Embedding] {
        // A question that no encoder has to do with looks for none.
        if !reranks, search.spaces == [.latentSemantics] { return given }
        var vectors = given
        var encoders = try library.rememberedEncoders().filter { search.spaces.contains($0.space) }
        if reranks {
            let judge = try library.rememberedEncoder(of: encoders.count == 1 ? encoders[0].space : nil)
            search.reranking = Reranking(by: judge.space)
            if encoders.isEmpty { encoders = [judge] }
        }
        let words = (try? QueryExpression(parsing: text))?.rankingText ?? text
        for (space, remembered) in encoders where vectors[space] == nil && !words.isEmpty {
            let encoder = try remembered.opened(threads: threads)
            let known = try library.spaces().first { $0.name == space }?.encoder
            guard known == encoder.identity else {
                throw AkinError(
                    .invalidArgument,
                    "Cannot encode the question: the folder '\(remembered.folder)' has another model than the one that "
                        + "made the vectors of the space '\(space)'.")
            }
            vectors[space] = try encoder.encode([words], as: .query)[0]
        }
        return vectors
    }
}
