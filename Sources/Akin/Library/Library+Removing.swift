import PaperStore
import Papers

// MARK: - Removing papers

extension Library {
    /// Removes papers; their ids find nothing any more and may be added again.
    ///
    /// - Parameters:
    ///   - ids: The papers' ids or alternate ids.
    ///   - threads: The most threads to use where removing leaves so little that the rest is indexed anew.
    /// - Returns: The ids of the papers that were removed, once each.
    /// - Throws: `AkinError`: `paperNotFound` for an id that the library does not have (nothing is removed then),
    ///   `locked`, `cannotWrite`, `damaged`.
    @discardableResult
    public func remove(ids: [String], threads: Int? = nil) throws(AkinError) -> [String] {
        var removed: [String] = []
        let writer = try LibraryWriter(at: path)
        try writer.change(threads: threads, configuresBLAS: configuresBLAS) { store in
            var keys: [PaperKey] = []
            for id in ids {
                let key = try store.requiredKey(forID: id)
                if !keys.contains(key) { keys.append(key) }
            }
            removed = try store.papers(forKeys: keys).map(\.id)
            try store.remove(keys)
            return LibraryWriter.Edit(removedKeys: PaperKeySet(keys))
        }
        return removed
    }
}
