/// A task that tells how good embeddings are: texts, and what is known of them.
///
/// The tasks are those of MTEB (Muennighoff et al., *MTEB: Massive Text Embedding Benchmark*, 2023,
/// <https://arxiv.org/abs/2210.07316>) that train nothing on the embeddings.
///
///     let folder = try EmbeddingTaskFolder(path: "stsbenchmark")
///     for task in folder.tasks {
///         let result = try await task.evaluate(encoder)
///         print(task.name, result.mainFigure.name, result.mainFigure.value ?? .nan)
///     }
public struct EmbeddingTask: Sendable {
    /// What kind of task it is.
    public enum Kind: String, CaseIterable, Sendable {
        /// Pairs of texts with a score of how alike they are.
        case similarity = "STS"
        /// Pairs of texts that belong together or not.
        case pairClassification = "pair classification"
        /// Texts of several classes.
        case clustering = "clustering"
        /// Queries, each with texts that answer it and others.
        case reranking = "reranking"
        /// Queries, and documents that are searched.
        case retrieval = "retrieval"
    }

    /// The texts of a task.
    public enum Content: Sendable {
        /// Pairs of texts, and the score of each pair.
        case similarity(first: [String], second: [String], scores: [Double])
        /// Pairs of texts, and whether each pair belongs together.
        case pairClassification(first: [String], second: [String], areAlike: [Bool])
        /// Sets that are clustered one by one: texts, and the class of each.
        case clustering([(texts: [String], classes: [String])])
        /// Queries, each with texts that answer it and others. A query of several texts takes the similarity of the
        /// nearest one.
        case reranking([(queries: [String], positive: [String], negative: [String])])
        /// A test collection, whose corpus is read when the task is evaluated.
        case retrieval(TestCollection)
    }

    /// The name: that of the file or folder.
    public let name: String

    /// The texts.
    public let content: Content

    /// Creates a task.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - content: The texts.
    public init(name: String, content: Content) {
        self.name = name
        self.content = content
    }

    /// The kind of the task.
    public var kind: Kind {
        switch content {
        case .similarity: .similarity
        case .pairClassification: .pairClassification
        case .clustering: .clustering
        case .reranking: .reranking
        case .retrieval: .retrieval
        }
    }

    /// All texts of the task, those of questions and those that are kept and found, each once, in the order in which
    /// they come.
    ///
    /// - Returns: The texts. Those of a retrieval task are read from its files.
    /// - Throws: ``RetrievalEvaluationError``, as ``TestCollection/forEachDocument(_:)``.
    public func texts() throws(RetrievalEvaluationError) -> (queries: [String], documents: [String]) {
        texts(try corpus())
    }

    /// The documents of a retrieval task; none for the others.
    func corpus() throws(RetrievalEvaluationError) -> [(id: DocumentID, text: String)] {
        guard case .retrieval(let collection) = content else { return [] }
        var corpus: [(id: DocumentID, text: String)] = []
        try collection.forEachDocument { corpus.append(($0.id, $0.wholeText)) }
        return corpus
    }

    /// All texts of the task, each once, with the documents of a retrieval task.
    func texts(_ corpus: [(id: DocumentID, text: String)]) -> (queries: [String], documents: [String]) {
        var (queries, documents) = (DistinctTexts(), DistinctTexts())
        switch content {
        case .similarity(let first, let second, _), .pairClassification(let first, let second, _):
            for text in first + second { documents.insert(text) }
        case .clustering(let sets):
            for set in sets { for text in set.texts { documents.insert(text) } }
        case .reranking(let samples):
            for sample in samples {
                for text in sample.queries { queries.insert(text) }
                for text in sample.positive + sample.negative { documents.insert(text) }
            }
        case .retrieval(let collection):
            for query in collection.judgedQueries { queries.insert(query.text) }
            for document in corpus { documents.insert(document.text) }
        }
        return (queries.all, documents.all)
    }
}

/// Texts, each once, in the order in which they came.
struct DistinctTexts {
    private(set) var all: [String] = []
    private var known: Set<String> = []

    mutating func insert(_ text: String) {
        if known.insert(text).inserted { all.append(text) }
    }
}
