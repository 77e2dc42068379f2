import JSONReading

extension TokenizerDefinition {
    /// Reads `tokenizer.json`. Its truncation and padding do not count: the model's settings limit texts, and nothing is
    /// padded.
    ///
    /// - Throws: `unsupported` with the name of a part of another tokenizer, `missing` or `damaged`.
    init(_ configuration: ConfigurationObject) throws(EncoderError) {
        path = configuration.path
        rules = try Self.rules(configuration)
        let model = try configuration.required("model", try configuration.object("model"))
        try Self.checkModel(model)
        unknown = try model.text("unk_token") ?? "[UNK]"
        longestWord = try model.integer("max_input_chars_per_word", in: Self.longestWords) ?? Self.usualLongestWord
        tokens = try Self.tokens(model)
        (start, separator) = try Self.specialTokens(configuration)
        addedTokens = try Self.addedTokens(configuration)
    }

    private static let supported = "Supported are tokenizers of BERT: BertNormalizer, BertPreTokenizer and WordPiece."

    /// Reads how texts are normalized, and checks how they become words.
    private static func rules(_ configuration: ConfigurationObject) throws(EncoderError) -> WordPieceRules {
        let preTokenizer = try configuration.object("pre_tokenizer")?.text("type") ?? "null"
        guard preTokenizer == "BertPreTokenizer" else {
            throw .unsupported(configuration.path, "'pre_tokenizer' \(preTokenizer) is not supported", supported)
        }
        guard let normalizer = try configuration.object("normalizer") else {
            return WordPieceRules(cleans: false, isolatesIdeographs: false, stripsMarks: false, lowercases: false)
        }
        let type = try normalizer.text("type") ?? "null"
        guard type == "BertNormalizer" else {
            throw .unsupported(configuration.path, "'normalizer' \(type) is not supported", supported)
        }
        let lowercases = try normalizer.flag("lowercase") ?? true
        return WordPieceRules(
            cleans: try normalizer.flag("clean_text") ?? true,
            isolatesIdeographs: try normalizer.flag("handle_chinese_chars") ?? true,
            stripsMarks: try normalizer.flag("strip_accents") ?? lowercases,
            lowercases: lowercases)
    }

    private static func checkModel(_ model: ConfigurationObject) throws(EncoderError) {
        let type = try model.text("type") ?? "null"
        guard type == "WordPiece" else {
            throw .unsupported(model.path, "a tokenizer of type '\(type)' is not supported", supported)
        }
        let mark = try model.text("continuing_subword_prefix") ?? WordPieceVocabulary.continuationMark
        guard mark == WordPieceVocabulary.continuationMark else {
            throw .unsupported(
                model.path, "'continuing_subword_prefix' '\(mark)' is not supported", "Supported is '##'.")
        }
    }

    private static func tokens(_ model: ConfigurationObject) throws(EncoderError) -> [(text: String, id: Int32)] {
        guard case .object(let entries) = try model.required("vocab", model.value("vocab")) else {
            throw .damaged(model.path, "'model.vocab' is no object")
        }
        var tokens: [(text: String, id: Int32)] = []
        tokens.reserveCapacity(entries.count)
        for (text, value) in entries {
            guard case .number(let digits) = value, let id = Int32(digits), (0...Int32(greatestID)).contains(id) else {
                throw .damaged(model.path, "the token '\(text)' has no id from 0 to \(greatestID)")
            }
            tokens.append((text, id))
        }
        return tokens
    }

    /// Reads the tokens that are found in texts. Whether they take white space along (`lstrip`, `rstrip`) does not
    /// matter, because white space becomes no token.
    private static func addedTokens(
        _ configuration: ConfigurationObject
    ) throws(EncoderError) -> [(text: String, id: Int32)] {
        var tokens: [(text: String, id: Int32)] = []
        for (index, value) in (try configuration.list("added_tokens") ?? []).enumerated() {
            let token = try ConfigurationObject(value, path: configuration.path, place: "added_tokens.\(index)")
            let text = try token.required("content", try token.text("content"))
            let id = try token.required("id", try token.integer("id", in: 0...greatestID))
            for key in ["single_word", "normalized"] where try token.flag(key) == true {
                throw .unsupported(
                    configuration.path, "the added token '\(text)' with '\(key)' is not supported",
                    "Supported are added tokens that are found as they are written.")
            }
            tokens.append((text, Int32(id)))
        }
        return tokens
    }
}

// MARK: - What stands around texts

extension TokenizerDefinition {
    /// Reads the tokens around a text, and checks that they are those of BERT.
    private static func specialTokens(
        _ configuration: ConfigurationObject
    ) throws(EncoderError) -> (start: String, separator: String) {
        let processor = try configuration.object("post_processor")
        let type = try processor?.text("type") ?? "null"
        switch (processor, type) {
        case (let processor?, "BertProcessing"):
            guard case .array(let start)? = processor.value("cls"), case .string(let startName)? = start.first,
                case .array(let end)? = processor.value("sep"), case .string(let endName)? = end.first
            else { throw .damaged(configuration.path, "'post_processor' names no 'cls' and 'sep'") }
            return (startName, endName)
        case (let processor?, "TemplateProcessing"):
            let single = try pieces(processor, "single")
            let pair = try pieces(processor, "pair")
            if single.count == 3, case .special(let start, 0) = single[0], case .special(let separator, 0) = single[2],
                single[1] == .sequence("A", 0),
                pair == single + [.sequence("B", 1), .special(separator, 1)]
            {
                return (start, separator)
            }
            throw .unsupported(
                configuration.path, "'post_processor' has a template that is not supported",
                "Supported is that of BERT: [CLS] A [SEP], and [CLS] A [SEP] B [SEP].")
        default:
            throw .unsupported(configuration.path, "'post_processor' \(type) is not supported", supported)
        }
    }

    /// A part of a template, and the type of its tokens.
    private enum Piece: Hashable {
        case special(String, Int)
        case sequence(String, Int)
    }

    private static func pieces(
        _ processor: ConfigurationObject, _ key: String
    ) throws(EncoderError) -> [Piece] {
        var pieces: [Piece] = []
        for (index, value) in (try processor.list(key) ?? []).enumerated() {
            let place = "post_processor.\(key).\(index)"
            let piece = try ConfigurationObject(value, path: processor.path, place: place)
            if let special = try piece.object("SpecialToken") {
                let name = try special.required("id", try special.text("id"))
                pieces.append(.special(name, try special.integer("type_id", in: 0...1) ?? 0))
            } else if let sequence = try piece.object("Sequence") {
                let name = try sequence.required("id", try sequence.text("id"))
                pieces.append(.sequence(name, try sequence.integer("type_id", in: 0...1) ?? 0))
            } else {
                throw .damaged(processor.path, "'\(place)' is neither a special token nor a text")
            }
        }
        return pieces
    }
}
