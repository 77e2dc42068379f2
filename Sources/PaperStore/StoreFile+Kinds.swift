import SystemCalls

extension StoreFile {
    /// Refuses a store if the file or a journal of it is no regular file. SQLite waits for ever at a pipe. A folder in
    /// place of the shared memory it refuses by itself, and the store can be read from a copy.
    ///
    /// - Throws: `PaperStoreError` with code `notAFile` or `journalNotAFile`, or `cannotOpen` if the system cannot
    ///   tell.
    static func refuseSpecialFiles(_ path: String) throws(PaperStoreError) {
        for file in [path, path + "-journal", path + "-wal", path + "-shm"] {
            let kind: FileKind?
            do throws(SystemError) {
                kind = try FileKind(of: file)
            } catch {
                throw PaperStoreError(
                    .cannotOpen, path: path, message: "Cannot look for '\(file)': \(systemMessage(error.number)).")
            }
            guard let kind, kind != .file, !(kind == .folder && file == path + "-shm") else { continue }
            throw PaperStoreError(
                file == path ? .notAFile : .journalNotAFile, path: path,
                message: "Cannot open the papers in '\(path)': '\(file)' is \(kind.name) and not a file.")
        }
    }
}

extension PaperStore {
    /// Removes the file of a store that nobody uses, with its journals.
    ///
    /// - Throws: The error of the file system.
    package static func remove(_ path: String) throws {
        try StoreFile.remove(followedPath(path))
    }
}
