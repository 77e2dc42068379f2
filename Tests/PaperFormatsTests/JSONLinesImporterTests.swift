import Foundation
import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("Papers of JSON Lines")
struct JSONLinesImporterTests {
    @Test
    func `a record gives every field`() throws {
        let read = try readAll(
            Array(
                """
                {"id": "arxiv:1", "title": "T", "abstract": "A", "authors": ["X Y", "Z"], "year": 2024, "venue": "V", \
                "categories": ["cs.CL"], "keywords": ["k"], "url": "https://u", "altIds": ["doi:1"], \
                "other": {"a": [1]}}
                """.utf8), named: "a.jsonl")
        #expect(
            read.papers == [
                Paper(
                    id: "arxiv:1", title: "T", abstract: "A", authors: ["X Y", "Z"], year: 2024, venue: "V",
                    categories: ["cs.CL"], keywords: ["k"], url: "https://u", alternateIDs: ["doi:1"])
            ])
        #expect(read.skipped.isEmpty && read.notes.isEmpty)
    }

    @Test
    func `a record gives its details, and no detail of another type spoils it`() throws {
        let read = try readAll(
            Array(
                """
                {"title": "T", "date": "2024-05-01", "type": "book", "language": "en", "citationKey": "k", \
                "collections": ["a/b"], "tags": "t", "notes": ["n\\nm"], "attachments": ["x.pdf"], \
                "fields": [{"name": "body", "text": "One.\\nTwo.", "weight": "heading"}, {"text": 1}], \
                "attributes": {"volume": ["3"], "issue": 4, "place": "P"}}
                {"title": "U", "date": 5, "tags": [{"name": "t"}], "attributes": [1], "notes": null, "type": ["x"]}
                """.utf8), named: "a.jsonl")
        #expect(
            read.papers == [
                Paper(
                    title: "T", abstract: "", date: "2024-05-01", type: "book", language: "en", citationKey: "k",
                    collections: ["a/b"], tags: ["t"], fields: [Paper.Field("body", "One.\nTwo.", weight: .heading)],
                    notes: ["n\nm"], attachments: ["x.pdf"],
                    attributes: ["volume": ["3"], "issue": ["4"], "place": ["P"]]),
                Paper(title: "U", abstract: "", type: "x", tags: ["t"], attributes: ["date": ["5"]]),
            ])
        #expect(read.skipped.isEmpty)
    }

    @Test
    func `a bad record is skipped with its line and reason, and stops nothing`() throws {
        let lines: [(line: [UInt8], code: SkippedRecord.Code?, reason: String)] = [
            (Array(#"{"id": "1", "title": "One"}"#.utf8), nil, ""),
            (Array(#"{"id": "2", "title": }"#.utf8), .notJSON, "not JSON at 2:22: a value is expected"),
            (Array(#"[1, 2]"#.utf8), .notAnObject, "not an object but a list"),
            (Array(#"{"id": "4", "title": 4}"#.utf8), .wrongType, "field 'title' holds a number, not a text"),
            (Array(#"{"id": "5", "abstract": " "}"#.utf8), .noTitleAndNoAbstract, "neither a title nor an abstract"),
            (Array(#"{"id": "6", "title": ""#.utf8) + [0xE9] + Array(#""}"#.utf8), .notUTF8, "not UTF-8"),
            (Array(#"{"id": "7", "title": "Seven", "authors": ["A", 3]}"#.utf8), .wrongType, "field 'authors[1]'"),
            (Array(#"{"id": true, "title": "Eight"}"#.utf8), .wrongType, "field 'id' holds true or false"),
            (Array(#"{"title": "Nine""#.utf8), .notJSON, "too soon"),
            (Array("\u{0}\u{1}garbage".utf8), .notJSON, "not JSON at 10:1"),
            (Array(#""text""#.utf8), .notAnObject, "not an object but a text"),
            (Array(#"{"id": "12", "title": "Twelve"} x"#.utf8), .notJSON, "more follows"),
            (Array(#"{"id": "13", "title": "Thirteen"}"#.utf8), nil, ""),
        ]
        let read = try readAll(Array(lines.map(\.line).joined(separator: [10])), named: "bad.jsonl")
        #expect(read.papers.map(\.title) == ["One", "Thirteen"])
        let expected = lines.enumerated().filter { $0.element.code != nil }
        #expect(read.skipped.map(\.line) == expected.map { $0.offset + 1 })
        for (skipped, (_, line)) in zip(read.skipped, expected) {
            #expect(skipped.code == line.code)
            #expect(skipped.reason.contains(line.reason), "\(skipped)")
            #expect(skipped.file.hasSuffix("/bad.jsonl"))
        }
    }

    @Test
    func `numbers are ids by their digits`() throws {
        let read = try readAll(
            Array(
                """
                {"id": 17, "title": "a"}
                {"id": 2401.10000, "title": "b"}
                {"_id": 12345678901234567890123, "title": "c"}
                """.utf8), named: "a.jsonl")
        #expect(read.papers.map(\.id) == ["17", "2401.10000", "12345678901234567890123"])
    }

    @Test(
        arguments: [
            (#""2015""#, 2015, 0), ("2015", 2015, 0), ("null", nil, 0), (#""""#, nil, 0), ("15", nil, 1),
            ("20155", nil, 1),
            (#""2015-03""#, 2015, 0), ("2015.0", 2015, 0), ("[2015]", nil, 1), ("-201", nil, 1),
            (#""in press""#, nil, 1),
        ] as [(String, Int?, Int)])
    func `a year is read from a date, too, and anything else is dropped with a note`(
        year: String, read: Int?, notes: Int
    ) throws {
        let all = try readAll(Array(#"{"title": "T", "year": \#(year)}"#.utf8), named: "a.jsonl")
        #expect(all.papers.map(\.year) == [read])
        #expect(all.notes.map(\.code) == Array(repeating: .yearDropped, count: notes))
        #expect(all.notes.allSatisfy { $0.line == 1 })
    }

    @Test
    func `BEIR's corpus is read`() throws {
        let read = try readAll(
            Array(
                """
                {"_id": "1", "title": "T", "text": "A", "metadata": {"authors": ["X"], "year": 1999, "url": 5, "v": {}}}
                {"metadata": {"year": 1999, "keywords": "k"}, "year": 2001, "_id": "b", "text": "from text", "id": "2"}
                {"_id": "3", "title": "", "text": "", "metadata": {}}
                """.utf8), named: "corpus.jsonl")
        #expect(
            read.papers == [
                Paper(id: "1", title: "T", abstract: "A", authors: ["X"], year: 1999),
                Paper(id: "2", title: "", abstract: "from text", year: 2001, keywords: ["k"]),
            ])
        #expect(read.skipped.map(\.line) == [3])
    }

    @Test
    func `empty records are kept where an evaluation asks for them`() throws {
        let content = Array("{\"_id\": \"1\", \"title\": \"\", \"text\": \"\"}\n{\"title\": \"\"}\n".utf8)
        let read = try readAll(content, named: "corpus.jsonl", ImportOptions(keepsEmptyPapers: true))
        #expect(read.papers == [Paper(id: "1", title: "", abstract: "")])
        #expect(read.skipped.map(\.line) == [2])
    }

    @Test(arguments: ["\n", "\r\n"])
    func `line ends, blank lines, a mark at the beginning and no end at the end do no harm`(end: String) throws {
        let text =
            "\u{FEFF}"
            + [#"{"title": "a"}"#, "", "  ", #"{"title": "b"}"#, "x", #"{"title": "c"}"#].joined(separator: end)
        let read = try readAll(Array(text.utf8), named: "a.jsonl")
        #expect(read.papers.map(\.title) == ["a", "b", "c"])
        #expect(read.skipped.map(\.line) == [5])
    }

    @Test
    func `a line beyond 16 MB is skipped, one below is read`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            let path = "\(folder)/long.jsonl"
            var content = Data(#"{"title": "first"}"#.utf8 + [10])
            content.append(Data(#"{"title": ""#.utf8))
            content.append(Data(repeating: UInt8(ascii: "x"), count: 40 << 20))
            content.append(Data(#""}"#.utf8 + [10]))
            content.append(Data(#"{"title": ""#.utf8))
            content.append(Data(repeating: UInt8(ascii: "y"), count: (16 << 20) - 13))
            content.append(Data(#""}"#.utf8 + [10]))
            content.append(Data(#"{"title": "last"}"#.utf8 + [10]))
            content.append(Data(repeating: UInt8(ascii: "z"), count: 17 << 20))
            try content.write(to: URL(filePath: path))
            let read = try readAll(path)
            #expect(read.papers.map { $0.title.prefix(5) } == ["first", "yyyyy", "last"])
            #expect(read.skipped.map(\.line) == [2, 5])
            #expect(read.skipped.allSatisfy { $0.code == .tooLong })
        }
    }

    @Test(arguments: [1, 2, 5])
    func `the order is the file's, whatever the number of threads`(threads: Int) throws {
        let lines = (0..<1025).map { $0 % 7 == 3 ? "broken" : #"{"id": \#($0), "title": "t"}"# }
        let read = try readAll(
            Array(lines.joined(separator: "\n").utf8), named: "a.jsonl", ImportOptions(threads: threads))
        #expect(read.papers.map(\.id) == (0..<1025).filter { $0 % 7 != 3 }.map(String.init))
        #expect(read.skipped.map(\.line) == (0..<1025).filter { $0 % 7 == 3 }.map { $0 + 1 })
    }

    @Test
    func `any bytes at all are safe`() throws {
        for seed in UInt64(0)..<200 {
            var random = SeededGenerator(seed: seed)
            var content = Array(repeating: #"{"id": "a", "title": "é", "year": 2024}"# + "\n", count: 5).joined().utf8
                .map { $0 }
            for _ in 0..<10 {
                content[Int.random(in: content.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let options = ImportOptions(format: .jsonLines, threads: 1)
            let read = try readAll(content, named: "a.jsonl", options)
            #expect(read.papers.count + read.skipped.count >= 1, "seed \(seed)")
        }
    }

    @Test(.enabled(if: SharedData.isPresent, "\(SharedData.skipNote)"))
    func `5,000 real papers are read, and written again byte for byte apart from a key's spelling`() throws {
        let path = SharedData.path("papers/core-5k.jsonl")
        let read = try readAll(path)
        #expect(read.papers.count == 5000)
        #expect(read.skipped.isEmpty && read.notes.isEmpty)
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let exporter = JSONLinesExporter()
        let differing = zip(read.papers, lines).filter {
            exporter.line(for: $0) != $1.replacing("alt_ids", with: "altIds")
        }
        // Those that differ had white space to be tidied.
        #expect(differing.allSatisfy { paper, line in paper.abstract.count + paper.title.count < line.count })
        #expect(differing.count < 50, "\(differing.count)")
    }
}

@Suite("Papers as JSON Lines")
struct JSONLinesExporterTests {
    @Test
    func `are read back as they were`() throws {
        let papers = [
            Paper(id: "1", title: "Quo\"te \\ / é 🧠", abstract: "b", authors: ["x", "\"y\""], year: 2001),
            Paper(id: "2", title: "", abstract: "only", venue: "v", keywords: ["k"], url: "u", alternateIDs: ["3"]),
        ]
        let exporter = JSONLinesExporter()
        #expect(exporter.line(for: papers[1]).hasSuffix("\"url\": \"u\", \"altIds\": [\"3\"]}"))
        let text = papers.map { exporter.line(for: $0) + "\n" }.joined()
        #expect(try readAll(Array(text.utf8), named: "a.jsonl").papers == papers)
    }

    @Test
    func `with odd strings are read back as they were`() throws {
        let exporter = JSONLinesExporter()
        for seed in UInt64(0)..<500 {
            var random = SeededGenerator(seed: seed)
            let paper = Paper(
                id: "1" + OddText.make(&random), title: "t" + OddText.make(&random), abstract: OddText.make(&random),
                authors: OddText.list(&random), venue: OddText.make(&random), categories: OddText.list(&random),
                keywords: OddText.list(&random), url: OddText.make(&random), alternateIDs: OddText.list(&random))
            let line = Array(exporter.line(for: paper).utf8)
            #expect(try readAll(line, named: "a.jsonl").papers == [paper], "seed \(seed)")
            #expect(try JSONDecoder().decode(Paper.self, from: Data(line)) == paper, "seed \(seed)")
        }
    }
}
