package import Papers

extension Paper {
    /// Everything that leads to the paper in a store.
    package var allIDs: [String] { idsLeading(to: id, alternateIDs) }
}

/// The ids that lead to a paper: its own, its alternate ids, and the one spelling of each strong identifier among them
/// that stands for all, so that every spelling of a DOI finds the paper.
func idsLeading(to id: String, _ alternateIDs: [String]) -> [String] {
    let ids = [id] + alternateIDs
    let canonical = ids.compactMap { PaperIdentifier($0) }.filter(\.isStrong).map(\.canonicalSpelling)
    var all = ids
    for id in canonical where !all.contains(id) { all.append(id) }
    return all
}
