public import TextEncoding

extension EmbeddingTask {
    /// Encodes the texts and measures how good the embeddings are at the task.
    ///
    /// Each distinct text is encoded once. Queries of reranking and retrieval are encoded as questions, all other texts
    /// as documents, with what the encoder puts before these.
    ///
    /// Numbers that a measure has no value for, such as similarities that are all equal, are told in
    /// ``EmbeddingTaskResult/problem``.
    ///
    /// - Parameters:
    ///   - encoder: The encoder.
    ///   - seedCount: How many seeds a clustering tries; see ``ClusteringEvaluation``.
    ///   - threads: The most threads that the measures use, at least 1; every core when nil.
    /// - Returns: The figures.
    /// - Throws: What the encoder throws; ``RetrievalEvaluationError`` if the corpus of a retrieval task cannot be
    ///   read; ``EmbeddingEvaluationError`` with the code `countMismatch` or `dimensionMismatch` for an encoder that
    ///   breaks its promises.
    public func evaluate(
        _ encoder: some TextEncoder, seedCount: Int = ClusteringEvaluation.usualSeedCount, threads: Int? = nil
    ) async throws -> EmbeddingTaskResult {
        let corpus = try corpus()
        let texts = texts(corpus)
        var encoded = EncodedTexts()
        try await encoded.encode(texts.queries, as: .query, by: encoder)
        try await encoded.encode(texts.documents, as: .document, by: encoder)
        let figures: [EmbeddingTaskResult.Figure]
        var problem: String?
        do throws(EmbeddingEvaluationError) {
            figures = try self.figures(of: encoded, corpus, seedCount: seedCount, threads: threads)
        } catch {
            (figures, problem) = ([.init(name: kind.mainFigure, value: nil)], error.message)
        }
        return EmbeddingTaskResult(
            figures: figures, problem: problem, textCount: texts.queries.count + texts.documents.count,
            zeroCount: encoded.zeroCount, encodingTime: encoded.time, dimensions: encoder.identity.dimensions)
    }

    private func figures(
        of encoded: EncodedTexts, _ corpus: [(id: DocumentID, text: String)], seedCount: Int, threads: Int?
    ) throws(EmbeddingEvaluationError) -> [EmbeddingTaskResult.Figure] {
        func values(_ figures: KeyValuePairs<String, Double?>) -> [EmbeddingTaskResult.Figure] {
            figures.map { EmbeddingTaskResult.Figure(name: $0.key, value: $0.value) }
        }
        switch content {
        case .similarity(let first, let second, let scores):
            let evaluation = try SimilarityEvaluation(
                first.map(encoded.document), second.map(encoded.document), gold: scores)
            return values(["cosine_spearman": evaluation.spearman, "cosine_pearson": evaluation.pearson])
        case .pairClassification(let first, let second, let areAlike):
            let evaluation = try PairClassificationEvaluation(
                first.map(encoded.document), second.map(encoded.document), areAlike: areAlike)
            return values([
                "cosine_ap": evaluation.averagePrecision, "cosine_accuracy": evaluation.accuracy?.value,
                "cosine_f1": evaluation.f1?.value,
            ])
        case .clustering(let sets):
            guard !sets.isEmpty else { throw EmbeddingEvaluationError(.tooFewExamples, "There are no sets of texts.") }
            var evaluations: [ClusteringEvaluation] = []
            for set in sets {
                evaluations.append(
                    try ClusteringEvaluation(
                        set.texts.map(encoded.document), classes: set.classes, seedCount: seedCount, threads: threads))
            }
            func mean(_ value: (ClusteringEvaluation) -> Double) -> Double {
                evaluations.reduce(0) { $0 + value($1) } / Double(evaluations.count)
            }
            return values(["v_measure": mean(\.vMeasure), "v_measure_std": mean(\.standardDeviation)])
        case .reranking(let samples):
            try checkComponents(Array(encoded.queries.values) + Array(encoded.documents.values))
            let evaluation = try RerankingEvaluation(
                samples.map { sample in
                    let queries = sample.queries.map(encoded.query)
                    func similarities(_ texts: [String]) -> [Double] {
                        texts.map { text in
                            queries.map { cosine($0, encoded.document(text)) }.max() ?? 0
                        }
                    }
                    return RerankingSample(
                        positive: similarities(sample.positive), negative: similarities(sample.negative))
                })
            return values(["map": evaluation.meanAveragePrecision, "mrr": evaluation.meanReciprocalRank])
        case .retrieval(let collection):
            let evaluation = Evaluation(
                of: try run(of: encoded, corpus, on: collection, threads: threads), against: collection.qrels)
            return Self.retrievalMeasures.map { .init(name: "\($0)", value: evaluation.mean(of: $0)) }
        }
    }

    private static let retrievalMeasures: [Measure] = [
        .ndcg(at: 10), .recall(at: 100), .truncatedReciprocalRank(at: 10), .averagePrecision,
    ]

    /// Ranks the documents of a collection, or the candidates of each query.
    private func run(
        of encoded: EncodedTexts, _ corpus: [(id: DocumentID, text: String)], on collection: TestCollection,
        threads: Int?
    ) throws(EmbeddingEvaluationError) -> Run {
        let documents = corpus.map { ($0.id, encoded.document($0.text)) }
        let queries = collection.judgedQueries.map { ($0.id, encoded.query($0.text)) }
        guard collection.ranksOnlyJudged else {
            return try Run(
                nearest: Evaluation.defaultDepth, to: queries, among: documents, name: "embeddings", threads: threads)
        }
        let known = Dictionary(documents) { first, _ in first }
        var run = Run(name: "embeddings")
        for query in queries {
            let candidates = collection.qrels[query.0].keys.compactMap { id in known[id].map { (id, $0) } }
            guard !candidates.isEmpty else { continue }
            let ranked = try Run(nearest: candidates.count, to: [query], among: candidates, threads: 1)
            run[query.0] = ranked[query.0]
        }
        return run
    }
}

extension EmbeddingTask.Kind {
    /// The name of MTEB's main score.
    public var mainFigure: String {
        switch self {
        case .similarity: "cosine_spearman"
        case .pairClassification: "cosine_ap"
        case .clustering: "v_measure"
        case .reranking: "map"
        case .retrieval: "nDCG@10"
        }
    }
}

/// The embeddings of texts, and how long the encoder took.
private struct EncodedTexts {
    private(set) var queries: [String: Embedding] = [:]
    private(set) var documents: [String: Embedding] = [:]
    private(set) var time = Duration.zero
    private(set) var zeroCount = 0

    /// As many texts as are encoded between two looks at whether the task is cancelled.
    private static let batchSize = 2_048

    mutating func encode(_ texts: [String], as role: TextRole, by encoder: some TextEncoder) async throws {
        let clock = ContinuousClock()
        for start in stride(from: 0, to: texts.count, by: Self.batchSize) {
            try Task.checkCancellation()
            let batch = Array(texts[start..<min(texts.count, start + Self.batchSize)])
            let begin = clock.now
            let embeddings = try await encoder.embeddings(of: batch, as: role)
            time += begin.duration(to: clock.now)
            try checkCounts(batch.count, embeddings.count, atLeast: 0, of: "texts and embeddings")
            for (text, embedding) in zip(batch, embeddings) {
                guard embedding.dimensions == encoder.identity.dimensions else {
                    throw EmbeddingEvaluationError(
                        .dimensionMismatch,
                        "The encoder \(encoder.identity) gave an embedding of \(embedding.dimensions) dimensions.")
                }
                if embedding.isZero { zeroCount += 1 }
                if role == .query { queries[text] = embedding } else { documents[text] = embedding }
            }
        }
    }

    func query(_ text: String) -> Embedding { queries[text] ?? Embedding([]) }
    func document(_ text: String) -> Embedding { documents[text] ?? Embedding([]) }
}
