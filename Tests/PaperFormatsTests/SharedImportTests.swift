import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("Files of real sources in XML and Markdown")
struct SharedImportTests {
    @Test(
        .enabled(if: SharedData.isPresent, "\(SharedData.skipNote)"),
        arguments: [
            ("acl-anthology/2022.acl.xml.gz", 774, 774), ("acl-anthology/L06.xml", 4, 4),
            ("arxiv-atom/id_abc_s0_m100_b79c8dcf6bc3.atom", 0, 0), ("arxiv-atom/xiv-arxiv_response.xml", 2, 2),
            ("endnote-xml/jabref-EndnoteXmlImporterTestArticle.xml", 1, 1),
            ("endnote-xml/jabref-EndnoteXmlImporterTestArticle2.xml", 2, 0),
            ("endnote-xml/jabref-EndnoteXmlImporterTestReport.xml", 1, 0),
            ("endnote-xml/jabref-EndnoteXmlImporterTest_WithoutUrlStyle.xml", 1, 1),
            ("oai-pmh/ads-arxiv_math_0306266.xml", 1, 1), ("oai-pmh/hepcrawl-sample_arxiv_record10.xml", 1, 1),
            ("oai-pmh/sickle-GetRecord_utf8test.xml", 1, 0), ("oai-pmh/sickle-ListRecords4.xml", 1, 1),
            ("pubmed-xml/jabref-MedlineImporterTestArticleItalics.xml", 1, 1),
            ("pubmed-xml/jabref-MedlineImporterTestBookArticleSet.xml", 2, 0),
            ("pubmed-xml/jabref-MedlineImporterTestMathML.xml", 1, 1),
            ("pubmed-xml/jabref-MedlineImporterTestMeshHeadingList.xml", 1, 0),
            ("pubmed-xml/jabref-MedlineImporterTestNbib.xml", 2, 2),
            ("pubmed-xml/jabref-MedlineImporterTestPubmedBook.xml", 1, 1), ("pubmed-xml/pubmed-29768149.xml", 1, 1),
            ("markdown/awesome-llm-long-context.md.gz", 1475, 0), ("markdown/daily-ai-papers-2024-10-10.md", 43, 43),
        ])
    func `give as many papers and abstracts as they have`(file: String, papers: Int, abstracts: Int) throws {
        let read = try readAll(SharedData.path("imports/\(file)"))
        #expect(read.papers.count == papers)
        #expect(read.papers.filter { !$0.abstract.isEmpty }.count == abstracts)
        #expect(read.papers.allSatisfy { !$0.title.contains("</") })
        #expect(read.papers.count { $0.title.isEmpty } <= (file.contains("BookArticleSet") ? 1 : 0))
    }
}
