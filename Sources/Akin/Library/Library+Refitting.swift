import PaperStore

// MARK: - Refitting the space

extension Library {
    /// Refits the vector space on all papers, and indexes all papers again in it.
    ///
    /// Adding papers does this on its own when the library has grown by a tenth since the last fit, or when the space
    /// retains too little of the added papers (see ``LibraryDrift``). The new generation is written beside the old one,
    /// which answers until the new one takes its place in one step. If the fit fails or its process is killed, the
    /// library stays as it was.
    ///
    /// - Parameters:
    ///   - model: Where the space comes from, now and in later fits; `nil`, the default, keeps the library's choice.
    ///   - rank: The dimensions of the space, now and in later fits; `nil`, the default, keeps the library's choice.
    ///   - threads: The most threads to use; `nil`, the default, is one for each core. The library does not depend on
    ///     it.
    ///   - progress: Called from time to time, on the calling thread. It returns whether to go on.
    /// - Returns: The number of papers that the space was fitted on. It is 0 in a library without papers, which stays
    ///   as it is.
    /// - Throws: `AkinError`: `invalidArgument` if the rank, the model or the threads cannot be used, `cancelled` if
    ///   the closure or the surrounding task says so, `locked` while
    ///   another change is under way, `lockLost`, `noLibrary`, `noSpace`, `cannotWrite`, `newerVersion`,
    ///   `olderVersion`, or `damaged` if the generation in force, a paper or the given model cannot be read.
    /// - Complexity: That of indexing all papers: half a minute for 157,000 on two cores.
    @discardableResult
    public func refit(
        model: ModelSource? = nil, rank: RankChoice? = nil, threads: Int? = nil,
        progress: @escaping @Sendable (AddProgress) -> Bool = { _ in true }
    ) throws(AkinError) -> Int {
        try rank?.validate()
        try validate(threads: threads)
        var paperCount = 0
        try change("refit", threads: threads, progress: progress) { store in
            paperCount = try store.paperCount()
            return LibraryChange(isRefitWanted: paperCount > 0, modelSource: model, rank: rank)
        }
        return paperCount
    }
}
