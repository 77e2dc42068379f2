import Foundation
import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("An entry of BibTeX")
struct BibTeXEntryTests {
    private func paper(_ fields: String, type: String = "article") throws -> Paper {
        try #require(try papers(inBibTeX: "@\(type){k, title = {T}, \(fields)}").first)
    }

    @Test(arguments: [
        ("Ada Lovelace and Ludwig van Beethoven", ["Ada Lovelace", "Ludwig van Beethoven"]),
        ("Lovelace, Ada AND van Beethoven, Ludwig", ["Ada Lovelace", "Ludwig van Beethoven"]),
        ("King, Jr., Martin Luther and von Last, III, First", ["Martin Luther King Jr.", "First von Last III"]),
        (
            "{Bell and Sons} and {Council on Heat, Light and Sound}",
            ["Bell and Sons", "Council on Heat, Light and Sound"]
        ),
        ("{\\'E}mile Zol{\\'a} and {W.M.P. van der} Aalst", ["Émile Zolá", "W.M.P. van der Aalst"]),
        ("family=Ackooij, given=W., prefix=van, useprefix=true and Lopez, I.", ["W. van Ackooij", "I. Lopez"]),
        ("Smith, J.; Jones, K.", ["J. Smith", "K. Jones"]),
        ("Ann Smith, Bob Jones, Carl Brown", ["Ann Smith", "Bob Jones", "Carl Brown"]),
        ("李明 and 王 小波", ["李明", "王 小波"]),
        ("One\n  and\n Two and ", ["One", "Two"]),
    ])
    func `has its authors in reading order`(field: String, authors: [String]) throws {
        #expect(try paper("author = {\(field)}").authors == authors)
    }

    @Test
    func `of Scopus or the Web of Science has its identifiers and keywords`() throws {
        let scopus = try paper("author_keywords = {One; Two}, pubmed_id = {123}, abbrev_source_title = {J. X}")
        #expect(scopus.id == "pmid:123" && scopus.keywords == ["One", "Two"])
        #expect(scopus.attributes == ["journal-abbreviation": ["J. X"]])
        let science = try paper("Keywords-Plus = {THREE}, Unique-ID = {WOS:000123}")
        #expect(science.id == "wos:000123" && science.keywords == ["THREE"])
    }

    @Test(arguments: ["README.md", "README", "page.html"])
    func `that a document quotes is none of the file's papers`(name: String) throws {
        let entry = "@article{k,\n  title = {T},\n  year = 2020\n}\n"
        let text =
            name.hasSuffix("html") ? "<html><body><pre>\n\(entry)</pre></body></html>" : "# Tool\n\n```\n\(entry)```\n"
        #expect(try refusal(text, named: name)?.code == .unknownFormat)
    }

    @Test
    func `says that there are more authors`() throws {
        let paper = try paper("author = {A B and others}, editor = {C D and others}")
        #expect(paper.authors == ["A B"])
        #expect(paper.attributes == ["others": ["author", "editor"], "editor": ["C D"]])
    }

    @Test(
        arguments: [
            ("date = {2021-05-03}", 2021, "2021-05-03", nil), ("date = {2021-05}", 2021, "2021-05", nil),
            ("date = {2021}", 2021, nil, nil),
            ("date = {2021-05-03/2021-06}", 2021, "2021-05-03", "2021-05-03/2021-06"),
            ("date = {2003-21}", 2003, nil, "2003-21"), ("date = {1034~/..}", 1034, nil, "1034~/.."),
            ("date = {-0379-02}", nil, nil, "-0379-02"), ("date = {Y17000002}", nil, nil, "Y17000002"),
            ("date = {199X}", nil, nil, "199X"),
            ("date = {2016-01-19T14:20:00Z}", 2016, "2016-01-19", "2016-01-19T14:20:00Z"),
            ("year = 2012, month = oct", 2012, "2012-10", nil),
            ("year = {2012}, month = {7}, day = 4", 2012, "2012-07-04", nil),
            ("year = {2012}, month = {July 8}", 2012, "2012-07-08", nil),
            ("month = jan, date = {1998}", 1998, nil, nil),
            ("date = {१९८७-०१-१५}", 1987, "1987-01-15", "१९८७-०१-१५"),
        ] as [(String, Int?, String?, String?)])
    func `has its date as far as it is known`(fields: String, year: Int?, date: String?, kept: String?) throws {
        let paper = try paper(fields)
        #expect(paper.year == year)
        #expect(paper.date == date)
        #expect(paper.attributes["date"]?.first == kept)
    }

    @Test
    func `keeps a year and a month that are none`() throws {
        let paper = try paper("year = {1985a}, month = {Spring}")
        #expect(paper.year == 1985)
        #expect(paper.attributes == ["year": ["1985a"], "month": ["Spring"]])
        #expect(try self.paper("year = {in press}").attributes == ["year": ["in press"]])
    }

    @Test(arguments: [
        ("doi = {10.1000/A\\_b}", "doi:10.1000/a_b"), ("doi = {http://doi.acm.org/10.1145/12.34}", "doi:10.1145/12.34"),
        ("eprint = {1706.03762}, archiveprefix = {arXiv}", "arxiv:1706.03762"),
        ("eprint = {arXiv:1706.03762v5}, eprinttype = {arxiv}", "arxiv:1706.03762"),
        ("eprint = {hep-th/9901001}", "arxiv:hep-th/9901001"), ("eprint = {123}, eprinttype = {pubmed}", "pmid:123"),
        ("journal = {arXiv preprint arXiv:1706.03762}", "arxiv:1706.03762"),
        ("journal = {CoRR}, volume = {abs/1706.03762}", "arxiv:1706.03762"),
        ("url = {https://aclanthology.org/2022.acl-long.1}", "acl:2022.acl-long.1"), ("note = {{PMID:} 99}", "pmid:99"),
        ("identifiers = {openalex:W12, isbn:978}", "openalex:W12"),
    ])
    func `has the id that its fields name`(fields: String, id: String) throws {
        #expect(try paper(fields).id == id)
    }

    @Test
    func `keeps what is no identifier`() throws {
        let paper = try paper("doi = {unknown}, eprint = {ABC}, eprinttype = {jstor}")
        #expect(paper.hasDerivedID)
        #expect(paper.attributes == ["doi": ["unknown"], "eprint": ["ABC"], "eprinttype": ["jstor"]])
    }

    @Test(
        arguments: [
            ("InProceedings", "booktitle = {Proc. of X}", "paper-conference", "Proc. of X"),
            ("incollection", "booktitle = {B}, booksubtitle = {C}", "chapter", "B: C"),
            ("phdthesis", "school = {ETH}", "thesis", "ETH"), ("techreport", "institution = {NASA}", "report", "NASA"),
            ("online", "", "webpage", nil), ("misc", "", nil, nil),
            ("misc", "eprint = {1706.03762}, eprinttype = {arxiv}", "article", nil),
            ("article", "journaltitle = {J}, entrysubtype = {newspaper}", "article-newspaper", "J"),
            ("dataset", "publisher = {P}", "dataset", nil), ("performance", "", "performance", nil),
        ] as [(String, String, String?, String?)])
    func `has the type and the venue of its kind`(type: String, fields: String, kind: String?, venue: String?) throws {
        let paper = try paper(fields, type: type)
        #expect(paper.type == kind)
        #expect(paper.venue == venue)
    }

    @Test(arguments: [
        (":a/b.pdf:PDF", ["a/b.pdf"]), ("Full text:C\\:\\\\x\\\\y.pdf:PDF;:z.ps:", ["C:\\x\\y.pdf", "z.ps"]),
        ("Paper:/home/a/b.pdf:application/pdf", ["/home/a/b.pdf"]), ("a.pdf;b.pdf", ["a.pdf", "b.pdf"]),
        (":C$\\backslash$:/Users/a.pdf:pdf", ["C:/Users/a.pdf"]), ("https\\://x.org/a.pdf", ["https://x.org/a.pdf"]),
        ("a.pdf:PDF", ["a.pdf"]), ("title\\; with\\: signs:b.pdf:PDF", ["b.pdf"]),
    ])
    func `has its files`(field: String, paths: [String]) throws {
        #expect(try paper("file = {\(field)}").attachments == paths)
    }

    @Test
    func `has its groups as paths`() throws {
        let source = """
            @misc{a, title = {A}, groups = {Leaf, Other}}
            @misc{b, title = {B}}
            @Comment{jabref-meta: grouping:
            0 AllEntriesGroup:;
            1 StaticGroup:Root\\;0\\;1\\;0x1\\;\\;A word\\;;
            2 StaticGroup:Leaf\\;0\\;1\\;\\;\\;\\;;
            1 KeywordGroup:Words\\;0\\;keywords\\;x\\;0\\;0\\;;
            1 ExplicitGroup:Old\\;0\\;b\\;a\\;;
            }
            @comment{BibDesk Static Groups{
            <plist><array><dict><key>group name</key><string>Desk &amp; Chair</string>
            <key>keys</key><string>b</string></dict></array></plist>
            }}
            """
        let read = try papers(inBibTeX: source)
        #expect(read[0].collections == ["Root/Leaf", "Other", "Old"])
        #expect(read[1].collections == ["Old", "Desk & Chair"])
    }

    @Test
    func `keeps lists, notes and tags apart`() throws {
        let paper = try paper(
            "keywords = {a, {b, c}}, tags = {x, y}, note = {One\n  line}, annote = {Two\n\nthree}, abstract = {A}")
        #expect(paper.keywords == ["a", "b, c"])
        #expect(paper.tags == ["x", "y"])
        #expect(paper.notes == ["Two\n\nthree"])
        #expect(paper.attributes["note"] == ["One\nline"])
    }

    @Test(arguments: [ExportFormat.bibTeX, .bibLaTeX])
    func `keeps the source's note apart from a person's in a round trip`(format: ExportFormat) throws {
        let source = "@misc{k, title = {T}, note = {To appear}, annote = {One \\par Two}, comment = {Three}}"
        let first = try papers(inBibTeX: source)
        let again = try papers(inBibTeX: format.text(of: first))
        #expect(again == first)
        #expect(again[0].attributes == ["note": ["To appear"]])
        #expect(again[0].notes == ["One", "Two", "Three"])
    }

    @Test
    func `takes a text with semicolons for one value, and items in braces for several`() throws {
        let paper = try paper("x-a = {b; c}, x-d = {{e}; {f; g}}, x-h = {{i; j}}, pages = {{1--2}; {5}}")
        #expect(
            paper.attributes == ["x-a": ["b; c"], "x-d": ["e", "f; g"], "x-h": ["i; j"], "pages": ["1-2", "5"]])
    }

    @Test
    func `has its groups as paths after a round trip, also where two groups have one name`() throws {
        let paths = [
            "Thesis/Chapter 2", "Thesis", "Notes/Chapter 2", "Chapter 2", "/odd", "a; b/c\\d", "{x}/Thesis", "A//B",
            (1...40).map(String.init).joined(separator: "/"),
        ]
        let written = paths.map { Paper(title: "On \($0)", abstract: "", collections: [$0]) }
        let text = ExportFormat.bibTeX.text(of: written)
        #expect(try papers(inBibTeX: text).map(\.collections) == written.map(\.collections))
        #expect(text.contains("groups = {Chapter 2}") && text.contains("\n1 StaticGroup:Thesis\\;0\\;1\\;"))
        #expect(text.contains("\n2 StaticGroup:Chapter 2\\;0\\;1\\;\\;\\;\\;;\n"))
        #expect(!ExportFormat.bibTeX.text(of: [Paper(title: "T", abstract: "")]).contains("jabref"))
    }

    @Test
    func `takes fields from its parent, and neither its ids nor its notes`() throws {
        let source = """
            @inproceedings{child, title = {Child}, author = {A B}, crossref = {PARENT}, pages = {1--2}}
            @article{part, title = {Part}, crossref = issue}
            @book{book, title = {Book}, xdata = {house}, crossref = {work}}
            @proceedings{parent, title = {Proc}, subtitle = {Sub}, editor = {E F}, date = {2001-02}, doi = {10.1000/1},
              publisher = {P}, note = {n}, keywords = {k}}
            @periodical{issue, title = {Journal}, volume = {7}, date = {2007-12}}
            @xdata{house, publisher = {House}, location = {Here}}
            @mvbook{work, title = {Work}, author = {C D}, year = 1999}
            @book{loop1, title = {Loop}, crossref = {loop2}}
            @book{loop2, crossref = {loop1}}
            """
        let read = try readAll(Array(source.utf8), named: "a.bib")
        let child = try #require(read.papers.first { $0.title == "Child" })
        #expect(child.venue == "Proc: Sub")
        #expect(child.date == "2001-02")
        #expect(child.hasDerivedID && child.notes.isEmpty && child.keywords.isEmpty)
        #expect(child.attributes["editor"] == ["E F"] && child.attributes["publisher"] == ["P"])
        let part = try #require(read.papers.first { $0.title == "Part" })
        #expect(part.venue == "Journal" && part.year == 2007 && part.attributes["volume"] == ["7"])
        let book = try #require(read.papers.first { $0.title == "Book" })
        #expect(book.authors == ["C D"] && book.year == 1999)
        #expect(book.attributes["place"] == ["Here"] && book.attributes["maintitle"] == ["Work"])
        #expect(read.papers.contains { $0.title == "Loop" })
    }
}
