import PaperStore
public import Papers
import Ranking
import TextEncoding

// MARK: - Adding papers

extension Library {
    /// Adds the papers of a source.
    ///
    ///     try library.add(from: PaperFiles(["papers.jsonl"]))  // with `import PaperFormats`
    ///
    /// A paper that the library already has is updated if the record says something new. ``AddReport/joined`` names the
    /// records that were taken for papers with other ids. A record that is not a paper is skipped and reported. All
    /// papers of a call appear at once, when the call is done. If the call fails, the library stays as it was.
    ///
    /// Memory holds one batch of the source at a time, and later what indexing needs of the new papers.
    ///
    /// - Parameters:
    ///   - source: The papers. It is read to its end.
    ///   - options: How they are added.
    ///   - progress: Called from time to time, on the calling thread. It returns whether to go on.
    /// - Returns: The numbers of papers that were added and updated, and what was skipped.
    /// - Throws: `AkinError`: `unreadableInput` if the source fails, or at the first record that is no
    ///   paper if the options are strict, `invalidArgument` if the rank, the model or the
    ///   vectors cannot be used, `cancelled` if the closure or the surrounding task says so, `locked` while another
    ///   change is under way, `lockLost`, `noSpace`, `cannotWrite`, `noLibrary` or `newerVersion`, and `damaged` if a
    ///   file of the library is damaged.
    /// - Complexity: O(*n* log *n*) for *n* papers in the library if the call refits, otherwise for *n* new papers:
    ///   16 seconds for 157,000 papers on two cores (`Benchmarks/Results/2026-11-25-lsa-157k.json`).
    @discardableResult
    public func add(
        from source: some PaperSource,
        options: AddOptions = AddOptions(),
        progress: @escaping @Sendable (AddProgress) -> Bool = { _ in true }
    ) throws(AkinError) -> AddReport {
        try add(from: source, after: AddReport(), options: options, progress: progress)
    }

    /// Adds the papers of a source of which a part has been read.
    ///
    /// It takes what the public function takes, and in ``AddReport`` what the part held that has been read.
    func add(
        from source: some PaperSource, after begun: AddReport, options: AddOptions,
        progress: @escaping @Sendable (AddProgress) -> Bool
    ) throws(AkinError) -> AddReport {
        try options.rank?.validate()
        try options.vectors?.validate()
        try validate(threads: options.threads)
        if options.isStrict { try begun.refuseProblems() }
        if server == nil, let byteCount = source.byteCount { try checkSpace(for: byteCount) }
        var report = begun
        var isEndOfDryRun = false
        do {
            try change("add", threads: options.threads, progress: progress) { store in
                var edit = LibraryChange()
                let records = try take(source, into: store, options, &edit, &report, progress: progress)
                if let vectors = options.vectors { try give(vectors, to: records, in: store, &edit, &report) }
                edit.modelSource = options.model
                edit.rank = options.rank
                edit.isRefitWanted = (options.model != nil || options.rank != nil) && report.paperCount > 0
                if options.isDryRun {
                    // The transaction must not take effect.
                    isEndOfDryRun = true
                    throw AkinError.cancelled
                }
                return edit
            }
        } catch {
            guard isEndOfDryRun else { throw error }
        }
        return report
    }

    /// Adds papers that are in memory.
    ///
    /// It does what `add(from:options:progress:)` does for a source of one batch, and throws the same errors without
    /// `unreadableInput`.
    @discardableResult
    public func add(
        _ papers: [Paper],
        options: AddOptions = AddOptions(),
        progress: @escaping @Sendable (AddProgress) -> Bool = { _ in true }
    ) throws(AkinError) -> AddReport {
        try add(from: SingleBatch(papers), options: options, progress: progress)
    }

    /// Stores the papers of a source, batch by batch, and enters what became of each.
    ///
    /// - Returns: If they are asked for, the ids of the records, in their order; `nil` for one that has no paper of its
    ///   text: it is empty, or another record has changed the paper since.
    private func take(
        _ source: some PaperSource, into store: PaperStore.Writer, _ options: AddOptions,
        _ edit: inout LibraryChange, _ report: inout AddReport,
        progress: (AddProgress) -> Bool
    ) throws -> [String?] {
        var batches = SourceBatches(source)
        var records: [String?] = []
        var read = SourceRecords()
        while let batch = try batches.next() {
            let papers = batch.papers.filter { options.matching == .byIDAlone || !$0.isEmpty || $0.isReference }
            report.emptyCount += batch.papers.count - papers.count
            let outcomes = try store.upsert(papers, matching: options.matching, replacing: options.replacing) {
                report.joined.append($0)
            }
            for outcome in outcomes { edit.enter(outcome, in: &report) }
            report.enterProblems(of: batch)
            read.enter(batch, papers, outcomes)
            if options.isStrict { try report.refuseProblems() }
            if options.vectors != nil { records += try names(of: batch.papers, papers, outcomes, in: store) }
            try AddProgress(.reading, papers: report.recordCount, fraction: batches.fractionRead).tell(progress)
        }
        report.missing = try store.remember(batches.rest.remembered, read)
        report.paperCount = try store.paperCount()
        return records
    }

    /// The ids of records that have been stored, where the paper has their text.
    private func names(
        of records: [Paper], _ taken: [Paper], _ outcomes: [PaperStore.UpsertOutcome], in store: PaperStore.Writer
    ) throws -> [String?] {
        var superseded: Set<String> = []
        for (record, outcome) in zip(taken, outcomes) {
            guard case .unchanged(let key) = outcome, let paper = try store.paper(forKey: key) else { continue }
            if paper.text != record.text { superseded.insert(record.id) }
        }
        let ids = Set(taken.map(\.id)).subtracting(superseded)
        return records.map { ids.contains($0.id) ? $0.id : nil }
    }

    /// Stores the vectors of records that have been stored. Of several records of a paper the last one counts.
    private func give(
        _ vectors: GivenVectors, to records: [String?], in store: PaperStore.Writer, _ edit: inout LibraryChange,
        _ report: inout AddReport
    ) throws {
        guard records.count == vectors.rows.count else {
            let skipped = report.skipped.count + report.furtherSkippedCount
            throw AkinError(
                .invalidArgument,
                "Cannot give \(vectors.rows.count) vectors\(vectors.ofOrigin) to \(records.count) papers: each needs "
                    + "one, in the same order."
                    + (skipped > 0 ? " \(skipped) record(s) were skipped because they are no papers." : ""))
        }
        edit.changesSpaces = try store.enter(vectors.space, of: vectors.encoder)
        var rows: [PaperKey: Embedding] = [:]
        for (id, row) in zip(records, vectors.rows) { if let id { rows[try store.requiredKey(forID: id)] = row } }
        report.vectorCount = rows.count
        let changed = try store.store(rows.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, in: vectors.space)
        if !changed.isEmpty { edit.vectorKeys[vectors.space.rawValue] = changed }
    }

    /// Refuses papers that the disk has no room for.
    ///
    /// The factor 5: a library takes 3.3 to 4.1 times the bytes of its papers as JSON Lines, and SQLite's log holds the
    /// papers once more while they are written (5,000 and 157,000 papers).
    private func checkSpace(for byteCount: Int) throws(AkinError) {
        // A sparse file may be as long as numbers go.
        let (product, isBeyond) = byteCount.multipliedReportingOverflow(by: 5)
        let needed = isBeyond ? Int.max : product
        let free = try akinError { try self.freeBytes() }
        guard free >= needed else {
            throw AkinError(
                .noSpace,
                "Cannot add \(byteCount >> 20) MB of papers to '\(path)': indexing them may take \(needed >> 20) MB "
                    + "and the disk has \(free >> 20) MB left.",
                remedy: .freeSpace
            )
        }
    }
}

/// Papers in memory, as a source.
struct SingleBatch: PaperSource {
    private var papers: [Paper]?

    init(_ papers: [Paper]) {
        self.papers = papers
    }

    var fractionRead: Double? { papers == nil ? 1 : 0 }

    mutating func nextBatch() -> PaperBatch? {
        defer { papers = nil }
        return papers.map { PaperBatch(papers: $0) }
    }
}
