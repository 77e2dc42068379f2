import PaperStore

// MARK: - Fitting the space anew

extension Library {
    /// Fits the vector space anew on all papers, and indexes them anew in it.
    ///
    /// Adding papers does so by itself when the library has grown by a tenth since the last fit, or when the space loses too
    /// much of the papers that were folded in (see ``LibraryDrift``). The new generation is written beside the old one, which
    /// answers until the new one takes its place in one step; if the fit fails or its process is killed, the library is as
    /// it was.
    ///
    /// - Parameters:
    ///   - model: Where the space shall come from, now and later; `nil`, the default, goes by what the library was told last.
    ///   - rank: The dimensions of the space, now and later, in the same way.
    ///   - threads: The most threads to use. Default: one a core. The library does not depend on it.
    ///   - progress: Called now and then, from the calling thread.
    /// - Returns: The papers that the space was fitted on; 0 in a library that holds none, where nothing is done.
    /// - Throws: `AkinError`: `locked`, `noSpace`, `cannotWrite`, or `damaged` if the generation in force or a paper cannot be
    ///   read.
    /// - Complexity: That of indexing all papers; half a minute for 157,000 on two cores.
    @discardableResult
    public func refit(
        model: ModelSource? = nil, rank: RankChoice? = nil, threads: Int? = nil,
        progress: @escaping @Sendable (AddProgress) -> Void = { _ in }
    ) throws(AkinError) -> Int {
        try rank?.validate()
        var paperCount = 0
        let writer = try LibraryWriter(at: path)
        try writer.change(threads: threads, configuresBLAS: configuresBLAS, progress: progress) { store in
            paperCount = try store.paperCount()
            return LibraryWriter.Edit(isRefitWanted: paperCount > 0, modelSource: model, rank: rank)
        }
        return paperCount
    }
}
