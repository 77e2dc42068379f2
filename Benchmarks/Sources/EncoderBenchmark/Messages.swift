/// What a worker is asked.
struct EncodeRequest: Encodable {
    var command = "encode"
    /// The folder of the weights and tokens.
    var folder: String
    /// The file of papers, for the command `prepare`.
    var papers = ""
    /// The name of the set of token ids.
    var set = ""
    var threads = 1
    /// The texts that are encoded in one call.
    var batch = 1
    /// How often the set is encoded. The fastest pass counts.
    var passes = 3
    /// The file that receives the vectors.
    var vectors = ""
}

/// What a worker answers.
struct EncodeAnswer: Decodable {
    var version: String
    var seconds: Double
    var cpuSeconds: Double
    var peakBytes: Int
}

/// The answer to the command `prepare`.
struct PrepareAnswer: Decodable {}

/// What a system took for a set of texts, in one round.
struct EncodeTime: Encodable {
    var seconds: Double
    var cpuSeconds: Double
    var peakBytes: Int
    /// The texts of a call, of those that were tried the fastest.
    var batch: Int
}

/// The medians of a system over all rounds.
struct SystemReport: Encodable {
    var system: String
    var version: String
    /// Documents of 160 tokens a second, by the number of threads.
    var documentsPerSecond: [Int: Double] = [:]
    /// The same for a second of processor time, which other work on the machine disturbs less.
    var documentsPerCPUSecond: [Int: Double] = [:]
    /// Milliseconds for a question of 20 tokens, by the number of threads.
    var questionMilliseconds: [Int: Double] = [:]
    /// The largest peak of memory over the documents.
    var peakBytes = 0
    /// The least and the mean cosine of the papers' vectors to those of PyTorch.
    var leastCosine: Double?
    var meanCosine: Double?
}

/// All figures of a run.
struct EncoderReport: Encodable {
    var date = ""
    var revision = ""
    var machine = ""
    var rounds = 0
    var systems: [SystemReport] = []
}
