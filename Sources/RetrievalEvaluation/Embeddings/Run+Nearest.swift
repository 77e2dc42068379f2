import ParallelLoops
public import TextEncoding

extension Run {
    /// Ranks documents by the cosine of their embeddings with those of queries. All documents are compared with each
    /// query.
    ///
    ///     let run = try Run(nearest: 100, to: zip(queryIDs, queries), among: zip(documentIDs, documents))
    ///     print(Evaluation(of: run, against: qrels).ndcg(at: 10))
    ///
    /// To measure another source of neighbors, such as an index, let it answer in
    /// ``evaluate(_:against:depth:name:answer:)``.
    ///
    /// - Parameters:
    ///   - k: How many documents to rank for each query, at least 1.
    ///   - queries: The queries, each once, with their embeddings.
    ///   - documents: The documents, each once, with their embeddings.
    ///   - leavesOutSameID: Whether a document that has the id of the query is left out, as collections want it whose
    ///     queries are documents.
    ///   - name: The name of the run.
    ///   - threads: The most threads to use, at least 1; every core when nil.
    /// - Throws: ``EmbeddingEvaluationError``: `dimensionMismatch`, `notFinite`, or `invalidParameter` for a `k` below
    ///   1 and an id that comes twice.
    /// - Complexity: O(*q* · *n* · (*d* + log *n*)) for *q* queries, *n* documents and *d* dimensions.
    public init(
        nearest k: Int, to queries: some Sequence<(QueryID, Embedding)>,
        among documents: some Sequence<(DocumentID, Embedding)>, leavesOutSameID: Bool = false,
        name: String = "nearest", threads: Int? = nil
    ) throws(EmbeddingEvaluationError) {
        guard k >= 1 else {
            throw EmbeddingEvaluationError(.invalidParameter, "A ranking needs one document or more, not \(k).")
        }
        let (queries, documents) = (Array(queries), Array(documents))
        try checkComponents(queries.map(\.1) + documents.map(\.1))
        let ids = documents.map(\.0)
        guard Set(ids).count == ids.count, Set(queries.map(\.0)).count == queries.count else {
            throw EmbeddingEvaluationError(.invalidParameter, "An id of a query or of a document is there twice.")
        }
        let rows = EmbeddingRows(documents.map { unit($0.1) })
        let rankings = concurrentMap(queries.count, threads: max(1, threads ?? availableCores)) { place in
            let (id, embedding) = queries[place]
            let row = EmbeddingRows([unit(embedding)])
            let cosines = ids.indices.map { rows.product(of: $0, with: row, 0) }
            var order = ids.indices.filter { !leavesOutSameID || ids[$0].rawValue != id.rawValue }
            order.sort { (cosines[$1], ids[$0]) < (cosines[$0], ids[$1]) }
            let best = order.prefix(k)
            return RankedList(best.map { ids[$0] }, scores: best.map { Double(cosines[$0]) })
        }
        self.init(name: name, rankings: Dictionary(uniqueKeysWithValues: zip(queries.map(\.0), rankings)))
    }
}

/// The embedding scaled to the Euclidean length 1; of zeros as it is.
private func unit(_ embedding: Embedding) -> Embedding {
    let length = embedding.components.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    return length > 0 ? Embedding(embedding.components.map { Float(Double($0) / length) }) : embedding
}
