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
        for (column, alternatives) in alternatives(of: filter) where !alternatives.isEmpty {
            let condition = repeatElement("instr(\(column), ?)", count: alternatives.count).joined(separator: " OR ")
            conditions.append("(\(condition))")
            arguments += StatementArguments(alternatives)
        }
        let condition = conditions.isEmpty ? "1" : conditions.joined(separator: " AND ")
        return try map("SELECT key FROM lookups WHERE \(condition) ORDER BY key", arguments) {
            $0.integer(0).flatMap(UInt64.init(exactly:))
        }
    }

    /// What each column has to contain, any one of several.
    private func alternatives(of filter: PaperFilter) -> [(column: String, alternatives: [String])] {
        let categories = filter.categories.map { tidied($0).lowercased() }
        return [
            ("venue", filter.venues.map(PaperLookups.venue)),
            ("categories", categories.flatMap { ["\n\($0)\n", "\n\($0)."] }),
            ("authors", filter.authors.map(PaperLookups.author)),
        ]
    }
}
