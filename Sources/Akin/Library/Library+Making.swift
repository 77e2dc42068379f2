import MappedFiles
import PaperStore
public import Papers
import SystemCalls

// MARK: - Making a library by its first papers

extension Library {
    /// Adds the papers of a source to the library in a folder, and makes the library if there is none.
    ///
    ///     let report = try Library.add(from: PaperFiles(["papers.jsonl"]), toLibraryAt: "papers")
    ///
    /// It does what ``init(creatingAt:configuresBLAS:waiting:)`` and
    /// `add(from:matching:replacing:vectors:model:rank:threads:progress:)` do, and leaves no empty library behind: a
    /// library is made when the source has given its first paper, and goes again if adding fails.
    ///
    /// - Parameters:
    ///   - source: The papers. It is read to its end.
    ///   - path: The library's folder.
    ///   - replacing: Whether a field that a record leaves empty is cleared. By default it stays as it is.
    ///   - vectors: A vector for each record of the source, in the order of the records; `nil` gives none.
    ///   - model: Where the vector space comes from.
    ///   - rank: The dimensions of the vector space.
    ///   - threads: The most threads to use. `nil` is one for each core.
    ///   - waiting: What to do while somebody else changes the library.
    ///   - progress: Called from time to time, on the calling thread. It returns whether to go on.
    /// - Returns: What was added. ``AddReport/paperCount`` is 0 if no library was made.
    /// - Throws: What the two functions throw.
    @discardableResult
    public static func add(
        from source: some PaperSource,
        toLibraryAt path: String,
        replacing: Bool = false,
        vectors: GivenVectors? = nil,
        model: ModelSource? = nil,
        rank: RankChoice? = nil,
        threads: Int? = nil,
        waiting: Waiting = .never,
        progress: @escaping @Sendable (AddProgress) -> Bool = { _ in true }
    ) throws(AkinError) -> AddReport {
        let folder = LibraryFolder(path: path)
        if try folder.holdsStore() {
            return try Library(at: path, waiting: waiting).add(
                from: source, replacing: replacing, vectors: vectors, model: model, rank: rank, threads: threads,
                progress: progress)
        }
        try rank?.validate()
        try validate(threads: threads)
        let begun = try BegunSource(source)
        guard begun.first != nil else { return begun.problems }
        let made = folder.missingFolders
        let library: Library
        do {
            library = try Library(creatingAt: path, waiting: waiting)
        } catch {
            folder.removeUnmadeLibrary(folders: made)
            throw error
        }
        do {
            return try library.add(
                from: begun, after: begun.problems, replacing: replacing, vectors: vectors, model: model, rank: rank,
                threads: threads,
                progress: progress)
        } catch {
            folder.removeEmptyLibrary(folders: made)
            throw error
        }
    }

    /// Adds papers that are in memory to the library in a folder, and makes the library if there is none.
    ///
    /// It does what ``add(from:toLibraryAt:replacing:vectors:model:rank:threads:waiting:progress:)`` does for a source
    /// of one batch, and throws the same errors without `unreadableInput`.
    @discardableResult
    public static func add(
        _ papers: [Paper],
        toLibraryAt path: String,
        replacing: Bool = false,
        vectors: GivenVectors? = nil,
        model: ModelSource? = nil,
        rank: RankChoice? = nil,
        threads: Int? = nil,
        waiting: Waiting = .never,
        progress: @escaping @Sendable (AddProgress) -> Bool = { _ in true }
    ) throws(AkinError) -> AddReport {
        try add(
            from: SingleBatch(papers), toLibraryAt: path, replacing: replacing, vectors: vectors, model: model,
            rank: rank, threads: threads,
            waiting: waiting, progress: progress)
    }
}

/// A source that has been read up to its first batch with a paper.
private struct BegunSource<Source: PaperSource>: PaperSource {
    /// What the batches before it said.
    private(set) var problems = AddReport()
    /// The first batch with a paper; `nil` if the source has none, or the batch was taken.
    private(set) var first: PaperBatch?
    private var source: Source

    /// Reads batches until one has a paper.
    ///
    /// - Throws: `AkinError` with code `unreadableInput`.
    init(_ source: Source) throws(AkinError) {
        var batches = SourceBatches(source)
        while first == nil, let batch = try batches.next() {
            if batch.papers.isEmpty { problems.enterProblems(of: batch) } else { first = batch }
        }
        self.source = batches.rest
    }

    var byteCount: Int? { source.byteCount }
    var fractionRead: Double? { source.fractionRead }

    mutating func nextBatch() throws(Source.Failure) -> PaperBatch? {
        if let batch = first.take() { return batch }
        return try source.nextBatch()
    }
}

extension LibraryFolder {
    /// The library's folder and those above it, as far as they do not exist; the innermost first.
    fileprivate var missingFolders: [String] {
        var missing: [String] = []
        var parts = path.split(separator: "/", omittingEmptySubsequences: true)
        let root = path.hasPrefix("/") ? "/" : ""
        while !parts.isEmpty {
            let folder = root + parts.joined(separator: "/")
            guard (try? FileKind(of: folder)) == .some(nil) else { break }
            missing.append(folder)
            parts.removeLast()
        }
        return missing
    }

    /// Removes what is left of a library whose store could not be made.
    ///
    /// - Parameter folders: The folders that were made for it, the innermost first. They go if nothing else is in them.
    fileprivate func removeUnmadeLibrary(folders: [String]) {
        guard !folders.isEmpty, let lock = try? LibraryLock(self, for: "add", waiting: .never), !exists,
            generations().isEmpty
        else { return }
        withExtendedLifetime(lock) { removeFile(self.lock) }
        for folder in folders { removeEmptyFolder(folder) }
    }

    /// Removes a library that was made a moment ago, unless somebody has added papers to it or changes it. It stays
    /// where a generation was left behind, because the commit that failed may come true later.
    ///
    /// - Parameter folders: The folders that were made for it, the innermost first. They go if nothing else is in them.
    fileprivate func removeEmptyLibrary(folders: [String]) {
        guard
            let lock = try? LibraryLock(self, for: "add", waiting: .never),
            generations().isEmpty,
            let isEmpty = try? openStore().read({ try $0.paperCount() == 0 && $0.generation == 0 }), isEmpty
        else { return }
        withExtendedLifetime(lock) {
            guard (try? PaperStore.remove(store)) != nil else { return }
            removeFile(self.lock)
        }
        for folder in folders { removeEmptyFolder(folder) }
    }
}
