package import RetrievalEvaluation

/// How good, how fast and how large the embeddings of several spaces are, over the tasks of folders.
package struct EmbeddingBenchmarkReport: Encodable, Sendable {
    /// A figure of a task.
    package struct Figure: Encodable, Sendable {
        /// MTEB's name of the figure.
        package var measure: String
        /// `null` where the embeddings give none.
        package var value: Double?

        package init(measure: String, value: Double?) {
            (self.measure, self.value) = (measure, value)
        }
    }

    /// What a space does at a task.
    package struct TaskResult: Encodable, Sendable {
        package var task: String
        /// The kind of the task: `STS`, `pair classification`, `clustering`, `reranking` or `retrieval`.
        package var kind: String
        /// The figures, MTEB's main score first.
        package var figures: [Figure]
        /// Why the main score has no value; absent if it has one.
        package var problem: String?
        /// The distinct texts.
        package var texts: Int
        /// The texts that have an embedding of zeros.
        package var unknownTexts: Int
        /// The seconds that the encoder took.
        package var seconds: Double

        /// MTEB's main score.
        package var score: Double? { figures.first?.value }

        package init(
            task: String, kind: String, figures: [Figure], problem: String?, texts: Int, unknownTexts: Int,
            seconds: Double
        ) {
            (self.task, self.kind, self.figures, self.problem) = (task, kind, figures, problem)
            (self.texts, self.unknownTexts, self.seconds) = (texts, unknownTexts, seconds)
        }
    }

    /// A space with its results.
    package struct Space: Encodable, Sendable {
        package var name: String
        /// The components of an embedding; the most of them where a space is learned for each folder.
        package var dimensions: Int
        /// The bytes of an embedding as 32-bit floats.
        package var bytesPerText: Int
        /// The texts encoded in a second over all tasks; absent where no time passed.
        package var textsPerSecond: Double?
        /// The seconds that learning the space or opening the model took.
        package var preparationSeconds: Double
        /// The mean of the main scores; absent unless every task has one.
        package var mean: Double?
        package var results: [TaskResult]
    }

    package var spaces: [Space]

    /// Reports the results of spaces, each over the same tasks.
    package init(spaces: [Space]) {
        self.spaces = spaces
    }
}

extension EmbeddingBenchmarkReport.TaskResult {
    /// Reports the result of a task.
    package init(_ task: EmbeddingTask, _ result: EmbeddingTaskResult) {
        self.init(
            task: task.name, kind: task.kind.rawValue,
            figures: result.figures.map { .init(measure: $0.name, value: $0.value) }, problem: result.problem,
            texts: result.textCount, unknownTexts: result.zeroCount, seconds: result.encodingTime / .seconds(1))
    }
}

extension EmbeddingBenchmarkReport.Space {
    /// Sums the results of a space up.
    ///
    /// - Parameters:
    ///   - name: The name of the space.
    ///   - results: The results, at least one.
    ///   - dimensions: The components of an embedding.
    ///   - preparation: What learning the space or opening the model took.
    package init(
        name: String, results: [EmbeddingBenchmarkReport.TaskResult], dimensions: Int, preparation: Duration
    ) {
        let scores = results.compactMap(\.score)
        let (texts, seconds) = results.reduce((0, 0.0)) { ($0.0 + $1.texts, $0.1 + $1.seconds) }
        self.init(
            name: name, dimensions: dimensions, bytesPerText: dimensions * MemoryLayout<Float>.size,
            textsPerSecond: seconds > 0 ? Double(texts) / seconds : nil,
            preparationSeconds: preparation / .seconds(1),
            mean: scores.count == results.count && !scores.isEmpty
                ? scores.reduce(0, +) / Double(scores.count) : nil,
            results: results)
    }
}
