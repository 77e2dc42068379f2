import Foundation
import GRDB

/// How the file of a store is opened, brought to the format of this build, and left.
enum StoreFile {
    /// How long a connection waits for a lock that another holds only for moments.
    private static let patience = 5.0

    // MARK: - Reading

    /// Opens a connection that reads.
    static func openForReading(_ path: String) throws(PaperStoreError) -> DatabaseQueue {
        guard FileManager.default.fileExists(atPath: path) else {
            throw PaperStoreError(
                .notFound, path: path,
                message: "Cannot open the papers in '\(path)': there is no such file. `akin add` makes one.")
        }
        return try storeError("open", path) {
            do {
                return try openReadOnly(path)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
                // A process died while it changed the file without a log: what it did is rolled back by the next that
                // may write.
                try connect(path, configuration()).close()
                return try openReadOnly(path)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN && !hasLog(path) {
                // The file was left set to a log that is not there, and the folder does not let one be made; see
                // `settle`. Without a log there is no writer, so the file can be read as it stands.
                return try openReadOnly(immutableURI(of: path))
            }
        }
    }

    private static func openReadOnly(_ path: String) throws -> DatabaseQueue {
        var configuration = configuration()
        configuration.readonly = true
        let connection = try connect(path, configuration)
        try connection.read { try StoreSchema.check($0, path: path) }
        return connection
    }

    private static func hasLog(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path + "-wal")
    }

    /// The name under which SQLite opens a file as one that nobody changes.
    private static func immutableURI(of path: String) -> String {
        let escaped = path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
        return "file:\(escaped)?immutable=1"
    }

    // MARK: - Writing

    /// Opens the connection that writes, in a file of this build's format.
    static func openForWriting(_ path: String) throws(PaperStoreError) -> DatabaseQueue {
        try storeError("open", path) {
            let connection = try connect(path, configuration())
            try connection.read { try StoreSchema.refuseForeign($0, path: path) }
            try StoreSchema.migrator.migrate(connection)
            // Where a reader is at work this very moment the log has to wait for the next time; writing is as safe
            // without it, and readers then wait while a transaction is committed.
            try? setJournal("WAL", connection)
            return connection
        }
    }

    /// Folds the log into the file and closes the connection, so that the file stands alone.
    static func settle(_ connection: DatabaseQueue) {
        try? connection.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA busy_timeout = 0")
        }
        try? setJournal("DELETE", connection)
        try? connection.close()
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
            // The strictest level, and room for the pages that an import touches again and again.
            try database.execute(sql: "PRAGMA synchronous = EXTRA; PRAGMA cache_size = -65536")
        }
        return configuration
    }
}
