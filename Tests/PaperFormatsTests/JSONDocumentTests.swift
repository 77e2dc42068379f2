import Foundation
import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("A JSON document")
struct JSONDocumentTests {
    /// The three shapes that a document may have.
    enum Shape: CaseIterable {
        case paper, list, object

        func encoded(_ papers: [Paper], _ formatting: JSONEncoder.OutputFormatting) throws -> [UInt8] {
            let encoder = JSONEncoder()
            encoder.outputFormatting = formatting
            return switch self {
            case .paper: try papers.flatMap { Array(try encoder.encode($0)) + [10] }
            case .list: Array(try encoder.encode(papers))
            case .object: Array(try encoder.encode(["papers": papers]))
            }
        }
    }

    private static let full = Paper(
        id: "arxiv:1", title: "T \"q\" \\ {[ 中", abstract: "A ]}, {\"papers\": [", authors: ["X Y", "Z"], year: 2024,
        venue: "V", categories: ["cs.CL", "cs.LG"], keywords: ["k"], url: "https://u/v?w=x",
        alternateIDs: ["doi:1", "b"])

    @Test(arguments: Shape.allCases)
    func `gives back every field of the papers that were written`(shape: Shape) throws {
        let papers = [
            Self.full, Paper(id: "2", title: "", abstract: "only an abstract"),
            Paper(title: "Only a title", abstract: ""),
        ]
        for formatting in [[], .prettyPrinted, [.prettyPrinted, .sortedKeys]] as [JSONEncoder.OutputFormatting] {
            let read = try readAll(
                try shape.encoded(papers, formatting), named: "a.json", ImportOptions(format: .json))
            #expect(read.papers == papers)
            #expect(read.skipped.isEmpty && read.notes.isEmpty)
        }
    }

    @Test(arguments: Shape.allCases)
    func `gives back papers with odd strings`(shape: Shape) throws {
        for seed in UInt64(0)..<200 {
            var random = SeededGenerator(seed: seed)
            let papers = (0..<Int.random(in: 1...5, using: &random)).map { number in
                Paper(
                    id: "\(number)" + OddText.make(&random), title: "t" + OddText.make(&random),
                    abstract: OddText.make(&random), authors: OddText.list(&random),
                    year: Bool.random(using: &random) ? Int.random(in: 1000...9999, using: &random) : nil,
                    venue: OddText.make(&random), categories: OddText.list(&random), keywords: OddText.list(&random),
                    url: OddText.make(&random), alternateIDs: OddText.list(&random))
            }
            let formatting: JSONEncoder.OutputFormatting = Bool.random(using: &random) ? .prettyPrinted : []
            let read = try readAll(
                try shape.encoded(papers, formatting), named: "a.json", ImportOptions(format: .json))
            #expect(read.papers == papers, "seed \(seed)")
            #expect(read.skipped.isEmpty, "seed \(seed)")
        }
    }

    @Test
    func `may have other keys around the list and the older key of alternate ids`() throws {
        let text = """
            {"count": 2, "query": {"papers": [{"title": "no paper of ours"}]}, "note": "papers", "papers" : [
              {"title": "One", "alt_ids": ["x"]},
              {"title": "Two", "altIds": ["y"], "alt_ids": ["z"]}
            ], "more": [1, {"title": "nor this"}]}
            """
        let read = try readAll(Array(text.utf8), named: "a.json")
        #expect(read.papers.map(\.title) == ["One", "Two"])
        #expect(read.papers.map(\.alternateIDs) == [["x"], ["y"]])
        #expect(read.skipped.isEmpty)
    }

    @Test
    func `may follow another document in the same file`() throws {
        let text =
            "{\n\"title\": \"a\"\n}\n{\n\"title\": \"b\"\n}\n[{\"title\": \"c\"}]{\"papers\": [{\"title\": \"d\"}]}"
        let read = try readAll(Array(text.utf8), named: "a.json")
        #expect(read.papers.map(\.title) == ["a", "b", "c", "d"])
        #expect(read.skipped.isEmpty)
    }

    @Test
    func `with bad records reports their lines and reasons and gives the others`() throws {
        let text = """
            [
              {"title": "a"},
              {"title": 4},
              {"title":
                },
              17, "text",
              [{"title": "in a list of its own"}],
              {"abstract": " "},
              {"title": "wrong bracket"],
              {"title": "unclosed},
              {"title": "e"},
              stray words {"title": "f"}
            ]
            """
        let read = try readAll(Array(text.utf8), named: "a.json")
        #expect(read.papers.map(\.title) == ["a", "e", "f"])
        #expect(read.skipped.map(\.line) == [3, 4, 6, 6, 7, 8, 9, 10, 12])
        #expect(
            read.skipped.map(\.code) == [
                .wrongType, .notJSON, .notAnObject, .notAnObject, .notAnObject, .noTitleAndNoAbstract, .notJSON,
                .notJSON, .notJSON,
            ])
        #expect(read.skipped[0].reason == "field 'title' holds a number, not a text")
        #expect(read.skipped[2].reason == "not an object but a number")
        #expect(read.skipped[4].reason == "not an object but a list")
    }

    @Test(arguments: [
        ("[{\"title\": \"a\"}, {\"title\": \"b", 1), ("[{\"title\": \"a\"},\n", 2),
        ("{\"papers\": [{\"title\": \"a\"}]", 1),
        ("[{\"title\": \"a\"}\n", 2),
    ])
    func `that is cut off is reported once and its first papers are kept`(text: String, line: Int) throws {
        let read = try readAll(Array(text.utf8), named: "a.json")
        #expect(read.papers.map(\.title) == ["a"])
        #expect(read.skipped.map(\.line) == [line])
        #expect(read.skipped.map(\.code) == [.notJSON])
    }

    @Test
    func `with a record beyond 16 MB skips it, and reads the records around it`() throws {
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: 40 << 20)
        let text = Array("[{\"title\": \"a\"},\n{\"title\": \"".utf8) + long + Array("\"},\n{\"title\": \"b\"}]".utf8)
        let read = try readAll(text, named: "a.json")
        #expect(read.papers.map(\.title) == ["a", "b"])
        #expect(read.skipped.map(\.line) == [2])
        #expect(read.skipped.map(\.code) == [.tooLong])
    }

    @Test
    func `of many blocks gives the same papers as JSON Lines, in the same order`() throws {
        let papers = (0..<20_000).map { number in
            Paper(
                id: "id:\(number)", title: "Title \(number)", abstract: String(repeating: "wörd \(number) ", count: 70))
        }
        for shape in Shape.allCases {
            let content = try shape.encoded(papers, .prettyPrinted)
            #expect(content.count > 2 * (8 << 20), "several blocks")
            for threads in [1, 3] {
                let read = try readAll(content, named: "a.json", ImportOptions(threads: threads))
                #expect(read.papers == papers)
            }
        }
    }

    @Test
    func `of any bytes at all is safe`() throws {
        let good = Array(
            "{\"n\": 1, \"papers\": [{\"title\": \"é\", \"year\": 2024}, {\"abstract\": \"[}\\\"\"}]}\n".utf8)
        for seed in UInt64(0)..<500 {
            var random = SeededGenerator(seed: seed)
            var content = good + good
            for _ in 0..<Int.random(in: 1...10, using: &random) {
                content[Int.random(in: content.indices, using: &random)] =
                    Bool.random(using: &random)
                    ? UInt8.random(in: 0...255, using: &random)
                    : Array("{}[]\",:\n\\".utf8).randomElement(using: &random) ?? 0
            }
            let read = try readAll(content, named: "a.json", ImportOptions(format: .json, threads: 1))
            #expect(read.papers.count + read.skipped.count >= 1, "seed \(seed)")
        }
    }
}

/// Short texts of characters that JSON escapes, or that mean something in it.
enum OddText {
    private static let pieces = [
        "\"", "\\", "/", "{", "}", "[", "]", ":", ",", "papers", "\"papers\": [", "\u{2028}", "\u{FEFF}", "é",
        "e\u{301}",
        "🧠", "中", "\u{10FFFF}", "a b", "\\u0041", "null", "\\\"", "\u{7F}", "\u{1}", "\t", "\n", "<", "&", "'",
        "\u{200B}",
    ]

    static func make(_ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: 0...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }

    static func list(_ random: inout SeededGenerator) -> [String] {
        (0..<Int.random(in: 0...3, using: &random)).map { _ in make(&random) }
    }
}
