import PaperFormats
import Papers
import Testing

@Suite("MEDLINE's lines")
struct NBIBTests {
    private static let record = """
        PMID- 12345678
        OWN - NLM
        IS  - 1234-5678 (Electronic)
        VI  - 10
        IP  - 4
        DP  - 2018 Apr 3
        TI  - Guides of catheters: a systematic
              review.
        PG  - 335-9
        LID - 10.1234/guides [doi]
        AB  - BACKGROUND: Guides are
              guides.
        FAU - Okafor, Ada
        AU  - Okafor A
        AD  - A lab, in a
              town.
        AU  - Berg JP Jr
        CN  - Guide Group
        LA  - eng
        PT  - Journal Article
        TA  - J Guid
        JT  - Journal of guides
        MH  - Brain/*surgery
        OT  - catheters
        PMC - PMC765
        AID - x-1 [pii]
        """

    @Test
    func `give every field of a record`() throws {
        let batch = try readAll(Array(Self.record.utf8), named: "export.ris")
        #expect(
            batch.papers == [
                Paper(
                    id: "doi:10.1234/guides", title: "Guides of catheters: a systematic review",
                    abstract: "BACKGROUND: Guides are guides.", authors: ["Ada Okafor", "JP Berg Jr", "Guide Group"],
                    year: 2018, venue: "Journal of guides", categories: ["Brain/surgery"], keywords: ["catheters"],
                    alternateIDs: ["pmid:12345678", "pmcid:PMC765"], date: "2018-04-03", type: "article-journal",
                    language: "en",
                    attributes: [
                        "own": ["NLM"], "issn": ["1234-5678"], "volume": ["10"], "issue": ["4"], "pages": ["335-9"],
                        "ad": ["A lab, in a town."], "pt": ["Journal Article"], "journal-abbreviation": ["J Guid"],
                        "pmcid": ["PMC765"], "pii": ["x-1"],
                    ])
            ])
    }

    @Test
    func `have blank lines or a new PMID between records, and tags without their spaces`() throws {
        let text = "PMID- 1\nTI  - A\n\nstray words\nPMC -PMC2\nTI- B\nPMID-3\nPMID- 4\nTI  - C\r\n\r\n"
        let batch = try readAll(Array(text.utf8), named: "a.txt")
        #expect(batch.papers.map(\.title) == ["A", "B", "C"])
        #expect(batch.papers.map(\.id) == ["pmid:1", "pmid:3", "pmid:4"])
    }

    @Test
    func `have books and chapters`() throws {
        let text = """
            PMID- 1
            BTI - A book
            PT  - Book
            PB  - Press

            PMID- 2
            BTI - A book
            TI  - A chapter
            PT  - Book Chapter
            FED - Okafor, Ada
            """
        let papers = try readAll(Array(text.utf8), named: "a.nbib").papers
        #expect(papers.map(\.title) == ["A book", "A chapter"])
        #expect(papers.map(\.type) == ["book", "chapter"])
        #expect(papers[1].venue == "A book")
        #expect(papers[1].attributes["editor"] == ["Ada Okafor"])
    }

    @Test
    func `of any bytes at all are safe`() throws {
        try readDamaged(Array((Self.record + "\n\n").utf8), named: "a.nbib", as: .nbib)
    }
}

@Suite("The Web of Science's lines and tables")
struct WOSTests {
    private static let record = """
        FN Clarivate Analytics Web of Science
        VR 1.0
        PT J
        AU Okafor, A
           Berg, JP
        AF Okafor, Ada
           Berg, Jan P.
        TI Slow walks on
           graphs
        SO JOURNAL OF WALKS
        LA English
        DT Proceedings Paper
        DE graphs; slow walks
        ID WALKS
        AB Walks are
           slow.
        CR BERG J, 1999, J WALKS
           OKAFOR A, 2001, J WALKS
        PD SEP 3
        PY 2018
        BP 387
        EP 397
        DI 10.1234/walks
        UT WOS:000444108200009
        PM 777
        WC Materials Science, Multidisciplinary; Physics
        SN 1234-5678
        ER

        EF
        """

    private static let paper = Paper(
        id: "doi:10.1234/walks", title: "Slow walks on graphs", abstract: "Walks are slow.",
        authors: ["Ada Okafor", "Jan P. Berg"], year: 2018, venue: "JOURNAL OF WALKS",
        categories: ["Materials Science, Multidisciplinary", "Physics"], keywords: ["graphs", "slow walks", "WALKS"],
        alternateIDs: ["pmid:777", "wos:000444108200009"], date: "2018-09-03", type: "paper-conference", language: "en",
        attributes: [
            "pages": ["387-397"], "issn": ["1234-5678"], "cr": ["BERG J, 1999, J WALKS", "OKAFOR A, 2001, J WALKS"],
            "dt": ["Proceedings Paper"],
        ])

    @Test(arguments: ["a.txt", "a.ris", "a.isi", "a"])
    func `give every field of a record, whatever the name of the file`(name: String) throws {
        let reader = try readAll(Array(Self.record.utf8), named: name)
        #expect(reader.papers == [Self.paper])
        #expect(reader.skipped.isEmpty)
    }

    @Test
    func `give the same from a table`() throws {
        let columns = [
            ("PT", "J"), ("AU", "Okafor, A; Berg, JP"), ("AF", "Okafor, Ada; Berg, Jan P."),
            ("TI", "Slow walks on graphs"),
            ("SO", "JOURNAL OF WALKS"), ("LA", "English"), ("DT", "Proceedings Paper"), ("DE", "graphs; slow walks"),
            ("ID", "WALKS"), ("AB", "Walks are slow."), ("CR", "BERG J, 1999, J WALKS; OKAFOR A, 2001, J WALKS"),
            ("PD", "SEP 3"), ("PY", "2018"), ("BP", "387"), ("EP", "397"), ("DI", "10.1234/walks"),
            ("UT", "WOS:000444108200009"), ("PM", "777"), ("WC", "Materials Science, Multidisciplinary; Physics"),
            ("SN", "1234-5678"),
        ]
        let text = [columns.map(\.0), columns.map(\.1)].map { $0.joined(separator: "\t") }.joined(separator: "\r\n")
        let batch = try readAll(Array("\u{FEFF}\(text)\r\n".utf8), named: "savedrecs.txt")
        #expect(batch.papers == [Self.paper])
    }

    @Test
    func `of Inspec have groups of keywords and ids in brackets`() throws {
        let text = """
            FN ISI Export Format
            VR 1.0
            PT J
            TI A beta -BaB/sub 2/O/sub 4/ guide
            AU Okafor, A.
            PD 07 2006
            PY 2006
            DE Experimental/ guides; BaB/sub 2/ films/ free words; more/ A42 Optics
            ID 0003-6951/2006],[10.1063/1.1]
            UT INSPEC:9027814
            ER
            """
        let paper = try #require(try readAll(Array(text.utf8), named: "a.isi").papers.first)
        #expect(paper.id == "doi:10.1063/1.1")
        #expect(paper.alternateIDs == ["inspec:9027814"])
        #expect(paper.keywords == ["guides", "BaB/sub 2/ films", "free words", "more"])
        #expect(paper.date == "2006-07")
    }

    @Test
    func `of any bytes at all are safe`() throws {
        try readDamaged(Array((Self.record + "\n").utf8), named: "a.isi", as: .wos)
    }
}

@Suite("EndNote's lines")
struct ENWTests {
    private static let record = """
        %0 Journal Article
        %T Slow walks
        %A Okafor, Ada
        %A The Graph Consortium,
        %J Journal of Walks
        %V 3
        %N 2
        %P 11–19
        %D 2019
        %8 April 2
        %K graphs
        walks
        %X Walks are slow.

        And long.
        %R 10.1234/walks
        %U https://example.org/walks
        %@ 1234-5678
        %I Walk Press
        %G English
        %Z a note
        %F okafor2019
        %> walks.pdf
        %1 custom
        """

    @Test
    func `give every field of a record`() throws {
        #expect(
            try readAll(Array(Self.record.utf8), named: "a.enw").papers == [
                Paper(
                    id: "doi:10.1234/walks", title: "Slow walks", abstract: "Walks are slow. And long.",
                    authors: ["Ada Okafor", "The Graph Consortium"], year: 2019, venue: "Journal of Walks",
                    keywords: ["graphs", "walks"], url: "https://example.org/walks", date: "2019-04-02",
                    type: "article-journal", language: "en", citationKey: "okafor2019", notes: ["a note"],
                    attachments: ["walks.pdf"],
                    attributes: [
                        "volume": ["3"], "issue": ["2"], "pages": ["11-19"], "issn": ["1234-5678"],
                        "publisher": ["Walk Press"], "%1": ["custom"],
                    ])
            ])
    }

    @Test(arguments: [
        "%0 Book\n%T A\n\n%0 Thesis\n%T B\n", "%0 Book\n%T A\n%0 Thesis\n%T B\n", "%T A\n%A X, Y\n\n%T B\n%A X, Y\n",
        "%A X, Y\n%T A\n%D 1999\n\n%A X, Y\n%T B\n",
    ])
    func `are parted by %0 or blank lines`(text: String) throws {
        #expect(try readAll(Array(text.utf8), named: "a").papers.map(\.title) == ["A", "B"])
    }

    @Test(arguments: ["%!PS-Adobe\n%%Title: x\n", "% a comment of TeX\n\\title{x}\n", "%PDF"])
    func `are not other texts with percent signs`(text: String) throws {
        #expect(try formatsError { try readAll(Array(text.utf8), named: "a.txt") } != nil)
    }

    @Test
    func `of any bytes at all are safe`() throws {
        try readDamaged(Array((Self.record + "\n").utf8), named: "a.enw", as: .enw)
    }
}
