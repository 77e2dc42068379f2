import GRDB
public import Papers

extension PaperStore.Reader {
    /// The keys of the papers that pass a filter, ascending.
    ///
    /// - Complexity: One pass over what filters compare, 20 ms at 157,000 papers.
    public func keys(matching filter: PaperFilter) throws(PaperStoreError) -> [UInt64] {
        if filter.isEmpty { return try keys() }
        var conditions: [String] = []
        var arguments = StatementArguments()
        if let first = filter.years?.first {
            conditions.append("year >= ?")
            arguments += [first]
        }
        if let last = filter.years?.last {
            conditions.append("year <= ?")
            arguments += [last]
        }
        for alternatives in alternatives(of: filter) where !alternatives.conditions.isEmpty {
            conditions.append("(\(alternatives.conditions.joined(separator: " OR ")))")
            arguments += StatementArguments(alternatives.arguments)
        }
        return try keys(
            "SELECT key FROM lookups WHERE \(conditions.joined(separator: " AND ")) ORDER BY key", arguments)
    }

    /// What the columns have to contain: of each, any one of several things.
    ///
    /// Normalised text has none of the signs that GLOB gives a meaning to; a category may.
    private func alternatives(of filter: PaperFilter) -> [(conditions: [String], arguments: [String])] {
        let venues = filter.venues.map { "*\(PaperLookups.venue($0))*" }
        let authors = filter.authors.map { "*\(PaperLookups.author($0))*" }
        let categories = filter.categories.map { tidied($0).lowercased() }.flatMap { ["\n\($0)\n", "\n\($0)."] }
        return [
            (venues.map { _ in "venue GLOB ?" }, venues),
            (categories.map { _ in "instr(categories, ?)" }, categories),
            (authors.map { _ in "authors GLOB ?" }, authors),
        ]
    }
}
