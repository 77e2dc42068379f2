import JSONReading

/// The names of the special tokens of a vocabulary that is a list.
struct SpecialTokenNames {
    private(set) var unknown = "[UNK]"
    private(set) var start = "[CLS]"
    private(set) var separator = "[SEP]"
    private(set) var padding = "[PAD]"
    private(set) var mask = "[MASK]"
    private(set) var additional: [String] = []

    /// Reads them from `special_tokens_map.json`, or else from `tokenizer_config.json`. Those that neither names are the
    /// usual ones.
    init(_ files: inout FolderFiles, _ settings: ConfigurationObject?) throws(EncoderError) {
        for object in [settings, try files.configuration("special_tokens_map.json")].compactMap({ $0 }) {
            unknown = try Self.name("unk_token", object) ?? unknown
            start = try Self.name("cls_token", object) ?? start
            separator = try Self.name("sep_token", object) ?? separator
            padding = try Self.name("pad_token", object) ?? padding
            mask = try Self.name("mask_token", object) ?? mask
            if object.value("additional_special_tokens") != nil {
                additional = try object.texts("additional_special_tokens") ?? []
            }
        }
    }

    /// All of them.
    var all: [String] { [padding, unknown, start, separator, mask] + additional }

    /// A name, which stands in the file as a text or as an object with more about the token.
    private static func name(_ key: String, _ object: ConfigurationObject) throws(EncoderError) -> String? {
        if case .object? = object.value(key) { return try object.object(key)?.text("content") }
        return try object.text(key)
    }
}

extension TokenizerDefinition {
    /// Reads `vocab.txt`: a token in each line, whose id is the number of the line, from 0.
    ///
    /// - Parameters:
    ///   - list: The bytes of the file.
    ///   - path: Its path.
    ///   - names: The names of the special tokens.
    ///   - settings: The contents of `tokenizer_config.json`, if there is one.
    /// - Throws: `unsupported` for settings of another tokenizer, or `damaged`.
    init(
        list: [UInt8], path: String, _ names: SpecialTokenNames, settings: ConfigurationObject?
    ) throws(EncoderError) {
        if let settings { try Self.checkKind(settings) }
        self.path = path
        tokens = try Self.tokens(list, path)
        let special = Set(names.all)
        addedTokens = tokens.filter { special.contains($0.text) }
        unknown = names.unknown
        start = names.start
        separator = names.separator
        longestWord = Self.usualLongestWord
        let lowercases = try settings?.flag("do_lower_case") ?? true
        rules = WordPieceRules(
            isolatesIdeographs: try settings?.flag("tokenize_chinese_chars") ?? true,
            stripsMarks: try settings?.flag("strip_accents") ?? lowercases,
            lowercases: lowercases)
    }

    private static func tokens(_ list: [UInt8], _ path: String) throws(EncoderError) -> [(text: String, id: Int32)] {
        var lines = list.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        guard lines.count <= greatestID else {
            throw .damaged(path, "it has \(lines.count) tokens, more than any vocabulary")
        }
        var tokens: [(text: String, id: Int32)] = []
        tokens.reserveCapacity(lines.count)
        for (index, line) in lines.enumerated() {
            let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            guard let text = String(validating: line, as: UTF8.self) else {
                throw .damaged(path, "line \(index + 1) is not UTF-8")
            }
            tokens.append((text, Int32(index)))
        }
        return tokens
    }

    /// Checks that settings belong to a WordPiece tokenizer.
    private static func checkKind(_ settings: ConfigurationObject) throws(EncoderError) {
        let name = try settings.text("tokenizer_class") ?? "BertTokenizer"
        guard ["BertTokenizer", "BertTokenizerFast"].contains(name) else {
            throw .unsupported(settings.path, "the tokenizer '\(name)' is not supported")
        }
        if try settings.flag("do_basic_tokenize") == false {
            throw .unsupported(
                settings.path, "a tokenizer without 'do_basic_tokenize' is not supported",
                "Save the tokenizer as tokenizer.json.")
        }
    }
}
