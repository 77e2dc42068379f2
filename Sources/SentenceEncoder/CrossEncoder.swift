import ParallelLoops
public import TextEncoding

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A cross-encoder from a model's folder: it reads a question and a text together, and says how well the text answers
/// it. That is slower than a sentence encoder, which reads a text once for all questions, and ranks better.
public final class CrossEncoder: Sendable {
    /// The folder's name.
    public let name: String

    private let tokenLimit: Int
    private let tokenizer: WordPieceTokenizer
    private let network: TransformerNetwork
    private let threads: Int

    /// Opens the model in a folder.
    ///
    /// - Parameters:
    ///   - folder: The folder of a BERT with a classifier of one label.
    ///   - precision: The numbers of the network.
    ///   - threads: The most threads to use; `nil`, the default, is one for each core.
    /// - Throws: ``EncoderError``: what is wrong with the folder, and `unsupported` for a model of another kind.
    public convenience init(
        contentsOf folder: URL, precision: EncoderPrecision = .int8, threads: Int? = nil
    ) throws(EncoderError) {
        try self.init(ModelFolder(contentsOf: folder), precision: precision, threads: threads)
    }

    /// Takes the model of a folder that is open.
    ///
    /// - Throws: As ``init(contentsOf:precision:threads:)``.
    package init(_ model: ModelFolder, precision: EncoderPrecision, threads: Int?) throws(EncoderError) {
        let folder = model.folder
        guard model.settings.isCrossEncoder, model.settings.shape.typeCount > 1 else {
            throw .unsupported(
                folder.path, "it has no classifier that compares two texts", "Give the folder of a cross-encoder.")
        }
        guard (1...mostThreads).contains(threads ?? 1) else {
            throw .unsupported(folder.path, "\(threads ?? 0) threads cannot run it", "Take 1 to \(mostThreads).")
        }
        name = folder.standardizedFileURL.lastPathComponent
        tokenLimit = model.settings.tokenLimit
        tokenizer = model.tokenizer
        network = try TransformerNetwork(model, precision: precision)
        guard network.hasClassifier else {
            throw EncoderError(
                .missing,
                "Cannot use the model of '\(model.tensors.path)': it has no tensor 'classifier.weight', and config.json "
                    + "says that it compares texts. Take all files from the same model.")
        }
        self.threads = threads ?? availableCores
        guard let score = try? scores(of: ["a"], for: "a")[0] else { return }
        guard score.isFinite else { throw .givesNoNumbers(folder.path) }
    }

    /// How well texts answer a question.
    ///
    /// - Parameters:
    ///   - texts: The texts.
    ///   - question: The question.
    /// - Returns: A number for each text, in their order. A higher one is a better answer; numbers of two questions do
    ///   not compare.
    /// - Throws: `CancellationError` if the task is cancelled.
    /// - Complexity: O(*tokens* · *weights*).
    public func scores(of texts: [String], for question: String) throws(CancellationError) -> [Float] {
        let (tokenizer, limit) = (tokenizer, tokenLimit)
        let pairs = concurrentMap(texts.count, threads: threads) { place in
            let pair = tokenizer.tokens(of: question, and: texts[place], limit: limit)
            return TokenSequence(pair.tokens, secondStart: pair.types.count { $0 == 0 })
        }
        return try network.logits(of: pairs, threads: threads)
    }
}

// MARK: - Judging

extension CrossEncoder: TextJudge {
    /// How well each text answers the question: the weighted sum of ``scores(of:for:)`` for its parts.
    ///
    /// - Throws: `CancellationError` if the task is cancelled.
    public func judgments(of texts: [String], for question: [QuestionPart]) throws -> [Double] {
        var sums = [Double](repeating: 0, count: texts.count)
        for part in question {
            for (place, score) in try scores(of: texts, for: part.text).enumerated() {
                sums[place] += Double(part.share * score)
            }
        }
        return sums
    }
}
