import PaperStore
public import Papers
import ParallelLoops
public import QueryLanguage
public import Ranking
public import TextEncoding

/// The functions of ``Library`` for asynchronous programs. Each does what the function of the same name does, on a
/// thread outside the pool of Swift's concurrency, so that other tasks go on.
///
/// When the task is cancelled, a change ends with the error `cancelled`, and the library stays as it was.
extension Library {
    /// Opens the library in a folder. See ``init(at:configuresBLAS:waiting:)``.
    ///
    /// - Throws: What the initializer throws.
    public static func open(
        at path: String, configuresBLAS: Bool = true, waiting: Waiting = .never
    ) async throws(AkinError) -> Library {
        try await ParallelLoops.inBackground { () throws(AkinError) in
            try Library(at: path, configuresBLAS: configuresBLAS, waiting: waiting)
        }
    }

    /// Opens the library in a folder, or creates an empty one. See ``init(creatingAt:configuresBLAS:waiting:)``.
    ///
    /// - Throws: What the initializer throws.
    public static func open(
        creatingAt path: String, configuresBLAS: Bool = true, waiting: Waiting = .never
    ) async throws(AkinError) -> Library {
        try await ParallelLoops.inBackground { () throws(AkinError) in
            try Library(creatingAt: path, configuresBLAS: configuresBLAS, waiting: waiting)
        }
    }

    /// Calls `body` with the library in the background. It serves for everything that has no asynchronous form.
    ///
    /// ```swift
    /// let papers = try await library.inBackground { library throws(AkinError) in try library.papers(limit: 100) }
    /// ```
    ///
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    public func inBackground<Result: Sendable, Failure: Error>(
        _ body: @Sendable (Library) throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        try await ParallelLoops.inBackground { () throws(Failure) in try body(self) }
    }

    /// Adds the papers of a source. See `add(from:options:progress:)`.
    ///
    /// - Throws: What that function throws.
    @discardableResult
    public func add(
        from source: some PaperSource & Sendable, options: AddOptions = AddOptions(),
        progress: @escaping @Sendable (AddProgress) -> Bool = { _ in true }
    ) async throws(AkinError) -> AddReport {
        try await inBackground { library throws(AkinError) in
            try library.add(from: source, options: options, progress: progress)
        }
    }

    /// Adds papers that are in memory. See `add(_:options:progress:)`.
    ///
    /// - Throws: What that function throws.
    @discardableResult
    public func add(
        _ papers: [Paper], options: AddOptions = AddOptions(),
        progress: @escaping @Sendable (AddProgress) -> Bool = { _ in true }
    ) async throws(AkinError) -> AddReport {
        try await inBackground { library throws(AkinError) in
            try library.add(papers, options: options, progress: progress)
        }
    }

    /// Gives vectors to papers. See `setVectors(_:in:of:threads:)`.
    ///
    /// - Throws: What that function throws.
    @discardableResult
    public func setVectors(
        _ vectors: [String: Embedding], in space: SpaceName, of encoder: EncoderIdentity, threads: Int? = nil
    ) async throws(AkinError) -> Int {
        try await inBackground { library throws(AkinError) in
            try library.setVectors(vectors, in: space, of: encoder, threads: threads)
        }
    }

    /// Removes papers. See `remove(ids:skippingUnknown:threads:)`.
    ///
    /// - Throws: What that function throws.
    @discardableResult
    public func remove(
        ids: [String], skippingUnknown: Bool = false, threads: Int? = nil
    ) async throws(AkinError) -> [String] {
        try await inBackground { library throws(AkinError) in
            try library.remove(ids: ids, skippingUnknown: skippingUnknown, threads: threads)
        }
    }

    /// Refits the vector space. See `refit(model:rank:threads:progress:)`.
    ///
    /// - Throws: What that function throws.
    @discardableResult
    public func refit(
        model: ModelSource? = nil, rank: RankChoice? = nil, threads: Int? = nil,
        progress: @escaping @Sendable (AddProgress) -> Bool = { _ in true }
    ) async throws(AkinError) -> Int {
        try await inBackground { library throws(AkinError) in
            try library.refit(model: model, rank: rank, threads: threads, progress: progress)
        }
    }

    /// Finds papers on something. See `search(for:vectors:options:)`.
    ///
    /// - Throws: What that function throws.
    public func search(
        for text: String, vectors: [SpaceName: Embedding] = [:], options: SearchOptions = SearchOptions()
    ) async throws(AkinError) -> SearchAnswer {
        try await inBackground { library throws(AkinError) in
            try library.search(for: text, vectors: vectors, options: options)
        }
    }

    /// Finds papers by a question in the query language. See `search(asking:vectors:options:)`.
    ///
    /// - Throws: What that function throws.
    public func search(
        asking text: String, vectors: [SpaceName: Embedding] = [:], options: SearchOptions = SearchOptions()
    ) async throws(AkinError) -> SearchAnswer {
        try await inBackground { library throws(AkinError) in
            try library.search(asking: text, vectors: vectors, options: options)
        }
    }

    /// Finds papers like some of the library's own, or like other texts. See
    /// `search(like:unlike:texts:unlikeTexts:meeting:options:)`.
    ///
    /// - Throws: What that function throws.
    public func search(
        like ids: [String], unlike: [String] = [], texts: [String] = [], unlikeTexts: [String] = [],
        meeting query: QueryExpression? = nil, options: SearchOptions = SearchOptions()
    ) async throws(AkinError) -> SearchAnswer {
        try await inBackground { library throws(AkinError) in
            try library.search(
                like: ids, unlike: unlike, texts: texts, unlikeTexts: unlikeTexts, meeting: query, options: options)
        }
    }

    /// Recommends papers. See `recommendations(from:against:meeting:options:)`.
    ///
    /// - Throws: What that function throws.
    public func recommendations(
        from liked: QueryExpression? = nil, against: QueryExpression? = nil, meeting query: QueryExpression? = nil,
        options: RecommendationOptions = RecommendationOptions()
    ) async throws(AkinError) -> RecommendationAnswer {
        try await inBackground { library throws(AkinError) in
            try library.recommendations(from: liked, against: against, meeting: query, options: options)
        }
    }

    /// Makes a person's edits to papers. See `edit(ids:by:as:)`.
    ///
    /// - Throws: What that function throws.
    @discardableResult
    public func edit(ids: [String], by edits: [PaperEdit], as name: String = "edit") async throws(AkinError) -> [String]
    {
        try await inBackground { library throws(AkinError) in try library.edit(ids: ids, by: edits, as: name) }
    }

    /// Takes back the last change of papers. See `undo()`.
    ///
    /// - Throws: What that function throws.
    public func undo() async throws(AkinError) -> UndoReport? {
        try await inBackground { library throws(AkinError) in try library.undo() }
    }

    /// Ranks papers on something as ids. See `rankedIDs(for:vectors:options:)`.
    ///
    /// - Throws: What that function throws.
    public func rankedIDs(
        for text: String, vectors: [SpaceName: Embedding] = [:], options: SearchOptions = SearchOptions()
    ) async throws(AkinError) -> [RankedID] {
        try await inBackground { library throws(AkinError) in
            try library.rankedIDs(for: text, vectors: vectors, options: options)
        }
    }

    /// Ranks papers like others as ids. See `rankedIDs(like:options:)`.
    ///
    /// - Throws: What that function throws.
    public func rankedIDs(
        like ids: [String], options: SearchOptions = SearchOptions()
    ) async throws(AkinError) -> [RankedID] {
        try await inBackground { library throws(AkinError) in try library.rankedIDs(like: ids, options: options) }
    }

    /// Tells what makes two papers similar. See `comparison(of:with:)`.
    ///
    /// - Throws: What that function throws.
    public func comparison(of first: String, with second: String) async throws(AkinError) -> PaperComparison {
        try await inBackground { library throws(AkinError) in try library.comparison(of: first, with: second) }
    }

    /// Compares two vector spaces. See `comparison(ofSpace:with:k:limit:)`.
    ///
    /// - Throws: What that function throws.
    public func comparison(
        ofSpace first: SpaceName, with second: SpaceName, k: Int = 10, limit: Int = 5
    ) async throws(AkinError) -> SpaceComparison {
        try await inBackground { library throws(AkinError) in
            try library.comparison(ofSpace: first, with: second, k: k, limit: limit)
        }
    }

    /// The papers that match a filter. See `papers(matching:offset:limit:)`.
    ///
    /// - Throws: What that function throws.
    public func papers(
        matching filter: PaperFilter = PaperFilter(), offset: Int = 0, limit: Int? = nil
    ) async throws(AkinError) -> [Paper] {
        try await inBackground { library throws(AkinError) in
            try library.papers(matching: filter, offset: offset, limit: limit)
        }
    }

    /// The paper with an id. See `paper(id:)`.
    ///
    /// - Throws: What that function throws.
    public func paper(id: String) async throws(AkinError) -> Paper? {
        try await inBackground { library throws(AkinError) in try library.paper(id: id) }
    }

    /// The paper that a person means. See `paper(named:)`.
    ///
    /// - Throws: What that function throws.
    public func paper(named name: String) async throws(AkinError) -> Paper {
        try await inBackground { library throws(AkinError) in try library.paper(named: name) }
    }

    /// What the library holds. See `info()`.
    ///
    /// - Throws: What that function throws.
    public func info() async throws(AkinError) -> LibraryInfo {
        try await inBackground { library throws(AkinError) in try library.info() }
    }

    /// The vector spaces. See `spaces()`.
    ///
    /// - Throws: What that function throws.
    public func spaces() async throws(AkinError) -> [LibrarySpace] {
        try await inBackground { library throws(AkinError) in try library.spaces() }
    }

    /// Removes a space with its vectors. See `removeSpace(_:)`.
    ///
    /// - Throws: What that function throws.
    public func removeSpace(_ space: SpaceName) async throws(AkinError) {
        try await inBackground { library throws(AkinError) in try library.removeSpace(space) }
    }

    /// Checks every byte of a library. See `checkIntegrity(at:)`.
    ///
    /// - Throws: What that function throws.
    public static func checkIntegrity(at path: String) async throws(AkinError) -> IntegrityReport {
        try await ParallelLoops.inBackground { () throws(AkinError) in try Library.checkIntegrity(at: path) }
    }

    /// Rebuilds a library from its stored papers. See `repair(at:threads:waiting:)`.
    ///
    /// - Throws: What that function throws.
    public static func repair(
        at path: String, threads: Int? = nil, waiting: Waiting = .never
    ) async throws(AkinError) -> IntegrityReport {
        try await ParallelLoops.inBackground { () throws(AkinError) in
            try Library.repair(at: path, threads: threads, waiting: waiting)
        }
    }
}

// MARK: - Changes of others

extension Library {
    /// The numbers of the generations in force: the present one, and each that this or another process puts in its
    /// place.
    ///
    /// ```swift
    /// for await _ in library.generations() { await view.reload() }
    /// ```
    ///
    /// Generations that follow each other within the interval come as one. The sequence ends when its task is
    /// cancelled.
    ///
    /// - Parameter interval: How often to look. A look takes some microseconds while nothing changes.
    /// - Returns: The numbers, ascending as long as nobody puts another library in the place of this one.
    public func generations(every interval: Duration = .milliseconds(250)) -> AsyncStream<Int> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let task = Task {
                var last: (number: Int, checksum: String?)?
                while !Task.isCancelled {
                    if let current = try? await self.inBackground({ try $0.generationInForce() }),
                        last.map({ $0 != current }) ?? true
                    {
                        last = current
                        continuation.yield(current.number)
                    }
                    try? await Task.sleep(for: interval)
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    /// The number of the generation in force, and the checksum of its manifest.
    func generationInForce() throws(AkinError) -> (number: Int, checksum: String?) {
        try readPapers { ($0.generation, try Manifest.checksum(keptBy: $0)) }
    }
}
