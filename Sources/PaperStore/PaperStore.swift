import GRDB
import SystemCalls

/// The papers of a library, their ids, and the number of the generation that indexes them, in one SQLite file.
///
///     let store = try PaperStore(opening: "papers.sqlite", mode: .readWrite)
///     try store.write { papers in
///         for outcome in try papers.upsert(batch) { … }
///         try papers.setGeneration(7)
///     }
///     let titles = try store.read { papers in
///         try papers.papers(forKeys: keys).map(\.title)
///     }
///
/// A paper is stored under a key. SQLite counts keys up from 1 and never uses one twice, not even after a paper is
/// removed. A paper whose text changes gets a new key. An index can therefore rely on the text behind a key.
///
/// Any number of threads and processes may read at the same time. Each read shows one state of the store from beginning
/// to end. One process may write. A write transaction appears as a whole when it is durable. If it fails, or its
/// process dies, it leaves nothing behind.
///
/// ### The journal
///
/// While a store is open for writing, SQLite keeps a write-ahead log beside the file. Readers then see the state before
/// the transaction, and readers and the writer never wait for each other. The last writer that closes the store folds
/// the log into the file, removes the log, and sets the file back to a rollback journal. A store at rest is therefore a
/// single file. It can be copied, and it can be read from a disk that cannot be written, where SQLite would refuse a
/// log. It is read without a lock; `StoreReading` says how.
///
/// If a reader uses the log at the moment when the writer closes the store, or the writer is killed, the log stays
/// until the next writer closes the store. Readers read it with the file, so that nothing is lost.
///
/// A transaction is durable when ``write(_:)`` returns: SQLite synchronises at its strictest level.
package final class PaperStore: Sendable {
    /// What a store is opened for.
    package enum Mode: Sendable {
        /// Only reading. The file has to exist, and may lie on a read-only disk.
        case readOnly
        /// Reading and writing. A file that does not exist is made; its folder has to exist. A file of an older format
        /// is brought to the format of this build.
        case readWrite
    }

    /// The path of the file. Where a symbolic link was given, it is the path of the file that the link leads to: SQLite
    /// keeps its journals beside that one.
    package let path: String

    /// What the store is open for.
    package let mode: Mode

    private let reading: StoreReading
    private let writer: DatabaseQueue?

    /// Opens the store in a file.
    ///
    /// - Parameters:
    ///   - path: The path of the SQLite file.
    ///   - mode: What to open it for.
    ///   - patience: The longest time to wait for somebody who keeps the file locked while it is opened for writing;
    ///     `nil`, the default, is ten seconds.
    /// - Throws: `PaperStoreError`: `notFound`, `cannotOpen`, `notAPaperStore`, `unfinished`, `newerVersion`,
    ///   `olderVersion`, `damaged`, `busy`, `readOnly`.
    /// - Complexity: For reading, one connection and two pages of the file, well under a millisecond.
    package init(opening path: String, mode: Mode, patience: Duration? = nil) throws(PaperStoreError) {
        // SQLite keeps its log beside the file that a link leads to. What is no file is named as it was given.
        let followed = followedPath(path)
        let path = (try? FileKind(of: followed)) == .file ? followed : path
        self.path = path
        self.mode = mode
        let seconds = patience.map { $0 / .seconds(1) } ?? StoreFile.patience
        guard mode == .readWrite else {
            writer = nil
            reading = try StoreReading(path: path, isWriter: false)
            return
        }
        OpenWriters.add(path)
        do {
            writer = try StoreFile.openForWriting(path, patience: seconds)
            reading = try StoreReading(path: path, isWriter: true)
        } catch {
            OpenWriters.remove(path)
            throw error
        }
    }

    deinit {
        reading.close()
        guard let writer else { return }
        StoreFile.settle(writer)
        OpenWriters.remove(path)
    }

    // MARK: - Transactions

    /// Calls `body` with the papers as they are at one moment.
    ///
    /// Calls from several threads run at the same time. A call that runs during a ``write(_:)`` sees nothing of it. If
    /// a writer disturbs the call, `body` is called again, so it does nothing but read. The reader must not be used
    /// after `body` returns.
    ///
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; errors of SQLite as ``PaperStoreError``.
    package func read<Result>(_ body: (_ papers: Reader) throws -> Result) throws -> Result {
        do {
            return try reading.read { database, file in
                try body(Reader(SQLiteConnection(database: database), path: path, file: file))
            }
        } catch let error as DatabaseError {
            throw PaperStoreError(error, action: "read", path: path)
        }
    }

    /// Calls `body` to change the papers, and makes the changes durable when it returns.
    ///
    /// Calls from several threads run one after another. If `body` throws, nothing changes. The writer must not be used
    /// after `body` returns.
    ///
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; errors of SQLite as ``PaperStoreError``.
    /// - Precondition: The store is open for writing, and `body` does not call ``write(_:)``.
    package func write<Result>(_ body: (_ papers: Writer) throws -> Result) throws -> Result {
        guard let writer else { preconditionFailure("the paper store '\(path)' is open only for reading") }
        do {
            return try writer.write { database in
                let papers = try Writer(SQLiteConnection(database: database), path: path)
                let result = try body(papers)
                try papers.noteLastKey()
                return result
            }
        } catch let error as DatabaseError {
            throw PaperStoreError(error, action: "change", path: path)
        }
    }

    /// Gives back to the disk what removed papers took, if that is more than a tenth of the file.
    ///
    /// Otherwise later papers use it. A failure, such as a disk without room for a second copy of the file, changes
    /// nothing, and a later call tries again.
    ///
    /// - Precondition: The store is open for writing, and no ``write(_:)`` is under way on this thread.
    /// - Complexity: Writes the whole file three times where there is so much to give back.
    package func compact() {
        guard let writer else { preconditionFailure("the paper store '\(path)' is open only for reading") }
        try? StoreFile.compact(writer)
    }
}
