import Foundation
import PaperFormats
import Papers
import TestSupport
import Testing

/// All that a reader gives of a text.
func readMarkup(_ text: String, named name: String = "a.xml") throws -> PaperBatch {
    try readAll(Array(text.utf8), named: name)
}

/// The error that refuses a text.
func refusal(_ text: String, named name: String) throws -> PaperFormatsError? {
    try formatsError { try readMarkup(text, named: name) }
}

@Suite("A document of XML")
struct XMLImporterTests {
    private static func entry(_ title: String, _ more: String = "") -> String {
        "<entry><id>http://arxiv.org/abs/2401.0000\(title.count)v1</id><title>\(title)</title>\(more)</entry>\n"
    }

    private static func feed(_ entries: String) -> String {
        "<?xml version=\"1.0\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\(entries)</feed>\n"
    }

    @Test(arguments: [
        ("<svg xmlns=\"http://www.w3.org/2000/svg\"><title>a</title></svg>", "svg"),
        ("<?xml version=\"1.0\"?>\n<!-- a > b -->\n<!DOCTYPE project [<!ENTITY a \"]>\">]>\n<project/>", "project"),
        ("<feed><entry><title>A blog</title></entry></feed>", "feed"),
        ("<collection><movie><title>a</title></movie></collection>", "collection"),
        ("<record><title>a</title></record>", "record"), ("<TEI><teiHeader/></TEI>", "TEI"),
    ])
    func `of another kind is refused with its root element`(text: String, root: String) throws {
        let error = try #require(try refusal(text, named: "a.xml"))
        #expect(error.code == .unknownFormat)
        #expect(error.description.contains("an XML file of another kind (root element '\(root)')"), "\(error)")
    }

    @Test
    func `that ends in the middle gives the records before, and the line where it broke`() throws {
        let text = Self.feed(Self.entry("one") + Self.entry("three") + "<entry><title>lost")
        for end in ["", "</tit", "</title>", "</title></entry>"] {
            let read = try readMarkup(String(text.dropLast("</feed>\n".count)) + end)
            #expect(
                read.papers.map(\.title) == (end.hasSuffix("</entry>") ? ["one", "three", "lost"] : ["one", "three"]))
            #expect(read.skipped.map(\.code) == [.notXML])
            #expect(read.skipped.map(\.line) == [5])
        }
    }

    @Test
    func `with a record whose tags do not match skips it and gives the others`() throws {
        let read = try readMarkup(
            Self.feed(
                Self.entry("a") + Self.entry("bb", "<b><i>x</b></i>") + Self.entry("ccc")
                    + "<entry><title>no end</title>\n" + Self.entry("dddd")))
        #expect(read.papers.map(\.title) == ["a", "ccc", "dddd"])
        #expect(read.skipped.map(\.line) == [4, 6])
        #expect(read.skipped.map(\.code) == [.notXML, .notXML])
        #expect(read.skipped[0].reason == "not XML at line 4: '</b>' does not end '<i>'")
        #expect(read.skipped[1].reason == "not XML at line 7: '<entry>' begins inside a record")
    }

    @Test
    func `may have stray signs, references, CDATA and comments in its texts`() throws {
        let read = try readMarkup(
            Self.feed(
                Self.entry("p < 0.05 &amp; q &lt; 1 & r") + Self.entry("<![CDATA[a <em> & b]]><!-- not > this -->!")
                    + Self.entry("M&#252;ller &#x2013; Caf&eacute; &unknown; &#xD800;")))
        #expect(
            read.papers.map(\.title) == ["p < 0.05 & q < 1 & r", "a <em> & b!", "Müller – Café &unknown; &#xD800;"])
        #expect(read.skipped.isEmpty)
    }

    @Test
    func `expands no entity and opens no file`() throws {
        let bomb = """
            <!DOCTYPE feed [
              <!ENTITY a "aaaaaaaaaa"> <!ENTITY b "&a;&a;&a;&a;"> <!-- ' -->
              <!ENTITY f SYSTEM "file:///etc/passwd">
            ]>
            <feed xmlns="http://arxiv.org/schemas/atom"><entry><title>x &b; &f;</title></entry></feed>
            """
        #expect(try readMarkup(bomb).papers.map(\.title) == ["x &b; &f;"])
    }

    @Test(arguments: ["ISO-8859-1", "windows-1252", "latin1"])
    func `may be in an encoding that it declares`(encoding: String) throws {
        let text = "<?xml version='1.0' encoding='\(encoding)'?><feed a='http://arxiv.org/'>" + Self.entry("M#ller")
        let bytes = Array(text.utf8).map { $0 == UInt8(ascii: "#") ? 0xFC : $0 } + Array("</feed>".utf8)
        #expect(try readAll(bytes, named: "a.xml").papers.map(\.title) == ["Müller"])
        // A name of an encoding that nobody knows says nothing, and the rest is ASCII.
        let unknown = text.replacing(encoding, with: "x-unheard-of") + "</feed>"
        #expect(try readMarkup(unknown).papers.map(\.title) == ["M#ller"])
    }

    @Test
    func `may nest deeper than any stack`() throws {
        let deep = String(repeating: "<b>", count: 200_000) + "deep" + String(repeating: "</b>", count: 200_000)
        let read = try readMarkup(Self.feed(Self.entry("a", "<summary>\(deep)</summary>") + Self.entry("bb")))
        #expect(read.papers.map(\.title) == ["a", "bb"])
        #expect(read.papers.first?.abstract == "deep")
    }

    @Test
    func `with a record beyond 16 MB skips it`() throws {
        let filling = String(repeating: "<x>filling</x>", count: 1_300_000)
        let read = try readMarkup(Self.feed(Self.entry("a") + Self.entry("bb", filling) + Self.entry("ccc")))
        #expect(read.papers.map(\.title) == ["a", "ccc"])
        #expect(read.skipped.map(\.code) == [.tooLong])
        #expect(read.skipped.map(\.line) == [4])
    }

    @Test
    func `of many blocks gives all papers in order, on any number of threads`() throws {
        let entries = (0..<20_000).map { number in
            "<entry><id>http://arxiv.org/abs/2401.\(10_000 + number)</id><title>Title \(number)</title><summary>"
                + String(repeating: "wörd &amp; \(number) ", count: 40) + "</summary></entry>\n"
        }
        let text = Array(Self.feed(entries.joined()).utf8)
        #expect(text.count > 2 * (4 << 20), "several batches")
        for threads in [1, 3] {
            let read = try readAll(text, named: "a.xml", ImportOptions(threads: threads))
            #expect(read.papers.map(\.title) == (0..<20_000).map { "Title \($0)" })
            #expect(read.papers.allSatisfy { $0.abstract.hasPrefix("wörd & ") })
        }
    }

    @Test
    func `of any bytes at all is safe`() throws {
        let good = Array(
            (Self.feed(Self.entry("a", "<summary a='b' c=\"d\">x<!-- y --><i>z</i></summary>") + Self.entry("bb"))
                + "<?pi?>")
                .utf8)
        for seed in UInt64(0)..<500 {
            var random = SeededGenerator(seed: seed)
            var content = good + good
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                content[Int.random(in: 30..<content.count, using: &random)] =
                    Bool.random(using: &random)
                    ? UInt8.random(in: 0...255, using: &random)
                    : Array("<>/!-[]\"'&;= \n".utf8).randomElement(using: &random) ?? 0
            }
            let refusal = try formatsError {
                try readAll(content, named: "a.xml", ImportOptions(format: .xml, threads: 1))
            }
            #expect(refusal == nil || refusal?.code == .unknownFormat || refusal?.code == .notText, "seed \(seed)")
        }
    }
}
