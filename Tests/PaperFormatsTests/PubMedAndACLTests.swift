import PaperFormats
import Papers
import Testing

@Suite("Articles of PubMed")
struct PubMedArticleTests {
    @Test
    func `give papers with labels, markup, identifiers and subjects`() throws {
        let read = try readMarkup(
            """
            <PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">123</PMID>
            <Article PubModel="Print"><Journal><ISSN>1234-5678</ISSN><JournalIssue><Volume>7</Volume><Issue>2</Issue>
            <PubDate><MedlineDate>1998 Dec-1999 Jan</MedlineDate></PubDate></JournalIssue>
            <Title>Journal of Tests</Title><ISOAbbreviation>J Tests</ISOAbbreviation></Journal>
            <ArticleTitle>CO<sub>2</sub> in <i>E. coli</i>, <mml:math><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn>
            </mml:msup></mml:math></ArticleTitle>
            <Pagination><MedlinePgn>10–12</MedlinePgn></Pagination>
            <ELocationID EIdType="doi">10.1000/X.1</ELocationID>
            <Abstract><AbstractText Label="AIM">To test.</AbstractText><AbstractText>It works.</AbstractText></Abstract>
            <AuthorList><Author><LastName>van Dyk</LastName><ForeName>Ann B</ForeName><Suffix>3rd</Suffix>
            <Identifier Source="ORCID">0000-0001</Identifier><AffiliationInfo><Affiliation>Here</Affiliation>
            </AffiliationInfo></Author><Author><CollectiveName>The Test Group</CollectiveName></Author>
            <Author><LastName>Cook</LastName><Initials>CC</Initials></Author></AuthorList>
            <Language>ger</Language><GrantList><Grant><GrantID>G1</GrantID><Agency>NIH</Agency></Grant></GrantList>
            <PublicationTypeList><PublicationType>Review</PublicationType></PublicationTypeList></Article>
            <MeshHeadingList><MeshHeading><DescriptorName>Iodine</DescriptorName><QualifierName>blood</QualifierName>
            </MeshHeading></MeshHeadingList><KeywordList><Keyword>testing</Keyword></KeywordList></MedlineCitation>
            <PubmedData><ArticleIdList><ArticleId IdType="pmc">PMC77</ArticleId><ArticleId IdType="pii">S1</ArticleId>
            </ArticleIdList><ReferenceList><Reference><Citation>Other</Citation><ArticleIdList>
            <ArticleId IdType="pubmed">999</ArticleId></ArticleIdList></Reference></ReferenceList></PubmedData>
            </PubmedArticle></PubmedArticleSet>
            """)
        let paper = try #require(read.papers.first)
        #expect(paper.id == "doi:10.1000/x.1" && paper.alternateIDs == ["pmid:123", "pmcid:PMC77"])
        #expect(paper.title == "CO₂ in E. coli, x²")
        #expect(paper.abstract == "AIM: To test. It works.")
        #expect(paper.authors == ["Ann B van Dyk 3rd", "The Test Group", "CC Cook"])
        #expect(paper.date == "1998-12" && paper.venue == "Journal of Tests" && paper.language == "de")
        #expect(paper.categories == ["Iodine"] && paper.keywords == ["testing"] && paper.type == "article-journal")
        #expect(
            paper.attributes == [
                "issn": ["1234-5678"], "volume": ["7"], "issue": ["2"], "journal-abbreviation": ["J Tests"],
                "pages": ["10-12"], "orcid": ["Ann B van Dyk 3rd: 0000-0001"], "affiliation": ["Here"],
                "grant": ["G1, NIH"], "publicationtype": ["Review"], "mesh": ["Iodine/blood"], "pmcid": ["PMC77"],
                "pii": ["S1"],
            ])
    }

    @Test
    func `may be books and chapters`() throws {
        func book(_ title: String) -> String {
            """
            <PubmedBookArticle><BookDocument><PMID>5</PMID><Book><Publisher><PublisherName>P</PublisherName>
            <PublisherLocation>London</PublisherLocation></Publisher><BookTitle>The Book</BookTitle><PubDate>
            <Year>2009</Year><Month>Feb</Month></PubDate><AuthorList Type="editors"><Author><LastName>E</LastName>
            </Author></AuthorList><Isbn>978</Isbn></Book>\(title)</BookDocument></PubmedBookArticle>
            """
        }
        let read = try readMarkup(
            "<PubmedArticleSet>" + book("") + book("<ArticleTitle>The Chapter</ArticleTitle>") + "</PubmedArticleSet>")
        #expect(read.papers.map(\.title) == ["The Book", "The Chapter"])
        #expect(read.papers.map(\.type) == ["book", "chapter"])
        #expect(read.papers.map(\.venue) == ["P", "The Book"])
        #expect(read.papers.map(\.date) == ["2009-02", "2009-02"])
        #expect(
            read.papers[0].attributes == [
                "publisher": ["P"], "place": ["London"], "editor": ["E"], "isbn": ["978"],
            ])
    }
}

@Suite("A file of the ACL Anthology")
struct ACLAnthologyTests {
    private func collection(_ id: String, _ volume: String, _ papers: String, type: String = "proceedings") -> String {
        """
        <?xml version='1.0' encoding='UTF-8'?>
        <collection id="\(id)"><volume id="\(volume)" type="\(type)"><meta>
        <booktitle>Proceedings of <fixed-case>T</fixed-case>ests
        </booktitle><editor><first>Ed</first><last>Itor</last></editor><publisher>ACL</publisher>
        <address>Berne</address><month>July 3–5</month><year>2022</year><venue>tests</venue></meta>
        <frontmatter><url>\(id)-\(volume).0</url></frontmatter>\(papers)</volume></collection>
        """
    }

    @Test
    func `gives its papers with what the volume says, and no front matter`() throws {
        let read = try readMarkup(
            collection(
                "2022.acl", "long",
                """
                <paper id="7"><title><fixed-case>BERT</fixed-case> and <tex-math>x^2</tex-math></title>
                <author><first>Ann</first><last>Able</last><affiliation>Here</affiliation></author>
                <author><first/><last>Mononym</last></author><pages>1–15</pages><abstract>It is <b>good</b>.</abstract>
                <url hash="1">2022.acl-long.7</url><attachment type="software">2022.acl-long.7.zip</attachment>
                <bibkey>able-2022</bibkey><doi>10.18653/v1/2022.acl-long.7</doi><award>Best</award></paper>
                """))
        let paper = try #require(read.papers.first)
        #expect(read.papers.count == 1 && read.skipped.isEmpty)
        #expect(paper.id == "acl:2022.acl-long.7" && paper.alternateIDs.isEmpty)
        #expect(paper.title == "BERT and x^2" && paper.abstract == "It is good.")
        #expect(paper.authors == ["Ann Able", "Mononym"])
        #expect(paper.venue == "Proceedings of Tests" && paper.date == "2022-07-03")
        #expect(paper.citationKey == "able-2022" && paper.type == "paper-conference")
        #expect(paper.url == "https://aclanthology.org/2022.acl-long.7")
        #expect(
            paper.attachments == [
                "https://aclanthology.org/2022.acl-long.7.pdf",
                "https://aclanthology.org/attachments/2022.acl-long.7.zip",
            ])
        #expect(
            paper.attributes == [
                "affiliation": ["Here"], "editor": ["Ed Itor"], "pages": ["1-15"], "month": ["July 3–5"],
                "publisher": ["ACL"], "place": ["Berne"], "venue": ["tests"], "award": ["Best"],
            ])
    }

    @Test(arguments: [
        ("L06", "1", "1", "acl:l06-1001"), ("W19", "12", "3", "acl:w19-1203"), ("D19", "1", "9", "acl:d19-1009"),
        ("D19", "50", "9", "acl:d19-5009"), ("W00", "3", "4", "acl:w00-0304"),
        ("2020.lrec", "1", "12", "acl:2020.lrec-1.12"),
    ])
    func `without addresses has the ids of its time`(
        collection id: String, volume: String, paper: String, expected: String
    )
        throws
    {
        let read = try readMarkup(collection(id, volume, "<paper id=\"\(paper)\"><title>T</title></paper>"))
        #expect(read.papers.map(\.id) == [expected])
    }

    @Test
    func `keeps the papers of each volume with their own volume`() throws {
        let two = collection("2022.acl", "a", "<paper id=\"1\"><title>A</title></paper>")
            .replacing(
                "</collection>", with: "<volume id=\"b\"><paper id=\"1\"><title>B</title></paper></volume></collection>"
            )
        let read = try readMarkup(two)
        #expect(read.papers.map(\.id) == ["acl:2022.acl-a.1", "acl:2022.acl-b.1"])
        #expect(read.papers.map(\.venue) == ["Proceedings of Tests", nil])
    }
}
