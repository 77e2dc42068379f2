import Foundation
import MappedFiles
import PaperStore

/// The only one who may change a library: a writer holds the library's lock for as long as it lives.
struct LibraryWriter: ~Copyable {
    /// How many generations a writer leaves behind, with the one in force, so that slow readers still find their files.
    static let keptGenerations = 3

    let folder: LibraryFolder
    let store: PaperStore
    let lock: LibraryLock

    /// Takes the lock of a library and removes what earlier writers left behind.
    ///
    /// - Parameters:
    ///   - path: The library's folder.
    ///   - activity: What the writer does, in one word, for those who wait.
    ///   - waiting: How long to wait for another writer.
    /// - Throws: `AkinError`: `noLibrary` if there is no library in the folder, `locked` if another writer changes it,
    ///   `cannotWrite`, `newerVersion`, or `damaged` if its store cannot be read.
    init(at path: String, for activity: String, waiting: Waiting) throws(AkinError) {
        let folder = try LibraryFolder(existingAt: path)
        try self.init(folder, holding: LibraryLock(folder, for: activity, waiting: waiting))
    }

    /// Takes the lock of a library, and makes the library where there is none.
    ///
    /// - Throws: What ``init(at:for:waiting:)`` throws, except `noLibrary`.
    init(creatingAt path: String, waiting: Waiting) throws(AkinError) {
        let folder = LibraryFolder(path: path)
        try folder.make()
        try self.init(folder, holding: LibraryLock(folder, for: "create", waiting: waiting))
    }

    /// Opens a library for changes when the caller already holds its lock.
    ///
    /// - Throws: What ``init(at:for:waiting:)`` throws, except `noLibrary` and `locked`.
    init(_ folder: LibraryFolder, holding lock: LibraryLock) throws(AkinError) {
        let store = try akinError {
            let store = try PaperStore(opening: folder.store, mode: .readWrite)
            try Self.removeGenerations(of: folder, by: store)
            return store
        }
        self.folder = folder
        self.lock = lock
        self.store = store
    }

    /// Removes the generations that nobody holds and nobody will open: unfinished ones, and all but the last few.
    ///
    /// A builder holds the folder of its generation until the generation is in force. A folder that is free is
    /// therefore unfinished for good or in force, and the store says which, if it is asked when the folder is locked.
    /// That also holds if another writer is at work because somebody removed the library's lock.
    ///
    /// - Throws: The error of the file system or of the store.
    static func removeGenerations(of folder: LibraryFolder, by store: PaperStore) throws {
        var inForce = try store.read { $0.generation }
        func isKept(_ generation: GenerationFolder) -> Bool {
            generation.number <= inForce && generation.number > inForce - keptGenerations
        }
        for generation in folder.generations() where !isKept(generation) {
            guard let lock = try FileLock.attempt(generation.path, .exclusive, creates: false) else { continue }
            inForce = try store.read { $0.generation }
            guard !isKept(generation), lock.isInPlace else { continue }
            try withExtendedLifetime(lock) { try FileManager.default.removeItem(atPath: generation.path) }
        }
    }
}
