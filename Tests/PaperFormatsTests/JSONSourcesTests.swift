import Foundation
import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("JSON of other sources")
struct JSONSourcesTests {
    private func read(_ text: String, _ name: String = "a.json") throws -> PaperBatch {
        try readAll(Array(text.utf8), named: name)
    }

    private func paper(_ text: String) throws -> Paper {
        let list = try read("[\(text)]")
        let lines = try read(text.replacing("\n", with: " "), "a.jsonl")
        #expect(list.papers == lines.papers)
        #expect(list.skipped.isEmpty)
        return try #require(list.papers.first)
    }

    @Test
    func `CSL`() throws {
        let text = """
            {"id": "okafor2019", "type": "article-journal", "title": "Slow walks", "container-title": "Journal of Walks",
             "author": [{"family": "Okafor", "given": "Ada"}, {"family": "Berg", "given": "Jan", "suffix": "Jr.",
             "non-dropping-particle": "van der"}, {"literal": "The Graph Consortium"}],
             "editor": [{"family": "Editor", "given": "Eve"}], "issued": {"date-parts": [["2019", 4, 2]]},
             "accessed": {"date-parts": [[2020]]}, "DOI": "10.1234/walks", "URL": "https://example.org/walks",
             "page": "11–19", "volume": "3", "ISSN": "1234-5678", "abstract": "Walks.", "note": "PMID: 777",
             "language": "eng", "keyword": "graphs, walks", "publisher-place": "Oslo", "custom": {"a": 1}}
            """
        #expect(
            try paper(text)
                == Paper(
                    id: "doi:10.1234/walks", title: "Slow walks", abstract: "Walks.",
                    authors: ["Ada Okafor", "Jan van der Berg Jr.", "The Graph Consortium"], year: 2019,
                    venue: "Journal of Walks", keywords: ["graphs", "walks"], url: "https://example.org/walks",
                    alternateIDs: ["pmid:777"], date: "2019-04-02", type: "article-journal", language: "en",
                    citationKey: "okafor2019", notes: ["PMID: 777"],
                    attributes: [
                        "editor": ["Eve Editor"], "accessed": ["2020"], "pages": ["11-19"], "volume": ["3"],
                        "issn": ["1234-5678"], "place": ["Oslo"],
                    ]))
    }

    @Test
    func `arXiv's snapshot`() throws {
        let text = """
            {"id": "0704.0001", "submitter": "A. Okafor", "authors": "Ada Okafor, Jan van der Berg and C. Balázs",
             "title": "Slow\\n  walks", "comments": "37 pages", "journal-ref": "J. Walks 3:11,2008", "doi": null,
             "report-no": null, "categories": "hep-ph cs.CL", "license": null, "abstract": "  Walks.\\n",
             "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}], "update_date": "2008-11-26",
             "authors_parsed": [["Okafor", "Ada", ""], ["van der Berg", "Jan", ""], ["Balázs", "C.", "Jr"]]}
            """
        #expect(
            try paper(text)
                == Paper(
                    id: "arxiv:0704.0001", title: "Slow walks", abstract: "Walks.",
                    authors: ["Ada Okafor", "Jan van der Berg", "C. Balázs Jr"], year: 2007,
                    venue: "J. Walks 3:11,2008",
                    categories: ["hep-ph", "cs.CL"], date: "2007-04-02",
                    attributes: [
                        "submitter": ["A. Okafor"], "comment": ["37 pages"], "update_date": ["2008-11-26"],
                    ]))
        let short = #"{"id": "hep-th/9901001", "title": "T", "submitter": "x", "authors": "A B and C D"}"#
        #expect(try paper(short).year == 1999)
        #expect(try paper(short).authors == ["A B", "C D"])
    }

    @Test
    func `OpenAlex`() throws {
        let text = """
            {"id": "https://openalex.org/W2741809807", "doi": "https://doi.org/10.1234/walks", "title": "Slow walks",
             "display_name": "Slow walks", "publication_year": 2019, "publication_date": "2019-04-02", "language": "en",
             "ids": {"openalex": "https://openalex.org/W2741809807", "pmid": "https://pubmed.ncbi.nlm.nih.gov/777"},
             "primary_location": {"landing_page_url": "https://example.org/walks", "pdf_url": "https://example.org/w.pdf",
             "source": {"display_name": "Journal of Walks", "issn": ["1234-5678"]}}, "type": "article",
             "authorships": [{"author": {"display_name": "Ada Okafor"}}, {"author": {"display_name": "Jan van der Berg"}}],
             "concepts": [{"display_name": "Graphs", "score": 0.9}, {"display_name": "Art", "score": 0.1}],
             "biblio": {"volume": "3", "issue": "2", "first_page": "11", "last_page": "19"},
             "abstract_inverted_index": {"Walks": [0, 3], "are": [1], "slow": [2]}, "cited_by_count": 5}
            """
        let expected = Paper(
            id: "doi:10.1234/walks", title: "Slow walks", abstract: "Walks are slow Walks",
            authors: ["Ada Okafor", "Jan van der Berg"], year: 2019, venue: "Journal of Walks", categories: ["Graphs"],
            url: "https://example.org/walks", alternateIDs: ["pmid:777", "openalex:W2741809807"], date: "2019-04-02",
            type: "article-journal", language: "en", attachments: ["https://example.org/w.pdf"],
            attributes: [
                "volume": ["3"], "issue": ["2"], "pages": ["11-19"], "issn": ["1234-5678"], "cited_by_count": ["5"],
            ])
        #expect(try paper(text) == expected)
        let answer = try read(#"{"meta": {"count": 1}, "results": [\#(text)], "group_by": []}"#)
        #expect(answer.papers == [expected])
    }

    @Test
    func `Crossref`() throws {
        let work = """
            {"DOI": "10.1234/walks", "title": ["Slow walks"], "subtitle": ["a survey"], "type": "journal-article",
             "abstract": "<jats:title>Abstract</jats:title><jats:p>Walks.</jats:p>", "container-title": ["Journal of Walks"],
             "short-container-title": ["J. Walks"], "author": [{"given": "Ada", "family": "Okafor", "affiliation": []}],
             "issued": {"date-parts": [[2019, 4]]}, "created": {"date-parts": [[2001]]}, "page": "11-19",
             "subject": ["Graphs"], "URL": "http://dx.doi.org/10.1234/walks", "is-referenced-by-count": 3,
             "reference": [{"key": "x"}]}
            """
        let expected = Paper(
            id: "doi:10.1234/walks", title: "Slow walks: a survey", abstract: "Walks.", authors: ["Ada Okafor"],
            year: 2019,
            venue: "Journal of Walks", categories: ["Graphs"], url: "http://dx.doi.org/10.1234/walks", date: "2019-04",
            type: "article-journal",
            attributes: [
                "pages": ["11-19"], "journal-abbreviation": ["J. Walks"], "is-referenced-by-count": ["3"],
            ])
        #expect(try paper(work) == expected)
        let texts = [
            #"{"status": "ok", "message-type": "work-list", "message": {"total-results": 1, "items": [\#(work)]}}"#,
            #"{"status": "ok", "message-type": "work", "message": \#(work)}"#,
            #"{"10.1234/walks": [\#(work)]}"#,
        ]
        for text in texts { #expect(try read(text).papers == [expected], "\(text.prefix(40))") }
    }

    @Test
    func `Semantic Scholar`() throws {
        let id = "0018ce3db8f9957b520d6b7e0cec84abfa230e1c"
        let text = """
            {"paperId": "\(id)", "externalIds": {"ArXiv": "2401.00001", "DBLP": "x/y", "CorpusId": 5}, "title": "Slow walks",
             "abstract": null, "venue": "", "year": 2024, "authors": [{"authorId": "1", "name": "Ada Okafor"}],
             "journal": {"name": "Journal of Walks", "pages": "11-19"}, "publicationDate": "2024-01-01",
             "publicationTypes": ["JournalArticle", "Conference"], "openAccessPdf": {"url": "https://example.org/w.pdf"},
             "s2FieldsOfStudy": [{"category": "Mathematics", "source": "x"}]}
            """
        let expected = Paper(
            id: "arxiv:2401.00001", title: "Slow walks", abstract: "", authors: ["Ada Okafor"], year: 2024,
            venue: "Journal of Walks", categories: ["Mathematics"],
            alternateIDs: ["s2:\(id)", "dblp:x/y", "corpusid:5"], date: "2024-01-01", type: "paper-conference",
            attachments: ["https://example.org/w.pdf"], attributes: ["pages": ["11-19"]])
        #expect(try paper(text) == expected)
        let answer = #"{"total": 2, "token": "x", "data": [{"paperId": "\#(id)", "title": "T"}, {"title": "U"}]}"#
        #expect(try read(answer).papers.map(\.id) == ["s2:\(id)", Paper(title: "U", abstract: "").id])
    }

    @Test
    func `Hugging Face's daily papers`() throws {
        let text = """
            {"paper": {"id": "2401.00001", "title": "Slow walks", "summary": "Walks.", "authors": [{"name": "Ada Okafor",
             "hidden": false}], "publishedAt": "2024-01-02T00:00:00.000Z", "upvotes": 3}, "title": "Slow walks",
             "summary": "Walks.", "numComments": 2}
            """
        let paper = try paper(text)
        #expect(paper.id == "arxiv:2401.00001")
        #expect(paper.abstract == "Walks.")
        #expect(paper.authors == ["Ada Okafor"])
        #expect(paper.date == "2024-01-02")
        #expect(paper.attributes == ["upvotes": ["3"], "numcomments": ["2"]])
    }

    @Test
    func `Zotero`() throws {
        let item = """
            {"itemType": "conferencePaper", "title": "Slow walks", "creators": [{"firstName": "Ada", "lastName": "Okafor",
             "creatorType": "author"}, {"name": "The Graph Consortium", "creatorType": "author"}, {"firstName": "Eve",
             "lastName": "Editor", "creatorType": "editor"}], "date": "2019-04-02", "abstractNote": "Walks.",
             "proceedingsTitle": "Proc. Walks", "DOI": "10.1234/walks", "tags": [{"tag": "to read"}, {"tag": "walks",
             "type": 1}], "notes": [{"note": "mine"}], "attachments": [{"path": "/w.pdf", "title": "PDF"}],
             "citationKey": "okafor2019", "key": "ABCD1234"}
            """
        let expected = Paper(
            id: "doi:10.1234/walks", title: "Slow walks", abstract: "Walks.",
            authors: ["Ada Okafor", "The Graph Consortium"], year: 2019, venue: "Proc. Walks", keywords: ["walks"],
            date: "2019-04-02", type: "paper-conference", citationKey: "okafor2019", tags: ["to read"], notes: ["mine"],
            attachments: ["/w.pdf"], attributes: ["editor": ["Eve Editor"], "key": ["ABCD1234"]])
        #expect(try paper(item) == expected)
        let export = try read(
            #"{"config": {"id": "x", "options": {}}, "collections": {"K": {"name": "C"}}, "items": [\#(item), "#
                + #"{"itemType": "attachment", "title": "PDF"}]}"#)
        #expect(export.papers == [expected])
        #expect(export.skipped.map(\.code) == [.notAPaper])
        #expect(try read(#"[{"key": "ABCD1234", "version": 1, "data": \#(item)}]"#).papers == [expected])
    }

    @Test
    func `IEEE`() throws {
        let text = #"{"title": "T", "authors": {"authors": [{"full_name": "Ada Okafor"}, {"full_name": "Jan Berg"}]}}"#
        #expect(try paper(text).authors == ["Ada Okafor", "Jan Berg"])
    }

    @Test
    func `Mendeley`() throws {
        let text = """
            {"id": "11-22", "title": "Slow walks", "type": "journal", "source": "Journal of Walks", "year": 2019, "month": 4,
             "authors": [{"first_name": "Ada", "last_name": "Okafor"}], "identifiers": {"doi": "10.1234/walks",
             "issn": "12345678"}, "keywords": ["walks"], "tags": ["to read"], "websites": ["https://example.org"],
             "file_attached": true}
            """
        #expect(
            try paper(text)
                == Paper(
                    id: "doi:10.1234/walks", title: "Slow walks", abstract: "", authors: ["Ada Okafor"], year: 2019,
                    venue: "Journal of Walks", keywords: ["walks"], url: "https://example.org",
                    alternateIDs: ["mendeley:11-22"], type: "article-journal", tags: ["to read"],
                    attributes: ["issn": ["1234-5678"], "month": ["4"], "file_attached": ["true"]]))
    }

    @Test
    func `anybody's: identifiers, dates, lists and scalars`() throws {
        let text = """
            {"id": "mine:7", "title": "T", "doi": "10.1234/x", "arxivId": "2401.00001", "pmid": 777, "pmcid": "PMC8",
             "year": "2021-05-03", "authors": "Okafor, Ada; Berg, Jan", "score": 0.5, "flags": ["a", "b"], "isNew": true,
             "vector": [\((0..<100).map(String.init).joined(separator: ","))], "deep": {"a": "b"}, "nothing": null}
            """
        #expect(
            try paper(text)
                == Paper(
                    id: "mine:7", title: "T", abstract: "", authors: ["Ada Okafor", "Jan Berg"], year: 2021,
                    alternateIDs: ["doi:10.1234/x", "arxiv:2401.00001", "pmid:777", "pmcid:PMC8"], date: "2021-05-03",
                    attributes: [
                        "pmcid": ["PMC8"], "score": ["0.5"], "flags": ["a", "b"], "isnew": ["true"],
                    ]))
        #expect(try paper(#"{"title": "T", "doi": "10.1234/x"}"#).id == "doi:10.1234/x")
        #expect(try paper(#"{"Title": "T", "Abstract": "A", "Authors": "A. B."}"#).abstract == "A")
    }

    @Test
    func `Akin's own, with every field`() throws {
        let papers = [
            Paper(
                id: "title:0123456789abcdef", title: "T", abstract: "A", authors: ["Okafor, Ada"], year: 2021,
                venue: "V",
                categories: ["c"], keywords: ["k"], url: "u", alternateIDs: ["10.1234/X", "b"], date: "2021-05-03",
                type: "Journal Article", language: "eng", citationKey: "key", collections: ["a/b"], tags: ["t"],
                notes: ["two\nlines"], attachments: ["f.pdf"],
                attributes: ["volume": ["1", "2"], "Odd Name": ["x\ny"]])
        ]
        #expect(try readAll(Array(try JSONEncoder().encode(papers)), named: "a.json").papers == papers)
        let line = try JSONEncoder().encode(papers[0])
        #expect(try readAll(Array(line), named: "a.jsonl").papers == papers)
    }

    @Test(arguments: [
        #"{"name": "x", "version": "1", "description": "d", "scripts": {"title": "x"}}"#,
        #"{"name": "x", "contributes": {"commands": [{"command": "c", "title": "T"}]}}"#,
        #"{"$schema": "s", "title": "T", "type": "object", "properties": {"title": {"type": "string"}}}"#,
        #"{"openapi": "3.0", "info": {"title": "T"}, "paths": {}}"#,
        #"{"level": "info", "text": "started"}"# + "\n" + #"{"level": "info", "text": "stopped"}"#,
        #"{"title": "My site", "url": "https://example.org", "language": "en", "theme": "dark", "plugins": []}"#,
        #"{"title": "My site", "theme": "dark", "port": 80}"#,
        #"[{"name": "a", "rows": [{"title": "deep"}]}]"#, #"{"data": [1, 2, 3]}"#, #"{"results": [{"id": 1}]}"#,
    ])
    func `is not settings, schemas or logs`(text: String) throws {
        for name in ["a.json", "a.txt", "package.json"] {
            #expect(try formatsError { try read(text, name) }?.code == .unknownFormat)
            #expect(try formatsError { try read(text.replacing(",", with: ",\n"), name) }?.code == .unknownFormat)
        }
    }

    @Test
    func `a list inside a paper does not replace it`() throws {
        let text = """
            {"paperId": "x", "title": "T",
             "references": [{"paperId": "y", "title": "U"}], "data": [{"title": "V"}]}
            """
        #expect(try read(text).papers.map(\.title) == ["T"])
    }

    @Test
    func `frames over many blocks are cut where they should be`() throws {
        let works = (0..<30_000).map {
            #"{"DOI": "10.1234/\#($0)", "title": ["T \#($0)"], "abstract": "\#(String(repeating: "word ", count: 120))"}"#
        }
        let text =
            #"{"status": "ok", "message": {"facets": {"items": {}}, "items": [\#(works.joined(separator: ",\n"))]}}"#
        #expect(text.utf8.count > 2 * (8 << 20))
        let read = try read(text)
        #expect(read.papers.map(\.id) == (0..<30_000).map { "doi:10.1234/\($0)" })
        #expect(read.skipped.isEmpty)
    }

    @Test
    func `any bytes at all are safe`() throws {
        let good = Array(
            #"{"message": {"items": [{"DOI": "10.1/x", "title": ["T"], "author": [{"family": "F"}], "issued": {"date-parts": [[2019]]}}]}}"#
                .utf8 + [10])
        try readDamaged(good, named: "a.json", as: .json)
        try readDamaged(good, named: "a.jsonl", as: .jsonLines)
    }
}
