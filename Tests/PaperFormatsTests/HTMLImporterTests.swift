import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("A saved page of HTML")
struct HTMLImporterTests {
    private static let abstract =
        "We make up a paper &amp; its abstract. It is so long that nobody takes it for a label or a button of the page."
    private static let plainAbstract = abstract.replacing("&amp;", with: "&")

    @Test
    func `with citation tags is the paper that they describe`() throws {
        let read = try readMarkup(
            """
            <!DOCTYPE html><html><head><title>[2402.00001] x</title>
            <meta name=citation_title content="On H&lt;sub&gt;2&lt;/sub&gt;O">
            <meta name="citation_author" content="van Beethoven, Ludwig"><meta name="citation_author" content="Ann Able">
            <meta name="citation_publication_date" content="2024/02/01">
            <meta name="citation_doi" content="10.1000/C.1">
            <meta name="citation_arxiv_id" content="2402.00001"><meta name="citation_journal_title" content="Journal">
            <meta name="citation_volume" content="3"><meta name="citation_firstpage" content="1">
            <meta name="citation_lastpage" content="9"><meta name="citation_keywords" content="one; two">
            <meta name="citation_pdf_url" content="https://example.org/a.pdf">
            <meta name="citation_abstract" content="We make …"></head><body>
            <blockquote class="abstract mathjax"><span class="descriptor">Abstract:</span>\(Self.abstract)</blockquote>
            <td class="tablecell subjects">Computation and Language (cs.CL); Machine Learning (cs.LG)</td></body></html>
            """, named: "a.html")
        let paper = try #require(read.papers.first)
        #expect(paper.id == "doi:10.1000/c.1" && paper.alternateIDs == ["arxiv:2402.00001"])
        #expect(paper.title == "On H₂O" && paper.abstract == Self.plainAbstract)
        #expect(paper.authors == ["Ludwig van Beethoven", "Ann Able"] && paper.date == "2024-02-01")
        #expect(paper.venue == "Journal" && paper.type == "article-journal" && paper.keywords == ["one", "two"])
        #expect(paper.categories == ["cs.CL", "cs.LG"] && paper.attachments == ["https://example.org/a.pdf"])
        #expect(paper.attributes == ["volume": ["3"], "pages": ["1-9"]])
    }

    @Test
    func `in UTF-8 is read as such, whatever its metadata declares`() throws {
        let read = try readMarkup(
            """
            <html><head><meta charset="iso-8859-1"><meta name="citation_title" content="Über Wörter – ein Überblick">
            <meta name="citation_author" content="Zoë Müller"></head></html>
            """, named: "a.html")
        #expect(read.papers.map(\.title) == ["Über Wörter – ein Überblick"])
        #expect(read.papers.map(\.authors) == [["Zoë Müller"]])
    }

    @Test
    func `may have Dublin Core or the data of schema.org instead`() throws {
        let dublinCore = try readMarkup(
            """
            <html><head><meta name="DC.Title" content="T"><meta name="DC.creator" content="Able, Ann">
            <meta name="DCTERMS.issued" content="2011-05"><meta name="DC.identifier" content="doi:10.1000/d">
            <meta name="DC.source" content="Journal"></head></html>
            """, named: "a.html")
        #expect(dublinCore.papers.map(\.id) == ["doi:10.1000/d"])
        #expect(dublinCore.papers.map(\.authors) == [["Ann Able"]] && dublinCore.papers.map(\.date) == ["2011-05"])
        let schema = try readMarkup(
            """
            <html><head><script type="application/ld+json">{"@graph": [{"@type": "WebPage", "name": "no"},
            {"@type": ["ScholarlyArticle"], "headline": "T", "author": [{"@type": "Person", "name": "Ann Able"}],
             "datePublished": "2020-01-02", "sameAs": "https://doi.org/10.1000/s", "isPartOf": {"name": "Journal"}}]}
            </script></head></html>
            """, named: "a.html")
        #expect(schema.papers.map(\.id) == ["doi:10.1000/s"])
        #expect(schema.papers.map(\.venue) == ["Journal"] && schema.papers.map(\.date) == ["2020-01-02"])
    }

    @Test
    func `of arXiv may be a listing or a search`() throws {
        let listing = try readMarkup(
            """
            <html><body><h3>Mon, 5 Feb 2024</h3><dl id='articles'>
            <dt><a name='item1'>[1]</a> <a href ="/abs/2402.00001" title="Abstract">arXiv:2402.00001</a>
              [<a href="/pdf/2402.00001">pdf</a>]
            <dd><div class='meta'><div class='list-title mathjax'><span class='descriptor'>Title:</span> One</div>
            <div class='list-authors'><a href="/s">Ann Able</a>, <a href="/t">Bob Baker</a></div>
            <div class='list-subjects'><span>Subjects:</span> Language (cs.CL); Learning (cs.LG)</div>
            <p class='mathjax'>\(Self.abstract)</p></div></dd>
            <dt><a href="/abs/2402.00002">arXiv:2402.00002</a></dt>
            <dd><div class='list-title mathjax'><span class='descriptor'>Title:</span> Two</div></dd></dl></body></html>
            """, named: "list.html")
        #expect(listing.papers.map(\.id) == ["arxiv:2402.00001", "arxiv:2402.00002"])
        #expect(listing.papers.map(\.title) == ["One", "Two"])
        #expect(listing.papers[0].authors == ["Ann Able", "Bob Baker"])
        #expect(listing.papers[0].abstract == Self.plainAbstract && listing.papers[0].categories == ["cs.CL", "cs.LG"])
        let search = try readMarkup(
            """
            <html><body><ol><li class="arxiv-result"><p class="list-title">
            <a href="https://arxiv.org/abs/2402.00003">x</a>
            </p><span class="tag is-small">cs.CL</span><p class="title is-5 mathjax">A <span>found</span> title</p>
            <p class="authors"><span>Authors:</span> <a>Ann Able</a></p><p class="abstract mathjax">
            <span class="abstract-short">\(Self.abstract.prefix(20))</span>
            <span class="abstract-full">\(Self.abstract)
            <a>△ Less</a></span></p><p class="is-size-7">Submitted 26 December, 2021; originally announced.</p></li></ol>
            </body></html>
            """, named: "search.html")
        let paper = try #require(search.papers.first)
        #expect(paper.title == "A found title" && paper.authors == ["Ann Able"] && paper.date == "2021-12-26")
        #expect(paper.abstract == Self.plainAbstract && paper.categories == ["cs.CL"])
    }

    @Test
    func `that lists papers has those whose headings link to them`() throws {
        let read = try readMarkup(
            """
            <html><body><nav><h2><a href="/papers">Papers</a></h2></nav>
            <article><a href="/papers/2402.00001"></a><h3><a href="/papers/2402.00001">First: On Things</a></h3>
            <p>\(Self.abstract)</p><a href="https://arxiv.org/abs/2402.00001">arXiv page</a></article>
            <article><a href="/papers/2402.00002"></a><h3>Second, Linked Beside It</h3></article>
            <ul><li>Able, A. <a href="https://doi.org/10.1000/l">A third of the papers</a>. Journal.
            <li><a href="https://example.org">No paper at all here</a></ul>
            <p>Prose that cites <a href="https://arxiv.org/abs/2402.00009">[9]</a> somewhere.</p></body></html>
            """, named: "papers.html")
        #expect(read.papers.map(\.title) == ["First: On Things", "Second, Linked Beside It", "A third of the papers"])
        #expect(read.papers.map(\.id) == ["arxiv:2402.00001", "arxiv:2402.00002", "doi:10.1000/l"])
        #expect(read.papers.map(\.abstract) == [Self.plainAbstract, "", ""])
        #expect(read.papers[0].url == "https://arxiv.org/abs/2402.00001")
    }

    @Test
    func `that shows no paper is refused by name`() throws {
        let error = try refusal("<!doctype html><html><body><h1>A blog</h1><p>Text.</p></body></html>", named: "a.html")
        #expect(error?.code == .unknownFormat)
        #expect(error?.description.contains("an HTML page (root element 'html') that shows no paper") == true)
    }

    @Test
    func `of any bytes at all is safe`() throws {
        let good = Array(
            """
            <html><head><meta name="citation_title" content="a"><script type="application/ld+json">{"a": [1]}</script>
            </head><body><dl><dt><a href="/abs/2402.00001">a</a><dd><div class="list-title">Title: x</div></dl></body>
            </html>
            """.utf8)
        for seed in UInt64(0)..<300 {
            var random = SeededGenerator(seed: seed)
            var content = good
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                content[Int.random(in: content.indices, using: &random)] =
                    Array("<>/!-\"'&;= \nadt{}[]é".utf8).randomElement(using: &random) ?? 0
            }
            _ = try readAll(content, named: "a.html", ImportOptions(format: .html, threads: 1))
        }
    }
}
