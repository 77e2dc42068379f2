import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("Tables")
struct TableTests {
    private func read(
        _ text: String, _ name: String = "a.csv", _ options: ImportOptions = ImportOptions()
    ) throws -> PaperBatch {
        try readAll(Array(text.utf8), named: name, options)
    }

    @Test(arguments: [",", ";", "\t", "|"], ["\n", "\r\n", "\r"])
    func `are read with any delimiter and line end`(delimiter: String, end: String) throws {
        let rows = [
            ["Title", "Abstract Note", "Author", "Publication Year"],
            ["\"A \"\"quoted\"\" title\(delimiter) with it\"", "\"two\(end)lines\"", "Okafor", "2019"],
            ["B", "", "\"Okafor\"", "2020.0"],
        ]
        let text = rows.map { $0.joined(separator: delimiter) }.joined(separator: end)
        for mark in ["", "\u{FEFF}"] {
            let batch = try read(mark + text)
            #expect(
                batch.papers.map(\.title) == ["A \"quoted\" title\(delimiter == "\t" ? "" : delimiter) with it", "B"])
            #expect(batch.papers.map(\.abstract) == ["two lines", ""])
            #expect(batch.papers.map(\.year) == [2019, 2020])
            #expect(batch.skipped.isEmpty)
        }
    }

    @Test
    func `of Zotero give every field`() throws {
        let text = """
            "Key","Item Type","Publication Year","Author","Title","Publication Title","ISSN","DOI","Url","Abstract Note",\
            "Date","Pages","Issue","Volume","Journal Abbreviation","Language","Extra","Notes","File Attachments",\
            "Manual Tags","Automatic Tags","Editor"
            "ABCD1234","journalArticle","2019","Okafor, Ada; van der Berg, Jan","Slow walks","Journal of Walks",\
            "1234-5678","10.1234/walks","https://example.org","Walks.","2019-04-02","11–19","2","3","J. Walks","en-US",\
            "PMID: 777
            Citation Key: okafor2019","a note","/papers/walks.pdf","to read; graphs","walks","Editor, Eve"
            """
        #expect(
            try read(text).papers == [
                Paper(
                    id: "doi:10.1234/walks", title: "Slow walks", abstract: "Walks.",
                    authors: ["Ada Okafor", "Jan van der Berg"], year: 2019, venue: "Journal of Walks",
                    keywords: ["walks"], url: "https://example.org", alternateIDs: ["pmid:777"], date: "2019-04-02",
                    type: "article-journal", language: "en-US", citationKey: "okafor2019", tags: ["to read", "graphs"],
                    notes: ["a note"], attachments: ["/papers/walks.pdf"],
                    attributes: [
                        "key": ["ABCD1234"], "issn": ["1234-5678"], "pages": ["11-19"], "issue": ["2"], "volume": ["3"],
                        "journal-abbreviation": ["J. Walks"], "editor": ["Eve Editor"],
                        "extra": ["PMID: 777\nCitation Key: okafor2019"],
                    ])
            ])
    }

    @Test(arguments: [
        (
            "Title,Authors,Source title,Year,DOI,EID", "T,\"Okafor A.; Berg J.P.\",J,2020,10.1234/x,2-s2.0-1",
            "scopus:2-s2.0-1"
        ),
        (
            "id,display_name,authorships.author.display_name,publication_year,doi",
            "https://openalex.org/W123456,T,A. Okafor|J.P. Berg,2020,https://doi.org/10.1234/x", "openalex:W123456"
        ),
        (
            "Lens ID,Title,Author/s,Date Published,DOI,Start Page,End Page",
            "1-2-3,T,A. Okafor; J.P. Berg,2020-01-01,10.1234/x,1,2", "lens:1-2-3"
        ),
        (
            "CENTRAL ID,Author(s),Title,Year,PubMed ID,DOI",
            "CN-1,\"Okafor, A.; Berg, J.P.\",T,2020,PUBMED 77,10.1234/x", "pmid:77"
        ),
        (
            "\"SEARCH QUERY\",\"x:ti\"\n-----\n\n\"Title\",\"Author Names\",\"Publication Year\",\"Medline PMID\",\"DOI\"",
            "T,\"Okafor A., Berg J.P.\",2020,77,10.1234/x", "pmid:77"
        ),
        (
            "sep=,\nkey,title,year,authors,doi,pubmed_id", "rayyan-1,T,2020,\"Okafor, A. and Berg, J.P.\",10.1234/x,77",
            "pmid:77"
        ),
    ])
    func `of databases have their own headers`(header: String, row: String, otherID: String) throws {
        let paper = try #require(try read("\(header)\n\(row)\n", "export.txt").papers.first)
        #expect(paper.title == "T")
        #expect(paper.authors == ["A. Okafor", "J.P. Berg"])
        #expect(paper.year == 2020)
        #expect(paper.id == "doi:10.1234/x")
        #expect(paper.alternateIDs == [otherID])
    }

    @Test(arguments: [
        "Name,Authors,Year,Tags\nT,Ada Okafor,2020,x\n", "Titel;Autor;Jahr\nT;\"Okafor, Ada\";2020\n",
    ])
    func `of Notion and Citavi are read`(text: String) throws {
        let papers = try read(text).papers
        #expect(papers.map(\.title) == ["T"])
        #expect(papers.map(\.authors) == [["Ada Okafor"]])
        #expect(papers.map(\.year) == [2020])
    }

    @Test
    func `without a column of titles are refused with the option that names one`() throws {
        let error = try formatsError { try read("name,salary,town\nAda,3,Oslo\nEve,4,Rome\nJan,5,Bonn\n") }
        #expect(error?.remedy.contains("--map") == true)
    }

    @Test
    func `keep the columns that have no field`() throws {
        let text = "Title,Authors,My Column,\nT,,x,y,z\nU\n"
        let papers = try read(text).papers
        #expect(papers.map(\.title) == ["T", "U"])
        #expect(papers[0].attributes == ["my column": ["x"], "column 4": ["y"], "column 5": ["z"]])
    }

    @Test
    func `have the columns that the caller names`() throws {
        let text = "name,what,who\nT,A,\"Okafor, Ada\"\n"
        #expect(try formatsError { try read(text) }?.code == .unknownFormat)
        let columns = ["title": "Name", "abstract": "what", "mood": "who"]
        let papers = try read(text, "a.csv", ImportOptions(columns: columns)).papers
        #expect(papers == [Paper(title: "T", abstract: "A", attributes: ["mood": ["Okafor, Ada"]])])
        let forced = ImportOptions(format: .csv)
        #expect(try formatsError { try read(text, "a.csv", forced) }?.remedy.contains("--map") == true)
    }

    @Test
    func `lose no other row to a stray quotation mark`() throws {
        let text = """
            title,abstract
            "A, never closed
            "B","b"
            C,5" wide
            "D" and more,d
            "E","said "so" there"
            F,"open to the end
            G,g
            """
        let batch = try read(text)
        #expect(batch.papers.map(\.title.first) == ["\"", "B", "C", "\"", "E", "F", "G"])
        #expect(batch.papers[4].abstract == "said \"so\" there")
    }

    @Test
    func `skip bad rows with their lines`() throws {
        let bytes =
            Array("title,abstract\nÜnïcödé wörds,ök\n\"a\nb\",x\n,\ncafé caf".utf8)
            + [0xE9] + Array(",\n,y z\n \nlast,".utf8)
        let batch = try readAll(bytes, named: "a.csv")
        #expect(batch.papers.map(\.title) == ["Ünïcödé wörds", "a b", "", "last"])
        #expect(batch.skipped.map(\.line) == [6])
        #expect(batch.skipped.map(\.code) == [.notUTF8])
    }

    @Test
    func `are not what only looks like them`() throws {
        let texts = [
            "1,2,3\n4,5,6\n", "| Title | Year |\n| --- | --- |\n| A | 2020 |\n", "Title | Year\n--- | ---\nA | 2020\n",
            "2024-01-01 12:00,INFO,started\n2024-01-01 12:01,INFO,stopped\n", "name,salary\nAda,3\n",
            "Title, abstract and more\nThis is prose. It goes on for a while\nwithout any table\n", "title\nA\n",
        ]
        for text in texts { #expect(try formatsError { try read(text, "a.txt") }?.code == .unknownFormat, "\(text)") }
        #expect(try read("title\nA\nB\n").papers.map(\.title) == ["A", "B"])
    }

    @Test
    func `of many blocks give every row once`() throws {
        let rows = (0..<60_000).map {
            "\($0 % 3 == 0 ? "\"Title\n\($0)\"" : "Title \($0)"),\"\(String(repeating: "word, ", count: 50))\""
        }
        let text = "title,abstract\n" + rows.joined(separator: "\n")
        #expect(text.utf8.count > 2 * (8 << 20), "several blocks")
        for threads in [1, 3] {
            let batch = try read(text, "a.csv", ImportOptions(threads: threads))
            #expect(batch.papers.map(\.title) == (0..<60_000).map { "Title \($0)" })
            #expect(batch.skipped.isEmpty)
        }
    }

    @Test
    func `with a row beyond 16 MB skip it and read on`() throws {
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: 40 << 20)
        let bytes = Array("title,abstract\nA,\n".utf8) + long + Array("\nB,\n".utf8)
        let batch = try readAll(bytes, named: "a.csv")
        #expect(batch.papers.map(\.title) == ["A", "B"])
        #expect(batch.skipped.map(\.line) == [3])
        #expect(batch.skipped.map(\.code) == [.tooLong])
    }

    @Test
    func `of any bytes at all are safe`() throws {
        try readDamaged(
            Array("title,abstract,year\n\"A, b\",\"c\n\"\"d\",2020\nE,f,\n".utf8), named: "a.csv", as: .csv)
    }
}
