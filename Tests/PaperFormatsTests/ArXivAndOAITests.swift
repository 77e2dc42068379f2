import PaperFormats
import Papers
import Testing

@Suite("An answer of arXiv")
struct ArXivAtomTests {
    @Test
    func `gives a paper with everything that the entry says`() throws {
        let read = try readMarkup(
            """
            <feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
            <title>Query</title>
            <entry>
              <id>http://arxiv.org/abs/math.GT/0309136v3</id>
              <updated>2004-01-02T00:00:00Z</updated><published>2003-09-08T10:00:00Z</published>
              <title>On
                knots</title>
              <summary>  Knots
            are closed.  </summary>
              <author><name>Ann Able</name><arxiv:affiliation>Here</arxiv:affiliation></author>
              <author><name>Ludwig van Beethoven</name></author>
              <arxiv:doi>10.1000/ABC.1</arxiv:doi>
              <arxiv:comment>12 pages</arxiv:comment><arxiv:journal_ref>J. Knots 3 (2004) 1</arxiv:journal_ref>
              <link href="http://arxiv.org/abs/math/0309136v3" rel="alternate"/>
              <link title="pdf" href="http://arxiv.org/pdf/math/0309136v3" rel="related"/>
              <arxiv:primary_category term="math.GT"/><category term="math.AT"/><category term="math.GT"/>
            </entry></feed>
            """, named: "answer")
        let paper = try #require(read.papers.first)
        #expect(paper.id == "doi:10.1000/abc.1" && paper.alternateIDs == ["arxiv:math/0309136"])
        #expect(paper.title == "On knots" && paper.abstract == "Knots are closed.")
        #expect(paper.authors == ["Ann Able", "Ludwig van Beethoven"])
        #expect(paper.date == "2003-09-08" && paper.year == 2003)
        #expect(paper.venue == "J. Knots 3 (2004) 1" && paper.type == "article")
        #expect(paper.categories == ["math.GT", "math.AT"])
        #expect(paper.url == "http://arxiv.org/abs/math/0309136v3")
        #expect(paper.attachments == ["http://arxiv.org/pdf/math/0309136v3"])
        #expect(
            paper.attributes == [
                "affiliation": ["Here"], "version": ["v3"], "comment": ["12 pages"],
                "updated": ["2004-01-02T00:00:00Z"],
            ])
    }

    @Test
    func `that tells of an error is no paper`() throws {
        let read = try readMarkup(
            """
            <feed><id>http://arxiv.org/</id><entry><id>http://arxiv.org/api/errors#bad_id</id><title>Error</title>
            <summary>bad id</summary></entry></feed>
            """)
        #expect(read.papers.isEmpty)
        #expect(read.skipped.map(\.code) == [.notAPaper])
        #expect(read.skipped.first?.reason == "arXiv answered with an error: bad id")
    }
}

@Suite("An answer of a repository under OAI-PMH")
struct OAIRecordTests {
    private func answer(_ records: String) -> String {
        "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><ListRecords>\(records)</ListRecords></OAI-PMH>"
    }

    private func record(_ id: String, _ metadata: String) -> String {
        "<record><header><identifier>\(id)</identifier><datestamp>2020-01-02</datestamp></header>"
            + "<metadata>\(metadata)</metadata></record>\n"
    }

    @Test
    func `in Dublin Core gives papers under the repository's ids`() throws {
        let read = try readMarkup(
            answer(
                record(
                    "oai:eprints.example.org:17",
                    """
                    <oai_dc:dc xmlns:dc="x"><dc:title>A Title</dc:title><dc:title>Ein Titel</dc:title>
                    <dc:creator>Beethoven, Ludwig van</dc:creator><dc:creator>University of Berne</dc:creator>
                    <dc:subject>one</dc:subject><dc:subject>two</dc:subject>
                    <dc:description>Comment: 3 pages</dc:description><dc:description>What it says.</dc:description>
                    <dc:date>2011-03-04T00:00:00Z</dc:date><dc:date>2010-05</dc:date>
                    <dc:type>info:eu-repo/semantics/doctoralThesis</dc:type><dc:language>deu</dc:language>
                    <dc:identifier>https://eprints.example.org/17</dc:identifier><dc:publisher>Press</dc:publisher>
                    </oai_dc:dc>
                    """)))
        let paper = try #require(read.papers.first)
        #expect(paper.id == "oai:eprints.example.org:17" && paper.alternateIDs.isEmpty)
        #expect(paper.title == "A Title" && paper.abstract == "What it says.")
        #expect(paper.authors == ["Ludwig van Beethoven", "University of Berne"])
        #expect(paper.keywords == ["one", "two"] && paper.language == "de" && paper.type == "thesis")
        #expect(paper.date == "2010-05" && paper.url == "https://eprints.example.org/17")
        #expect(
            paper.attributes == [
                "alternative-title": ["Ein Titel"], "comment": ["3 pages"], "publisher": ["Press"],
                "datestamp": ["2020-01-02"],
            ])
    }

    @Test
    func `in arXiv's forms gives papers of arXiv`() throws {
        let read = try readMarkup(
            answer(
                record(
                    "oai:arXiv.org:1606.04259",
                    """
                    <arXiv><id>1606.04259</id><created>2016-06-14</created><authors><author><keyname>Able</keyname>
                    <forenames>Ann B.</forenames><suffix>Jr</suffix></author></authors><title>T</title>
                    <categories>hep-th math.AP</categories><doi>10.1000/1 10.1000/2</doi><msc-class>14H</msc-class>
                    <abstract> A </abstract></arXiv>
                    """)
                    + record(
                        "oai:arXiv.org:0704.0001",
                        """
                        <arXivRaw><id>0704.0001</id><submitter>Ann</submitter>
                        <version version="v1"><date>Mon, 2 Apr 2007 19:18:42 GMT</date></version>
                        <version version="v2"><date>Tue, 24 Jul 2007 20:10:27 GMT</date></version>
                        <title>U</title><authors>A. Able, B. Baker (1) and C. Cook, Jr. ((1) There)</authors>
                        <categories>hep-ph</categories><abstract>B</abstract></arXivRaw>
                        """)))
        #expect(read.papers.map(\.id) == ["doi:10.1000/1", "arxiv:0704.0001"])
        #expect(read.papers.map(\.authors) == [["Ann B. Able Jr"], ["A. Able", "B. Baker", "C. Cook Jr."]])
        #expect(read.papers.map(\.date) == ["2016-06-14", "2007-04-02"])
        #expect(read.papers.map(\.categories) == [["hep-th", "math.AP"], ["hep-ph"]])
        #expect(read.papers[0].attributes["msc-class"] == ["14H"])
        #expect(read.papers[1].attributes["version"] == ["v2"])
        #expect(read.papers[0].alternateIDs == ["doi:10.1000/2", "arxiv:1606.04259", "oai:arXiv.org:1606.04259"])
    }

    @Test
    func `counts deleted records, and reports errors and metadata that it cannot read`() throws {
        let read = try readMarkup(
            answer(
                "<record><header status=\"deleted\"><identifier>oai:x:1</identifier></header></record>\n"
                    + "<record><header status=\"deleted\"/></record>\n"
                    + record("oai:x:2", "<marc:record xmlns:marc=\"m\"><record>inside</record></marc:record>")
                    + record("oai:x:3", "<dc><title>Kept</title></dc>"))
                + "<OAI-PMH><error code=\"noRecordsMatch\">nothing there</error></OAI-PMH>")
        #expect(read.papers.map(\.title) == ["Kept"])
        #expect(read.notes.map(\.code) == [.deletedRecords])
        #expect(read.notes.first?.message == "2 records, the first of them here, are deleted at the source")
        #expect(
            read.skipped.map(\.reason) == [
                "metadata of a kind that is not read ('record')",
                "the repository answered with an error: nothing there",
            ])
    }

    @Test
    func `may be one record alone`() throws {
        let read = try readMarkup(record("oai:x:1", "<oai_dc:dc><dc:title>T</dc:title></oai_dc:dc>"))
        #expect(read.papers.map(\.id) == ["oai:x:1"])
    }
}
