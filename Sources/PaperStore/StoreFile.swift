import Foundation
import GRDB
import SystemCalls

/// How the file of a store is opened, brought to the format of this build, and closed.
enum StoreFile {
    /// How many seconds a writer waits for a lock of SQLite. Readers hold none for longer than moments.
    static let patience = 10.0

    /// How many seconds a reader waits for one before it looks again at what is there.
    private static let readerPatience = 0.25

    // MARK: - Reading

    /// Opens a connection to a store at rest. It takes no lock, and nobody may write to the file while it reads.
    ///
    /// - Throws: `PaperStoreError`.
    static func openAtRest(_ path: String) throws(PaperStoreError) -> DatabaseQueue {
        try refuseSpecialFiles(path)
        return try storeError("open", path) {
            // A file that a killed writer left in the mode of a log has none, and is whole as well.
            try openReadOnly("file:\(escaped(path))?immutable=1", of: path)
        }
    }

    /// Opens a connection that reads with the locks of SQLite, for a store that has a journal beside it.
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
                return try openReadOnly(path, of: path)
            } catch let error as DatabaseError where [.SQLITE_READONLY, .SQLITE_CANTOPEN].contains(error.resultCode) {
                guard exists(path + "-journal") else { throw error }
                // A process died while it changed the file without a log. A connection that may write rolls its
                // changes back.
                try connect(path, configuration(patience: readerPatience)).close()
                return try openReadOnly(path, of: path)
            }
        }
    }

    /// Opens a connection to a copy that nobody else knows of. SQLite may bring it into order.
    static func openCopy(_ path: String) throws -> DatabaseQueue {
        try connect(path, configuration())
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

    private static func openReadOnly(_ name: String, of path: String) throws -> DatabaseQueue {
        let connection = try connectReadOnly(name)
        try connection.read { try StoreSchema.check($0, path: path) }
        return connection
    }

    /// Opens a connection that reads any SQLite file.
    static func connectReadOnly(_ name: String) throws -> DatabaseQueue {
        var configuration = configuration(patience: readerPatience)
        configuration.readonly = true
        return try connect(name, configuration)
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

    /// A path in the form of a URI, as SQLite reads it back.
    private static func escaped(_ path: String) -> String {
        path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
    }

    // MARK: - Writing

    /// Opens the connection that writes. A file that does not exist is made, and an older one is migrated.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - opening: How many seconds to wait for a lock of SQLite meanwhile. Later statements have ``patience``.
    /// - Returns: A connection that may write at once.
    /// - Throws: `PaperStoreError`.
    static func openForWriting(_ path: String, patience opening: Double) throws(PaperStoreError) -> DatabaseQueue {
        try refuseSpecialFiles(path)
        return try storeError("open", path) {
            if try !isThere(path) { try make(path) }
            let connection = try connect(path, configuration(patience: opening))
            try connection.read { try StoreSchema.refuseForeign($0, path: path) }
            try StoreSchema.migrator.migrate(connection)
            do {
                try setJournal("WAL", connection)
                // A process that is suspended while it recovers a log may keep others from writing alone.
                try connection.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE; ROLLBACK") }
            } catch let error as DatabaseError where PaperStoreError.isOfLocks(error) {
                throw error
            } catch {
                // The volume cannot keep a log. Writing is as safe without one; readers then wait while a transaction
                // is committed.
            }
            try connection.writeWithoutTransaction { try setPatience(patience, $0) }
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
        do {
            try makeEmpty(unfinished)
        } catch {
            try? remove(unfinished)
            throw error
        }
        // A store is never replaced by an empty one.
        if try !isThere(path) { try replace(path, by: unfinished) }
    }

    /// Makes an empty store in a new file.
    ///
    /// - Throws: `DatabaseError`.
    static func makeEmpty(_ path: String, isVacuumed: Bool = false) throws {
        let connection = try connect(path, configuration())
        try StoreSchema.migrator.migrate(connection)
        if isVacuumed { try connection.vacuum() }
        try connection.close()
    }

    /// The share of a file's pages that may be unused before the file is written anew.
    ///
    /// Removals also leave pages half used, which nobody counts. If papers are removed at random, a tenth of the pages
    /// is free when the file has nearly twice its least size, with papers of 300 bytes; 1.3 times with 1,500 bytes.
    private static let toleratedUnusedShare = 0.1

    /// Writes the file anew without its unused pages, if these are more than a tenth.
    ///
    /// SQLite does that in a transaction, in which it writes the whole file to the log. It waits for nobody.
    ///
    /// - Throws: `DatabaseError`; the file then stays as it was.
    static func compact(_ connection: DatabaseQueue) throws {
        try connection.writeWithoutTransaction { database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            let unused = try Int.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
            guard Double(unused) > toleratedUnusedShare * Double(pages) else { return }
            try setPatience(0, database)
            defer { try? setPatience(patience, database) }
            try database.execute(sql: "VACUUM")
        }
    }

    /// Folds the log into the file and closes the connection, so that nothing is left beside the file.
    ///
    /// A reader that uses the log keeps it. The file then has the log's content as well.
    static func settle(_ connection: DatabaseQueue) {
        // Most of the log goes into the file while others may read.
        try? connection.writeWithoutTransaction { database in
            try setPatience(0, database)
            _ = try database.checkpoint(.passive)
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
        for file in [path, path + "-journal", path + "-wal", path + "-shm"] { try removeFileIfThere(file) }
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

    /// Sets how many seconds a connection waits for a lock of SQLite.
    private static func setPatience(_ seconds: Double, _ database: Database) throws {
        try database.execute(sql: "PRAGMA busy_timeout = \(Int(seconds * 1_000))")
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

    private static func configuration(patience: Double = patience) -> Configuration {
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
