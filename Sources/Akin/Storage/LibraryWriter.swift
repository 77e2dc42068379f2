import Foundation
import MappedFiles
import PaperStore
import Papers
import ParallelLoops
import TextAnalysis

/// The one who changes a library: it holds the library's lock for as long as it lives.
struct LibraryWriter: ~Copyable {
    /// The generations that a writer leaves behind, the one in force included, so that slow readers find their files.
    static let keptGenerations = 3

    let folder: LibraryFolder
    let store: PaperStore
    private let lock: FileLock

    /// Takes the lock of a library and clears away what earlier writers left.
    ///
    /// - Throws: `AkinError` with code `locked` if another writer is at work, `noLibrary` if there is no library in the
    ///   folder, `cannotWrite`.
    init(at path: String) throws(AkinError) {
        let folder = try LibraryFolder(existingAt: path)
        try self.init(folder, holding: Self.lock(folder))
    }

    /// Takes the lock of a library, which is made where there is none.
    init(creatingAt path: String) throws(AkinError) {
        let folder = LibraryFolder(path: path)
        try folder.make()
        try self.init(folder, holding: Self.lock(folder))
    }

    /// Opens a library for changes whose lock is held already.
    init(_ folder: LibraryFolder, holding lock: FileLock) throws(AkinError) {
        let store = try akinError {
            let store = try PaperStore(opening: folder.store, mode: .readWrite)
            try Self.clearAway(folder, inForce: store.read { $0.generation })
            return store
        }
        self.folder = folder
        self.lock = lock
        self.store = store
    }

    /// Takes the lock of a library.
    ///
    /// - Throws: `AkinError` with code `locked` if another writer has it.
    static func lock(_ folder: LibraryFolder) throws(AkinError) -> FileLock {
        guard let lock = try akinError({ try FileLock.attempt(folder.lock, .exclusive) }) else {
            throw AkinError(
                .locked,
                "The library in '\(folder.path)' is being changed by another process. Try again when it is done."
            )
        }
        return lock
    }
}

// MARK: - Changing

extension LibraryWriter {
    /// What a change does to the papers, before anything is indexed.
    struct Edit {
        /// The keys of papers that no generation has yet.
        var newKeys = PaperKeySet()
        /// The keys that no longer count.
        var removedKeys = PaperKeySet()
        /// Whether the model is to be fitted anew whatever the rules say.
        var isRefitWanted = false
        /// Where the model shall come from; `nil` goes by what the library was told last.
        var modelSource: ModelSource?
        /// The dimensions that the model shall have; `nil` goes by what the library was told last.
        var rank: RankChoice?

        /// Enters what became of a record in the store.
        mutating func enter(_ outcome: PaperStore.UpsertOutcome, in report: inout AddReport) {
            switch outcome {
            case .added(let key):
                report.added += 1
                newKeys.insert(key)
            case .updated(let key, let replaced):
                report.updated += 1
                guard !replaced.isEmpty else { return }
                newKeys.insert(key)
                for old in replaced {
                    // A key of this very change was never indexed.
                    if newKeys.contains(old) { newKeys.remove(old) } else { removedKeys.insert(old) }
                }
            case .unchanged:
                report.unchanged += 1
            }
        }

        var isEmpty: Bool { newKeys.isEmpty && removedKeys.isEmpty && !isRefitWanted }
    }

    /// Changes papers and puts the generation that indexes them in force, in one transaction.
    ///
    /// - Parameters:
    ///   - threads: The most threads to use.
    ///   - configuresBLAS: Whether OpenBLAS may be told to use one thread.
    ///   - ignoresCurrent: Whether to index the stored papers anew, without a look at the generation in force, which may
    ///     be damaged; `edit` then names all of them as new.
    ///   - progress: Called before each step.
    ///   - edit: Changes the papers in the store.
    /// - Returns: Whether there was anything to do.
    /// - Throws: `AkinError`; the library is then as it was.
    @discardableResult
    borrowing func change(
        threads: Int?,
        configuresBLAS: Bool = true,
        ignoresCurrent: Bool = false,
        progress: @escaping @Sendable (AddProgress) -> Void = { _ in },
        _ edit: (PaperStore.Writer) throws -> Edit
    ) throws(AkinError) -> Bool {
        let folder = folder
        let next = (folder.generations().last?.number ?? 0) + 1
        do {
            return try akinError {
                try store.write { papers in
                    if papers.generation == 0, !ignoresCurrent { try Self.checkIsNew(papers, in: folder) }
                    let edit = try edit(papers)
                    guard !edit.isEmpty || ignoresCurrent else { return false }
                    let current = ignoresCurrent ? nil : try Self.generation(papers.generation, in: folder)
                    let builder = GenerationBuilder(
                        folder: folder, current: current,
                        analyzer: current?.manifest.analyzer ?? AnalyzerSettings(),
                        threads: threads ?? availableCores, configuresBLAS: configuresBLAS, progress: progress
                    )
                    let change = GenerationBuilder.Change(
                        generation: max(next, papers.generation + 1), newKeys: edit.newKeys.sortedKeys.map(\.rawValue),
                        removedKeys: edit.removedKeys, isRefitWanted: edit.isRefitWanted,
                        modelSource: edit.modelSource, rank: edit.rank
                    )
                    try builder.build(change) { keys in
                        try papers.papers(forKeys: keys.map { PaperKey($0) }).map(\.indexedText)
                    }
                    try papers.setGeneration(change.generation)
                    return true
                }
            }
        } catch {
            // What is in force is asked of the store: a commit that reports an error may have come to pass.
            try? Self.clearAway(folder, inForce: store.read { $0.generation })
            throw error
        }
    }

    /// The generation of a number; `nil` before the first.
    private static func generation(_ number: Int, in folder: LibraryFolder) throws -> Generation? {
        do {
            return number > 0 ? try Generation(folder.generation(number)) : nil
        } catch let error as Generation.FolderIsGone {
            throw error.damage
        }
    }

    /// Refuses to build upon papers that no generation indexes.
    private static func checkIsNew(_ papers: PaperStore.Reader, in folder: LibraryFolder) throws {
        guard try papers.paperCount() == 0 else {
            throw AkinError(
                .damaged,
                "Cannot change '\(folder.path)': it holds papers and names no generation that indexes them. Rebuild it "
                    + "with `akin doctor --repair`."
            )
        }
    }

    /// Removes the generations that nobody holds and nobody will ask for: the unfinished ones, and all but the last few.
    private static func clearAway(_ folder: LibraryFolder, inForce: Int) throws {
        for generation in folder.generations() {
            let isKept = generation.number <= inForce && generation.number > inForce - keptGenerations
            guard !isKept, let lock = try FileLock.attempt(generation.path, .exclusive, creates: false) else {
                continue
            }
            try withExtendedLifetime(lock) { try FileManager.default.removeItem(atPath: generation.path) }
        }
    }
}
