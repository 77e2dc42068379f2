import ArraySpans
import MappedFiles
import ParallelLoops
public import TextEncoding

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A sentence encoder from a model's folder: texts on the same subject get vectors that lie close together.
///
/// ```swift
/// let encoder = try SentenceEncoder(contentsOf: URL(filePath: "all-MiniLM-L6-v2"))
/// let vectors = try await encoder.embeddings(of: ["Papers like InfLLM"], as: .query)
/// ```
///
/// The article <doc:SentenceEncoder> says which models it takes. The network is read and packed once, and any number of
/// threads may use it. A vector depends on its own text alone.
public final class SentenceEncoder: TextEncoder {
    /// How an encoder computes, and what it makes of a text where the model's folder leaves that open.
    public struct Options: Hashable, Sendable {
        /// The numbers of the network. Default: codes of 8 bits.
        public var precision: EncoderPrecision
        /// The components of a vector that are kept, the first ones, for models that were trained for it; `nil`, the
        /// default, keeps all.
        public var dimensions: Int?
        /// What stands before a question; `nil`, the default, is what the folder says.
        public var queryPrompt: String?
        /// What stands before a text that is kept and found; `nil`, the default, is what the folder says.
        public var documentPrompt: String?
        /// The most threads to use; `nil`, the default, is one for each core.
        public var threads: Int?
        /// What ``SentenceEncoder/identity`` calls the model; `nil`, the default, is the name of the folder.
        public var name: String?

        /// Creates options; the defaults serve most models.
        public init(
            precision: EncoderPrecision = .int8, dimensions: Int? = nil, queryPrompt: String? = nil,
            documentPrompt: String? = nil, threads: Int? = nil, name: String? = nil
        ) {
            self.precision = precision
            self.dimensions = dimensions
            self.queryPrompt = queryPrompt
            self.documentPrompt = documentPrompt
            self.threads = threads
            self.name = name
        }
    }

    /// The folder's name, and a version that changes with the model, its precision and its prompts.
    public let identity: EncoderIdentity

    /// The most tokens of a text that count. What is behind them is not read.
    public var tokenLimit: Int {
        switch model {
        case .network(_, let folder): folder.settings.tokenLimit
        case .table(let table): table.tokenLimit
        }
    }

    private enum Model {
        case network(TransformerNetwork, ModelFolder)
        case table(StaticModelFolder)
    }

    private let model: Model
    private let queryPrompt: String
    private let documentPrompt: String
    private let threads: Int

    /// Opens the model in a folder.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - options: How to compute.
    /// - Throws: ``EncoderError``: what is wrong with the folder, and `unsupported` for a model of another kind, for a
    ///   cross-encoder, and for a number of dimensions or threads that cannot be.
    /// - Complexity: Reads all weights, about a tenth of a second for 100 MB.
    public convenience init(contentsOf folder: URL, options: Options = Options()) throws(EncoderError) {
        try self.init(EncoderFolder(contentsOf: folder), options: options)
    }

    /// Takes the model of a folder that is open.
    ///
    /// - Throws: As ``init(contentsOf:options:)``.
    package init(_ opened: EncoderFolder, options: Options) throws(EncoderError) {
        let (folder, checksum, width, prompts) =
            switch opened {
            case .network(let model):
                (
                    model.folder, model.checksum(), model.settings.shape.hiddenSize,
                    (query: model.settings.queryPrompt, document: model.settings.documentPrompt)
                )
            case .table(let table):
                (
                    table.folder, table.checksum(), table.dimensions,
                    (query: table.prompts.query, document: table.prompts.document)
                )
            }
        let dimensions = options.dimensions ?? width
        guard (1...width).contains(dimensions) else {
            throw .unsupported(
                folder.path, "its vectors have no \(dimensions) components", "Take 1 to \(width).")
        }
        guard (1...mostThreads).contains(options.threads ?? 1) else {
            throw .unsupported(
                folder.path, "\(options.threads ?? 0) threads cannot run it", "Take 1 to \(mostThreads).")
        }
        queryPrompt = options.queryPrompt ?? prompts.query
        documentPrompt = options.documentPrompt ?? prompts.document
        threads = options.threads ?? availableCores
        switch opened {
        case .network(let folder):
            guard !folder.settings.isCrossEncoder else { throw .hasNoVectors(folder.folder.path) }
            model = .network(try TransformerNetwork(folder, precision: options.precision), folder)
        case .table(let table): model = .table(table)
        }
        let promptChecksum = SentenceEncoder.checksum(of: [queryPrompt, documentPrompt])
        var version = "\(checksum)-\(promptChecksum)"
        if case .network = opened { version += "-\(options.precision.rawValue)" }
        identity = EncoderIdentity(
            name: options.name ?? folder.standardizedFileURL.lastPathComponent, version: version,
            dimensions: dimensions)
        try check(folder)
    }

    /// Makes sure that the model gives numbers, and that its prompts leave room for a text.
    private func check(_ folder: URL) throws(EncoderError) {
        if case .network(_, let model) = model {
            let limit = model.settings.tokenLimit
            for prompt in [queryPrompt, documentPrompt]
            where model.tokenizer.tokens(of: prompt, limit: limit).count == limit {
                throw .unsupported(
                    folder.path, "the prompt '\(prompt.prefix(40))…' fills all \(limit) tokens of a text",
                    "Give a shorter one.")
            }
        }
        // A task that is cancelled is told so by the first text.
        guard let vector = try? encode(["a"], as: .document)[0] else { return }
        guard vector.components.allSatisfy(\.isFinite) else { throw .givesNoNumbers(folder.path) }
    }

    /// Encodes texts, on threads outside the pool of Swift's concurrency.
    ///
    /// - Parameters:
    ///   - texts: The texts. One without words has the vector of its special tokens; a model without a network gives
    ///     it zeros, and one of which it knows no word.
    ///   - role: What they are: it chooses the prompt.
    /// - Returns: A vector for each text, in their order.
    /// - Throws: `CancellationError` if the task is cancelled.
    /// - Complexity: O(*tokens* · *weights*).
    public func embeddings(of texts: [String], as role: TextRole) async throws -> [Embedding] {
        try await inBackground { try self.encode(texts, as: role) }
    }

    /// Encodes texts, on the calling thread and others. See ``embeddings(of:as:)``.
    ///
    /// - Throws: `CancellationError` if the task is cancelled.
    public func encode(_ texts: [String], as role: TextRole) throws(CancellationError) -> [Embedding] {
        let prompt = role == .query ? queryPrompt : documentPrompt
        let (threads, dimensions) = (threads, identity.dimensions)
        switch model {
        case .table(let table):
            let vectors = concurrentMap(texts.count, threads: threads) { place in
                Embedding(table.vector(of: prompt + texts[place], dimensions: dimensions))
            }
            if Task.isCancelled { throw CancellationError() }
            return vectors
        case .network(let network, let folder):
            let (tokenizer, settings) = (folder.tokenizer, folder.settings)
            let sequences = concurrentMap(texts.count, threads: threads) { place in
                tokenizer.tokens(of: prompt + texts[place], limit: settings.tokenLimit)
            }
            let rows = try network.embeddings(
                of: sequences, pooling: settings.pooling, dimensions: dimensions, normalizes: settings.normalizes,
                threads: threads)
            return texts.indices.map { Embedding(Array(rows[$0 * dimensions..<($0 + 1) * dimensions])) }
        }
    }

    /// The CRC-32C of texts, each with a byte behind it that UTF-8 does not have, as 8 hexadecimal digits.
    private static func checksum(of texts: [String]) -> String {
        var sum = CRC32C()
        for text in texts { sum.update(unsafe (Array(text.utf8) + [0xFF]).span.bytes) }
        return hexadecimal(sum.value)
    }
}

/// The most threads that a model may be told to use.
let mostThreads = 1_024

// MARK: - Judging

extension SentenceEncoder: TextJudge {
    /// The cosine of each text with the question: with the weighted sum of the unit vectors of its parts.
    ///
    /// - Throws: `CancellationError` if the task is cancelled.
    public func judgments(of texts: [String], for question: [QuestionPart]) throws -> [Double] {
        var sum = [Float](repeating: 0, count: identity.dimensions)
        for part in question {
            let vector = try encode([part.text], as: part.role)[0].components
            let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
            guard length > 0 else { continue }
            for axis in sum.indices { sum[axis] += part.share / length * vector[axis] }
        }
        let asked = Embedding(sum)
        return try encode(texts, as: .document).map { Double($0.cosine(with: asked)) }
    }
}

extension TransformerNetwork {
    /// Takes the network of a model's folder.
    ///
    /// - Throws: ``EncoderError`` for weights that are missing, have another shape, or are no numbers.
    convenience init(_ model: ModelFolder, precision: EncoderPrecision) throws(EncoderError) {
        try self.init(
            shape: model.settings.shape, precision: precision, has: model.hasWeights(of:)
        ) { name, shape throws(EncoderError) in
            try model.weights(of: name, shape: shape)
        }
    }
}
