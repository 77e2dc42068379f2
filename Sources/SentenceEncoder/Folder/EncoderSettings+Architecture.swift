extension EncoderSettings {
    /// Reads the shape of a model from its `config.json`, and refuses every model that is no BERT.
    ///
    /// - Throws: `unsupported` with the name of what is not supported, `missing` or `damaged`.
    init(_ configuration: ConfigurationObject) throws(EncoderError) {
        let isCrossEncoder = try Self.checkArchitecture(configuration)
        func size(_ key: String, _ range: ClosedRange<Int>) throws(EncoderError) -> Int {
            try configuration.required(key, try configuration.integer(key, in: range))
        }
        let positionCount = try size("max_position_embeddings", Self.fewestTokens...1 << 16)
        let shape = NetworkShape(
            hiddenSize: try size("hidden_size", 1...1 << 14),
            layerCount: try size("num_hidden_layers", 1...256),
            headCount: try size("num_attention_heads", 1...1 << 14),
            intermediateSize: try size("intermediate_size", 1...NetworkShape.largestSize),
            vocabularySize: try size("vocab_size", 1...1 << 22),
            positionCount: positionCount,
            typeCount: try configuration.integer("type_vocab_size", in: 1...16) ?? 2,
            normEpsilon: try Self.normEpsilon(configuration),
            activation: try Self.activation(configuration))
        if let flaw = shape.flaw { throw .damaged(configuration.path, flaw) }
        self.init(shape: shape, tokenLimit: positionCount, isCrossEncoder: isCrossEncoder)
    }

    /// The fewest tokens that a model may be limited to: enough for the ends of two texts and some words.
    static let fewestTokens = 8

    /// Checks that a model is a BERT without additions, and returns whether it is a cross-encoder.
    private static func checkArchitecture(_ configuration: ConfigurationObject) throws(EncoderError) -> Bool {
        let path = configuration.path
        let type = try configuration.required("model_type", try configuration.text("model_type"))
        guard type == "bert" else { throw .unsupported(path, "models of type '\(type)' are not supported") }
        let architecture = try configuration.texts("architectures")?.first ?? "BertModel"
        guard architectures.contains(architecture) else {
            throw .unsupported(path, "the architecture '\(architecture)' is not supported")
        }
        if let positions = try configuration.text("position_embedding_type"), positions != "absolute" {
            throw .unsupported(path, "positions of type '\(positions)' are not supported")
        }
        for key in ["is_decoder", "add_cross_attention"] where try configuration.flag(key) == true {
            throw .unsupported(path, "a model with '\(key)' is no encoder")
        }
        for key in ["quantization_config", "adapters", "auto_map"] where configuration.value(key) != nil {
            throw .unsupported(path, "a model with '\(key)' is not supported")
        }
        if let heads = try configuration.object("pruned_heads"), !heads.keys.isEmpty {
            throw .unsupported(path, "a model with 'pruned_heads' is not supported")
        }
        guard architecture == crossEncoder else { return false }
        let namedLabelCount = try configuration.object("id2label")?.keys.count
        let givenLabelCount = try configuration.integer("num_labels", in: 1...1 << 20)
        let labelCount = namedLabelCount ?? givenLabelCount ?? usualLabelCount
        guard labelCount == 1 else {
            throw .unsupported(
                path, "a classifier with \(labelCount) labels is not supported",
                "Supported are cross-encoders with one label, such as ms-marco-MiniLM-L6-v2.")
        }
        return true
    }

    /// The architectures that have the layers of a BERT. Heads for training are not used.
    private static let architectures = ["BertModel", "BertForMaskedLM", "BertForPreTraining", crossEncoder]
    private static let crossEncoder = "BertForSequenceClassification"

    /// The labels of a classifier whose configuration does not name them.
    private static let usualLabelCount = 2

    private static func normEpsilon(_ configuration: ConfigurationObject) throws(EncoderError) -> Float {
        let epsilon = Float(try configuration.number("layer_norm_eps") ?? 1e-12)
        guard epsilon > 0, epsilon <= 1 else {
            throw .damaged(configuration.path, "'layer_norm_eps' is \(epsilon), and not above 0 and at most 1")
        }
        return epsilon
    }

    private static func activation(_ configuration: ConfigurationObject) throws(EncoderError) -> Activation {
        switch try configuration.text("hidden_act") ?? "gelu" {
        case "gelu", "gelu_python": return .gelu
        case "gelu_new", "gelu_fast", "gelu_pytorch_tanh": return .geluTanh
        case "relu": return .relu
        case let name:
            throw .unsupported(
                configuration.path, "the activation '\(name)' is not supported",
                "Supported are 'gelu', 'gelu_new', 'gelu_fast', 'gelu_pytorch_tanh' and 'relu'.")
        }
    }
}
