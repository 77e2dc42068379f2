import Foundation
import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("Identifiers of other sources")
struct IdentifierTests {
    private func papers(_ text: String, _ name: String) throws -> [Paper] {
        try readAll(Array(text.utf8), named: name).papers
    }

    @Test(arguments: [
        #""identifiers": {"type": "doi", "value": "10.1234/%"}"#,
        #""identifiers": [{"type": "doi", "value": "10.1234/%"}, {"type": "ISSN", "value": "1234-5678"}]"#,
        #""external_ids": [{"type": "magid", "value": "77%"}, {"type": "doi", "value": "10.1234/%"}]"#,
        #""identifiers": [{"identifierType": "DOI", "identifier": "https://doi.org/10.1234/%"}]"#,
        #""identifier": {"@type": "PropertyValue", "propertyID": "doi", "value": "10.1234/%"}"#,
        #""identifiers": ["doi:10.1234/%", "issn:1234-5678"]"#,
        #""ids": {"doi": "10.1234/%", "kind": "article"}"#,
    ])
    func `of JSON are those of the paper, whatever their form`(field: String) throws {
        let records = [1, 2].map { "{\"title\": \"Paper \($0)\", \(field.replacing("%", with: String($0)))}" }
        let papers = try papers("[\(records.joined(separator: ","))]", "a.json")
        #expect(papers.map(\.id) == ["doi:10.1234/1", "doi:10.1234/2"])
        #expect(Set(papers[0].alternateIDs).isDisjoint(with: papers[1].alternateIDs))
    }

    @Test(arguments: ["issn:1234-5678", "ISSN:1234-5678", "urn:issn:1234-5678", "isbn:9783161484100", "kind:article"])
    func `of a journal, a book or a kind join no papers`(id: String) throws {
        let table = try papers("title,identifier\nPaper 1,\(id)\nPaper 2,\(id)\n", "a.csv")
        let json = try papers(
            "[{\"title\": \"Paper 1\", \"identifier\": \"\(id)\"}, {\"title\": \"Paper 2\", \"identifier\": \"\(id)\"}]",
            "a.json")
        for papers in [table, json] {
            #expect(papers.map(\.hasDerivedID) == [true, true])
            #expect(papers.allSatisfy { $0.alternateIDs.isEmpty && $0.attributes.count == 1 }, "\(papers)")
        }
    }

    @Test
    func `of Akin's own tables have any prefix`() throws {
        let papers = try papers("id,title,altIds\nmine:7,T,openalex:W123456; other:3\n", "a.csv")
        #expect(papers[0].id == "mine:7")
        #expect(papers[0].alternateIDs == ["openalex:W123456", "other:3"])
    }

    @Test
    func `of PubMed Central are ids from every source`() throws {
        let xml = """
            <PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>7</PMID><Article><ArticleTitle>T</ArticleTitle>
            </Article></MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="pmc">PMC8</ArticleId>
            </ArticleIdList></PubmedData></PubmedArticle></PubmedArticleSet>
            """
        let jats = """
            <article><front><article-meta><article-id pub-id-type="pmc">8</article-id><title-group><article-title>T\
            </article-title></title-group></article-meta></front></article>
            """
        let endNote = """
            <xml><records><record><ref-type name="Journal Article">17</ref-type><titles><title>T</title></titles>
            <custom2>PMC8</custom2></record></records></xml>
            """
        for text in [xml, jats, endNote] {
            let paper = try #require(try papers(text, "a.xml").first)
            #expect(([paper.id] + paper.alternateIDs).contains("pmcid:PMC8"))
            #expect(paper.attributes["pmcid"] == ["PMC8"] && paper.attributes["custom2"] == nil)
        }
    }

    @Test
    func `of RIS stand in several fields`() throws {
        let text = "TY  - JOUR\nTI  - T\nID  - 10.1093/nar/gkz1\nAN  - MEDLINE:28754806\nER  - \n"
        let paper = try #require(try papers(text, "a.ris").first)
        #expect(paper.id == "doi:10.1093/nar/gkz1")
        #expect(paper.alternateIDs == ["pmid:28754806"])
        #expect(paper.citationKey == nil && paper.attributes.isEmpty)
    }
}

@Suite("Files that a library remembers")
struct FileSourceTests {
    @Test
    func `in an archive are gone only when the archive has them no more`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            let archive = "\(folder)/archive.zip"
            func write(_ name: String) throws {
                var zip = ZipBytes()
                zip.add(name, Array("@article{a, title = {T}}".utf8))
                try Data(zip.archive()).write(to: URL(filePath: archive))
            }
            let state = #"{"files": [], "format": "auto"}"#
            let source = try #require(FileSource(name: "\(archive)/refs.bib", state: state))
            #expect(source.isGone)
            try write("refs.bib")
            #expect(!source.isGone)
            try write("others.bib")
            #expect(source.isGone)
            try Data([0x50, 0x4B, 3, 4, 0]).write(to: URL(filePath: archive))
            #expect(!source.isGone, "reading it says what is wrong")
        }
    }
}
