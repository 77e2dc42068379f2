package import Foundation
package import SentenceEncoder
import TestSupport

/// The files of a small tokenizer.
package struct TokenizerFiles {
    /// The tokens, whose ids are their places.
    package var vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "em", "##bed", "##ding", "##s", "a"]

    /// `normalizer` of `tokenizer.json`.
    package var normalizer: [String: Any] = [
        "type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": NSNull(),
        "lowercase": true,
    ]

    /// The tokens that are found in texts.
    package var addedTokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]

    package init() {}

    /// The contents of `vocab.txt`.
    package var list: String { vocabulary.map { $0 + "\n" }.joined() }

    /// The contents of `tokenizer.json`.
    package var definition: [String: Any] {
        func special(_ name: String, _ type: Int) -> [String: Any] {
            ["SpecialToken": ["id": name, "type_id": type] as [String: Any]]
        }
        func sequence(_ name: String, _ type: Int) -> [String: Any] {
            ["Sequence": ["id": name, "type_id": type] as [String: Any]]
        }
        let single = [special("[CLS]", 0), sequence("A", 0), special("[SEP]", 0)]
        let ids = Dictionary(vocabulary.enumerated().map { ($1, $0) }) { _, last in last }
        return [
            "normalizer": normalizer,
            "pre_tokenizer": ["type": "BertPreTokenizer"],
            "post_processor": [
                "type": "TemplateProcessing", "single": single,
                "pair": single + [sequence("B", 1), special("[SEP]", 1)],
            ] as [String: Any],
            "added_tokens": addedTokens.map { name in
                ["content": name, "id": ids[name] ?? 0, "special": true, "normalized": false, "single_word": false]
                    as [String: Any]
            },
            "model": [
                "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                "max_input_chars_per_word": 100, "vocab": ids,
            ] as [String: Any],
        ]
    }

    /// The tokenizer of `tokenizer.json`.
    package func tokenizer() throws -> WordPieceTokenizer {
        try Self.tokenizer(of: ["tokenizer.json": JSONSerialization.data(withJSONObject: definition)])
    }

    /// The tokenizer of some files.
    package static func tokenizer(of files: [String: Data]) throws -> WordPieceTokenizer {
        try TemporaryFolder.with { folder in
            for (name, data) in files { try data.write(to: URL(filePath: folder + "/" + name)) }
            return try WordPieceTokenizer(contentsOf: URL(filePath: folder))
        }
    }
}
