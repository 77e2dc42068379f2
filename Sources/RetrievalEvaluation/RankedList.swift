/// The answer to one query: documents, best first, each with a score.
///
/// The order of ``documents`` is the ranking. Measures use the order and never the scores, so an engine may break ties
/// in its own way.
///
///     let ranking = RankedList(library.search("sparse attention").map { DocumentID($0.id) })
///
/// A document stands in a ranking once.
public struct RankedList: Hashable, Sendable {
    /// The documents, best first.
    public let documents: [DocumentID]

    /// The score of each document, in the same order. Scores are within ``scoreRange`` and never rise.
    public let scores: [Double]

    /// The scores that a document may have. Single precision holds them, and there is room below for the falling scores
    /// of ``Run/write(trecFile:)``.
    public static let scoreRange = -1e38...1e38

    /// Creates a ranking from documents alone.
    ///
    /// The document at rank *r* of *n* gets the score *n* − *r* + 1.
    ///
    /// - Parameter documents: The documents, best first.
    /// - Precondition: No document comes twice.
    /// - Complexity: O(*n*).
    public init(_ documents: [DocumentID]) {
        self.init(documents, scores: (0..<documents.count).map { Double(documents.count - $0) })
    }

    /// Creates a ranking from documents and the scores that ranked them.
    ///
    /// - Parameters:
    ///   - documents: The documents, best first.
    ///   - scores: The score of each document.
    /// - Precondition: There are as many scores as documents. The scores are within ``scoreRange`` and never rise. No
    ///   document comes twice.
    /// - Complexity: O(*n*).
    public init(_ documents: [DocumentID], scores: [Double]) {
        precondition(
            documents.count == scores.count,
            "A ranking of \(documents.count) documents needs as many scores, not \(scores.count)."
        )
        for (rank, score) in scores.enumerated() {
            precondition(
                RankedList.scoreRange.contains(score),
                "The score \(score) of document '\(documents[rank])' is not within \(RankedList.scoreRange)."
            )
            precondition(
                rank == 0 || scores[rank - 1] >= score,
                "Document '\(documents[rank])' at rank \(rank + 1) scores \(score), more than the one before it."
            )
        }
        var seen = Set<DocumentID>(minimumCapacity: documents.count)
        for document in documents {
            precondition(seen.insert(document).inserted, "Document '\(document)' stands twice in one ranking.")
        }
        self.documents = documents
        self.scores = scores
    }

    /// Creates a ranking from scores: the highest first, and of equal scores the smaller id first.
    ///
    /// - Parameter scores: The score of each document.
    /// - Precondition: The scores are within ``scoreRange``.
    /// - Complexity: O(*n* log *n*).
    public init(sorting scores: [DocumentID: Double]) {
        let sorted = scores.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        self.init(sorted.map(\.key), scores: sorted.map(\.value))
    }

    /// Creates a ranking from scores in the order of `trec_eval`: the highest first, and of equal scores the greater id
    /// first, in the order of the ids' bytes (`comp_sim_docno` in its file `form_res_rels.c`).
    init(trecScores scores: [DocumentID: Float]) {
        let sorted = scores.sorted { left, right in
            guard left.value == right.value else { return left.value > right.value }
            return right.key.rawValue.utf8.lexicographicallyPrecedes(left.key.rawValue.utf8)
        }
        self.init(unchecked: sorted.map(\.key), scores: sorted.map { Double($0.value) })
    }

    /// Creates a part of a valid ranking.
    private init(unchecked documents: [DocumentID], scores: [Double]) {
        self.documents = documents
        self.scores = scores
    }
}

// MARK: - Literals

extension RankedList: ExpressibleByDictionaryLiteral {
    /// Creates a ranking of a literal of documents and scores, `["d1": 2, "d2": 1]`, ordered as by ``init(sorting:)``.
    ///
    /// - Precondition: No document comes twice, and the scores are within ``scoreRange``.
    public init(dictionaryLiteral scores: (DocumentID, Double)...) {
        var sorted: [DocumentID: Double] = [:]
        for (document, score) in scores {
            precondition(sorted.updateValue(score, forKey: document) == nil, "Document '\(document)' is there twice.")
        }
        self.init(sorting: sorted)
    }
}

extension RankedList: ExpressibleByArrayLiteral {
    /// Creates a ranking of a literal of documents, best first: `["d1", "d2"]`.
    ///
    /// - Precondition: No document comes twice.
    public init(arrayLiteral documents: DocumentID...) {
        self.init(documents)
    }
}

// MARK: - Reading

extension RankedList {
    /// The number of documents.
    public var count: Int { documents.count }

    /// The number of documents that share their score with another one. Their ids alone order them.
    public var tiedCount: Int {
        scores.indices.count { rank in
            (rank > 0 && scores[rank - 1] == scores[rank])
                || (rank + 1 < scores.count && scores[rank + 1] == scores[rank])
        }
    }

    /// The best documents of the ranking.
    ///
    /// - Parameter depth: How many documents to keep at most; not negative.
    /// - Returns: The first `depth` documents, or all if there are fewer.
    public func prefix(_ depth: Int) -> RankedList {
        guard depth < count else { return self }
        return RankedList(unchecked: Array(documents.prefix(depth)), scores: Array(scores.prefix(depth)))
    }
}
