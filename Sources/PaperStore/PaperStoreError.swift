import GRDB

/// Why a paper store cannot be opened, read or changed.
package struct PaperStoreError: Error, Sendable {
    /// What went wrong, for code to tell apart.
    package enum Code: String, Hashable, Sendable {
        /// There is no file at the path.
        case notFound
        /// The file cannot be opened.
        case cannotOpen
        /// A pipe, a device or a folder stands where the file should be.
        case notAFile
        /// A pipe, a device or a folder stands where a journal of the file would be.
        case journalNotAFile
        /// The file is an SQLite database of something else.
        case notAPaperStore
        /// The file was begun and never held anything.
        case unfinished
        /// The file has a newer format than the ones this build reads.
        case newerVersion
        /// The file has an older format. Opening it for writing brings it up to date.
        case olderVersion
        /// The file is damaged, or is not a database.
        case damaged
        /// The stored content of a paper is damaged.
        case damagedPaper
        /// A key names no paper.
        case noSuchKey
        /// The disk is full.
        case noSpace
        /// Somebody else has the file locked.
        case busy
        /// The file or its disk cannot be written.
        case readOnly
        /// SQLite reports anything else.
        case failed
    }

    /// What went wrong, for code to tell apart.
    package let code: Code

    /// The path of the store.
    package let path: String

    /// What failed, on what, why, and what to do.
    package let message: String

    /// The error that caused this one, where there is one.
    package let cause: (any Error)?

    init(_ code: Code, path: String, message: String, cause: (any Error)? = nil) {
        self.code = code
        self.path = path
        self.message = message
        self.cause = cause
    }
}

extension PaperStoreError: CustomStringConvertible {
    /// The message.
    package var description: String {
        message
    }
}

// MARK: - What SQLite reports

extension PaperStoreError {
    /// Creates the store's error for an error of SQLite.
    ///
    /// - Parameters:
    ///   - error: What SQLite, or a part below, threw.
    ///   - action: What failed, such as "change".
    ///   - path: The path of the store.
    init(_ error: any Error, action: String, path: String) {
        if let error = error as? PaperStoreError {
            self = error
            return
        }
        let beginning = "Cannot \(action) the papers in '\(path)'"
        guard let failure = error as? DatabaseError else {
            self.init(.failed, path: path, message: "\(beginning): \(plainReason(of: error)).", cause: error)
            return
        }
        let reason = failure.message ?? failure.resultCode.description
        let (code, message): (Code, String) =
            switch failure.resultCode {
            case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT:
                (.damaged, "the file is damaged (\(reason))")
            case .SQLITE_FULL:
                (.noSpace, "the disk is full; nothing was changed")
            case _ where Self.isOfLocks(failure):
                (.busy, Self.obstacle(at: path))
            case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
                (.readOnly, "the file or its folder cannot be written (\(reason)). Make them writable")
            case .SQLITE_CANTOPEN:
                (.cannotOpen, "the file cannot be opened (\(reason))")
            // A table that is gone is damage. Each statement was written for the tables that a store has.
            case .SQLITE_ERROR where reason.hasPrefix("no such"):
                (.damaged, "the file is damaged (\(reason))")
            case .SQLITE_IOERR:
                (.failed, "the disk reports an error (\(reason)). Check the disk and its free space")
            default:
                (.failed, "SQLite reports \(failure.extendedResultCode.rawValue), \(reason)")
            }
        self.init(code, path: path, message: "\(beginning): \(message).", cause: error)
    }
}

extension PaperStoreError {
    /// Who keeps a store locked, as a message says it.
    static func obstacle(at path: String) -> String {
        LockHolder(ofStoreAt: path)?.description
            ?? "another change, or a program that reads the file by itself, keeps it locked"
    }

    /// Whether a lock of somebody else was in the way.
    static func isOfLocks(_ error: DatabaseError) -> Bool {
        [.SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL].contains(error.resultCode)
    }
}

/// Calls `body`, and throws its errors as errors of the store.
func storeError<Result>(
    _ action: String, _ path: String, _ body: () throws -> Result
) throws(PaperStoreError) -> Result {
    do {
        return try body()
    } catch {
        throw PaperStoreError(error, action: action, path: path)
    }
}
