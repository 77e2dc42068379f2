/// What two files say about texts beside the tokenizer's own: `sentence_bert_config.json` of sentence-transformers, and
/// `tokenizer_config.json`.
struct TextSettings {
    /// The contents of `tokenizer_config.json`, if there is one.
    let tokenizer: ConfigurationObject?

    private let sentences: ConfigurationObject?

    init(_ files: inout FolderFiles) throws(EncoderError) {
        tokenizer = try files.configuration("tokenizer_config.json")
        sentences = try files.configuration("sentence_bert_config.json")
    }

    /// Whether texts become lowercase before the tokenizer gets them.
    var lowercasesFirst: Bool {
        get throws(EncoderError) { try sentences?.flag("do_lower_case") ?? false }
    }

    /// The most tokens of a text: what sentence-transformers was told, or else what the tokenizer was told, or else all
    /// positions of the network.
    ///
    /// - Throws: `inconsistent` if the network has fewer positions.
    func tokenLimit(positionCount: Int) throws(EncoderError) -> Int {
        let fewest = EncoderSettings.fewestTokens
        if let sentences, let limit = try sentences.integer("max_seq_length", in: fewest...1 << 30) {
            guard limit <= positionCount else {
                throw .inconsistent(
                    sentences.path, "'max_seq_length' is \(limit), and the network has \(positionCount) positions",
                    "Set it to \(positionCount) or less.")
            }
            return limit
        }
        // Files of tokenizers without a limit have a number beyond any integer.
        guard let limit = try tokenizer?.number("model_max_length"), limit < Double(positionCount) else {
            return positionCount
        }
        guard limit >= Double(fewest) else {
            throw .damaged(tokenizer?.path ?? "", "'model_max_length' is \(limit), and less than \(fewest)")
        }
        return Int(limit)
    }
}
