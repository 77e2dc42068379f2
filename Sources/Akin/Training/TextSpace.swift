import LatentSemantics
import LinearAlgebra
import TextAnalysis
package import TextEncoding

/// Where a vector space of latent semantics comes from that encodes texts outside of a library.
package enum TextSpace: Hashable, Sendable {
    /// It is fitted on the texts themselves, with the parameters that a library of as many papers would have.
    case ownTexts
    /// The released model.
    case released
    /// A model that `akin train` wrote.
    case file(String)

    /// Makes the encoder.
    ///
    /// - Parameters:
    ///   - texts: The texts to fit on; not read for a model that is there.
    ///   - threads: The most threads to use; `nil` is one for each core.
    /// - Returns: The encoder. The vectors are of the same model for any number of threads.
    /// - Throws: `AkinError`: `invalidArgument` for texts that no space can be learned from, and in a program without
    ///   the released model; `unreadableInput`, `damaged`, `olderVersion` or `newerVersion` for a file.
    package func encoder(texts: () throws -> [String], threads: Int?) throws(AkinError) -> any TextEncoder {
        try akinError {
            switch self {
            case .released: return try ModelSource.releasedModel()
            case .file(let path): return try LatentSemanticModel(givenAt: path)
            case .ownTexts:
                let texts = try texts()
                let settings = try Analyzer().settings
                useOneBLASThread()
                do throws(LatentSemanticsError) {
                    return try LatentSemanticModel.fit(
                        texts: texts, settings: settings, parameters: .init(forPapers: texts.count),
                        threads: threads, progress: nil)
                } catch {
                    guard [.noDocuments, .noTerms].contains(error.code) else { throw error }
                    throw AkinError(
                        .invalidArgument, "Cannot learn a vector space of \(texts.count) texts: \(error.message)",
                        cause: error)
                }
            }
        }
    }
}
