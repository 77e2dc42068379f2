import PaperFormats
import Papers
import Testing

@Suite("What sources write in several ways")
struct SourceValuesTests {
    /// The authors of a table's cell.
    private func authors(_ cell: String) throws -> [String] {
        let quoted = "\"" + cell.replacing("\"", with: "\"\"") + "\""
        return try readAll(Array("title,authors\nT,\(quoted)\n".utf8), named: "a.csv").papers[0].authors
    }

    @Test(arguments: [
        ("Vaswani, Ashish", ["Ashish Vaswani"]), ("Ashish Vaswani", ["Ashish Vaswani"]),
        ("Vaswani, Ashish; Shazeer, Noam", ["Ashish Vaswani", "Noam Shazeer"]),
        ("Ashish Vaswani, Noam Shazeer", ["Ashish Vaswani", "Noam Shazeer"]),
        ("Ashish Vaswani, Noam Shazeer, Niki Parmar", ["Ashish Vaswani", "Noam Shazeer", "Niki Parmar"]),
        ("Ashish Vaswani, Noam Shazeer and Niki Parmar", ["Ashish Vaswani", "Noam Shazeer", "Niki Parmar"]),
        ("Vaswani, Ashish and Shazeer, Noam", ["Ashish Vaswani", "Noam Shazeer"]),
        ("Vaswani A., Shazeer N.M.", ["A. Vaswani", "N.M. Shazeer"]),
        ("Vaswani A, Shazeer NM", ["A Vaswani", "NM Shazeer"]),
        ("Vaswani, A., Shazeer, N. M.", ["A. Vaswani", "N. M. Shazeer"]),
        ("Vaswani, Ashish, Shazeer, Noam", ["Ashish Vaswani", "Noam Shazeer"]),
        ("van den Berg, Jan Pieter", ["Jan Pieter van den Berg"]),
        ("King, Jr., Martin Luther", ["Martin Luther King Jr."]),
        ("A. Vaswani|N. Shazeer", ["A. Vaswani", "N. Shazeer"]),
        ("A. Vaswani & N. Shazeer", ["A. Vaswani", "N. Shazeer"]),
        ("['Vaswani, Ashish', \"O'Neil, Eve\"]", ["Ashish Vaswani", "Eve O'Neil"]),
        ("[\"Vaswani, Ashish\"]", ["Ashish Vaswani"]), ("[]", []), ("[broken", ["[broken"]), (";;", []), (",", [","]),
        ("Okafor, Ada (57193); Berg, Jan (57194)", ["Ada Okafor", "Jan Berg"]),
        ("The Graph Consortium", ["The Graph Consortium"]), ("Malcolm X", ["Malcolm X"]),
        ("Smith, John (7410161234)", ["John Smith"]), ("Vaswani A, Shazeer NM.", ["A Vaswani", "NM Shazeer"]),
        ("Vaswani A, Shazeer N.", ["A Vaswani", "N Shazeer"]), ("Shazeer NM.", ["NM Shazeer"]),
        ("Vaswani A.", ["A. Vaswani"]),
    ])
    func `names stand in reading order, and lists of names are split`(cell: String, names: [String]) throws {
        #expect(try authors(cell) == names)
    }

    @Test(arguments: [
        ("Title,Authors", ["T,\"Okafor, Ada; Berg, Jan\"", "U,\"García Márquez, Gabriel José\""]),
        ("Key,Item Type,Title,Author", ["A,book,U,\"García Márquez, Gabriel José\""]),
        ("Title,Author full names", ["U,\"García Márquez, Gabriel José (7410161234)\""]),
    ])
    func `the one author of a row is one where semicolons part names`(header: String, rows: [String]) throws {
        let text = header + "\n" + rows.joined(separator: "\n") + "\n"
        #expect(
            try readAll(Array(text.utf8), named: "a.csv").papers.last?.authors == ["Gabriel José García Márquez"])
    }

    @Test
    func `a date of another year than the known one is kept`() throws {
        let ris = try readAll(Array("TY  - JOUR\nTI  - T\nPY  - 2017\nDA  - 2016/12/05\nER  - \n".utf8), named: "a.ris")
        #expect(ris.papers.map(\.year) == [2017])
        #expect(ris.papers[0].attributes == ["da": ["2016/12/05"]])
        let table = try readAll(Array("title,year,date\nT,2017,2016-12-05\n".utf8), named: "a.csv")
        #expect(table.papers[0].attributes == ["date": ["2016-12-05"]])
    }

    @Test(arguments: [
        ("a.ris", "TY  - THES\nTI  - T\nM3  - Master's thesis\nER  - \n"),
        ("a.enw", "%0 Thesis\n%T T\n%9 Master's thesis\n"),
        (
            "a.json",
            #"[{"type": "thesis", "title": "T", "genre": "Master's thesis", "issued": {"date-parts": [[2020]]}}]"#
        ),
        ("a.json", #"[{"itemType": "thesis", "title": "T", "thesisType": "Master's thesis", "creators": []}]"#),
        (
            "a.xml",
            "<xml><records><record><ref-type name=\"Thesis\">32</ref-type><titles><title>T</title></titles>"
                + "<work-type>Master's thesis</work-type></record></records></xml>"
        ),
    ])
    func `the kind of a thesis has one name`(name: String, text: String) throws {
        let paper = try #require(try readAll(Array(text.utf8), named: name).papers.first)
        #expect(paper.type == "thesis")
        #expect(paper.attributes == ["type": ["Master's thesis"]])
    }

    @Test(arguments: [
        ("Academic Dissertation", "thesis"), ("Technical Report", "report"), ("Review", "article-journal"),
        ("Preprint", "article"),
    ])
    func `PubMed's types are the same from its lines and its XML`(kind: String, type: String) throws {
        let lines = "PMID- 1\nTI  - T\nJT  - J\nPT  - Journal Article\nPT  - \(kind)\n"
        let xml = """
            <PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><Journal><Title>J</Title></Journal>
            <ArticleTitle>T</ArticleTitle><PublicationTypeList><PublicationType>Journal Article</PublicationType>
            <PublicationType>\(kind)</PublicationType></PublicationTypeList></Article></MedlineCitation></PubmedArticle>
            </PubmedArticleSet>
            """
        #expect(try readAll(Array(lines.utf8), named: "a.nbib").papers.map(\.type) == [type])
        #expect(try readAll(Array(xml.utf8), named: "a.xml").papers.map(\.type) == [type])
    }

    @Test
    func `a preprint comes back from RIS as one`() throws {
        let paper = Paper(title: "T", abstract: "", type: "article")
        var exporter = RISExporter()
        let text = exporter.record(for: paper)
        #expect(try readAll(Array(text.utf8), named: "a.ris").papers.map(\.type) == ["article"])
    }

    @Test(arguments: [
        ("a.csv", "title,notes\nT,<p>First &amp; caf&eacute;</p><p>Last</p>\n"),
        ("a.ris", "TY  - JOUR\nTI  - T\nN1  - <p>First &amp; caf&eacute;</p><p>Last</p>\nER  - \n"),
        (
            "a.json",
            #"[{"itemType": "book", "title": "T", "creators": [], "notes": [{"note": "<p>First &amp; caf&eacute;</p><p>Last</p>"}]}]"#
        ),
    ])
    func `notes in HTML become text`(name: String, text: String) throws {
        #expect(try readAll(Array(text.utf8), named: name).papers.map(\.notes) == [["First & café\nLast"]])
    }

    @Test(arguments: [
        (#""itemType": "preprint", "repository": "arXiv", "archiveID": "arXiv:2301.00001""#, "arXiv"),
        (#""itemType": "thesis", "university": "A University""#, "A University"),
        (#""itemType": "report", "institution": "A Lab""#, "A Lab"),
    ])
    func `Zotero's JSON has the venues of its database`(fields: String, venue: String) throws {
        let text = "[{\(fields), \"title\": \"T\", \"creators\": []}]"
        let paper = try #require(try readAll(Array(text.utf8), named: "a.json").papers.first)
        #expect(paper.venue == venue)
        #expect(paper.id == "arxiv:2301.00001" || venue != "arXiv")
    }

    @Test(arguments: [
        ("2021-05-03", 2021, "2021-05-03"), ("2021/05", 2021, "2021-05"), ("3 May 2021", 2021, "2021-05-03"),
        ("2020.0", 2020, nil), ("07 2006", 2006, "2006-07"), ("15/04/2021", 2021, "2021-04-15"),
        ("04/15/2021", 2021, "2021-04-15"), ("03/04/2021", 2021, nil), ("2021-05-03T10:00:00Z", 2021, "2021-05-03"),
        ("Mon, 2 Apr 2007 19:18:42 GMT", 2007, "2007-04-02"), ("2019 Mar-Apr", 2019, "2019-03"), ("no date", nil, nil),
    ])
    func `dates are read as far as they are known`(cell: String, year: Int?, date: String?) throws {
        let paper = try readAll(Array("title,date\nT,\"\(cell)\"\n".utf8), named: "a.csv").papers[0]
        #expect(paper.year == year)
        #expect(paper.date == date)
    }

    @Test(arguments: [
        ("eng", "en"), ("English", "en"), ("en_us", "en-US"), ("pt-BR", "pt-BR"), ("Klingon", "Klingon"), ("ger", "de"),
        ("ngerman", "de"), ("Deutsch", "de"), ("brazilian", "pt-BR"),
    ])
    func `languages have their tags`(cell: String, language: String) throws {
        #expect(
            try readAll(Array("title,language\nT,\(cell)\n".utf8), named: "a.csv").papers[0].language == language)
    }

    @Test(arguments: [
        ("1234-567X", ["issn": ["1234-567X"]]), ("12345678; 87654321", ["issn": ["1234-5678", "8765-4321"]]),
        ("978-3-16-148410-0 (print)", ["isbn": ["978-3-16-148410-0"]]), ("none", ["issn": ["none"]]),
    ])
    func `serial numbers are told apart`(cell: String, attributes: [String: [String]]) throws {
        #expect(
            try readAll(Array("title,ISSN\nT,\(cell)\n".utf8), named: "a.csv").papers[0].attributes == attributes)
    }
}
