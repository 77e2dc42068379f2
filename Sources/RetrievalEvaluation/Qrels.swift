/// The judgments of a test collection: which documents answer which query, and how well.
///
/// A relevance of 1 or more says that the document is relevant, and is its gain in nDCG. Zero and negative numbers say
/// that it was judged and is not relevant. A document without judgment counts as not relevant.
///
/// A query belongs to the judged ones as soon as it has any judgment, even if all of them are zero: means are taken over
/// it too, and it adds 0 to them.
public struct Qrels: Equatable, Sendable {
    /// The judgments of every judged query.
    private let judgments: [QueryID: [DocumentID: Int]]

    /// The judged queries, in ascending order.
    public let queryIDs: [QueryID]

    /// Creates qrels.
    ///
    /// - Parameter judgments: For each query the relevance of each judged document. A query without any judgment is not
    ///   a judged one and is dropped.
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
