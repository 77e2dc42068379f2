import EncoderTestSupport
import Foundation
import SentenceEncoder
import TestSupport
import Testing

@Suite("Folders of models")
struct ModelFolderTests {
    @Test
    func `the settings of a folder of sentence-transformers are read`() throws {
        var files = ModelFiles()
        files.set("config_sentence_transformers.json", "prompts", ["query": "query: ", "passage": "passage: "])
        try files.open { (model) throws in
            let settings = model.settings
            #expect(settings.shape.hiddenSize == 8 && settings.shape.layerCount == 2 && settings.shape.headCount == 4)
            #expect(settings.shape.intermediateSize == 16 && settings.shape.vocabularySize == 1000)
            #expect(
                settings.shape.positionCount == 32 && settings.shape.typeCount == 2
                    && settings.shape.normEpsilon == 1e-12)
            #expect(settings.shape.activation == .gelu && settings.pooling == .mean && settings.normalizes)
            #expect(settings.tokenLimit == 16 && !settings.isCrossEncoder)
            #expect(settings.queryPrompt == "query: " && settings.documentPrompt == "passage: ")
            #expect(model.weightPrefix == "")
            #expect(model.tokenizer.tokens(of: "The embeddings", limit: 16) == [2, 5, 6, 7, 8, 9, 3])
        }
    }

    @Test
    func `a folder without files of sentence-transformers has the mean and its tokenizer's limit`() throws {
        var files = ModelFiles()
        for name in ["modules.json", "1_Pooling/config.json", "sentence_bert_config.json"] { files.objects[name] = nil }
        try files.open { (model) throws in
            #expect(model.settings.pooling == .mean && !model.settings.normalizes)
            #expect(model.settings.tokenLimit == 32)
            #expect(model.settings.queryPrompt == "" && model.settings.documentPrompt == "")
        }
        files.set("tokenizer_config.json", "model_max_length", 24)
        try files.open { #expect($0.settings.tokenLimit == 24) }
        files.set("tokenizer_config.json", "model_max_length", 1e30)
        try files.open { #expect($0.settings.tokenLimit == 32) }
    }

    @Test
    func `pooling is read in its old and its new spelling`() throws {
        for (configuration, pooling) in [
            (["pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false], Pooling.cls),
            (["pooling_mode_max_tokens": true], .max), (["pooling_mode": "mean"], .mean),
            (["pooling_mode": "cls"], .cls), (["pooling_mode": "max"], .max),
        ] as [([String: Any], Pooling)] {
            var files = ModelFiles()
            files.objects["1_Pooling/config.json"] = configuration
            try files.open { #expect($0.settings.pooling == pooling) }
        }
    }

    @Test
    func `the default prompt stands where there is none of its own`() throws {
        var files = ModelFiles()
        files.objects["config_sentence_transformers.json"] =
            ["prompts": ["query": "q: ", "other": "o: "], "default_prompt_name": "other"] as [String: Any]
        try files.open { (model) throws in
            #expect(model.settings.queryPrompt == "q: " && model.settings.documentPrompt == "o: ")
        }
        files.set("config_sentence_transformers.json", "default_prompt_name", "absent")
        #expect(try files.refusal()?.code == .inconsistent)
    }

    @Test(arguments: ["", "bert.", "model.", "0.auto_model."])
    func `the names of the weights may have a prefix`(prefix: String) throws {
        var files = ModelFiles()
        files.tensors = TensorBytes()
        files.tensors.add(prefix + "embeddings.word_embeddings.weight", shape: [1], [1])
        files.tensors.add(prefix + "embeddings.LayerNorm.weight", shape: [1], [2])
        files.tensors.add(prefix + "encoder.layer.0.output.LayerNorm.weight", shape: [1], [3])
        try files.open { (model) throws in
            #expect(model.weightPrefix == prefix)
            #expect(try model.weights(of: "embeddings.LayerNorm.weight", shape: [1]) == [2])
            #expect(try model.weights(of: "encoder.layer.0.output.LayerNorm.weight", shape: [1]) == [3])
            #expect(throws: EncoderError.self) { try model.weights(of: "embeddings.LayerNorm.bias", shape: [1]) }
        }
    }

    @Test
    func `a cross-encoder with one label is read, and its classifier stands beside the network`() throws {
        var files = ModelFiles()
        files.set("config.json", "architectures", ["BertForSequenceClassification"])
        files.set("config.json", "id2label", ["0": "LABEL_0"])
        files.tensors = TensorBytes()
        files.tensors.add("bert.embeddings.word_embeddings.weight", shape: [1], [1])
        files.tensors.add("classifier.weight", shape: [1, 2], [3, 4])
        try files.open { (model) throws in
            #expect(model.settings.isCrossEncoder)
            #expect(try model.weights(of: "classifier.weight", shape: [1, 2]) == [3, 4])
        }
        files.set("config.json", "id2label", ["0": "no", "1": "yes"])
        #expect(try files.refusal()?.message.contains("2 labels") == true)
        files.set("config.json", "id2label", nil)
        #expect(try files.refusal()?.message.contains("2 labels") == true)
    }

    @Test
    func `the network may lie in a folder of its own`() throws {
        var files = ModelFiles()
        for name in ["config.json", "tokenizer.json", "sentence_bert_config.json"] {
            files.objects["0_Transformer/" + name] = files.objects.removeValue(forKey: name)
        }
        files.objects["modules.json"] = [
            ModelFiles.module("0_Transformer", "sentence_transformers.models.Transformer"),
            ModelFiles.module("1_Pooling", "sentence_transformers.models.Pooling"),
        ]
        try TemporaryFolder.with { folder in
            try files.write(to: folder)
            try FileManager.default.moveItem(
                atPath: folder + "/model.safetensors", toPath: folder + "/0_Transformer/model.safetensors")
            let model = try ModelFolder(contentsOf: URL(filePath: folder))
            #expect(model.settings.tokenLimit == 16 && !model.settings.normalizes)
        }
    }

    @Test
    func `the checksum changes with every file that was read, and with nothing else`() throws {
        var files = ModelFiles()
        let checksum = try files.open { $0.checksum() }
        #expect(checksum.count == 16 && checksum.allSatisfy(\.isHexDigit))
        files.texts["README.md"] = "about"
        #expect(try files.open { $0.checksum() } == checksum)
        let changes: [(inout ModelFiles) -> Void] = [
            { $0.set("config.json", "layer_norm_eps", 1e-5) },
            { $0.set("1_Pooling/config.json", "pooling_mode_mean_sqrt_len_tokens", false) },
            { $0.set("sentence_bert_config.json", "max_seq_length", 15) },
            { $0.set("tokenizer_config.json", "do_lower_case", true) },
            { $0.set("tokenizer.json", "version", "1.0") },
            { $0.tensors.data[0] ^= 1 },
        ]
        var checksums: Set = [checksum]
        for change in changes {
            var changed = files
            change(&changed)
            checksums.insert(try changed.open { $0.checksum() })
        }
        #expect(checksums.count == changes.count + 1)
    }
}
