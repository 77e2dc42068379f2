import Foundation
import GRDB
import SystemCalls

/// How the file of a store is opened, brought to the format of this build, and closed.
enum StoreFile {
    /// How many seconds a connection waits for a lock. Locks are held for moments only.
    private static let patience = 5.0

    // MARK: - Reading

    /// Opens a connection that reads.
    ///
    /// - Throws: `PaperStoreError`.
    static func openForReading(_ path: String) throws(PaperStoreError) -> DatabaseQueue {
        guard exists(path) else {
            throw PaperStoreError(
                .notFound, path: path,
                message: "Cannot open the papers in '\(path)': there is no such file.")
        }
        try refuseSpecialFiles(path)
        return try storeError("open", path) {
            do {
                return try openReadOnly(path)
            } catch let error as DatabaseError where [.SQLITE_READONLY, .SQLITE_CANTOPEN].contains(error.resultCode) {
                if exists(path + "-journal") {
                    // A process died while it changed the file without a log. A connection that may write rolls its
                    // changes back.
                    try connect(path, configuration()).close()
                    return try openReadOnly(path)
                }
                guard !exists(path + "-wal") else { throw error }
                // The file is set to use a log, there is none, and the folder does not let SQLite make one; see
                // `settle`. Nobody writes without a log, so the file can be read as it is for a moment.
                return try openReadOnly(momentaryURI(of: path))
            }
        }
    }

    /// Calls `body` in a transaction that reads.
    ///
    /// The transaction ends with a rollback, because SQLite does not commit after it has read a damaged page. Nothing
    /// depends on the difference.
    ///
    /// - Throws: What `body` throws; `DatabaseError`.
    static func read<Result>(_ connection: DatabaseQueue, _ body: (Database) throws -> Result) throws -> Result {
        try connection.unsafeRead { database in
            // Each connection prepares the statement once.
            try database.cachedStatement(sql: "BEGIN DEFERRED TRANSACTION").execute()
            defer {
                if database.isInsideTransaction {
                    try? database.cachedStatement(sql: "ROLLBACK TRANSACTION").execute()
                }
            }
            return try body(database)
        }
    }

    /// Whether a connection may be used again when another process may have written in between.
    static func isLasting(_ connection: DatabaseQueue) -> Bool {
        !connection.path.hasPrefix("file:")
    }

    private static func openReadOnly(_ path: String) throws -> DatabaseQueue {
        let connection = try connectReadOnly(path)
        try connection.read { try StoreSchema.check($0, path: path) }
        return connection
    }

    /// Opens a connection that reads any SQLite file.
    static func connectReadOnly(_ path: String) throws -> DatabaseQueue {
        var configuration = configuration()
        configuration.readonly = true
        return try connect(path, configuration)
    }

    /// Whether there is a file. A failure to look is an error, and no absence.
    ///
    /// - Throws: `PaperStoreError` with code `cannotOpen`.
    private static func isThere(_ path: String) throws(PaperStoreError) -> Bool {
        do throws(SystemError) {
            return try fileExists(path)
        } catch {
            throw PaperStoreError(
                .cannotOpen, path: path,
                message: "Cannot look for '\(path)': \(systemMessage(error.number)).")
        }
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path)
    }

    /// The name under which SQLite opens a file as one that nobody changes.
    private static func momentaryURI(of path: String) -> String {
        let escaped = path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
        return "file:\(escaped)?immutable=1"
    }

    // MARK: - Writing

    /// Opens the connection that writes. A file that does not exist is made, and an older one is migrated.
    ///
    /// - Throws: `PaperStoreError`.
    static func openForWriting(_ path: String) throws(PaperStoreError) -> DatabaseQueue {
        try refuseSpecialFiles(path)
        return try storeError("open", path) {
            if try !isThere(path) { try make(path) }
            let connection = try connect(path, configuration())
            try connection.read { try StoreSchema.refuseForeign($0, path: path) }
            try StoreSchema.migrator.migrate(connection)
            // SQLite cannot switch to a log while somebody reads. Writing is as safe without one; readers then wait
            // while a transaction is committed.
            try? setJournal("WAL", connection)
            return connection
        }
    }

    /// Makes an empty store beside the path and moves it there, so that nobody ever sees an unfinished one.
    private static func make(_ path: String) throws {
        let unfinished = path + ".partial"
        try remove(unfinished)
        // SQLite would take the journal of a file that is gone for one of the new file.
        for suffix in ["-journal", "-wal", "-shm"] where exists(path + suffix) {
            try FileManager.default.removeItem(atPath: path + suffix)
        }
        try makeEmpty(unfinished)
        // A store is never replaced by an empty one.
        if try !isThere(path) { try replace(path, by: unfinished) }
    }

    /// Makes an empty store in a new file.
    ///
    /// - Throws: `DatabaseError`.
    static func makeEmpty(_ path: String) throws {
        let connection = try connect(path, configuration())
        try StoreSchema.migrator.migrate(connection)
        try connection.close()
    }

    /// Folds the log into the file and closes the connection, so that nothing is left beside the file.
    ///
    /// A reader that uses the log keeps it. The file then has the log's content as well.
    static func settle(_ connection: DatabaseQueue) {
        try? connection.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA busy_timeout = 0")
        }
        do {
            try setJournal("DELETE", connection)
        } catch {
            try? connection.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        }
        try? connection.close()
    }

    // MARK: - Files

    /// Removes an SQLite file with its journals.
    static func remove(_ path: String) throws {
        for file in [path, path + "-journal", path + "-wal", path + "-shm"] where exists(file) {
            try FileManager.default.removeItem(atPath: file)
        }
    }

    /// Gives a file the name of another and replaces it, in one step.
    static func replace(_ path: String, by new: String) throws(PaperStoreError) {
        // SAFETY: the system reads both paths, C strings that live for the call.
        guard unsafe rename(new, path) == 0 else {
            let reason = systemMessage(lastSystemError)
            throw PaperStoreError(
                .cannotOpen, path: path,
                message: "Cannot give '\(new)' the name '\(path)': \(reason). Check the folder's permissions.")
        }
    }

    private static func setJournal(_ mode: String, _ connection: DatabaseQueue) throws {
        try connection.writeWithoutTransaction { database in
            _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = \(mode)")
        }
    }

    // MARK: - Connections

    private static func connect(_ path: String, _ configuration: Configuration) throws -> DatabaseQueue {
        try DatabaseQueue(path: path, configuration: configuration)
    }

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        configuration.busyMode = .timeout(patience)
        configuration.prepareDatabase { database in
            guard !database.configuration.readonly else { return }
            // The strictest level, and a cache for the pages that an import touches again and again.
            try database.execute(sql: "PRAGMA synchronous = EXTRA; PRAGMA cache_size = -65536")
        }
        return configuration
    }
}
