import EncoderTestSupport
import Foundation
import SentenceEncoder
import TestSupport
import Testing

@Suite("Files of tokenizers")
struct TokenizerFilesTests {
    private let text = "The embeddings [MASK] naïve 中文, a!"

    private func json(_ object: [String: Any]) throws -> Data { try JSONSerialization.data(withJSONObject: object) }

    /// The error that files are refused with; `nil` if they are read.
    private func refusal(_ files: [String: Data]) throws -> EncoderError? {
        do {
            _ = try TokenizerFiles.tokenizer(of: files)
            return nil
        } catch let error as EncoderError {
            return error
        }
    }

    @Test
    func `a list of tokens gives the tokens that a definition gives, with any line ends`() throws {
        var files = TokenizerFiles()
        files.vocabulary += ["naive", "中", "文", ",", "!"]
        let expected = try files.tokenizer().tokens(of: text, limit: 100)
        #expect(expected == [2, 5, 6, 7, 8, 9, 4, 11, 12, 13, 14, 10, 15, 3])
        for list in [files.list, String(files.list.dropLast()), files.list.replacing("\n", with: "\r\n")] {
            let tokenizer = try TokenizerFiles.tokenizer(of: ["vocab.txt": Data(list.utf8)])
            #expect(tokenizer.tokens(of: text, limit: 100) == expected)
        }
    }

    @Test
    func `where there are both, the definition counts`() throws {
        let files = TokenizerFiles()
        let reversed = Data(files.vocabulary.reversed().joined(separator: "\n").utf8)
        let tokenizer = try TokenizerFiles.tokenizer(of: [
            "vocab.txt": reversed, "tokenizer.json": json(files.definition),
        ])
        #expect(tokenizer.tokens(of: "the", limit: 9) == [2, 5, 3])
    }

    @Test
    func `the settings beside a list count`() throws {
        var files = TokenizerFiles()
        files.vocabulary = ["<unk>", "<s>", "</s>", "The", "the", "naïve", "naive", "中文"]
        let names: [String: Any] = ["unk_token": "<unk>", "cls_token": "<s>", "sep_token": ["content": "</s>"]]
        func tokens(_ settings: [String: Any]) throws -> [Int32] {
            let tokenizer = try TokenizerFiles.tokenizer(of: [
                "vocab.txt": Data(files.list.utf8), "tokenizer_config.json": json(settings),
                "special_tokens_map.json": json(names),
            ])
            return tokenizer.tokens(of: "The naïve 中文</s>", limit: 100)
        }
        #expect(try tokens([:]) == [1, 4, 6, 0, 0, 2, 2])
        #expect(try tokens(["do_lower_case": false]) == [1, 3, 5, 0, 0, 2, 2])
        #expect(try tokens(["do_lower_case": true, "strip_accents": false]) == [1, 4, 5, 0, 0, 2, 2])
        #expect(try tokens(["tokenize_chinese_chars": false]) == [1, 4, 6, 7, 2, 2])
        #expect(try tokens(["tokenizer_class": "BertTokenizerFast"]) == [1, 4, 6, 0, 0, 2, 2])
    }

    @Test
    func `sentence-transformers may ask for lowercase before a tokenizer that keeps the case`() throws {
        var files = TokenizerFiles()
        files.vocabulary += ["The"]
        files.normalizer["lowercase"] = false
        let definition = try json(files.definition)
        let cased = try TokenizerFiles.tokenizer(of: ["tokenizer.json": definition])
        #expect(cased.tokens(of: "The", limit: 9) == [2, 11, 3])
        let tokenizer = try TokenizerFiles.tokenizer(of: [
            "tokenizer.json": definition, "sentence_bert_config.json": json(["do_lower_case": true]),
        ])
        #expect(tokenizer.tokens(of: "The", limit: 9) == [2, 5, 3])
        #expect(tokenizer.tokens(of: "[MASK]ÉĀǅ", limit: 9) == tokenizer.tokens(of: "[mask]éāǆ", limit: 9))
    }

    @Test
    func `a token that begins with a mark continues a word, whatever follows its signs`() throws {
        var files = TokenizerFiles()
        // As characters, the second sign and the vowel are one.
        files.vocabulary += ["\u{9C7}", "##\u{9BE}"]
        #expect(try files.tokenizer().tokens(of: "\u{9CB}", limit: 9) == [2, 11, 12, 3])
    }

    @Test
    func `parts of other tokenizers are refused by their names`() throws {
        let wrong: [(path: [String], value: Any, part: String)] = [
            (["normalizer", "type"], "Sequence", "'normalizer' Sequence"),
            (["pre_tokenizer", "type"], "Metaspace", "'pre_tokenizer' Metaspace"),
            (["model", "type"], "Unigram", "'Unigram'"), (["model", "type"], "BPE", "'BPE'"),
            (["model", "continuing_subword_prefix"], "@@", "'@@'"),
            (["post_processor", "type"], "RobertaProcessing", "RobertaProcessing"),
            (["post_processor", "pair"], [] as [Any], "template"),
            (["post_processor"], NSNull(), "'post_processor' null"),
            (["added_tokens"], [["content": "x", "id": 1, "single_word": true] as [String: Any]], "'single_word'"),
            (["added_tokens"], [["content": "x", "id": 1, "normalized": true] as [String: Any]], "'normalized'"),
        ]
        for (path, value, part) in wrong {
            let error = try #require(try refusal(["tokenizer.json": json(definition(path, value))]), "\(part)")
            #expect(error.code == .unsupported && error.message.contains("tokenizer.json"), "\(error)")
            #expect(error.message.contains(part), "\(error)")
        }
    }

    /// A definition with one value altered.
    private func definition(_ path: [String], _ value: Any) -> [String: Any] {
        var definition = TokenizerFiles().definition
        if path.count == 1 {
            definition[path[0]] = value
        } else {
            var object = definition[path[0]] as? [String: Any] ?? [:]
            object[path[1]] = value
            definition[path[0]] = object
        }
        return definition
    }

    @Test
    func `damaged vocabularies are refused`() throws {
        for id in [-1, 1 << 40, 1.5, "5", NSNull()] as [Any] {
            let error = try refusal(["tokenizer.json": json(definition(["model", "vocab"], ["the": id]))])
            #expect(error?.code == .damaged && error?.message.contains("'the'") == true)
        }
        let twice = try refusal([
            "tokenizer.json": json(definition(["added_tokens"], [["content": "the", "id": 6] as [String: Any]]))
        ])
        #expect(twice?.code == .damaged && twice?.message.contains("'the' has the id 5, and 6") == true)
        let unknown = try refusal(["tokenizer.json": json(definition(["model", "unk_token"], "<unk>"))])
        #expect(unknown?.code == .missing && unknown?.message.contains("'<unk>'") == true)
        #expect(try refusal(["vocab.txt": Data("[CLS]\n[SEP]\n[UNK".utf8)])?.message.contains("'[UNK]'") == true)
        #expect(try refusal(["vocab.txt": Data([0x61, 0x0A, 0xFF])])?.message.contains("line 2") == true)
        #expect(try refusal(["tokenizer.json": Data("{".utf8)])?.code == .damaged)
        #expect(try refusal([:])?.code == .missing)
    }

    @Test
    func `tokenizers in other files are refused by their names`() throws {
        for name in ["sentencepiece.bpe.model", "spiece.model", "merges.txt"] {
            let error = try #require(try refusal([name: Data("x".utf8)]))
            #expect(error.code == .unsupported && error.message.contains("'\(name)'"))
        }
        let settings = try json(["tokenizer_class": "MPNetTokenizer"])
        let list = Data(TokenizerFiles().list.utf8)
        let error = try refusal(["vocab.txt": list, "tokenizer_config.json": settings])
        #expect(error?.message.contains("'MPNetTokenizer'") == true)
    }

    @Test
    func `files that contradict each other on the case of letters are refused`() throws {
        let error = try refusal([
            "tokenizer.json": json(TokenizerFiles().definition),
            "tokenizer_config.json": json(["do_lower_case": false]),
        ])
        #expect(error?.code == .inconsistent && error?.message.contains("'do_lower_case' is false") == true)
    }
}
