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
    /// `add(from:options:progress:)` do, and leaves no empty library behind: a library is made when the source has
    /// given its first paper, and goes again if adding fails or is a dry run.
    ///
    /// - Parameters:
    ///   - source: The papers. It is read to its end.
    ///   - path: The library's folder.
    ///   - options: How the papers are added.
    ///   - waiting: What to do while somebody else changes the library.
    ///   - progress: Called from time to time, on the calling thread. It returns whether to go on.
    /// - Returns: What was added. ``AddReport/paperCount`` is 0 if no library was made.
    /// - Throws: What the two functions throw.
    @discardableResult
    public static func add(
        from source: some PaperSource,
        toLibraryAt path: String,
        options: AddOptions = AddOptions(),
        waiting: Waiting = .never,
        progress: @escaping @Sendable (AddProgress) -> Bool = { _ in true }
    ) throws(AkinError) -> AddReport {
        let folder = LibraryFolder(path: path)
        if try folder.holdsStore() {
            return try Library(at: path, waiting: waiting).add(from: source, options: options, progress: progress)
        }
        try options.rank?.validate()
        try validate(threads: options.threads)
        let begun = try BegunSource(source)
        guard begun.first != nil else {
            if options.isStrict { try begun.problems.refuseProblems() }
            return begun.problems
        }
        return try make(at: path, waiting: waiting, keeps: !options.isDryRun) { library throws(AkinError) in
            try library.add(from: begun, after: begun.problems, options: options, progress: progress)
        }
    }

    /// Makes a library in a folder and fills it. Nothing of it is left if that fails.
    ///
    /// - Parameters:
    ///   - path: The library's folder.
    ///   - waiting: What to do while somebody else changes the library.
    ///   - keeps: Whether the library stays.
    ///   - fill: Adds papers to the library.
    /// - Returns: What `fill` returns.
    /// - Throws: What ``init(creatingAt:configuresBLAS:waiting:)`` and `fill` throw.
    static func make<Result>(
        at path: String, waiting: Waiting, keeps: Bool = true, _ fill: (Library) throws(AkinError) -> Result
    ) throws(AkinError) -> Result {
        let folder = LibraryFolder(path: path)
        let made = folder.missingFolders
        let library: Library
        do {
            library = try Library(creatingAt: path, waiting: waiting)
        } catch {
            folder.removeUnmadeLibrary(folders: made)
            throw error
        }
        do {
            let result = try fill(library)
            if !keeps { folder.removeEmptyLibrary(folders: made) }
            return result
        } catch {
            folder.removeEmptyLibrary(folders: made)
            throw error
        }
    }

    /// Adds papers that are in memory to the library in a folder, and makes the library if there is none.
    ///
    /// It does what ``add(from:toLibraryAt:options:waiting:progress:)`` does for a source
    /// of one batch, and throws the same errors without `unreadableInput`.
    @discardableResult
    public static func add(
        _ papers: [Paper],
        toLibraryAt path: String,
        options: AddOptions = AddOptions(),
        waiting: Waiting = .never,
        progress: @escaping @Sendable (AddProgress) -> Bool = { _ in true }
    ) throws(AkinError) -> AddReport {
        try add(
            from: SingleBatch(papers), toLibraryAt: path, options: options, waiting: waiting, progress: progress)
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
    var remembered: [RememberedSource] { source.remembered }

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
