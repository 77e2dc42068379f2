import Papers
import QueryLanguage
import TestSupport
import Testing

@Suite("Questions of the query language")
struct QueryParserTests {
    private func parsed(_ text: String) throws -> QueryExpression { try QueryExpression(parsing: text) }

    private func words(_ text: String) -> [QueryExpression] { text.split(separator: " ").map { .word(String($0)) } }

    @Test(arguments: [
        "state-of-the-art models", "what is f(x) in g(h(y))", "BERT: pre-training of models", "5\" displays",
        "in: and out:", "a - b -- c", "x == y", "C++ and C#", "ATTENTION IS NOT ALL YOU NEED", "and or not", ":( x)",
        "Learning AND/OR graphs", "http://x.org/a?b", "− 5", "rock'n'roll", "key: value", "unknown:field", "a) b",
    ])
    func `are plain words where no sign is meant`(text: String) throws {
        let expression = try parsed(text)
        #expect(expression.isPlain)
        #expect(expression.rankingText.lowercased() == text.lowercased())
    }

    @Test(
        arguments: [
            ("pandas -midnight", .every([.word("pandas"), .not(.word("midnight"))])),
            ("NOT midnight", .not(.word("midnight"))),
            ("LLM NOT RAG", .every([.word("LLM"), .not(.word("RAG"))])),
            ("a AND b c", .every([.required(.word("a")), .required(.word("b")), .word("c")])),
            ("a OR b c", .either([.word("a"), .every([.word("b"), .word("c")])])),
            ("(a OR b) c", .every([.either([.word("a"), .word("b")]), .word("c")])),
            ("+a -(b c)", .every([.required(.word("a")), .not(.every([.word("b"), .word("c")]))])),
            ("“key  value” x", .every([.phrase("key value"), .word("x")])),
            ("-\"key value\"", .not(.phrase("key value"))),
            ("title:x", .condition(.text(.title, words: "x", isExact: false))),
            ("Title:\"x y\"", .condition(.text(.title, words: "x y", isExact: true))),
            (
                "author:\"A. B\" year:2020..",
                .every([.condition(.author("A. B")), .condition(.years(YearRange("2020..")!))])
            ),
            ("in:\"a/b c\"", .condition(.label(name: "collection", value: "a/b c"))),
            ("is:unread", .not(.condition(.label(name: "tag", value: "read")))),
            ("has:DOI added:7d", .every([.condition(.has(.doi)), .condition(.added(.last(7, .days)))])),
            ("publisher=Springer", .condition(.label(name: "publisher", value: "Springer"))),
            ("(f(x) y)", .every([.word("f(x)"), .word("y")])),
            (
                "title:(x OR \"y z\") w",
                .every([
                    .either([
                        .condition(.text(.title, words: "x", isExact: false)),
                        .condition(.text(.title, words: "y z", isExact: true)),
                    ]), .word("w"),
                ])
            ),
            ("tag:(a -b)", .every([.condition(.tag("a")), .not(.condition(.tag("b")))])),
            ("is:(unread)", .not(.condition(.tag("read")))),
        ] as [(String, QueryExpression)])
    func `are read as people mean them`(text: String, expression: QueryExpression) throws {
        #expect(try parsed(text) == expression)
    }

    @Test(
        arguments: [
            ("", 1), ("  ", 3), ("a \"b", 3), ("(a b", 1), ("a (b", 3), ("a OR", 5), ("OR a", 1), ("a AND", 6),
            ("NOT", 4), ("x year:20", 8), ("has:wings", 5), ("added:soon", 7), ("\"\" a", 1), ("()", 2), ("NOT -a", 5),
            ("year:(2020 x)", 12), ("title:(a tag:b)", 10), ("title:(a (b)", 7),
        ])
    func `have the place of what is wrong`(text: String, position: Int) throws {
        let error = try #require(throws: QuerySyntaxError.self) { try parsed(text) }
        #expect(error.position == position, "\(error)")
    }

    @Test func `of many brackets are refused, and long ones are read`() throws {
        let open = String(repeating: "(", count: 100_000)
        #expect(throws: QuerySyntaxError.self) { try parsed(open + "a") }
        let long = Array(repeating: "word", count: 20_000).joined(separator: " ")
        #expect(try parsed(long).rankingText == long)
    }

    @Test func `rank by what papers may have, and not by what they must not have`() throws {
        let expression = try parsed("cats (dogs OR birds) -fish title:pets author:Lee \"large animals\" +zoo")
        #expect(expression.rankingText == "cats dogs birds pets large animals zoo")
        #expect(expression.conjuncts.count == 7)
    }

    @Test func `written and read again are the same`() throws {
        let pieces = [
            "a", "b", "cat", "f(x)", "\"a b\"", "“c”", "-", "+", "(", ")", " ", " ", " ", "OR", "AND", "NOT", "title:",
            "year:2020..2023", "k=v", "k=", "in:\"x/y z\"", ":", "=", "é", "\"", "„", "is:unread", "added:7d", "A", "[",
            "note:x", "author:\"(a)\"", "key:k", "citationKey=q", "x\"y", "”",
            "title:(", "tag:(",
        ]
        var readable = 0
        for seed in 0..<20_000 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let count = Int.random(in: 1...12, using: &generator)
            let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            guard let expression = try? parsed(text) else { continue }
            readable += 1
            #expect((try? parsed(expression.description)) == expression, "seed \(seed): \(text) → \(expression)")
        }
        #expect(readable > 5_000)
    }

    @Test(arguments: [("1970-01-01", 0), ("2000-03-01", 951_868_800), ("2024-02-29", 1_709_164_800)])
    func `have days as seconds since 1970`(day: String, seconds: Int) {
        #expect(AddedTime(day)?.start(now: 0) == seconds)
        #expect(AddedTime("2w")?.start(now: 2_000_000) == 790_400)
        #expect(AddedTime("0d") == nil && AddedTime("99999999999999999999d") == nil && AddedTime("2024-13-01") == nil)
    }
}

extension QueryCondition {
    fileprivate static func tag(_ value: String) -> QueryCondition { .label(name: "tag", value: value) }
}
