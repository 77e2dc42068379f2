import Foundation
import HNSW
import LatentSemantics
import LexicalIndex
import MappedFiles
import PaperStore
import Papers
import SystemCalls
import TextAnalysis

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#elseif canImport(Bionic)
import Bionic
#else
import Glibc
#endif

/// Calls `body` and throws its errors in the engine's terms.
///
/// - Parameter body: Code that uses the parts below the engine, which have errors of their own.
/// - Returns: What `body` returns.
/// - Throws: The `AkinError` that `body` throws, or one that is made of the error of a part.
func akinError<Result: ~Copyable>(_ body: () throws -> Result) throws(AkinError) -> Result {
    do {
        return try body()
    } catch {
        throw AkinError(translating: error)
    }
}

extension AkinError {
    /// Creates the engine's error for an error of a part below.
    ///
    /// The part's message says what failed, on what, why and what to do. The engine adds the code and the remedy that a
    /// caller acts on, and keeps the error as the cause.
    ///
    /// - Parameters:
    ///   - error: The error of a part, or an error of the engine, which stays as it is.
    ///   - remedy: What to do; `nil`, the default, is what helps against most errors of this code.
    package init(translating error: any Error, remedy: Remedy? = nil) {
        if let error = error as? AkinError {
            self = error
        } else if error is CancellationError || (error as? HNSWError)?.code == .cancelled
            || (error as? LatentSemanticsError)?.code == .cancelled
        {
            self = .cancelled
        } else {
            let code = Akin.code(of: error)
            self.init(code, Akin.message(of: error), remedy: remedy ?? Akin.remedy(for: error, code), cause: error)
        }
    }
}

/// The message of an error of a part below. Errors of the file system come without one.
private func message(of error: any Error) -> String {
    let reason = plainReason(of: error)
    return error is CocoaError || error is POSIXError || error is SystemError ? "Cannot use \(reason)." : reason
}

/// What helps against most errors of a part below with a code.
private func remedy(for error: any Error, _ code: AkinError.Code) -> AkinError.Remedy? {
    // Every change of a library brings an older store up to date.
    if error is PaperStoreError, code == .olderVersion { return .addPapers }
    if let error = error as? MappedFileError, error.code == .cannotLock {
        return [nil, ELOOP].contains(error.systemError) ? .moveAway : .checkPermissions
    }
    if let error = error as? PaperStoreError, error.code == .notAFile { return .restoreBackup }
    if let error = error as? PaperStoreError, error.code == .journalNotAFile { return .moveAway }
    return switch code {
    case .damaged, .olderVersion: .repair
    case .newerVersion: .useNewerVersion
    case .noLibrary: .addPapers
    case .locked: .tryAgainLater
    case .noSpace: .freeSpace
    case .cannotWrite: .chooseAnotherFolder
    case .cannotRead:
        [EMFILE, ENFILE, ENOMEM].contains(systemErrorNumber(behind: error)) ? .tryAgainLater : .checkPermissions
    default: nil
    }
}

/// The kind of failure that an error of a part below is to a caller.
private func code(of error: any Error) -> AkinError.Code {
    switch error {
    case let error as MappedFileError:
        switch error.code {
        case .newerVersion: .newerVersion
        case .olderVersion: .olderVersion
        case .cannotWrite, .cannotLock: .cannotWrite
        case .noSpace: .noSpace
        case .cannotOpen: codeOfUnopened(error)
        case .empty, .truncated, .notThisKind, .damagedHeader, .damagedSection, .missingSection: .damaged
        }
    // Terms of other rules or of another stemmer: what was made with them is made anew.
    case let error as TextAnalysisError: error.code == .settingsDiffer ? .olderVersion : .internalFailure
    case let error as HNSWError:
        switch error.code {
        case .newerVersion: .newerVersion
        case .olderVersion: .olderVersion
        case .cannotOpen: codeOfUnopened(error)
        case .damagedFile: .damaged
        case .cannotWrite: isOfSpace(error.cause) ? .noSpace : .cannotWrite
        default: .internalFailure
        }
    case let error as LatentSemanticsError:
        switch error.code {
        case .newerVersion: .newerVersion
        case .olderVersion: .olderVersion
        case .cannotRead: codeOfUnopened(error)
        case .notAModel, .damaged: .damaged
        case .cannotWrite: isOfSpace(error.cause) ? .noSpace : .cannotWrite
        default: .internalFailure
        }
    case let error as LexicalIndexError:
        switch error.code {
        case .newerVersion: .newerVersion
        case .olderVersion: .olderVersion
        case .cannotOpen: codeOfUnopened(error)
        case .damaged: .damaged
        case .cannotWrite: isOfSpace(error.cause) ? .noSpace : .cannotWrite
        case .tooLarge, .invalidArgument: .internalFailure
        }
    case let error as PaperStoreError:
        switch error.code {
        case .notFound, .unfinished: .noLibrary
        case .newerVersion: .newerVersion
        case .olderVersion: .olderVersion
        case .readOnly: .cannotWrite
        case .cannotOpen: .cannotRead
        case .busy: .locked
        case .noSpace: .noSpace
        case .damaged, .damagedPaper, .noSuchKey, .notAPaperStore, .notAFile, .journalNotAFile: .damaged
        case .failed: .internalFailure
        }
    case let error as FileReadingError: codeOfUnopened(error)
    case let error as SystemError: code(ofSystemError: error.number)
    case is CocoaError, is POSIXError: code(ofSystemError: systemErrorNumber(of: error as NSError))
    default: .internalFailure
    }
}

/// The kind of failure that an error of the system is.
private func code(ofSystemError number: Int32?) -> AkinError.Code {
    guard let number else { return .cannotWrite }
    return SystemError(number: number).isLackOfSpace ? .noSpace : .cannotWrite
}

/// What a file of the library is that could not be opened: damage only if something else, or nothing, is in its place.
/// What the system refuses now, for want of a permission or of descriptors, may be whole.
private func codeOfUnopened(_ error: any Error) -> AkinError.Code {
    [nil, ENOENT, ENOTDIR, ELOOP].contains(systemErrorNumber(behind: error)) ? .damaged : .cannotRead
}

/// The system's number behind the error of a part below; `nil` if it refused nothing.
private func systemErrorNumber(behind error: any Error) -> Int32? {
    switch error {
    case let error as MappedFileError: error.systemError
    case let error as HNSWError: error.cause.flatMap { systemErrorNumber(behind: $0) }
    case let error as LatentSemanticsError: error.cause.flatMap { systemErrorNumber(behind: $0) }
    case let error as LexicalIndexError: error.cause.flatMap { systemErrorNumber(behind: $0) }
    case FileReadingError.system(let error): error.number
    default: nil
    }
}

/// Whether a full disk was the cause.
private func isOfSpace(_ cause: (any Error)?) -> Bool {
    (cause as? MappedFileError)?.code == .noSpace
}
