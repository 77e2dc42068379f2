import EncoderTestSupport
import Foundation
import SentenceEncoder
import TestSupport
import Testing

@Suite("Folders of other models")
struct RefusedFolderTests {
    /// Expects that a folder is refused with a message that names a file and the reason.
    private func expect(
        _ code: EncoderError.Code, _ parts: String..., change: (inout ModelFiles) -> Void,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var files = ModelFiles()
        change(&files)
        let error = try #require(try files.refusal(), "\(parts)", sourceLocation: sourceLocation)
        #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
        for part in parts { #expect(error.message.contains(part), "\(error)", sourceLocation: sourceLocation) }
    }

    @Test(arguments: ["roberta", "distilbert", "mpnet", "xlm-roberta", "nomic_bert", "new", "modernbert", "t5"])
    func `a model of another type is refused by its name`(type: String) throws {
        try expect(.unsupported, "config.json", "'\(type)'", "Supported are") {
            $0.set("config.json", "model_type", type)
        }
    }

    @Test
    func `additions to the architecture are refused by their names`() throws {
        for (key, value, part) in [
            ("architectures", ["JinaBertForMaskedLM"], "'JinaBertForMaskedLM'"),
            ("position_embedding_type", "relative_key_query", "'relative_key_query'"),
            ("position_embedding_type", "rotary", "'rotary'"), ("hidden_act", "silu", "'silu'"),
            ("is_decoder", true, "'is_decoder'"), ("quantization_config", ["bits": 4], "'quantization_config'"),
            ("auto_map", ["AutoModel": "x"], "'auto_map'"), ("pruned_heads", ["1": [2]], "'pruned_heads'"),
        ] as [(String, Any, String)] {
            try expect(.unsupported, "config.json", part) { $0.set("config.json", key, value) }
        }
    }

    @Test
    func `numbers that no model has are refused and never trap`() throws {
        let keys = [
            "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "vocab_size",
            "max_position_embeddings", "type_vocab_size", "layer_norm_eps",
        ]
        for key in keys {
            for value in [0, -1, Int.max, 1e300, "8", [8], true, -0.5] as [Any] {
                try expect(.damaged, "config.json", "'\(key)'") { $0.set("config.json", key, value) }
            }
        }
        for key in keys.prefix(6) {
            try expect(.missing, "config.json", "'\(key)'") { $0.set("config.json", key, nil) }
        }
        try expect(.damaged, "3 heads do not divide") { $0.set("config.json", "num_attention_heads", 3) }
    }

    @Test
    func `modules and ways of pooling that are not supported are refused by their names`() throws {
        for key in ["weightedmean_tokens", "lasttoken", "mean_sqrt_len_tokens"] {
            try expect(.unsupported, "1_Pooling/config.json", "'\(key)'", "Supported is one of") {
                $0.objects["1_Pooling/config.json"] = ["pooling_mode_\(key)": true]
            }
        }
        try expect(.unsupported, "'cls_token' and 'mean_tokens'") {
            $0.objects["1_Pooling/config.json"] = ["pooling_mode_cls_token": true, "pooling_mode_mean_tokens": true]
        }
        try expect(.unsupported, "no mode") { $0.objects["1_Pooling/config.json"] = [:] as [String: Any] }
        try expect(.unsupported, "include_prompt") { $0.set("1_Pooling/config.json", "include_prompt", false) }
        try expect(.missing, "1_Pooling/config.json") { $0.objects["1_Pooling/config.json"] = nil }
        let types = ["Transformer", "Pooling", "Dense", "WeightedLayerPooling", "CNN"]
        for type in types.map({ "sentence_transformers.models." + $0 }) {
            try expect(.unsupported, "modules.json", "'\(type)'") { files in
                let modules = files.objects["modules.json"] as? [[String: Any]] ?? []
                files.objects["modules.json"] = modules + [ModelFiles.module("3", type)]
            }
        }
        try expect(.unsupported, "no module 'Pooling'") {
            $0.objects["modules.json"] = [ModelFiles.module("", "sentence_transformers.models.Transformer")]
        }
        try expect(.damaged, "lies outside") {
            $0.objects["modules.json"] = [ModelFiles.module("../other", "sentence_transformers.models.Transformer")]
        }
        try expect(.damaged, "modules.json", "no list") { $0.objects["modules.json"] = [:] as [String: Any] }
    }

    @Test
    func `limits that the network has no positions for are refused`() throws {
        try expect(.inconsistent, "'max_seq_length' is 33", "32 positions") {
            $0.set("sentence_bert_config.json", "max_seq_length", 33)
        }
        for limit in [0, -1, 7, Int.max] {
            try expect(.damaged, "'max_seq_length'") { $0.set("sentence_bert_config.json", "max_seq_length", limit) }
        }
        try expect(.damaged, "'model_max_length'") {
            $0.set("sentence_bert_config.json", "max_seq_length", nil)
            $0.set("tokenizer_config.json", "model_max_length", 2)
        }
    }

    @Test(arguments: ["pytorch_model.bin", "model.safetensors.index.json", "tf_model.h5", "model.onnx"])
    func `weights in another format are refused with a remedy`(name: String) throws {
        try expect(.unsupported, "'\(name)'", "save_pretrained") {
            $0.tensors = TensorBytes()
            $0.texts[name] = "weights"
        }
    }

    @Test
    func `what is missing is named`() throws {
        try expect(.missing, "config.json") { $0.objects["config.json"] = nil }
        try expect(.missing, "model.safetensors") { $0.tensors = TensorBytes() }
        try expect(.missing, "tokenizer.json", "vocab.txt") { $0.objects["tokenizer.json"] = nil }
        try expect(.missing, "embeddings.word_embeddings.weight") { $0.tensors.entries[0].name = "other" }
        try expect(.inconsistent, "'vocab_size' is 10", "token 10") { $0.set("config.json", "vocab_size", 10) }
        try expect(.unsupported, "several networks", "'a.'") {
            $0.tensors.add("a.embeddings.word_embeddings.weight", shape: [1], [1])
        }
        #expect(throws: EncoderError.self) { try ModelFolder(contentsOf: URL(filePath: "/nonexistent")) }
        #expect(throws: EncoderError.self) { try ModelFolder(contentsOf: URL(filePath: #filePath)) }
    }

    @Test
    func `files that are cut short or altered anywhere are read or refused`() throws {
        var generator = SeededGenerator(seed: 7)
        try TemporaryFolder.with { folder in
            try ModelFiles().write(to: folder)
            for name in ["config.json", "tokenizer.json", "modules.json", "sentence_bert_config.json"] {
                let url = URL(filePath: folder + "/" + name)
                let sound = try Data(contentsOf: url)
                for _ in 0..<300 {
                    var bytes = sound
                    let place = Int.random(in: 0..<bytes.count, using: &generator)
                    if Bool.random(using: &generator) {
                        bytes = bytes.prefix(place)
                    } else {
                        bytes[place] ^= UInt8.random(in: 1...255, using: &generator)
                    }
                    try bytes.write(to: url)
                    do {
                        let model = try ModelFolder(contentsOf: URL(filePath: folder))
                        _ = model.tokenizer.tokens(of: "the embeddings", limit: model.settings.tokenLimit)
                    } catch let error as EncoderError {
                        #expect(!error.message.isEmpty)
                    }
                }
                try sound.write(to: url)
            }
        }
    }
}
