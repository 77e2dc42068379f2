import Foundation
import MappedFiles
import PaperStore

/// The only one who may change a library: a writer holds the library's lock for as long as it lives.
struct LibraryWriter: ~Copyable {
    let folder: LibraryFolder
    let store: PaperStore
    let lock: LibraryLock
    /// What the writer does, in one word, under which its changes can be taken back; `nil` if they cannot.
    let activity: String?

    /// Takes the lock of a library and removes what earlier writers left behind.
    ///
    /// - Parameters:
    ///   - path: The library's folder.
    ///   - activity: What the writer does, in one word, for those who wait.
    ///   - waiting: How long to wait for another writer.
    ///   - keepsChange: Whether its change can be taken back.
    /// - Throws: `AkinError`: `noLibrary` if there is no library in the folder, `locked` if another writer changes it,
    ///   `cannotWrite`, `newerVersion`, or `damaged` if its store cannot be read.
    init(at path: String, for activity: String, waiting: Waiting, keepsChange: Bool = true) throws(AkinError) {
        let start = ContinuousClock.now
        let folder = try LibraryFolder(existingAt: path)
        try self.init(
            folder, holding: LibraryLock(folder, for: activity, waiting: waiting), waiting: waiting, since: start,
            activity: keepsChange ? activity : nil)
    }

    /// Takes the lock of a library, and makes the library where there is none.
    ///
    /// - Throws: What ``init(at:for:waiting:)`` throws, except `noLibrary`.
    init(creatingAt path: String, waiting: Waiting) throws(AkinError) {
        let start = ContinuousClock.now
        let folder = LibraryFolder(path: path)
        try folder.make()
        try self.init(
            folder, holding: LibraryLock(folder, for: "create", waiting: waiting), waiting: waiting, since: start)
    }

    /// Opens a library for changes when the caller already holds its lock.
    ///
    /// - Parameters:
    ///   - folder: The library's folder.
    ///   - lock: Its lock.
    ///   - waiting: How long to wait for somebody who keeps the store locked, such as a reader that was suspended while
    ///     it recovered a log.
    ///   - start: When the wait began.
    ///   - removesGenerations: Whether generations go now that are not in force, and not only after a change.
    ///   - activity: What the writer does, if its changes can be taken back.
    /// - Throws: What ``init(at:for:waiting:)`` throws, except `noLibrary`.
    init(
        _ folder: LibraryFolder, holding lock: LibraryLock, waiting: Waiting,
        since start: ContinuousClock.Instant = .now, removesGenerations: Bool = true, activity: String? = nil
    ) throws(AkinError) {
        let store = try akinError {
            let store = try Self.openStore(of: folder, waiting: waiting, since: start)
            if removesGenerations { try Self.removeGenerations(of: folder, by: store) }
            return store
        }
        self.folder = folder
        self.lock = lock
        self.store = store
        self.activity = activity
    }

    /// How long one attempt to open the store may take where there may be more of them.
    private static let attempt = Duration.seconds(1)

    /// Opens the store, and waits for those who keep it locked. Whoever waits for nobody still waits for the moments
    /// that a reader needs.
    private static func openStore(
        of folder: LibraryFolder, waiting: Waiting, since start: ContinuousClock.Instant
    ) throws -> PaperStore {
        var isNoticed = false
        while true {
            let rest = waiting.limit.map { $0 - (ContinuousClock.now - start) } ?? attempt
            let waits = waiting.limit.map { $0 > .zero } ?? true
            let patience = waits ? min(attempt, max(.zero, rest)) : nil
            do {
                return try PaperStore(opening: folder.store, mode: .readWrite, patience: patience)
            } catch {
                let isOver = waiting.limit.map { ContinuousClock.now - start >= $0 } ?? false
                guard error.code == .busy, !isOver else { throw error }
                if !isNoticed { waiting.notice(LibraryHolder(ofStoreAt: folder.store)) }
                isNoticed = true
            }
        }
    }

    /// Removes the generations that are not in force and that nobody holds: unfinished and older ones.
    ///
    /// A reader that has read the number of an older one and finds it gone reads the number again.
    ///
    /// A builder holds the folder of its generation until the generation is in force. A folder that is free is
    /// therefore unfinished for good or in force, and the store says which, if it is asked when the folder is locked.
    /// That also holds if another writer is at work because somebody removed the library's lock.
    ///
    /// - Throws: The error of the file system or of the store.
    static func removeGenerations(of folder: LibraryFolder, by store: PaperStore) throws {
        var inForce = try store.read { $0.generation }
        for generation in folder.generations() where generation.number != inForce {
            guard let lock = try FileLock.attempt(generation.path, .exclusive, creates: false) else { continue }
            inForce = try store.read { $0.generation }
            guard generation.number != inForce, lock.isInPlace else { continue }
            try withExtendedLifetime(lock) { try FileManager.default.removeItem(atPath: generation.path) }
        }
    }
}
