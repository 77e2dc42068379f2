import Foundation
import HNSW
import LatentSemantics
import LexicalIndex
import MappedFiles
import PaperStore
import Papers
import TextAnalysis

/// Calls `body` and tells its errors in the engine's terms.
///
/// The parts below the engine have errors of their own, whose messages say what failed, on what, why and what to do;
/// the engine adds the code that a caller acts on and keeps the error as the cause.
func akinError<Result: ~Copyable>(_ body: () throws -> Result) throws(AkinError) -> Result {
    do {
        return try body()
    } catch {
        throw AkinError(translating: error)
    }
}

extension AkinError {
    /// An error of a part below, in the engine's terms.
    init(translating error: any Error) {
        if let error = error as? AkinError {
            self = error
        } else {
            self.init(Akin.code(of: error), "\(error)", cause: error)
        }
    }
}

/// What a caller can do about an error of a part below.
private func code(of error: any Error) -> AkinError.Code {
    switch error {
    case let error as MappedFileError:
        switch error.code {
        case .newerVersion: .newerVersion
        case .olderVersion: .olderVersion
        case .cannotWrite, .cannotLock: .cannotWrite
        case .noSpace: .noSpace
        default: .damaged
        }
    case let error as HNSWError:
        switch error.code {
        case .newerVersion: .newerVersion
        case .olderVersion: .olderVersion
        case .cannotOpen, .damagedFile: .damaged
        case .cannotWrite: isOfSpace(error.cause) ? .noSpace : .cannotWrite
        default: .internalFailure
        }
    case let error as LatentSemanticsError:
        switch error.code {
        case .newerVersion: .newerVersion
        case .olderVersion: .olderVersion
        case .cannotRead, .notAModel, .damaged: .damaged
        case .cannotWrite: isOfSpace(error.cause) ? .noSpace : .cannotWrite
        default: .internalFailure
        }
    case let error as LexicalIndexError:
        switch error.code {
        case .newerVersion: .newerVersion
        case .olderVersion: .olderVersion
        case .cannotOpen, .damaged: .damaged
        case .cannotWrite: isOfSpace(error.cause) ? .noSpace : .cannotWrite
        case .tooLarge: .internalFailure
        }
    case let error as PaperStoreError:
        switch error.code {
        case .notFound, .unfinished: .noLibrary
        case .newerVersion: .newerVersion
        case .olderVersion: .olderVersion
        case .readOnly, .cannotOpen: .cannotWrite
        case .busy: .locked
        case .noSpace: .noSpace
        case .damaged, .damagedPaper, .noSuchKey, .notAPaperStore: .damaged
        case .failed: .internalFailure
        }
    case let error as CocoaError: error.code == .fileWriteOutOfSpace ? .noSpace : .cannotWrite
    default: .internalFailure
    }
}

/// Whether what failed was a full disk.
private func isOfSpace(_ cause: (any Error)?) -> Bool {
    (cause as? MappedFileError)?.code == .noSpace
}
