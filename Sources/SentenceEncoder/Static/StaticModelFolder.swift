import JSONReading
import MappedFiles

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// A model without a network in a folder: a vector for each token, of which a text has the mean.
///
/// ```
/// config.json          "model_type": "model2vec"; normalization, the most tokens of a text
/// model.safetensors    the vectors, in a tensor "embeddings"
/// tokenizer.json       the tokenizer
/// ```
///
/// That is the layout of model2vec. The module `StaticEmbedding` of sentence-transformers has its vectors in a tensor
/// `embedding.weight` and its files in the folder that `modules.json` names, or beside it.
package struct StaticModelFolder: Sendable {
    /// The folder.
    package let folder: URL

    /// What turns texts into tokens.
    let tokenizer: WordPieceTokenizer

    /// The vector of each token, token by token.
    let vectors: [Float]

    /// The components of a vector.
    package let dimensions: Int

    /// Whether the vector of a text is scaled to length 1.
    let normalizes: Bool

    /// The most tokens of a text.
    let tokenLimit: Int

    /// The most Unicode scalars of a text. What is behind them is not looked at.
    let scalarLimit: Int

    /// Whether tokens that stand for unknown words are left out.
    let skipsUnknown: Bool

    /// What stands before a question and before a text that is kept.
    let prompts: Prompts

    private let settingsChecksum: UInt32
    private let tensors: TensorFile

    /// Reads the model; `nil` if the folder has another kind of model.
    ///
    /// - Throws: ``EncoderError``.
    package init?(contentsOf url: URL) throws(EncoderError) {
        folder = url
        var files = FolderFiles(path: url.path)
        let configuration = try files.configuration("config.json")
        let modules = try StaticModules(&files)
        let isModel2Vec = try configuration?.text("model_type") == "model2vec"
        guard isModel2Vec || modules.isStatic else { return nil }
        prompts = try Prompts(&files)
        if !isModel2Vec { files.enter(modules.folder) }
        let vocabulary = try WordPieceTokenizer(&files, TextSettings(&files))
        tensors = try ModelFolder.tensors(files)
        (vectors, dimensions) = try Self.vectors(
            of: isModel2Vec ? ["embeddings"] : ["embedding.weight", "embeddings"], in: tensors,
            tokenCount: Int(vocabulary.vocabulary.greatestID) + 1)
        tokenizer = vocabulary
        normalizes = try isModel2Vec ? configuration?.flag("normalize") ?? false : modules.normalizes
        if isModel2Vec {
            let limit = try configuration?.integer("max_length", in: 1...1 << 30)
            tokenLimit = limit ?? Self.usualTokenLimit
            scalarLimit = tokenLimit * vocabulary.vocabulary.medianTokenLength
        } else {
            (tokenLimit, scalarLimit) = (.max, .max)
        }
        skipsUnknown = isModel2Vec
        settingsChecksum = files.checksum.value
    }

    /// What no component reaches: the square of a sum of some thousand is a number.
    private static let greatest: Float = 1e15

    /// The tokens of a text that count in model2vec, if the folder does not say otherwise.
    private static let usualTokenLimit = 512

    /// A name for everything that decides about the vectors; see ``ModelFolder/checksum()``.
    func checksum() -> String { hexadecimal(settingsChecksum) + hexadecimal(tensors.checksum()) }

    private static func vectors(
        of names: [String], in tensors: TensorFile, tokenCount: Int
    ) throws(EncoderError) -> (vectors: [Float], dimensions: Int) {
        for other in ["mapping", "weights"] where tensors.shape(of: other) != nil {
            throw .unsupported(
                tensors.path, "a vocabulary in classes, with a tensor '\(other)', is not read",
                "Save the model without a quantized vocabulary.")
        }
        guard let name = names.first(where: { tensors.shape(of: $0) != nil }), let shape = tensors.shape(of: name)
        else {
            throw EncoderError(
                .missing,
                "Cannot use the model of '\(tensors.path)': it has no tensor '\(names[0])' with the vectors. "
                    + "Take all files from the same model.")
        }
        guard shape.count == 2, shape[1] > 0, shape[0] >= tokenCount else {
            throw .inconsistent(
                tensors.path, "tensor '\(name)' has the shape \(shape), and the tokenizer has \(tokenCount) tokens",
                "Take all files from the same model.")
        }
        let vectors = try tensors.values(of: name, shape: shape)
        guard vectors.allSatisfy({ $0.magnitude < greatest }) else { throw .givesNoNumbers(tensors.path) }
        return (vectors, shape[1])
    }
}

/// What `modules.json` says of a model without a network.
private struct StaticModules {
    var isStatic = false
    var folder = ""
    var normalizes = false

    init(_ files: inout FolderFiles) throws(EncoderError) {
        let name = "modules.json"
        guard let bytes = try files.bytes(of: name) else { return }
        let path = files.path(of: name)
        guard case .array(let modules) = try ConfigurationObject.value(of: bytes, path: path) else { return }
        for (index, module) in modules.enumerated() {
            let module = try ConfigurationObject(module, path: path, place: "module \(index)")
            let type = try module.text("type") ?? ""
            switch type.split(separator: ".").last {
            case "StaticEmbedding" where index == 0:
                isStatic = true
                folder = try module.folder()
            case "Normalize" where isStatic: normalizes = true
            case _ where isStatic:
                throw .unsupported(
                    path, "the module '\(type)' behind vectors of tokens is not supported",
                    "Supported is 'Normalize'.")
            default: return
            }
        }
    }
}
