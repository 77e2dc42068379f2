/// The judgments of a test collection: which documents answer which query, and how well.
///
/// A document with a relevance above 0 is relevant, and the relevance is its gain in nDCG. A document with zero or a
/// negative number was judged and is not relevant. A document without a judgment counts as not relevant.
///
/// A relevance is mostly a whole number. It may be a fraction, such as .5 for a document that answers half of a query;
/// `trec_eval` would cut it off.
///
/// A query with any judgment is a judged query, even if all of them are zero. It then adds 0 to every mean.
public struct Qrels: Equatable, Sendable {
    /// The judgments of every judged query.
    private let judgments: [QueryID: [DocumentID: Double]]

    /// The judged queries, in ascending order.
    public let queryIDs: [QueryID]

    /// Creates qrels.
    ///
    /// - Parameter judgments: For each query the relevance of each judged document, within ``relevanceRange``. A query
    ///   without judgments is dropped.
    /// - Precondition: Every relevance is within ``relevanceRange``.
    /// - Complexity: O(*q* log *q*) for *q* queries.
    public init(_ judgments: [QueryID: [DocumentID: Double]]) {
        for (query, documents) in judgments {
            for (document, relevance) in documents {
                precondition(
                    Qrels.relevanceRange.contains(relevance),
                    "The relevance \(relevance) of '\(document)' for '\(query)' is not within \(Qrels.relevanceRange)."
                )
            }
        }
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

    /// How many judgments have a relevance that is not a whole number.
    public var fractionalCount: Int {
        judgments.values.reduce(0) { sum, documents in sum + documents.values.count { $0 != $0.rounded() } }
    }

    /// The relevances that a document may have. Sums of gains stay finite within it.
    public static let relevanceRange = -1e9...1e9

    /// The judged documents of a query and their relevance; empty for a query that was not judged.
    public subscript(query: QueryID) -> [DocumentID: Double] {
        judgments[query] ?? [:]
    }

    /// Whether a query has any judgment.
    public func contains(_ query: QueryID) -> Bool {
        judgments[query] != nil
    }
}

extension Qrels: ExpressibleByDictionaryLiteral {
    /// Creates qrels of a literal: `["q1": ["d1": 2, "d2": 0], "q2": ["d3": 1]]`.
    ///
    /// - Precondition: No query comes twice, and every relevance is within ``relevanceRange``.
    public init(dictionaryLiteral judgments: (QueryID, [DocumentID: Double])...) {
        var all: [QueryID: [DocumentID: Double]] = [:]
        for (query, documents) in judgments {
            precondition(all.updateValue(documents, forKey: query) == nil, "Query '\(query)' is there twice.")
        }
        self.init(all)
    }
}
