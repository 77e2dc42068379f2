package import Papers

extension PaperStore.Writer {
    /// Makes a person's edits to papers, which keep their keys.
    ///
    /// The records that the papers came with stay known, so that a source that is read again takes nothing back.
    ///
    /// - Parameters:
    ///   - keys: The papers.
    ///   - edits: What to do with each.
    /// - Returns: The keys of the papers that changed.
    /// - Throws: `PaperStoreError`: `noSuchKey`, `damagedPaper`, `noSpace`, `damaged`, `failed`.
    package func edit(_ keys: [PaperKey], by edits: [PaperEdit]) throws(PaperStoreError) -> [PaperKey] {
        var changed: [PaperKey] = []
        for (key, paper) in zip(keys, try papers(forKeys: keys)) {
            let edited = paper.edited(by: edits)
            guard edited != paper else { continue }
            try noteFormer(key)
            try removeRows(key)
            _ = try insert(edited, StoredPaper(edited), PaperLookups(edited), under: key)
            changed.append(key)
        }
        return changed
    }
}
