import MappedFiles
import PaperStore
import Papers
import ParallelLoops
import Ranking
import TextAnalysis

// MARK: - Changing

extension LibraryWriter {
    /// Changes papers and puts a generation that indexes them in force, in one transaction.
    ///
    /// A change has three steps. ``prepare(_:in:isRebuild:_:)`` changes the papers in the store, `index` writes the
    /// next generation beside the one in force, and ``commit(_:in:to:)`` names the new one in the store. Readers see
    /// nothing before the transaction is durable. Then the store gives back what removed papers took.
    ///
    /// - Parameters:
    ///   - threads: The most threads to use; `nil` is one for each core.
    ///   - configuresBLAS: Whether OpenBLAS may be told to use one thread.
    ///   - isRebuild: Whether to index all stored papers without opening the generation in force, which may be damaged.
    ///     `edit` then names every paper as new.
    ///   - progress: Called before each step, on the calling thread.
    ///   - edit: Changes the papers in the store and says what is to be indexed.
    /// - Returns: Whether there was anything to index.
    /// - Throws: `AkinError`; the library stays as it was.
    @discardableResult
    borrowing func change(
        threads: Int?,
        configuresBLAS: Bool = true,
        isRebuild: Bool = false,
        progress: @escaping @Sendable (AddProgress) -> Bool = { _ in true },
        _ edit: (PaperStore.Writer) throws -> LibraryChange
    ) throws(AkinError) -> Bool {
        let folder = folder
        let store = store
        let lock = lock
        let activity = activity
        // A commit that reports an error may succeed later: the change lies in the log, and who recovers that after a
        // loss of power finds it whole. Its generation therefore stays, until the next writer asks the store what is in
        // force.
        var isCommitting = false
        defer { if lock.isHeld, !isCommitting { try? Self.removeGenerations(of: folder, by: store) } }
        // The folder of the new generation is held until the generation is in force.
        var held: FileLock?
        defer { withExtendedLifetime(held) { held = nil } }
        return try akinError {
            let isIndexed = try store.write { papers in
                let change = try Self.prepare(papers, in: folder, isRebuild: isRebuild, as: activity, edit)
                guard !change.isEmpty || isRebuild else { return false }
                let current = isRebuild ? nil : try Self.generationInForce(of: papers, in: folder)
                let builder = GenerationBuilder(
                    folder: folder, current: current,
                    analyzer: current?.manifest.analyzer ?? AnalyzerSettings(),
                    threads: threads ?? availableCores, configuresBLAS: configuresBLAS, progress: progress
                )
                let manifest = try Self.index(change, of: papers, by: builder) { held = $0 }
                try Self.commit(manifest, in: folder, to: papers)
                try lock.check()
                isCommitting = true
                return true
            }
            isCommitting = false
            // Another writer, who took the place of a removed lock, is not to be held up.
            if lock.isHeld { store.compact() }
            return isIndexed
        }
    }

    /// Step 1: changes the papers in the store, and keeps what the change takes away, so that it can be taken back.
    ///
    /// - Returns: What is to be indexed.
    /// - Throws: `AkinError` with code `damaged` if the store holds papers that no generation indexes; what `edit`
    ///   throws.
    private static func prepare(
        _ papers: PaperStore.Writer, in folder: LibraryFolder, isRebuild: Bool, as activity: String?,
        _ edit: (PaperStore.Writer) throws -> LibraryChange
    ) throws -> LibraryChange {
        if papers.generation == 0, !isRebuild, try papers.paperCount() > 0 {
            throw AkinError(
                .damaged,
                "Cannot change '\(folder.path)': it holds papers and names no generation that indexes them.",
                remedy: .repair
            )
        }
        return try papers.keeping(activity, edit)
    }

    /// Step 2: writes the generation that indexes the papers as the change leaves them.
    ///
    /// - Parameters:
    ///   - change: What is to be indexed.
    ///   - papers: The store.
    ///   - builder: Writes the generation.
    ///   - holding: Takes the lock on the folder of the generation.
    /// - Returns: The manifest of the new generation.
    /// - Throws: The error of the part that failed. The folder of the generation then stays unfinished.
    private static func index(
        _ change: LibraryChange, of papers: PaperStore.Writer, by builder: GenerationBuilder,
        holding: (FileLock) -> Void
    ) throws -> Manifest {
        // A folder that could not be removed keeps its number.
        let last = builder.folder.generations().last?.number ?? 0
        let number = max(last, papers.generation) + 1
        try holding(builder.makeFolder(number))
        return try builder.build(change, number: number, of: StoredContent(papers))
    }

    /// Step 3: puts a generation in force when the transaction ends, and keeps what the library was told about its
    /// model.
    ///
    /// - Throws: `PaperStoreError`; the error of the file system.
    static func commit(
        _ manifest: Manifest, in folder: LibraryFolder, to papers: PaperStore.Writer
    ) throws {
        try papers.setGeneration(manifest.generation)
        try Manifest.keepChecksum(of: folder.generation(manifest.generation), in: papers)
        try manifest.choice.save(to: papers)
    }

    /// The generation in force; `nil` before the first.
    private static func generationInForce(
        of papers: PaperStore.Reader, in folder: LibraryFolder
    ) throws -> Generation? {
        guard papers.generation > 0 else { return nil }
        while true {
            do {
                return try Generation(
                    folder.generation(papers.generation), manifestChecksum: Manifest.checksum(keptBy: papers))
            } catch let error as Generation.FolderIsGone where error.isCertain {
                throw error.damage
            } catch is Generation.FolderIsGone {
                // Another writer, whose lock was removed, looks whether the folder is in force.
            }
        }
    }
}

extension PaperStore.Writer {
    /// Changes papers, and keeps what the change takes away, so that it can be taken back.
    ///
    /// - Parameters:
    ///   - activity: What is done; `nil` keeps nothing.
    ///   - edit: Changes the papers and says what is to be indexed.
    /// - Returns: What `edit` returns.
    /// - Throws: What `edit` throws; `PaperStoreError`.
    func keeping(
        _ activity: String?, _ edit: (PaperStore.Writer) throws -> LibraryChange
    ) throws -> LibraryChange {
        guard let activity else { return try edit(self) }
        beginChange()
        let change = try edit(self)
        try keepChange(activity)
        return change
    }
}
