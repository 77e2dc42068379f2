import MappedFiles

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// A model in a folder, as people download it: settings, a tokenizer, and the file of the weights.
///
/// ```
/// config.json                          the shape of the network
/// model.safetensors                    its weights
/// tokenizer.json                       the tokenizer; or else vocab.txt, with tokenizer_config.json and
///                                      special_tokens_map.json
/// modules.json                         what sentence-transformers does with the network: pooling, normalization
/// 1_Pooling/config.json                how tokens are pooled
/// sentence_bert_config.json            the most tokens of a text
/// config_sentence_transformers.json    prompts
/// ```
///
/// The first two and a tokenizer are needed. A folder without `modules.json` has the mean of all tokens and no
/// normalization.
///
/// One architecture is supported: BERT with absolute positions and a WordPiece tokenizer, without additions. It is that
/// of all-MiniLM, of the English models bge, e5 and gte, of arctic-embed in sizes xs to m, of SPECTER, and of
/// cross-encoders with one label. Any other is refused by its name.
///
/// Not every model says in its folder what it wants before a text. The prompts of bge ("Represent this sentence for
/// searching relevant passages: " before questions), e5 ("query: " and "passage: ") and some of arctic-embed stand in
/// their descriptions alone, and nothing in the folder tells these models apart with certainty. Whoever opens such a
/// folder has to give the prompts.
package struct ModelFolder: Sendable {
    /// The folder.
    package let folder: URL

    /// The shape of the network, and what it makes of a text.
    package let settings: EncoderSettings

    /// What turns texts into tokens.
    package let tokenizer: WordPieceTokenizer

    /// The weights.
    package let tensors: TensorFile

    /// What stands before the names of the network's tensors, such as `bert.`; empty if nothing does.
    package let weightPrefix: String

    /// The checksum of all small files that were read.
    private let settingsChecksum: UInt32

    /// Reads the settings and the vocabulary, and maps the weights.
    ///
    /// - Throws: ``EncoderError``, which names the file and the place in it.
    package init(contentsOf url: URL) throws(EncoderError) {
        folder = url
        var files = FolderFiles(path: url.path)
        let modules = try SentenceModules(&files)
        let prompts = try Prompts(&files)
        files.enter(modules.networkFolder)
        guard let configuration = try files.configuration("config.json") else {
            throw EncoderError(
                .missing,
                "Cannot open the model in '\(files.path)': it has no config.json. Give the folder of a model. "
                    + EncoderError.supportedModels)
        }
        var settings = try EncoderSettings(configuration)
        let texts = try TextSettings(&files)
        settings.tokenLimit = try texts.tokenLimit(positionCount: settings.shape.positionCount)
        settings.pooling = modules.pooling
        settings.normalizes = modules.normalizes
        settings.queryPrompt = prompts.query
        settings.documentPrompt = prompts.document
        self.settings = settings
        tokenizer = try WordPieceTokenizer(&files, texts)
        guard tokenizer.vocabulary.greatestID < settings.shape.vocabularySize else {
            throw .inconsistent(
                configuration.path,
                "'vocab_size' is \(settings.shape.vocabularySize), and the tokenizer has a token "
                    + "\(tokenizer.vocabulary.greatestID)",
                "Take all files from the same model.")
        }
        tensors = try Self.tensors(files)
        weightPrefix = try Self.weightPrefix(tensors)
        settingsChecksum = files.checksum.value
    }

    /// A name for everything that decides about the vectors: 16 hexadecimal digits, of the settings and the tokenizer
    /// and of the weights. It reads the whole file of the weights.
    ///
    /// - Complexity: O(*n*) for *n* bytes.
    package func checksum() -> String {
        hexadecimal(settingsChecksum) + hexadecimal(tensors.checksum())
    }
}

// MARK: - Weights

extension ModelFolder {
    /// The numbers of a tensor of the model, as 32-bit floats, row by row.
    ///
    /// - Parameters:
    ///   - name: The name of the tensor without ``weightPrefix``, such as `embeddings.LayerNorm.weight`. A classifier
    ///     stands beside the network, so its names have no prefix `bert.`.
    ///   - shape: The shape that it must have.
    /// - Returns: The numbers, as many as the product of the shape.
    /// - Throws: As ``TensorFile/values(of:shape:)``.
    package func weights(of name: String, shape: [Int]) throws(EncoderError) -> [Float] {
        try tensors.values(of: fullName(name), shape: shape)
    }

    /// Whether the model has a tensor; see ``weights(of:shape:)``.
    package func hasWeights(of name: String) -> Bool { tensors.shape(of: fullName(name)) != nil }

    private func fullName(_ name: String) -> String {
        (name.hasPrefix(Self.classifier) ? classifierPrefix : weightPrefix) + name
    }

    /// What the names of a classifier's tensors begin with.
    private static let classifier = "classifier."

    /// What stands before the names of a classifier's tensors.
    private var classifierPrefix: String {
        let network = "bert."
        return weightPrefix.hasSuffix(network) ? String(weightPrefix.dropLast(network.count)) : weightPrefix
    }

    /// Maps the file of the weights.
    static func tensors(_ files: FolderFiles) throws(EncoderError) -> TensorFile {
        let name = "model.safetensors"
        if try files.contains(name) { return try TensorFile(contentsOf: URL(filePath: files.path(of: name))) }
        let others = ["model.safetensors.index.json", "pytorch_model.bin", "tf_model.h5", "model.onnx", "onnx"]
        for other in others where try files.contains(other) {
            throw .unsupported(
                files.path(of: other), "weights in '\(other)' are not read",
                "Save them as one file model.safetensors: in Python, AutoModel.from_pretrained(folder)"
                    + ".save_pretrained(folder, safe_serialization=True).")
        }
        throw EncoderError(
            .missing,
            "Cannot open the model in '\(files.path)': it has no \(name). Copy it from where the model comes from.")
    }

    /// What stands before the names of the network's tensors.
    private static func weightPrefix(_ tensors: TensorFile) throws(EncoderError) -> String {
        let ending = "embeddings.word_embeddings.weight"
        let prefixes = tensors.names.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }
        guard let prefix = prefixes.first else {
            throw EncoderError(
                .missing,
                "Cannot use the model of '\(tensors.path)': it has no tensor '\(ending)', with any prefix. "
                    + EncoderError.supportedModels)
        }
        guard prefixes.count == 1 else {
            throw .unsupported(
                tensors.path, "it holds several networks, '\(prefixes.joined(separator: "', '"))'",
                "Supported are files with one network.")
        }
        return prefix
    }
}

/// A number as 8 hexadecimal digits.
func hexadecimal(_ number: UInt32) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
}
