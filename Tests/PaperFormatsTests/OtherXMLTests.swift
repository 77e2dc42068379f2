import PaperFormats
import Papers
import Testing

@Suite("An export of EndNote")
struct EndNoteRecordTests {
    private static func styled(_ text: String) -> String { "<style face=\"normal\" size=\"100%\">\(text)</style>" }

    @Test
    func `of EndNote with letters as in OAI is not taken for OAI`() throws {
        let read = try readMarkup(
            """
            <records><record><ref-type name="Journal Article">17</ref-type><contributors><authors>
            <author>Chaoai, Ann</author></authors></contributors><titles><title>A title</title></titles></record></records>
            """)
        #expect(read.papers.map(\.title) == ["A title"])
    }

    @Test
    func `gives papers with the text of its styles`() throws {
        let s = Self.styled
        let read = try readMarkup(
            """
            <xml><records><record><database name="a.enl">a.enl</database>
            <source-app name="EndNote">EndNote</source-app>
            <rec-number>9</rec-number><ref-type name="Journal Article">17</ref-type>
            <contributors><authors><author>\(s("Able, A. B."))</author><author>\(s("Some Institute,"))</author></authors>
            <secondary-authors><author>\(s("Itor, Ed"))</author></secondary-authors></contributors>
            <titles><title>\(s("A ") + s("title"))</title><secondary-title>\(s("Journal"))</secondary-title>
            <short-title>T</short-title></titles>
            <periodical><full-title>\(s("Journal"))</full-title><abbr-1>\(s("J."))</abbr-1></periodical>
            <pages>\(s("943-7"))</pages><volume>\(s("112"))</volume><number>\(s("5"))</number>
            <dates><year>\(s("2015"))</year><pub-dates><date>\(s("Mar 3"))</date></pub-dates></dates>
            <keywords><keyword>\(s("Aged"))</keyword><keyword>\(s("Models, Statistical"))</keyword></keywords>
            <abstract>\(s("An abstract"))</abstract><notes>\(s("line one&#xD;line two"))</notes>
            <isbn>\(s("1532-1827 (Electronic)&#xD;978-3-16-148410-0"))</isbn>
            <urls><related-urls><url>\(s("http://www.ncbi.nlm.nih.gov/pubmed/25647015"))</url></related-urls>
            <pdf-urls><url>\(s("internal-pdf://1/a.pdf"))</url></pdf-urls></urls>
            <electronic-resource-num>\(s("10.1038/bjc.2014.606"))</electronic-resource-num>
            <accession-num>\(s("WOS:0001"))</accession-num><label>\(s("Able2015"))</label>
            <language>\(s("English"))</language><custom3>\(s("c"))</custom3></record></records></xml>
            """)
        let paper = try #require(read.papers.first)
        #expect(paper.id == "doi:10.1038/bjc.2014.606" && paper.alternateIDs == ["pmid:25647015", "wos:0001"])
        #expect(paper.title == "A title" && paper.abstract == "An abstract")
        #expect(paper.authors == ["A. B. Able", "Some Institute"])
        #expect(paper.venue == "Journal" && paper.date == "2015-03-03" && paper.type == "article-journal")
        #expect(paper.keywords == ["Aged", "Models, Statistical"] && paper.citationKey == "Able2015")
        #expect(paper.notes == ["line one\rline two"] && paper.language == "en")
        #expect(paper.attachments == ["internal-pdf://1/a.pdf"])
        #expect(paper.url == "http://www.ncbi.nlm.nih.gov/pubmed/25647015")
        #expect(
            paper.attributes == [
                "editor": ["Ed Itor"], "journal-abbreviation": ["J."], "pages": ["943-7"], "volume": ["112"],
                "issue": ["5"], "issn": ["1532-1827"], "isbn": ["978-3-16-148410-0"], "accession-num": ["WOS:0001"],
                "short-title": ["T"], "custom3": ["c"],
            ])
    }
}

@Suite("An answer of Crossref")
struct CrossrefRecordTests {
    @Test
    func `gives articles with the journal and the issue around them`() throws {
        let read = try readMarkup(
            """
            <doi_records><doi_record><crossref><journal>
            <journal_metadata language="en"><full_title>Journal of Tests</full_title><abbrev_title>J. T.</abbrev_title>
            <issn>1234-5678</issn></journal_metadata>
            <journal_issue><publication_date><year>2020</year></publication_date>
            <journal_volume><volume>7</volume></journal_volume><issue>2</issue></journal_issue>
            <journal_article><titles><title>A <i>Title</i></title><subtitle>and more</subtitle></titles>
            <contributors><person_name contributor_role="author"><given_name>Ann</given_name><surname>Able</surname>
            </person_name><organization contributor_role="author">The Group</organization>
            <person_name contributor_role="editor"><given_name>Ed</given_name><surname>Itor</surname></person_name>
            </contributors><jats:abstract><jats:p>What it says.</jats:p></jats:abstract>
            <publication_date media_type="print"><month>5</month><year>2020</year></publication_date>
            <publication_date media_type="online"><month>2</month><day>3</day><year>2020</year></publication_date>
            <pages><first_page>1</first_page><last_page>9</last_page></pages>
            <doi_data><doi>10.1000/A.1</doi><resource>https://example.org/1</resource></doi_data>
            <citation_list><citation><doi>10.1000/other</doi></citation></citation_list></journal_article>
            </journal></crossref></doi_record>
            <doi_record><crossref><error>nothing found</error></crossref></doi_record></doi_records>
            """)
        let paper = try #require(read.papers.first)
        #expect(read.papers.count == 1)
        #expect(paper.id == "doi:10.1000/a.1" && paper.alternateIDs.isEmpty)
        #expect(paper.title == "A Title: and more" && paper.abstract == "What it says.")
        #expect(paper.authors == ["Ann Able", "The Group"] && paper.date == "2020-02-03")
        #expect(paper.venue == "Journal of Tests" && paper.type == "article-journal" && paper.language == "en")
        #expect(paper.url == "https://example.org/1")
        #expect(
            paper.attributes == [
                "journal-abbreviation": ["J. T."], "issn": ["1234-5678"], "volume": ["7"], "issue": ["2"],
                "pages": ["1-9"], "editor": ["Ed Itor"],
            ])
        #expect(read.skipped.map(\.reason) == ["Crossref answered with an error: nothing found"])
    }

    @Test
    func `may be a deposit of many papers, or the short form of a query`() throws {
        let deposit = try readMarkup(
            """
            <doi_batch><body><conference><event_metadata><conference_name>Conf</conference_name></event_metadata>
            <proceedings_metadata><proceedings_title>Proceedings</proceedings_title></proceedings_metadata>
            <conference_paper><titles><title>One</title></titles></conference_paper>
            <conference_paper><titles><title>Two</title></titles></conference_paper></conference></body></doi_batch>
            """)
        #expect(deposit.papers.map(\.title) == ["One", "Two"])
        #expect(deposit.papers.map(\.venue) == ["Proceedings", "Proceedings"])
        let query = try readMarkup(
            """
            <crossref_result><query_result><body>
            <query status="resolved"><doi type="journal_article">10.1000/1</doi><journal_title>J</journal_title>
            <contributors><contributor><given_name>A</given_name><surname>B</surname></contributor></contributors>
            <year>2001</year><article_title>Short</article_title></query>
            <query status="unresolved"><doi>10.1000/2</doi></query></body></query_result></crossref_result>
            """)
        #expect(query.papers.map(\.title) == ["Short"] && query.papers.map(\.authors) == [["A B"]])
        #expect(query.skipped.map(\.code) == [.notAPaper])
    }
}

@Suite("An article in JATS or TEI")
struct ArticleHeaderTests {
    @Test
    func `in JATS gives a paper from its front matter, without its text`() throws {
        let read = try readMarkup(
            """
            <!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "JATS.dtd">
            <article article-type="research-article" xml:lang="en"><front><journal-meta><journal-title-group>
            <journal-title>Journal</journal-title></journal-title-group><issn>1234-5678</issn></journal-meta>
            <article-meta><article-id pub-id-type="pmid">7</article-id>
            <article-id pub-id-type="doi">10.1000/j</article-id>
            <article-id pub-id-type="pmc">PMC9</article-id>
            <article-categories><subj-group><subject>Biology</subject></subj-group></article-categories>
            <title-group><article-title>On H<sub>2</sub>O</article-title></title-group>
            <contrib-group><contrib contrib-type="author"><name><surname>Able</surname>
            <given-names>Ann</given-names></name>
            </contrib><contrib contrib-type="author"><collab>Group</collab></contrib></contrib-group>
            <pub-date><year>2020</year><month>03</month></pub-date><volume>1</volume><fpage>5</fpage><lpage>9</lpage>
            <abstract><title>Abstract</title><sec><title>Aim</title><p>To test.</p></sec></abstract>
            <kwd-group><kwd>water</kwd></kwd-group></article-meta></front>
            <body><sec><p>Long text <article-title>of another</article-title></p></sec></body></article>
            """)
        let paper = try #require(read.papers.first)
        #expect(paper.id == "doi:10.1000/j" && paper.alternateIDs == ["pmid:7", "pmcid:PMC9"])
        #expect(paper.title == "On H₂O" && paper.abstract == "Aim To test.")
        #expect(paper.authors == ["Ann Able", "Group"] && paper.date == "2020-03" && paper.venue == "Journal")
        #expect(paper.keywords == ["water"] && paper.categories == ["Biology"] && paper.language == "en")
        #expect(
            paper.attributes == [
                "article-type": ["research-article"], "issn": ["1234-5678"], "pmcid": ["PMC9"], "volume": ["1"],
                "pages": ["5-9"],
            ])
    }

    @Test
    func `in TEI gives a paper from the header that GROBID writes`() throws {
        let read = try readMarkup(
            """
            <TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader xml:lang="en"><fileDesc><titleStmt>
            <title level="a" type="main">A Title</title></titleStmt><sourceDesc><biblStruct><analytic>
            <author><persName><forename type="first">Ann</forename><forename type="middle">B</forename>
            <surname>Able</surname></persName><affiliation><orgName>Here</orgName></affiliation></author>
            <title level="a">A Title</title></analytic><monogr><title level="j">Journal</title><imprint>
            <biblScope unit="volume">3</biblScope><biblScope unit="page" from="1" to="9"/>
            <date type="published" when="2019-04">April</date></imprint></monogr><idno type="DOI">10.1000/t</idno>
            <idno type="MD5">ABC</idno></biblStruct></sourceDesc></fileDesc><profileDesc><textClass><keywords>
            <term>testing</term></keywords></textClass>
            <abstract><div><p>What it says.</p></div></abstract></profileDesc>
            </teiHeader><text><body><p>Text</p></body></text></TEI>
            """)
        let paper = try #require(read.papers.first)
        #expect(paper.id == "doi:10.1000/t" && paper.title == "A Title" && paper.abstract == "What it says.")
        #expect(paper.authors == ["Ann B Able"] && paper.venue == "Journal" && paper.date == "2019-04")
        #expect(paper.keywords == ["testing"] && paper.language == "en")
        #expect(
            paper.attributes == ["affiliation": ["Here"], "volume": ["3"], "pages": ["1-9"], "md5": ["ABC"]])
    }
}
