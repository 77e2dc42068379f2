import TestSupport
import Testing
import TextAnalysis

@Suite("Analyzer")
struct AnalyzerTests {
    /// Neither stems nor stop words, so that what the tokenizer does can be seen.
    let plain: Analyzer
    let english: Analyzer

    init() throws {
        plain = try Analyzer(AnalyzerSettings(language: .none, removesStopwords: false))
        english = try Analyzer()
    }

    @Test(arguments: [
        ("", []),
        (" \n\t", []),
        ("Attention Is All", ["attention", "is", "all"]),
        ("GPT-4", ["gpt-4", "gpt", "4"]),
        ("Llama3-7B", ["llama3-7b", "llama3", "7b"]),
        ("kNN-LM", ["knn-lm", "knn", "lm"]),
        ("GEB-1.3B", ["geb-1.3b", "geb", "1.3b"]),
        (
            "GPT-J BERT-based LLaMA-Adapter Pre-LN",
            ["gpt-j", "gpt", "j", "bert", "based", "llama", "adapter", "pre-ln", "pre", "ln"]
        ),
        ("GPT-3.5", ["gpt-3.5", "gpt", "3.5"]),
        ("β-VAE", ["beta-vae", "beta", "vae"]),
        ("(self-attention),", ["self", "attention"]),
        ("encoder–decoder", ["encoder", "decoder"]),
        ("nDCG@10", ["ndcg@10", "ndcg", "10"]),
        ("train_loss _emphasis_", ["train", "loss", "emphasis"]),
        ("github.com", ["github", "com"]),
        ("C++ C++17 C#, chrF++.", ["c++", "c++", "17", "c#", "chrf++", "chrf"]),
        ("A* RRT* DeepLabv3+", ["a*", "rrt*", "rrt", "deeplabv3+", "deeplabv3"]),
        ("*A* **bold** a+b 50+", ["a", "bold", "a", "b", "50"]),
        ("Q&A I/O i.i.d. U.S.", ["q&a", "i/o", "i.i.d", "u.s"]),
        ("and/or CPU/GPU", ["and", "or", "cpu", "gpu"]),
        ("10,000 1,2,3 3.14 2010-2015 1,23", ["10000", "1", "2", "3", "3.14", "2010", "2015", "1", "23"]),
        ("don't user’s", ["don't", "user's"]),
        ("InfLLM:Training", ["infllm", "training"]),
        ("fine--tuning", ["fine", "tuning"]),
        ("Eﬃcient Cafe\u{301} 𝒪", ["efficient", "cafe", "o"]),
        ("CO₂ H₂O L² word²", ["co2", "h2o", "l2", "word"]),
        ("trans\u{AD}former", ["transformer"]),
        ("A-B-C-D-E-F", ["a-b-c-d-e-f", "a", "b", "c", "d", "e", "f"]),
        ("A-B-C-D-E-F-G", ["a", "b", "c", "d", "e", "f", "g"]),
    ])
    func `the analyzer keeps names, versions and formulas whole`(text: String, expected: [String]) {
        #expect(plain.terms(of: text).map(\.text) == expected)
    }

    @Test(arguments: [
        ("$O(n \\log n)$", ["o(nlogn)"]),
        ("O(n log n) and o(1)", ["o(nlogn)", "and", "o(1)"]),
        ("\\(O(N^2)\\), Θ(n)", ["o(n^2)", "θ(n)"]),
        ("$\\tilde{O}(\\sqrt{T})$", ["o(√t)"]),
        ("$k$-means", ["k", "means"]),
        ("$\\beta$-VAE", ["beta-vae", "beta", "vae"]),
        ("$\\ell_2$-norm $L_1$", ["l2-norm", "l2", "norm", "l1"]),
        ("$\\mathbb{R}^d$ CO$_2$", ["r^d", "co2"]),
        ("10$\\times$ 94.9\\%", ["10", "94.9"]),
        ("costs $5 and $10,000", ["costs", "5", "and", "10000"]),
        ("\\textbf{GPT}-4 \\emph{two words}", ["gpt-4", "gpt", "4", "two", "words"]),
        ("Schr\\\"odinger Poincar{\\'e} na\\\"{\\i}ve", ["schrodinger", "poincare", "naive"]),
        ("Erd\\H{o}s Fran\\c{c}ois \\O rsted", ["erdos", "francois", "o", "rsted"]),
        ("bar\\cite{foo2020} \\url{x.org}", ["bar"]),
        ("$" + String(repeating: "a+", count: 40) + "b$ end", ["end"]),
        ("$\\textsf{Safe LoRA}$", ["safe", "lora"]),
        ("\\$5 and x$ \\\\$y z$", ["5", "and", "x", "y", "z"]),
        ("\\'{\\i} \\v{\\j} \\'k \\v{k}", ["i", "j", "k", "k"]),
        ("unclosed $x and \\(y", ["unclosed", "x", "and", "y"]),
        ("$", []), ("\\", []), ("$$", []), ("$$ $$", []), ("\\'", []), ("\\c{", ["c"]), ("\\cite{", []), ("\\\\", []),
    ])
    func `the analyzer reads TeX as it prints`(text: String, expected: [String]) {
        #expect(plain.terms(of: text).map(\.text) == expected)
    }

    @Test(arguments: [
        ("自然言語", ["自然", "然言", "言語"]),
        ("日", ["日"]),
        ("日 本", ["日", "本"]),
        ("BERT模型", ["bert", "模型"]),
        ("ビデオの", ["ビデ", "デオ", "オの"]),
        ("ｶﾞｶﾞ", ["ガガ"]),
        ("연구는", ["연구", "구는"]),
        ("\u{1100}\u{1161}\u{11A8}\u{1102}\u{1161}", ["각나"]),
        ("ภาษา", ["ภา", "าษ", "ษา"]),
    ])
    func `scripts without spaces become overlapping pairs of letters`(text: String, expected: [String]) {
        #expect(english.terms(of: text).map(\.text) == expected)
    }

    @Test
    func `long runs of letters come out whole`() {
        let text = String(repeating: "日本", count: 5000)
        let terms = english.terms(of: text)
        #expect(terms.count == 9999)
        #expect(terms.map(\.position) == Array(0..<9999))
        #expect(terms.enumerated().allSatisfy { $1.text == ($0 % 2 == 0 ? "日本" : "本日") })
    }

    @Test(arguments: [
        ("LLMs LLM llms CNNs", ["llm", "llm", "llm", "cnn"]),
        ("TTS DNS LMs GPUs VLLMs' class", ["tts", "dns", "lms", "gpus", "vllm", "class"]),
        ("a DBMS, MCTS, HDFS or RKHS", ["dbms", "mcts", "hdfs", "rkhs"]),
        ("The networks of the world", ["network", "world"]),
        ("running generalizations relational", ["run", "general", "relat"]),
        ("it isn't what we've been doing", []),
        ("self-attentions", ["self", "attent"]),
        ("state-of-the-art", ["state", "of", "the", "art"]),
        (
            "the off-policy few‑shot up–sampling of no_regret",
            ["off", "polici", "few", "shot", "up", "sampl", "no", "regret"]
        ),
        (
            "and/or www.state-of.org in@work self-, pre- and non-linear",
            ["state", "of", "org", "work", "self", "pre", "non", "linear"]
        ),
        ("e.g. i.e.: Q&A e-mail", ["q&a", "e", "mail"]),
        ("e.g. the model's users’", ["model", "user"]),
        ("GPT-4's BM25’s 4's'", ["gpt-4", "gpt", "4", "bm25", "4"]),
    ])
    func `the analyzer leaves out stop words and takes stems`(text: String, expected: [String]) {
        #expect(english.terms(of: text).map(\.text) == expected)
    }

    @Test(arguments: [
        ("🤗 Transformers", ["🤗", "transformers"]), ("🤗Transformers🎉", ["🤗", "transformers", "🎉"]),
        ("👍🏽 👍", ["👍", "👍"]), ("🇩🇪🇫🇷", ["🇩🇪", "🇫🇷"]), ("❤️", ["❤"]), ("👩‍👩‍👧", ["👩👩👧"]),
        ("© ™ → ∇ ∑ ± • ✓ = +", []), ("a→b", ["a", "b"]),
    ])
    func `emoji and flags are terms, and other signs are not`(text: String, expected: [String]) {
        #expect(plain.terms(of: text).map(\.text) == expected)
    }

    @Test(arguments: [
        ("to be or not to be", ["to", "be", "or", "not", "to", "be"]), ("The Who", ["the", "who"]),
        ("the networks of the world", ["network", "world"]), ("", []), ("?", []), ("few-shot", ["few", "shot"]),
    ])
    func `a question of nothing but stop words keeps them`(text: String, expected: [String]) {
        #expect(english.analyze(question: text).text.fields.flatMap(\.terms).map(\.text) == expected)
        #expect(
            english.analyze(text, keepingStopwords: true).fields.flatMap(\.terms).count
                == plain.analyze(text).fields.flatMap(\.terms).count)
    }

    @Test
    func `the words of a compound are neighbors, stop words or not`() {
        let pairs = english.analyze("an off-policy method").fields.flatMap(\.neighbors).map {
            "\($0.first.text) \($0.second.text)"
        }
        #expect(pairs == ["off polici", "polici method"])
    }

    @Test
    func `tokens have positions and byte ranges`() {
        let terms = english.terms(of: "The state-of-the-art for GPT-4, naïve")
        #expect(
            terms == [
                Term(text: "state", surfaceForm: "state", range: 4..<9, position: 1),
                Term(text: "of", surfaceForm: "of", range: 10..<12, position: 2),
                Term(text: "the", surfaceForm: "the", range: 13..<16, position: 3),
                Term(text: "art", surfaceForm: "art", range: 17..<20, position: 4),
                Term(text: "gpt-4", surfaceForm: "gpt-4", range: 25..<30, position: 6),
                Term(text: "gpt", surfaceForm: "gpt", range: 25..<28, position: 6),
                Term(text: "4", surfaceForm: "4", range: 29..<30, position: 7),
                Term(text: "naiv", surfaceForm: "naïve", range: 32..<38, position: 8),
            ]
        )
    }

    @Test
    func `tokens from TeX have the byte ranges of their source`() {
        let text = "a Schr\\\"odinger $O(n \\log n)$"
        let ranges = plain.terms(of: text).map { String(decoding: Array(text.utf8)[$0.range], as: UTF8.self) }
        #expect(ranges == ["a", "Schr\\\"odinger", "O(n \\log n)"])
    }

    @Test
    func `words that are too long are left out`() {
        let letters = String(repeating: "x", count: 65)
        #expect(plain.terms(of: "\(letters) \(letters.dropLast()) y").map(\.text) == [String(letters.dropLast()), "y"])
        #expect(plain.terms(of: "e" + String(repeating: "\u{301}", count: 10_000)).isEmpty)
    }

    @Test
    func `any bytes give tokens inside the text`() {
        for seed in 0..<2000 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let bytes = randomBytes(count: Int.random(in: 0...120, using: &generator), using: &generator)
            var last = 0
            for term in english.terms(ofUTF8: bytes) {
                #expect(!term.text.isEmpty && term.text.utf8.count <= 64, "seed \(seed)")
                #expect(
                    !term.range.isEmpty && term.range.lowerBound >= 0 && term.range.upperBound <= bytes.count,
                    "seed \(seed)")
                #expect(term.position >= last, "seed \(seed)")
                #expect(Array(caseFolded(term.surfaceForm).utf8) == Array(term.surfaceForm.utf8), "seed \(seed)")
                last = term.position
            }
        }
    }

    @Test
    func `the range of a token holds its surface form`() {
        for seed in 0..<2000 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let bytes = randomBytes(count: 80, using: &generator).map {
                $0 == 0x24 || $0 == 0x5C ? UInt8(ascii: "-") : $0
            }
            for term in english.terms(ofUTF8: bytes) {
                let source = String(decoding: bytes[term.range], as: UTF8.self)
                let expected = caseFolded(source).filter { !", {}".contains($0) }
                let found = term.surfaceForm.filter { !", {}".contains($0) }
                #expect(unify(expected) == unify(found), "seed \(seed): \(source)")
            }
        }
    }

    @Test
    func `tokens do not depend on where in memory a text begins`() {
        for seed in 0..<1000 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let bytes = randomBytes(count: 60, using: &generator)
            let expected = english.terms(ofUTF8: bytes)
            for shift in 1...9 {
                var found = english.terms(ofUTF8: [UInt8](repeating: UInt8(ascii: " "), count: shift) + bytes)
                for index in found.indices {
                    let range = found[index].range
                    found[index].range = range.lowerBound - shift..<range.upperBound - shift
                }
                #expect(found == expected, "seed \(seed), shift \(shift)")
            }
        }
    }

    @Test
    func `two texts joined have the tokens of both`() {
        for seed in 0..<1000 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            // What may open a formula in one text and close it in the other is left out.
            let texts = (0..<2).map { _ in
                randomBytes(count: 60, using: &generator).map { "$\\(".utf8.contains($0) ? UInt8(ascii: ",") : $0 }
            }
            let parts = texts.flatMap { english.terms(ofUTF8: $0) }
            let whole = english.terms(ofUTF8: texts[0] + [0x20] + texts[1])
            #expect(whole.map(\.text) == parts.map(\.text), "seed \(seed)")
        }
    }

    /// Makes the marks one that the analyzer makes one.
    private func unify(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.compactMap { scalar in
            switch scalar.value {
            case 0x2010, 0x2011, 0x2013, 0x2212: "-"
            case 0x2019: "'"
            case 0...0x20: nil
            default: scalar
            }
        }
    }

    @Test
    func `a line of megabytes is analysed in linear time`() {
        for piece in ["x", "日", "a-", "$", "$x ", "\\(", "a_", "a.", ".", "1,", "O(", "\\'", "\u{308}", "🇩", "*A"] {
            let text = String(repeating: piece, count: 200_000)
            let duration = ContinuousClock().measure { _ = plain.terms(of: text).count }
            #expect(duration < .seconds(10), "\(piece)")
        }
    }
}
