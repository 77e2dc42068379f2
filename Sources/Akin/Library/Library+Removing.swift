import PaperStore
import Papers

// MARK: - Removing papers

extension Library {
    /// Removes papers. Their ids find nothing any more and may be added again.
    ///
    /// The papers stay in the files of the indexes until their segment is written again. Searches leave them out at
    /// once.
    ///
    /// - Parameters:
    ///   - ids: The ids or alternate ids of papers.
    ///   - skippingUnknown: Whether an id that the library does not have is passed over. By default it is an error.
    ///   - threads: The most threads to use; `nil`, the default, is one for each core.
    /// - Returns: The ids of the removed papers, each once.
    /// - Throws: `AkinError`: `paperNotFound` for an unknown id that is not passed over (nothing is removed then),
    ///   `invalidArgument` for a number of threads out of 1 to 1,024, `cancelled` in a cancelled task, `locked` while
    ///   another change is under way,
    ///   `lockLost`, `noLibrary`, `noSpace`, `cannotWrite`, `newerVersion`, `olderVersion`, or `damaged` if a file of
    ///   the library is damaged.
    /// - Complexity: One transaction, some milliseconds, in most cases. A library of at most 1,000 papers is indexed
    ///   again, which takes a third of a second. Once a fifth of a library is removed, all its segments are written
    ///   again: half a minute for 157,000 papers on two cores.
    @discardableResult
    public func remove(
        ids: [String], skippingUnknown: Bool = false, threads: Int? = nil
    ) throws(AkinError) -> [String] {
        try validate(threads: threads)
        var removed: [String] = []
        try change("remove", threads: threads) { store in
            var seen: Set<PaperKey> = []
            let keys = try ids.compactMap { id in
                try skippingUnknown ? store.keys(identifiedBy: id).first : store.requiredKey(forID: id)
            }.filter { seen.insert($0).inserted }
            removed = try store.papers(forKeys: keys).map(\.id)
            try store.remove(keys)
            return LibraryChange(removedKeys: PaperKeySet(keys))
        }
        return removed
    }
}
