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

    /// The place of a model, which one thread opens while others that want it wait.
    private final class Place: Sendable {
        let model = LockedValue<Model?>(nil)
    }

    private let threads: Int?
    private let places = LockedValue<[RememberedEncoder: Place]>([:])

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
        try place(of: remembered).model.withLock { model throws(AkinError) in
            if let model { return model }
            do throws(EncoderError) {
                let opened = try Model(of: remembered, threads: threads)
                model = opened
                return opened
            } catch {
                throw AkinError(.encoderFailed, error.message, cause: error)
            }
        }
    }

    /// The sentence encoder of a folder.
    ///
    /// - Throws: `AkinError` with code `encoderFailed`, also for a cross-encoder.
    package func encoder(of remembered: RememberedEncoder) throws(AkinError) -> SentenceEncoder {
        switch try model(of: remembered) {
        case .encoder(let encoder): return encoder
        case .crossEncoder:
            let error = EncoderError.hasNoVectors(remembered.folder)
            throw AkinError(.encoderFailed, error.message, cause: error)
        }
    }

    /// The encoder that made the vectors of a space.
    ///
    /// - Throws: `AkinError`: `encoderFailed`, and `invalidArgument` if the folder has another model now.
    package func encoder(of space: SpaceEncoder) throws(AkinError) -> SentenceEncoder {
        var encoder = try encoder(of: space.encoder)
        if encoder.identity != space.identity {
            // The folder may have been replaced since it was opened.
            forget(space.encoder)
            encoder = try self.encoder(of: space.encoder)
        }
        guard encoder.identity == space.identity else {
            throw AkinError(
                .invalidArgument,
                "Cannot use the encoder in '\(space.encoder.folder)': it is another model than the one that made the "
                    + "vectors of the space '\(space.space)'.")
        }
        return encoder
    }

    private func place(of remembered: RememberedEncoder) -> Place {
        places.withLock { places in
            let key = remembered.withoutTime
            let place = places[key] ?? Place()
            places[key] = place
            return place
        }
    }

    private func forget(_ remembered: RememberedEncoder) {
        places.withLock { $0[remembered.withoutTime] = nil }
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

extension RememberedEncoder {
    /// The same without what does not alter the model.
    fileprivate var withoutTime: RememberedEncoder {
        var encoder = self
        encoder.newPapers = nil
        return encoder
    }

    fileprivate func options(threads: Int?) -> SentenceEncoder.Options {
        SentenceEncoder.Options(
            precision: precision, dimensions: dimensions, queryPrompt: queryPrompt, documentPrompt: documentPrompt,
            threads: threads, name: name)
    }
}
