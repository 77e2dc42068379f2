import Foundation
import GRDB

/// A private copy of a store, with its journals, in the folder of temporary files.
///
/// It shows the last transaction that was durable, whoever holds a lock on the store, because SQLite finds in the files
/// what it would find after a loss of power.
final class StoreCopy {
    /// The path of the copied file.
    let path: String
    let connection: DatabaseQueue
    private let folder: String

    private init(path: String, connection: DatabaseQueue, folder: String) {
        self.path = path
        self.connection = connection
        self.folder = folder
    }

    /// Copies a store.
    ///
    /// - Parameters:
    ///   - original: The path of the store's file.
    ///   - state: Its state before, which is settled.
    ///   - isWriter: Whether the writer itself reads. It copies although this process has the store open for writing:
    ///     it does so only where the locks of SQLite have failed.
    /// - Returns: `nil` if somebody wrote to the store meanwhile, or if this process has it open for writing.
    /// - Throws: The error of the file system; `DatabaseError`; `PaperStoreError`.
    /// - Complexity: Reads and writes the whole file.
    static func make(of original: String, in state: StoreState, isWriter: Bool) throws -> StoreCopy? {
        let folder = FileManager.default.temporaryDirectory.appending(path: "akin-papers-\(UUID().uuidString)").path
        let path = folder + "/papers.sqlite"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        do {
            func copy() throws {
                for (suffix, entry) in [("", state.file), ("-wal", state.log), ("-journal", state.journal)]
                where entry != nil {
                    try FileManager.default.copyItem(atPath: original + suffix, toPath: path + suffix)
                    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path + suffix)
                }
            }
            let isCopied: Void? = try isWriter ? copy() : OpenWriters.whileNone(of: original, copy)
            if isCopied != nil, try StoreState(of: original) == state {
                let connection = try StoreFile.openCopy(path)
                try connection.read { try StoreSchema.check($0, path: original) }
                return StoreCopy(path: path, connection: connection, folder: folder)
            }
            try? FileManager.default.removeItem(atPath: folder)
            return nil
        } catch {
            try? FileManager.default.removeItem(atPath: folder)
            // A file that went away while it was copied is a change.
            if try StoreState(of: original) != state { return nil }
            throw error
        }
    }

    deinit {
        try? connection.close()
        try? FileManager.default.removeItem(atPath: folder)
    }
}
