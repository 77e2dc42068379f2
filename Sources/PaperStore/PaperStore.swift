import GRDB

/// The papers of a library, their ids, and the number of the generation that indexes them, in one SQLite file.
///
///     let store = try PaperStore(opening: "papers.sqlite", mode: .readWrite)
///     try store.write { papers in
///         for outcome in try papers.upsert(batch) { … }
///         try papers.setGeneration(7)
///     }
///     let titles = try store.read { papers in
///         try papers.papers(forKeys: [3, 1, 2]).map(\.title)
///     }
///
/// A paper is stored under a key, a number from 1 that SQLite hands out and that never names anything else, even after
/// the paper has gone: what a key once meant in an index, it means for ever. A paper whose text changes gets a new key.
///
/// Any number of threads and processes may read at once, each in a transaction that shows one state of the store from
/// beginning to end. One may write; what it wrote appears as a whole when its transaction is durable, and not at all if
/// it fails or its process dies.
///
/// ### The journal
///
/// While a store is open for writing, SQLite keeps a write-ahead log beside the file: readers then see the state before
/// the transaction for as long as it takes, and neither side waits for the other. When the last writer closes the store,
/// the log is folded in and removed, and the file is set back to a rollback journal. So a store at rest is one file,
/// which can be copied, and read from a disk that cannot be written, where a log would be refused. If a reader holds on
/// to the log at that moment, or the writer is killed, the log stays until the next writer closes; it is read with the
/// file, and nothing is lost.
///
/// A transaction is durable when ``write(_:)`` returns: SQLite synchronises at its strictest level.
package final class PaperStore: Sendable {
    /// What a store is opened for.
    package enum Mode: Sendable {
        /// Reading alone. The file has to exist and may lie on a read-only disk.
        case readOnly
        /// Reading and writing. The file is made where it does not exist, in a folder that does, and brought to the
        /// format of this build.
        case readWrite
    }

    /// The path of the file.
    package let path: String

    /// What the store was opened for.
    package let mode: Mode

    private let readers: ReadConnections
    private let writer: DatabaseQueue?

    /// Opens the store in a file.
    ///
    /// - Parameters:
    ///   - path: The path of the SQLite file.
    ///   - mode: What it is opened for.
    /// - Throws: `PaperStoreError`: `notFound`, `cannotOpen`, `notAPaperStore`, `unfinished`, `newerVersion`,
    ///   `olderVersion`, `damaged`, `busy`, `readOnly`.
    /// - Complexity: For reading, one connection and two pages of the file: well under a millisecond.
    package init(opening path: String, mode: Mode) throws(PaperStoreError) {
        self.path = path
        self.mode = mode
        writer = mode == .readWrite ? try StoreFile.openForWriting(path) : nil
        readers = try ReadConnections(path: path)
    }

    deinit {
        readers.close()
        if let writer { StoreFile.settle(writer) }
    }

    // MARK: - Transactions

    /// Calls `body` with the papers as they are at one moment, and returns what it returns.
    ///
    /// Calls from several threads run side by side, and beside a ``write(_:)``, of which they see nothing before it is
    /// done. The reader is of no use after `body` has returned.
    ///
    /// - Throws: What `body` throws; errors of SQLite as ``PaperStoreError``.
    package func read<Result>(_ body: (_ papers: Reader) throws -> Result) throws -> Result {
        try readers.withConnection { connection in
            try StoreFile.read(connection) { database in
                try body(Reader(database, path: path))
            }
        }
    }

    /// Calls `body` with the papers to change them, and makes the changes durable when it returns.
    ///
    /// Calls from several threads run one after another. If `body` throws, nothing is changed. The writer is of no use
    /// after `body` has returned.
    ///
    /// - Throws: What `body` throws; errors of SQLite as ``PaperStoreError``.
    /// - Precondition: The store is open for writing, and `body` does not call ``write(_:)``.
    package func write<Result>(_ body: (_ papers: Writer) throws -> Result) throws -> Result {
        guard let writer else { preconditionFailure("the paper store '\(path)' is open for reading alone") }
        do {
            return try writer.write { database in
                try body(Writer(writing: database, path: path))
            }
        } catch let error as DatabaseError {
            throw PaperStoreError(error, action: "change", path: path)
        }
    }
}
