#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension WordPieceTokenizer {
    /// Reads the tokenizer of a model's folder: `tokenizer.json`, or else `vocab.txt` with the settings beside it.
    ///
    /// - Parameter url: The folder, with the files as they are published.
    /// - Throws: ``EncoderError``: `missing` if neither file is there, `unsupported` for a tokenizer of another kind, or
    ///   `damaged`.
    public init(contentsOf url: URL) throws(EncoderError) {
        var files = FolderFiles(path: url.path)
        try self.init(&files, TextSettings(&files))
    }

    /// Reads the tokenizer among the files of a folder.
    init(_ files: inout FolderFiles, _ texts: TextSettings) throws(EncoderError) {
        let (name, listName) = ("tokenizer.json", "vocab.txt")
        let definition: TokenizerDefinition
        if let configuration = try files.configuration(name) {
            definition = try TokenizerDefinition(configuration)
            try Self.check(definition, texts)
        } else if let list = try files.bytes(of: listName) {
            let names = try SpecialTokenNames(&files, texts.tokenizer)
            definition = try TokenizerDefinition(
                list: list, path: files.path(of: listName), names, settings: texts.tokenizer)
        } else {
            throw try Self.absence(files)
        }
        var rules = definition.rules
        rules.lowercasesFirst = try texts.lowercasesFirst
        self.init(try WordPieceVocabulary(definition), rules)
    }

    /// Refuses a tokenizer whose two files contradict each other on the case of letters.
    private static func check(_ definition: TokenizerDefinition, _ texts: TextSettings) throws(EncoderError) {
        guard let tokenizer = texts.tokenizer, let lowercases = try tokenizer.flag("do_lower_case"),
            lowercases != definition.rules.lowercases
        else { return }
        throw .inconsistent(
            tokenizer.path,
            "'do_lower_case' is \(lowercases), and 'normalizer.lowercase' of tokenizer.json is "
                + "\(definition.rules.lowercases)",
            "Correct the one that is wrong.")
    }

    /// The error of a folder without a tokenizer that is read.
    private static func absence(_ files: FolderFiles) throws(EncoderError) -> EncoderError {
        for other in ["sentencepiece.bpe.model", "spiece.model", "tokenizer.model", "merges.txt", "vocab.json"]
        where try files.contains(other) {
            return .unsupported(files.path(of: other), "a tokenizer in '\(other)' is not supported")
        }
        return EncoderError(
            .missing,
            "Cannot open the model in '\(files.path)': it has neither tokenizer.json nor vocab.txt. Copy one of them "
                + "from where the model comes from.")
    }
}
