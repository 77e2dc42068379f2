import Foundation
import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("A library of papis")
struct PapisTests {
    private static let info = """
        abstract: Words follow words.
        author: Writer, Ada and van Example, Ludwig
        author_list:
        - affiliation: []
          family: Writer
          given: Ada
        - family: van Example
          given: Ludwig
        citations:
        - {doi: 10.1000/other}
        doi: 10.1000/Words.1
        files:
        - words.pdf
        journal: Journal of Words
        month: 5
        note: In press
        notes: notes.md
        papis_id: 0123456789abcdef
        pages: 12--34
        ref: writer2021words
        tags: [to read, words]
        title: On Words
        type: article
        volume: '7'
        year: 2021
        """

    @Test
    func `gives a document with all that it says, and the text of its notes`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            try Data(Self.info.utf8).write(to: URL(filePath: "\(folder)/info.yaml"))
            try Data("Read this first.\n".utf8).write(to: URL(filePath: "\(folder)/notes.md"))
            #expect(try PaperReader(path: "\(folder)/info.yaml").format == .papis)
            let paper = try #require(try readAll("\(folder)/info.yaml").papers.first)
            #expect(paper.id == "doi:10.1000/words.1" && paper.alternateIDs.isEmpty)
            #expect(paper.title == "On Words" && paper.abstract == "Words follow words.")
            #expect(paper.authors == ["Ada Writer", "Ludwig van Example"])
            #expect(paper.year == 2021 && paper.venue == "Journal of Words" && paper.type == "article-journal")
            #expect(paper.citationKey == "writer2021words" && paper.tags == ["to read", "words"])
            #expect(paper.notes == ["Read this first."] && paper.attachments == ["\(folder)/words.pdf"])
            #expect(paper.attributes["note"] == ["In press"] && paper.attributes["pages"] == ["12-34"])
        }
    }

    @Test
    func `has one file for each folder of a document, beside which nothing is read`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            for (name, title) in [("a", "First"), ("b", "Second")] {
                let document = "\(folder)/library/\(name)"
                try FileManager.default.createDirectory(atPath: document, withIntermediateDirectories: true)
                let info = "title: \(title)\nref: \(name)\nauthor: A B\ntags: x y\nfiles: [p.jsonl]\n"
                try Data(info.utf8).write(to: URL(filePath: "\(document)/info.yaml"))
                try Data(#"{"title": "No"}"#.utf8).write(to: URL(filePath: "\(document)/p.jsonl"))
            }
            let other = "\(folder)/other"
            try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
            try Data("title: A site\ntheme: dark\n".utf8).write(to: URL(filePath: "\(other)/info.yaml"))
            try Data(#"{"title": "Yes"}"#.utf8).write(to: URL(filePath: "\(other)/p.jsonl"))
            let files = ["library/a/info.yaml", "library/b/info.yaml", "other/p.jsonl"].map { "\(folder)/\($0)" }
            #expect(try PaperFiles.paths(in: folder) == files)
            #expect(try readAll(files[0]).papers.map(\.tags) == [["x", "y"]])
        }
    }

    @Test
    func `may be one file of documents, of which a broken one is skipped with its line`() throws {
        let export = "title: One\nref: a\nyear: 2001\n---\ntitle: [Two\nref: b\n---\ntitle: Three\nref: c\n"
        let read = try readAll(Array(export.utf8), named: "export.yaml")
        #expect(read.papers.map(\.title) == ["One", "Three"])
        #expect(read.skipped.map(\.line) == [5] && read.skipped.map(\.code) == [.malformed])
    }

    @Test(arguments: [
        "title: A site\nauthor: Ada\nbaseurl: /\n", "ref: main\nfiles: [a]\nsteps: []\n",
        "cff-version: 1.2.0\ntitle: T\n",
        "title: Prose\nThis is no field.\nref: x\nyear: 1\n",
    ])
    func `is told from other files in YAML`(text: String) throws {
        #expect(try formatsError { try readAll(Array(text.utf8), named: "a.yaml") }?.code == .unknownFormat)
    }

    @Test
    func `is read safely whatever its bytes`() throws {
        try readDamaged(Array(Self.info.utf8), named: "info.yaml", as: .papis)
    }
}
