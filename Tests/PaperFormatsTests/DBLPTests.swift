import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("XML of DBLP")
struct DBLPTests {
    private static let person = """
        <?xml version="1.0"?>
        <dblpperson name="Ada Writer" pid="1/2" n="4">
        <person key="homepages/1/2"><author pid="1/2">Ada Writer</author></person>
        <r><article key="journals/jow/WriterM21" mdate="2021-06-01">
        <author pid="1/2">Ada Writer 0001</author>
        <author orcid="0000-0001">J&ouml;rg M&uuml;ller</author>
        <title>On <i>Words</i> and H<sub>2</sub>O.</title>
        <pages>12-34</pages><year>2021</year><volume>7</volume><journal>J. Words</journal><number>2</number>
        <ee type="oa">https://doi.org/10.1000/Words.1</ee><ee>https://example.org/words</ee>
        <url>db/journals/jow/jow7.html#WriterM21</url>
        <cite>journals/x/Y</cite>
        </article></r>
        <r><article publtype="informal" key="journals/corr/abs-2105-01234"><author>Ada Writer</author>
        <title>A Preprint.</title><year>2021</year><volume>abs/2105.01234</volume><journal>CoRR</journal></article></r>
        <r><inproceedings key="conf/w/Writer20"><author>Ada Writer</author><title>Why?</title><year>2020</year>
        <booktitle>WORDS</booktitle><crossref>conf/w/2020</crossref></inproceedings></r>
        <r><proceedings key="conf/w/2020"><editor>Ed Itor</editor><title>Proc. of Words, May 2020.</title>
        <booktitle>WORDS</booktitle><publisher>A Press</publisher><year>2020</year><isbn>978-3</isbn></proceedings></r>
        <coauthors n="1"><co c="0"><na>J&ouml;rg M&uuml;ller</na></co></coauthors>
        </dblpperson>
        """

    @Test
    func `gives the works on the page of a person, and not the person`() throws {
        let read = try readAll(Array(Self.person.utf8), named: "2.xml")
        #expect(read.papers.map(\.title) == ["On Words and H₂O", "A Preprint", "Why?", "Proc. of Words, May 2020"])
        #expect(read.skipped.isEmpty)
        let article = read.papers[0]
        #expect(article.authors == ["Ada Writer", "Jörg Müller"])
        #expect(article.id == "doi:10.1000/words.1" && article.alternateIDs == ["dblp:journals/jow/WriterM21"])
        #expect(article.year == 2021 && article.venue == "J. Words" && article.type == "article-journal")
        #expect(
            article.attributes == [
                "pages": ["12-34"], "volume": ["7"], "issue": ["2"], "url": ["https://example.org/words"],
            ])
        #expect(read.papers.map(\.type) == ["article-journal", "article", "paper-conference", "book"])
        #expect(read.papers[1].id == "arxiv:2105.01234" && read.papers[2].venue == "WORDS")
        #expect(read.papers[3].attributes["editor"] == ["Ed Itor"] && read.papers[3].venue == nil)
    }

    @Test
    func `may be all of its data, with entities and a document type`() throws {
        let data = """
            <?xml version="1.0" encoding="ISO-8859-1"?>
            <!DOCTYPE dblp SYSTEM "dblp.dtd">
            <dblp>
            <phdthesis key="phd/W"><author>Ada Writer</author><title>&Uuml;ber W&ouml;rter.</title><year>1999</year>
            <school>ETH</school></phdthesis>
            <www key="homepages/w/W"><author>Ada Writer</author><title>Home Page</title></www>
            <article key="journals/x/Z"><author>Z</author><title>Last one</title></article>
            </dblp>
            """
        let read = try readAll(Array(data.utf8), named: "dblp.xml")
        #expect(read.papers.map(\.title) == ["Über Wörter", "Last one"])
        #expect(read.papers[0].type == "thesis" && read.papers[0].venue == "ETH")
        #expect(read.papers.map(\.id) == ["dblp:phd/W", "dblp:journals/x/Z"])
    }

    @Test
    func `is read safely whatever its bytes`() throws {
        try readDamaged(Array(Self.person.utf8), named: "a.xml", as: .xml)
    }
}
