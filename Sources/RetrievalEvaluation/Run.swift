/// What an engine answered to the queries of a test collection.
public struct Run: Equatable, Sendable {
    /// The name of the run: one word, which every line of its file has.
    public var name: String

    /// The answer to each query.
    public var rankings: [QueryID: RankedList]

    /// Creates a run.
    ///
    /// - Parameters:
    ///   - name: The name of the run.
    ///   - rankings: The answer to each query.
    public init(name: String, rankings: [QueryID: RankedList] = [:]) {
        self.name = name
        self.rankings = rankings
    }

    /// The answer to a query, or `nil` if it was not asked.
    public subscript(query: QueryID) -> RankedList? {
        get { rankings[query] }
        set { rankings[query] = newValue }
    }
}

extension Run: ExpressibleByDictionaryLiteral {
    /// Creates a run named `run` of a literal: `["q1": ["d1": 2, "d2": 1], "q2": ["d3"]]`.
    ///
    /// - Precondition: No query comes twice.
    public init(dictionaryLiteral rankings: (QueryID, RankedList)...) {
        self.init(name: "run")
        for (query, ranking) in rankings {
            precondition(self.rankings.updateValue(ranking, forKey: query) == nil, "Query '\(query)' is there twice.")
        }
    }
}
