/// How good the embeddings of an encoder are at a task, and what they cost.
public struct EmbeddingTaskResult: Sendable {
    /// A figure, under the name that MTEB gives it.
    public struct Figure: Hashable, Sendable {
        /// The name: `cosine_spearman`, `cosine_pearson`, `cosine_ap`, `cosine_accuracy`, `cosine_f1`, `v_measure`,
        /// `v_measure_std`, `map`, `mrr`, or of a ``Measure`` such as `nDCG@10`.
        public let name: String
        /// The value; `nil` if the embeddings give none.
        public let value: Double?

        /// Creates a figure.
        public init(name: String, value: Double?) {
            self.name = name
            self.value = value
        }
    }

    /// The figures, MTEB's main score first. At least one.
    public let figures: [Figure]

    /// MTEB's main score.
    public var mainFigure: Figure { figures[0] }

    /// Why the main score has no value; `nil` if it has one.
    public let problem: String?

    /// The number of distinct texts that were encoded.
    public let textCount: Int

    /// How many of them have an embedding of zeros, because the encoder makes nothing of them.
    public let zeroCount: Int

    /// How long the encoder took.
    public let encodingTime: Duration

    /// The number of components of an embedding.
    public let dimensions: Int

    /// The texts encoded in a second; `nil` without texts.
    public var textsPerSecond: Double? {
        textCount > 0 && encodingTime > .zero ? Double(textCount) / (encodingTime / .seconds(1)) : nil
    }

    /// The bytes of an embedding as 32-bit floats.
    public var bytesPerText: Int { dimensions * MemoryLayout<Float>.size }
}
