import Foundation
package import SentenceEncoder
import TestSupport

/// The files of a small model, which tests alter before they write them.
package struct ModelFiles {
    /// Files of JSON by name, as dictionaries or lists.
    package var objects: [String: Any]

    /// Other files by name.
    package var texts: [String: String] = [:]

    /// The file of the weights; none is written if it has no tensors.
    package var tensors = TensorBytes()

    /// A model of two layers as sentence-transformers writes one.
    package init() {
        objects = [
            "config.json": Self.configuration,
            "tokenizer.json": TokenizerFiles().definition,
            "modules.json": [
                Self.module("", "sentence_transformers.models.Transformer"),
                Self.module("1_Pooling", "sentence_transformers.models.Pooling"),
                Self.module("2_Normalize", "sentence_transformers.models.Normalize"),
            ],
            "1_Pooling/config.json": ["pooling_mode_mean_tokens": true, "pooling_mode_cls_token": false],
            "sentence_bert_config.json": ["max_seq_length": 16, "do_lower_case": false] as [String: Any],
        ]
        tensors.add("embeddings.word_embeddings.weight", shape: [1, 2], [1, 2])
    }

    /// A model that can be run, of random weights: one of sentences, or one that compares two texts.
    package init(isCrossEncoder: Bool) {
        self.init()
        tensors = TensorBytes()
        let weights = RandomWeights(shape: Self.shape, seed: Self.seed)
        for (name, values) in weights.values.sorted(by: { $0.key < $1.key }) {
            if name.hasPrefix("classifier."), !isCrossEncoder { continue }
            let prefix = isCrossEncoder && !name.hasPrefix("classifier.") ? "bert." : ""
            tensors.add(prefix + name, shape: Self.dimensions(of: name, count: values.count), values)
        }
        if isCrossEncoder {
            set("config.json", "architectures", ["BertForSequenceClassification"])
            set("config.json", "id2label", ["0": "LABEL_0"])
        }
    }

    /// What the random weights are drawn from.
    package static let seed: UInt64 = 11

    /// The shape of the network that ``configuration`` describes.
    package static let shape = NetworkShape(
        hiddenSize: 8, layerCount: 2, headCount: 4, intermediateSize: 16, vocabularySize: 1000, positionCount: 32)

    /// The shape of a tensor of BERT: a matrix for each `.weight` but those of normalizations.
    private static func dimensions(of name: String, count: Int) -> [Int] {
        guard name.hasSuffix(".weight"), !name.contains("LayerNorm") else { return [count] }
        let isInner = name.hasSuffix("output.dense.weight") && !name.contains("attention")
        let columns = isInner ? shape.intermediateSize : shape.hiddenSize
        return [count / columns, columns]
    }

    /// The settings of the network.
    package static var configuration: [String: Any] {
        [
            "model_type": "bert", "architectures": ["BertModel"], "hidden_size": 8, "num_hidden_layers": 2,
            "num_attention_heads": 4, "intermediate_size": 16, "vocab_size": 1000, "max_position_embeddings": 32,
            "type_vocab_size": 2, "layer_norm_eps": 1e-12, "hidden_act": "gelu", "position_embedding_type": "absolute",
        ]
    }

    package static func module(_ path: String, _ type: String) -> [String: Any] { ["path": path, "type": type] }

    /// Sets a key of one of the files.
    package mutating func set(_ file: String, _ key: String, _ value: Any?) {
        var object = objects[file] as? [String: Any] ?? [:]
        object[key] = value
        objects[file] = object
    }

    /// Writes the files into a folder.
    package func write(to folder: String) throws {
        func write(_ data: Data, _ name: String) throws {
            let url = URL(filePath: folder + "/" + name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try data.write(to: url)
        }
        for (name, object) in objects {
            try write(JSONSerialization.data(withJSONObject: object, options: .sortedKeys), name)
        }
        for (name, text) in texts { try write(Data(text.utf8), name) }
        if !tensors.entries.isEmpty { try write(Data(tensors.file), "model.safetensors") }
    }

    /// Opens the folder of the files.
    package func open<Result>(_ body: (ModelFolder) throws -> Result) throws -> Result {
        try TemporaryFolder.with { folder in
            try write(to: folder)
            return try body(try ModelFolder(contentsOf: URL(filePath: folder)))
        }
    }

    /// The error that the folder is refused with; `nil` if it opens.
    package func refusal() throws -> EncoderError? {
        do {
            return try open { _ in nil }
        } catch let error as EncoderError {
            return error
        }
    }
}
