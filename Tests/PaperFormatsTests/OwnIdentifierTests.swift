import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("A paper's identifiers are its own")
struct OwnIdentifierTests {
    @Test
    func `in Markdown they are those of the title and of labels, not those of linked papers`() throws {
        let read = try readMarkup(
            """
            - [Paper A of ours](https://arxiv.org/abs/2401.00001) extends [Paper B of theirs](https://doi.org/10.1145/1.2)
              It is like [an earlier study of it](https://doi.org/10.1145/1.3), see also [12](https://doi.org/10.1145/1.4).
            - [Paper C of ours](https://arxiv.org/abs/2401.00003) [[doi](https://doi.org/10.1145/1.5)]
            - **Paper D of ours**, [pdf](https://arxiv.org/pdf/2401.00004), on top of [arXiv](https://arxiv.org/abs/2001.00001)
            """, named: "list.md")
        #expect(read.papers.map(\.id) == ["arxiv:2401.00001", "doi:10.1145/1.5", "arxiv:2401.00004"])
        #expect(read.papers.map(\.alternateIDs) == [[], ["arxiv:2401.00003"], []])
        #expect(read.papers[0].attributes["link"]?.contains("https://doi.org/10.1145/1.2") == true)
    }

    @Test
    func `in a table they are those of the title and of cells with links`() throws {
        let read = try readMarkup(
            """
            | Title | Notes | Where |
            |---|---|---|
            | [Paper A of ours](https://arxiv.org/abs/2401.00001) | beats [Paper B](https://doi.org/10.1145/1.2) | x |
            | Paper C of ours | strong | [ACL 2024](https://doi.org/10.1145/1.3) |
            """, named: "list.md")
        #expect(read.papers.map(\.id) == ["arxiv:2401.00001", "doi:10.1145/1.3"])
        #expect(read.papers.allSatisfy { $0.alternateIDs.isEmpty })
    }

    @Test
    func `on a page they are those of the title and of labels`() throws {
        let read = try readMarkup(
            """
            <html><body><h2><a href="https://arxiv.org/abs/2401.00001">Paper A of ours on words</a></h2>
            <p>It extends <a href="https://doi.org/10.1145/1.2">Their paper</a>.</p>
            <h2><a href="https://arxiv.org/abs/2401.00003">Paper C of ours on words</a></h2>
            <p><a href="https://doi.org/10.1145/1.4">DOI</a></p></body></html>
            """, named: "list.html")
        #expect(read.papers.map(\.id) == ["arxiv:2401.00001", "doi:10.1145/1.4"])
        #expect(read.papers.map(\.alternateIDs) == [[], ["arxiv:2401.00003"]])
    }

    @Test
    func `in BibTeX no entry takes one from shared data`() throws {
        let papers = try papers(
            inBibTeX: """
                @xdata{p, doi = {10.1000/proc}, url = {https://doi.org/10.1000/proc}, eprint = {2401.00001}, pmid = 7,
                  note = {10.1000/other}, publisher = {Press}}
                @inproceedings{a, title = {A}, xdata = {p}}
                @inproceedings{b, title = {B}, xdata = {p}, doi = {10.1000/b}}
                """)
        #expect(papers.map(\.title) == ["A", "B"])
        #expect(papers.map(\.hasDerivedID) == [true, false])
        #expect(papers[0].alternateIDs.isEmpty && papers[0].url == nil)
        #expect(papers[1].id == "doi:10.1000/b" && papers[1].alternateIDs.isEmpty)
        #expect(papers.map { $0.attributes["publisher"] } == [["Press"], ["Press"]])
    }

    @Test
    func `in BibTeX a note identifies, and a person's remark does not`() throws {
        let papers = try papers(
            inBibTeX: "@misc{a, title = {A}, note = {10.1000/x}}\n@misc{b, title = {B}, annote = {10.1000/x}}")
        #expect(papers.map(\.hasDerivedID) == [false, true])
        #expect(papers.map(\.notes) == [[], ["10.1000/x"]])
    }

    @Test(arguments: [
        "[No abstract available]", "No abstract available.", "N/A", "Abstract available from the publisher.",
    ])
    func `and an abstract that says there is none joins nothing`(abstract: String) throws {
        let papers = try papers(
            inBibTeX: """
                @article{a, title = {Preface}, author = {Ann Able}, abstract = {\(abstract)}}
                @article{b, title = {Preface}, author = {Bob Baker}, abstract = {\(abstract)}}
                """)
        #expect(papers.map(\.abstract) == ["", ""])
        #expect(Set(papers.map(\.id)).count == 2)
    }

    @Test(arguments: ["9223372036854775807", "10000", "-3"])
    func `and a number of the ACL Anthology that is too large gives none`(number: String) throws {
        let read = try readMarkup(
            """
            <collection id="P18"><volume id="\(number)"><meta><booktitle>Proceedings</booktitle></meta>
            <paper id="1"><title>One</title></paper></volume></collection>
            """, named: "a.xml")
        #expect(read.papers.map(\.title) == ["One"])
        #expect(read.papers.map(\.hasDerivedID) == [true])
    }
}
