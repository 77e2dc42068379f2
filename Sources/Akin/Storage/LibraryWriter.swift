import Foundation
import MappedFiles
import PaperStore

/// The only one who may change a library: a writer holds the library's lock for as long as it lives.
struct LibraryWriter: ~Copyable {
    /// How many generations a writer leaves behind, with the one in force, so that slow readers still find their files.
    static let keptGenerations = 3

    let folder: LibraryFolder
    let store: PaperStore
    private let lock: FileLock

    /// Takes the lock of a library and removes what earlier writers left behind.
    ///
    /// - Throws: `AkinError`: `noLibrary` if there is no library in the folder, `locked` if another process changes it,
    ///   `cannotWrite`, `newerVersion`, or `damaged` if its store cannot be read.
    init(at path: String) throws(AkinError) {
        let folder = try LibraryFolder(existingAt: path)
        try self.init(folder, holding: Self.lock(folder))
    }

    /// Takes the lock of a library, and makes the library where there is none.
    ///
    /// - Throws: What ``init(at:)`` throws, except `noLibrary`.
    init(creatingAt path: String) throws(AkinError) {
        let folder = LibraryFolder(path: path)
        try folder.make()
        try self.init(folder, holding: Self.lock(folder))
    }

    /// Opens a library for changes when the caller already holds its lock.
    ///
    /// - Throws: What ``init(at:)`` throws, except `noLibrary` and `locked`.
    init(_ folder: LibraryFolder, holding lock: FileLock) throws(AkinError) {
        let store = try akinError {
            let store = try PaperStore(opening: folder.store, mode: .readWrite)
            try Self.removeGenerations(of: folder, inForce: store.read { $0.generation })
            return store
        }
        self.folder = folder
        self.lock = lock
        self.store = store
    }

    /// Takes the lock of a library.
    ///
    /// - Throws: `AkinError`: `locked` if another process has it, `cannotWrite`.
    static func lock(_ folder: LibraryFolder) throws(AkinError) -> FileLock {
        guard let lock = try akinError({ try FileLock.attempt(folder.lock, .exclusive) }) else {
            throw AkinError(
                .locked, "The library in '\(folder.path)' is being changed by another process.",
                remedy: .tryAgainLater)
        }
        return lock
    }

    /// Removes the generations that nobody holds and nobody will open: unfinished ones, and all but the last few.
    ///
    /// - Throws: The error of the file system.
    static func removeGenerations(of folder: LibraryFolder, inForce: Int) throws {
        for generation in folder.generations() {
            let isKept = generation.number <= inForce && generation.number > inForce - keptGenerations
            guard !isKept, let lock = try FileLock.attempt(generation.path, .exclusive, creates: false) else {
                continue
            }
            try withExtendedLifetime(lock) { try FileManager.default.removeItem(atPath: generation.path) }
        }
    }
}
