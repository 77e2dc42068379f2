package import Akin
import Foundation
import ParallelLoops
package import SentenceEncoder
import Synchronization
package import TextEncoding

/// The models of folders that a program has opened, each once.
package final class OpenModels: Sendable {
    /// A model that judges papers.
    package enum Model: Sendable {
        case encoder(SentenceEncoder)
        case crossEncoder(CrossEncoder)

        /// The model as what reads papers and judges them.
        package var judge: any TextJudge {
            switch self {
            case .encoder(let encoder): encoder
            case .crossEncoder(let encoder): encoder
            }
        }
    }

    private let threads: Int?
    private let models = LockedValue<[RememberedEncoder: Model]>([:])

    /// Opens nothing yet.
    ///
    /// - Parameter threads: The most threads that a model uses; `nil` is one for each core.
    package init(threads: Int?) {
        self.threads = threads
    }

    /// The model of a folder. It is opened if it is not open.
    ///
    /// - Throws: `AkinError` with code `encoderFailed`.
    package func model(of remembered: RememberedEncoder) throws(AkinError) -> Model {
        var key = remembered
        key.newPapers = nil
        return try models.withLock { models throws(AkinError) in
            if let known = models[key] { return known }
            do throws(EncoderError) {
                let model = try Model(of: remembered, threads: threads)
                models[key] = model
                return model
            } catch {
                throw AkinError(error)
            }
        }
    }

    /// The sentence encoder of a folder.
    ///
    /// - Throws: `AkinError` with code `encoderFailed`, also for a cross-encoder.
    package func encoder(of remembered: RememberedEncoder) throws(AkinError) -> SentenceEncoder {
        switch try model(of: remembered) {
        case .encoder(let encoder): return encoder
        case .crossEncoder: throw AkinError(.hasNoVectors(remembered.folder))
        }
    }
}

extension OpenModels.Model {
    /// Opens the model of a folder.
    fileprivate init(of remembered: RememberedEncoder, threads: Int?) throws(EncoderError) {
        switch try EncoderFolder(contentsOf: URL(filePath: remembered.folder, directoryHint: .isDirectory)) {
        case .network(let folder) where folder.settings.isCrossEncoder:
            self = .crossEncoder(try CrossEncoder(folder, precision: remembered.precision, threads: threads))
        case let folder: self = .encoder(try SentenceEncoder(folder, options: remembered.options(threads: threads)))
        }
    }
}

extension AkinError {
    /// A model's folder that cannot be used.
    fileprivate init(_ error: EncoderError) {
        self.init(.encoderFailed, error.message, cause: error)
    }
}

extension RememberedEncoder {
    fileprivate func options(threads: Int?) -> SentenceEncoder.Options {
        SentenceEncoder.Options(
            precision: precision, dimensions: dimensions, queryPrompt: queryPrompt, documentPrompt: documentPrompt,
            threads: threads)
    }
}
