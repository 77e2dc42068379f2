import Foundation
import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("A BibTeX file")
struct BibTeXImporterTests {
    @Test
    func `gives the fields of a paper their places`() throws {
        let source = """
            @article{mayer2021heat,
              author    = {Mayer, Ada and van der Berg, Jan and {Heat Team}},
              title     = {Heat in {DNA}},
              subtitle  = {A Survey},
              journal   = "Journal of " # heat,
              year      = 2021, month = mar, day = 5,
              volume    = {12}, number = {3}, pages = {100--110},
              doi       = {https://doi.org/10.1000/ABC_1},
              pmid      = {123456}, eprint = {2103.00001}, archiveprefix = {arXiv}, primaryclass = {q-bio.BM},
              keywords  = {heat, DNA; RNA},
              abstract  = {Two
                           lines.},
              note      = {Read twice},
              url       = {https://example.org/a_b},
              address   = {Berlin}, publisher = {Verlag}, issn = {1234-5678},
              langid    = {ngerman}, x-rating = {5}, shortjournal = {J. Heat}
            }
            @string{heat = "Heat"}
            """
        let paper = try #require(try papers(inBibTeX: source).first)
        let expected = Paper(
            id: "doi:10.1000/abc_1", title: "Heat in DNA: A Survey", abstract: "Two lines.",
            authors: ["Ada Mayer", "Jan van der Berg", "Heat Team"], year: 2021, venue: "Journal of Heat",
            categories: ["q-bio.BM"], keywords: ["heat, DNA", "RNA"], url: "https://example.org/a_b",
            alternateIDs: ["arxiv:2103.00001", "pmid:123456"], date: "2021-03-05", type: "article-journal",
            language: "de", citationKey: "mayer2021heat",
            attributes: [
                "volume": ["12"], "issue": ["3"], "pages": ["100-110"], "place": ["Berlin"], "publisher": ["Verlag"],
                "issn": ["1234-5678"], "x-rating": ["5"], "journal-abbreviation": ["J. Heat"],
                "note": ["Read twice"],
            ])
        #expect(paper == expected)
    }

    @Test
    func `may have entries in parentheses, without keys, with comments and odd commas`() throws {
        let source = """
            Words before, an address a@b.org, and % @misc{no, title = {Hidden}}
            @Misc( paren:1 , title = {In (parentheses)} )
            @misc{
              title = {No key},
            }
            @misc{c,   % a comment
              % another = {one},
              title = {Comments}, % and one more
              , year = {2001} ,
            } trailing @misc{d, title={Same line}}
            @MISC{e, field+an = {1=family}, title = "Quo{"}ted {\\"u}", year = 2002 }
            """
        let read = try papers(inBibTeX: source)
        #expect(read.map(\.title) == ["In (parentheses)", "No key", "Comments", "Same line", "Quo\"ted ü"])
        #expect(read.map(\.citationKey) == ["paren:1", nil, "c", "d", "e"])
        #expect(read[4].attributes == ["field+an": ["1=family"]])
    }

    @Test
    func `joins parts and macros, also those that are defined later or not at all`() throws {
        let source = """
            @string{j = "Journal of "}
            @string(k = {Kites})
            @article{a, title = "T" # { and } # "U", journal = j # k # " (" # later # ")", year = 1999}
            @string{later = {online}}
            @article{b, title = {V}, journal = UNKNOWN_J, month = "10~" # jan, year = 2000}
            """
        let read = try papers(inBibTeX: source)
        #expect(read[0].title == "T and U")
        #expect(read[0].venue == "Journal of Kites (online)")
        #expect(read[1].venue == "UNKNOWN_J")
        #expect(read[1].date == "2000-01-10")
    }

    @Test
    func `skips a broken entry with its line, and reads the rest`() throws {
        let source = """
            @article{a, title = {First}, year = 2000}

            @article{b,
              title = {Missing brace,
              year = {2001}
            }

            @article{c, title = {Third}}
            @article{d, title = "Missing quote, year = 2001}
            @article{e, title = {Fifth}, year = {2005}
            @article{f, title {no sign}}
            @article{g, title = {Too many}}, year = {2007}}
            @article{h, year = {2009}}
            @article{i, title = {Last}
            """
        let read = try readAll(Array(source.utf8), named: "a.bib")
        #expect(read.papers.map(\.title) == ["First", "Third", "Fifth", "Too many", "Last"])
        #expect(read.papers.map(\.year) == [2000, nil, 2005, 2007, nil])
        #expect(read.skipped.map(\.line).sorted() == [3, 9, 11, 13])
        #expect(read.skipped.count { $0.code == .malformed } == 3)
        #expect(read.skipped.contains { $0.code == .noTitleAndNoAbstract && $0.line == 13 })
        #expect(read.skipped.contains { $0.line == 3 && $0.reason.contains("brace is missing in the field 'title'") })
    }

    @Test
    func `keeps entries that a value quotes, and braces that a backslash escapes`() throws {
        let source = """
            @misc{a, title = {Outer}, comment = {See
            @misc{inner, title = {Inner}}
            and so on}}
            @misc{b, title = {A set \\{ open}, year = 2001}
            @misc{c, title = {After}}
            """
        let read = try papers(inBibTeX: source)
        #expect(read.map(\.title) == ["Outer", "A set { open", "After"])
        #expect(read[0].notes.first?.contains("@misc") == true)
    }

    @Test
    func `ignores comments, preambles, sets and settings`() throws {
        let source = """
            @comment{ @misc{x, title = {No}} }
            @preamble{ "\\newcommand{\\x}[1]{#1}" }
            @set{s, entryset = {a,b}}
            @control{c, x = {1}}
            @comment{never closed {
            @misc{a, title = {Yes}}
            """
        let read = try readAll(Array(source.utf8), named: "a.bib")
        #expect(read.papers.map(\.title) == ["Yes"])
        #expect(read.skipped.isEmpty)
    }

    @Test
    func `of comments alone is read as BibTeX without papers`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            let path = folder + "/only.bib"
            try Data("% nothing\n@comment{jabref-meta: x;}\n".utf8).write(to: URL(filePath: path))
            let reader = try PaperReader(path: path)
            #expect(reader.format == .bibTeX)
            #expect(try reader.nextBatch()?.papers.isEmpty == true)
            #expect(try reader.nextBatch() == nil)
        }
    }

    @Test(arguments: [
        ("\n % c\n@article{k, title = {T}}", "x", "bibtex"), ("@string{a = {b}}", "x.txt", "bibtex"),
        ("Made by a program\n\n@Book(k, title = {T})", "x.dat", "bibtex"),
        ("{\"title\": \"@article{a, b = c}\"}", "x.jsonl", "jsonl"),
    ])
    func `is recognized by an entry`(content: String, name: String, format: String) throws {
        try TemporaryFolder.with { (folder: String) throws in
            let path = "\(folder)/\(name)"
            try Data(content.utf8).write(to: URL(filePath: path))
            #expect(try PaperReader(path: path).format.name == format)
        }
    }

    @Test
    func `that is cut anywhere or has flipped bytes is read without harm`() throws {
        let source = Array(
            """
            @string{j = "J"}
            @comment{jabref-meta: grouping: 0 AllEntriesGroup:; 1 StaticGroup:G\\;0\\;; }
            @article{a, title = {A {B} "c"}, author = "X {Y} and Z, W", journal = j # { K }, file = {:a\\:b:PDF}, crossref = b}
            @book{b, title = {Book}, date = {2001-02-03/2004}, groups = {G}, keywords = {a; {b;c}}}
            """.utf8)
        for length in stride(from: 0, through: source.count, by: 3) {
            _ = try readAll(Array(source.prefix(length)) + [10, 0x40], named: "a.bib")
        }
        for seed in UInt64(0)..<200 {
            var random = SeededGenerator(seed: seed)
            var bytes = source
            for _ in 0..<5 {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = try readAll(bytes, named: "a.bib", ImportOptions(format: .bibTeX))
        }
    }

    @Test
    func `with many broken entries is read in linear time`() throws {
        let broken = String(repeating: "@misc{a, title = {open {brace\n@comment{ x {\n", count: 20_000)
        let read = try readAll(Array((broken + "@misc{z, title = {End}}").utf8), named: "a.bib")
        #expect(read.papers.map(\.title) == ["End"])
    }
}
