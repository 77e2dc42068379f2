import PaperFormats
import Papers
import Testing

@Suite("RIS")
struct RISTests {
    private func read(_ text: String, _ options: ImportOptions = ImportOptions()) throws -> PaperBatch {
        try readAll(Array(text.utf8), named: "a.ris", options)
    }

    @Test
    func `gives every field of a record`() throws {
        let batch = try read(
            """
            TY  - JOUR
            TI  - Slow <i>walks</i> on graphs
            AU  - Okafor, Ada
            AU  - van der Berg, Jan
            AU  - The Graph Consortium
            PY  - 2019
            DA  - 2019/04/02/
            T2  - Journal of Walks
            J2  - J. Walks
            AB  - Walks are slow.
            KW  - graphs
            KW  - walks
            VL  - 3
            IS  - 2
            SP  - 11
            EP  - 19
            SN  - 1234-567X
            PB  - Walk Press
            CY  - Oslo
            DO  - https://doi.org/10.1234/Walks.3
            UR  - https://example.org/walks
            L1  - file:///papers/walks.pdf
            ID  - okafor2019
            N1  - read twice
            LA  - eng
            A2  - Editor, Eve
            C5  - odd
            ER  - 

            """)
        let paper = try #require(batch.papers.first)
        #expect(
            paper
                == Paper(
                    id: "doi:10.1234/walks.3", title: "Slow walks on graphs", abstract: "Walks are slow.",
                    authors: ["Ada Okafor", "Jan van der Berg", "The Graph Consortium"], year: 2019,
                    venue: "Journal of Walks", keywords: ["graphs", "walks"], url: "https://example.org/walks",
                    date: "2019-04-02", type: "article-journal", language: "en", citationKey: "okafor2019",
                    notes: ["read twice"], attachments: ["file:///papers/walks.pdf"],
                    attributes: [
                        "volume": ["3"], "issue": ["2"], "pages": ["11-19"], "issn": ["1234-567X"],
                        "publisher": ["Walk Press"], "place": ["Oslo"], "editor": ["Eve Editor"], "c5": ["odd"],
                        "journal-abbreviation": ["J. Walks"],
                    ]))
        #expect(batch.papers.count == 1 && batch.skipped.isEmpty)
    }

    @Test(arguments: [
        "TY  - JOUR\nTI  - A\nER  - \n\nTY  - JOUR\nTI  - B\nER  - \n",
        "\u{FEFF}TY  - JOUR\r\nTI  - A\r\nER  -\r\n\r\nTY  - JOUR\r\nTI  - B\r\nER  -",
        "TY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\n", "TY - JOUR\nTI - A\nER -\nTY - JOUR\nTI - B\nER -\n",
        "TY  -JOUR\nTI  -A\nER  -\nTY  -JOUR\nTI  -B\nER  -\n",
        "TY  -  JOUR\nTI  -  A\nER  -  \nTY  -  JOUR\nTI  -  B\nER  -  \n",
        "1.\nTY  - JOUR\nTI  - A\nER  - \n\n2.\nTY  - JOUR\nTI  - B\nER  - \n",
        "Record #1 of 2\nProvider: P\n\nTY  - JOUR\nTI  - A\nER  - \nRecord #2 of 2\nTY  - JOUR\nTI  - B\nER  - \n",
        "TI  - A\nAU  - X, Y\nER  - \nTI  - B\nAU  - X, Y\nER  - \n", "TI  - A\nPY  - 1999\n\nTI  - B\nPY  - 2000\n",
        "\n\nTY  - JOUR\nT1  - A\nER  - \n\n\n\nTY  - JOUR\nCT  - B\nER  - \n\n",
    ])
    func `is read however its lines and records are parted`(text: String) throws {
        for name in ["a.ris", "a.txt", "a"] {
            let batch = try readAll(Array(text.utf8), named: name)
            #expect(batch.papers.map(\.title) == ["A", "B"], "\(name)")
            #expect(batch.skipped.isEmpty)
        }
    }

    @Test
    func `has texts over several lines`() throws {
        let batch = try read(
            """
            TY  - JOUR
            TI  - A title that
            goes on
            AB  - First part.

            Second part - with a hyphen.
            KW  - one
            two
            three
            U3  - x

            y
            ER  - 
            """)
        let paper = try #require(batch.papers.first)
        #expect(paper.title == "A title that goes on")
        #expect(paper.abstract == "First part. Second part - with a hyphen.")
        #expect(paper.keywords == ["one", "two", "three"])
        #expect(paper.attributes["u3"] == ["x\n\ny"])
    }

    @Test(arguments: [
        ("KW  - a; b; c", ["a", "b", "c"]), ("KW  - a, b, c", ["a", "b", "c"]),
        ("KW  - Child, Preschool", ["Child, Preschool"]),
        ("KW  - *a\nKW  - a", ["a"]), ("KW  - ", []),
    ])
    func `has keywords in one line or in several`(lines: String, keywords: [String]) throws {
        let batch = try read("TY  - JOUR\nTI  - T\n\(lines)\nER  - \n")
        #expect(batch.papers.map(\.keywords) == [keywords])
    }

    @Test(arguments: [
        ("PY  - 2012///", 2012, nil), ("Y1  - 1948/07//", 1948, "1948-07"), ("PY  - 2018\nDA  - SEP", 2018, "2018-09"),
        ("DA  - 2024-02-01", 2024, "2024-02-01"), ("Y1  - 2020//", 2020, nil), ("PY  - in press", nil, nil),
        ("PY  -", nil, nil),
    ])
    func `has dates in many forms`(lines: String, year: Int?, date: String?) throws {
        let paper = try #require(try read("TY  - JOUR\nTI  - T\n\(lines)\nER  - \n").papers.first)
        #expect(paper.year == year)
        #expect(paper.date == date)
    }

    @Test(arguments: [
        ("TY  - CHAP\nT2  - The Book", "chapter", "The Book"),
        ("TY  - CPAPER\nT2  - Proc. X", "paper-conference", "Proc. X"),
        ("TY  - THES\nPB  - A University", "thesis", "A University"), ("TY  - RPRT\nPB  - A Lab", "report", "A Lab"),
        ("TY  - BOOK\nPB  - A Press", "book", nil),
        ("TY  - JOUR\nJO  - J\nJF  - Journal", "article-journal", "Journal"),
        ("TY  - XYZ", "xyz", nil),
    ])
    func `has kinds and venues`(lines: String, type: String, venue: String?) throws {
        let paper = try #require(try read("\(lines)\nTI  - T\nER  - \n").papers.first)
        #expect(paper.type == type)
        #expect(paper.venue == venue)
    }

    @Test
    func `has ids in several fields`() throws {
        let text = """
            TY  - JOUR
            TI  - T
            AN  - WOS:000444108200009
            DB  - PubMed
            C3  - PUBMED 21314913
            UR  - http://arxiv.org/abs/2401.00001v2
            ER  - 
            """
        let paper = try #require(try read(text).papers.first)
        #expect(paper.id == "arxiv:2401.00001")
        #expect(paper.alternateIDs == ["pmid:21314913", "wos:000444108200009"])
    }

    @Test
    func `skips what is no paper and reads on`() throws {
        var bytes = Array("TY  - JOUR\nDO  - 10.1/x\nER  - \nTY  - JOUR\nTI  - café caf".utf8)
        bytes += [0xE9]
        bytes += Array("\nER  - \nTY  - JOUR\nTI  - T\nAB  - Ünïcödé wörds\nER  - \nNL  - a link behind the end\n".utf8)
        let batch = try readAll(bytes, named: "a.ris")
        #expect(batch.papers.map(\.title) == ["T"])
        #expect(batch.papers.first?.attributes == ["nl": ["a link behind the end"]])
        #expect(batch.skipped.map(\.line) == [1, 4])
        #expect(batch.skipped.map(\.code) == [.noTitleAndNoAbstract, .notUTF8])
    }

    @Test(arguments: [
        "A text about RIS:\n\n```\nTY  - JOUR\nTI  - T\nER  - \n```\n", "IT  - is\nIS  - not\nUS  - RIS\n",
        "12:00 TI - start\n12:01 ER - end\n", "TI  - alone\n",
    ])
    func `is not what only looks like it`(text: String) throws {
        #expect(try formatsError { try read(text) }?.code == .unknownFormat)
    }

    @Test
    func `of any bytes at all is safe`() throws {
        let good = Array("TY  - JOUR\nTI  - A\nAU  - B, C\nAB  - é\n\nER  - \nTY  - BOOK\nTI  - D\nER  - \n".utf8)
        try readDamaged(good, named: "a.ris", as: .ris)
    }
}
