import PaperStore
public import Papers

// MARK: - Adding papers

extension Library {
    /// Reads papers out of files and adds them.
    ///
    /// A paper that the library has is updated where the record says something new. A record that is no paper is skipped
    /// and reported; a file that cannot be read does not stop the others. All papers of a call appear at once, when the
    /// call is done; if it fails, the library is as it was.
    ///
    /// - Parameters:
    ///   - files: Paths of files, or of folders of files.
    ///   - format: What the files are; by default told from their names and first bytes.
    ///   - matching: When two records are one paper.
    ///   - model: Where the vector space shall come from, now and later; `nil`, the default, goes by what the library was told
    ///     last, ``ModelSource/automatic`` at first.
    ///   - rank: The dimensions of the vector space, now and later, in the same way.
    ///   - threads: The most threads to use. Default: one a core. The library does not depend on it.
    ///   - progress: Called now and then, from the calling thread.
    /// - Returns: What was added, updated, skipped.
    /// - Throws: `AkinError`: `locked`, `noSpace`, `cannotWrite`, or `damaged` if the generation in force cannot be built
    ///   upon.
    @discardableResult
    public func add(
        files: [String],
        format: ImportFormat = .auto,
        matching: PaperMatching = .byIdentity,
        model: ModelSource? = nil,
        rank: RankChoice? = nil,
        threads: Int? = nil,
        progress: @escaping @Sendable (AddProgress) -> Void = { _ in }
    ) throws(AkinError) -> AddReport {
        let options = ImportOptions(format: format, keepsEmptyPapers: matching == .byIDAlone, threads: threads)
        let input = PaperInput(paths: files, options: options)
        try checkSpace(for: input.byteCount)
        return try add(matching: matching, model: model, rank: rank, threads: threads, progress: progress) {
            report, store in
            try input.forEachBatch(&report, progress: progress, store)
        }
    }

    /// Adds papers.
    ///
    /// What ``add(files:format:matching:model:rank:threads:progress:)`` says of papers goes for these.
    ///
    /// - Precondition: None of the papers is empty, unless they match by id alone.
    @discardableResult
    public func add(
        _ papers: [Paper],
        matching: PaperMatching = .byIdentity,
        model: ModelSource? = nil,
        rank: RankChoice? = nil,
        threads: Int? = nil,
        progress: @escaping @Sendable (AddProgress) -> Void = { _ in }
    ) throws(AkinError) -> AddReport {
        try add(matching: matching, model: model, rank: rank, threads: threads, progress: progress) { report, store in
            try store(papers, &report)
        }
    }

    private func add(
        matching: PaperMatching,
        model: ModelSource?,
        rank: RankChoice?,
        threads: Int?,
        progress: @escaping @Sendable (AddProgress) -> Void,
        _ read: (inout AddReport, (_ papers: [Paper], inout AddReport) throws -> Void) throws -> Void
    ) throws(AkinError) -> AddReport {
        try rank?.validate()
        var report = AddReport()
        let writer = try LibraryWriter(at: path)
        try writer.change(threads: threads, configuresBLAS: configuresBLAS, progress: progress) { store in
            var edit = LibraryChange()
            try read(&report) { papers, report in
                for outcome in try store.upsert(papers, matching: matching) { edit.enter(outcome, in: &report) }
            }
            report.paperCount = try store.paperCount()
            edit.modelSource = model
            edit.rank = rank
            edit.isRefitWanted = (model != nil || rank != nil) && report.paperCount > 0
            return edit
        }
        return report
    }

    /// Refuses an import that the disk has no room for.
    ///
    /// A library takes 4.1 times the bytes of the JSON Lines it was made of at 5,000 papers, 3.3 times at 157,000
    /// (measured); while it is written, SQLite's log holds the papers once more.
    private func checkSpace(for byteCount: Int) throws(AkinError) {
        let needed = 5 * byteCount
        let free = try akinError { try self.freeBytes() }
        guard free >= needed else {
            throw AkinError(
                .noSpace,
                "Cannot add \(byteCount >> 20) MB of papers to '\(path)': indexing them may take \(needed >> 20) MB and "
                    + "the disk has \(free >> 20) MB left. Free some space, or choose another folder with --library."
            )
        }
    }
}
