/// The judgments of a test collection: which documents answer which query, and how well.
///
/// A document with a relevance of 1 or more is relevant, and the relevance is its gain in nDCG. A document with zero or
/// a negative number was judged and is not relevant. A document without a judgment counts as not relevant.
///
/// A query with any judgment is a judged query, even if all of them are zero. It then adds 0 to every mean.
public struct Qrels: Equatable, Sendable {
    /// The judgments of every judged query.
    private let judgments: [QueryID: [DocumentID: Int]]

    /// The judged queries, in ascending order.
    public let queryIDs: [QueryID]

    /// Creates qrels.
    ///
    /// - Parameter judgments: For each query the relevance of each judged document. A query without judgments is
    ///   dropped.
    /// - Complexity: O(*q* log *q*) for *q* queries.
    public init(_ judgments: [QueryID: [DocumentID: Int]]) {
        self.judgments = judgments.filter { !$0.value.isEmpty }
        queryIDs = self.judgments.keys.sorted()
    }
}

// MARK: - Reading

extension Qrels {
    /// The number of judged queries.
    public var queryCount: Int { queryIDs.count }

    /// The number of judgments over all queries.
    public var judgmentCount: Int { judgments.values.reduce(0) { $0 + $1.count } }

    /// The judged documents of a query and their relevance; empty for a query that was not judged.
    public subscript(query: QueryID) -> [DocumentID: Int] {
        judgments[query] ?? [:]
    }

    /// Whether a query has any judgment.
    public func contains(_ query: QueryID) -> Bool {
        judgments[query] != nil
    }
}
