import PaperStore
package import Papers

/// What a change does to a library: which papers are new, which no longer count, and what becomes of the vector space.
///
/// The one who prepares a change makes this value while storing or removing papers. The value then decides what is
/// indexed.
package struct LibraryChange {
    /// The keys of papers that no generation has indexed yet.
    package var newKeys = PaperKeySet()
    /// The keys of indexed papers that no longer count.
    package var removedKeys = PaperKeySet()
    /// The papers that got a vector, or another one, by its space.
    package var vectorKeys: [String: PaperKeySet] = [:]
    /// Whether a space of given vectors comes, goes or has another encoder.
    var changesSpaces = false
    /// Whether the model is refitted whatever ``IndexingPlan`` says.
    var isRefitWanted = false
    /// Where the model comes from; `nil` keeps the library's choice.
    var modelSource: ModelSource?
    /// The dimensions of the model; `nil` keeps the library's choice.
    var rank: RankChoice?

    /// Whether there is nothing to index.
    package var isEmpty: Bool { !changesPapers && !changesSpaces && vectorKeys.isEmpty }

    /// Whether papers are indexed anew, or the model is.
    var changesPapers: Bool { !newKeys.isEmpty || !removedKeys.isEmpty || isRefitWanted }

    /// Enters what became of a record in the store.
    mutating func enter(_ outcome: PaperStore.UpsertOutcome, in report: inout AddReport) {
        switch outcome {
        case .added(let key):
            report.added += 1
            newKeys.insert(key)
        case .updated(let key, let replaced):
            report.updated += 1
            guard !replaced.isEmpty else { return }
            newKeys.insert(key)
            for old in replaced {
                // A key of this very change was never indexed.
                if newKeys.contains(old) { newKeys.remove(old) } else { removedKeys.insert(old) }
            }
        case .unchanged:
            report.unchanged += 1
        }
    }
}
