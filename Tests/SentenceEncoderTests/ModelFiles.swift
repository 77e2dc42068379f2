import Foundation
import SentenceEncoder
import TestSupport

/// The files of a small model, which tests alter before they write them.
struct ModelFiles {
    /// Files of JSON by name, as dictionaries or lists.
    var objects: [String: Any]

    /// Other files by name.
    var texts: [String: String] = [:]

    /// The file of the weights; none is written if it has no tensors.
    var tensors = TensorBytes()

    /// A model of two layers as sentence-transformers writes one.
    init() {
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

    /// The settings of the network.
    static var configuration: [String: Any] {
        [
            "model_type": "bert", "architectures": ["BertModel"], "hidden_size": 8, "num_hidden_layers": 2,
            "num_attention_heads": 4, "intermediate_size": 16, "vocab_size": 1000, "max_position_embeddings": 32,
            "type_vocab_size": 2, "layer_norm_eps": 1e-12, "hidden_act": "gelu", "position_embedding_type": "absolute",
        ]
    }

    static func module(_ path: String, _ type: String) -> [String: Any] { ["path": path, "type": type] }

    /// Sets a key of one of the files.
    mutating func set(_ file: String, _ key: String, _ value: Any?) {
        var object = objects[file] as? [String: Any] ?? [:]
        object[key] = value
        objects[file] = object
    }

    /// Writes the files into a folder.
    func write(to folder: String) throws {
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
    func open<Result>(_ body: (ModelFolder) throws -> Result) throws -> Result {
        try TemporaryFolder.with { folder in
            try write(to: folder)
            return try body(try ModelFolder(contentsOf: URL(filePath: folder)))
        }
    }

    /// The error that the folder is refused with; `nil` if it opens.
    func refusal() throws -> EncoderError? {
        do {
            return try open { _ in nil }
        } catch let error as EncoderError {
            return error
        }
    }
}
