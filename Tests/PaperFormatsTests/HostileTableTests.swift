import PaperFormats
import Papers
import Testing

/// Files that would take hours or all memory if a step over their text started anew at each of its parts.
@Suite("Hostile files of some megabytes", .timeLimit(.minutes(5)))
struct HostileTableTests {
    @Test(arguments: [" \"a\n", " \"\"a\n", "\"a\n", ",\"a\n", " \"a \"\n"])
    func `with quotation marks that nothing closes are read row by row`(row: String) throws {
        let count = 400_000
        let text = "title,abstract\n" + String(repeating: row, count: count)
        let batch = try readAll(Array(text.utf8), named: "a.csv", ImportOptions(format: .csv))
        #expect(batch.papers.count + batch.skipped.count == count)
    }

    @Test
    func `with quotation marks that nothing closes in one row are read`() throws {
        let text = "title,abstract\n" + String(repeating: "\"a,", count: 1_000_000) + "\nB,b\n"
        let batch = try readAll(Array(text.utf8), named: "a.csv", ImportOptions(format: .csv))
        #expect(batch.papers.map(\.title).last == "B")
    }

    @Test
    func `keep the row that closes its cell on the line where another stays open`() throws {
        let text = "title,abstract\n \"a\n \"b\n,\"x \"y\",z\n\"C\",c\n"
        let batch = try readAll(Array(text.utf8), named: "a.csv", ImportOptions(format: .csv))
        #expect(batch.papers.last?.title == "C")
        #expect(batch.papers.count == 4)
    }

    @Test(arguments: ["flags", "tags", "folders", "keywords", "doi", "url", "editor"])
    func `with lists of a million texts are read`(key: String) throws {
        let list = (0..<700_000).map { "\"10.1234/\($0)\"" }.joined(separator: ",")
        let text = "{\"title\": \"T\", \"\(key)\": [\(list)]}\n{\"title\": \"U\"}\n"
        let batch = try readAll(Array(text.utf8), named: "a.jsonl")
        #expect(batch.papers.map(\.title) == ["T", "U"])
    }

    @Test
    func `with bytes that are no characters of their encoding are read`() throws {
        var bytes = Array("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\n<PubmedArticleSet><!--".utf8)
        bytes += (0..<4_000_000).map { $0 % 100 == 0 ? UInt8(ascii: " ") : 0x81 }
        bytes += Array("--></PubmedArticleSet>".utf8)
        #expect(try readAll(bytes, named: "a.xml").papers.isEmpty)
    }
}
