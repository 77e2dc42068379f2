import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("A list of papers in Markdown")
struct MarkdownListTests {
    private static let abstract = String(repeating: "words of an abstract that goes on ", count: 6) + "and ends."

    @Test
    func `gives title, authors, venue, links and collection of each entry`() throws {
        let read = try readMarkup(
            """
            # Awesome papers
            - [Contents](#contents)
            ## 📜 Papers
            ### 2.1 Memory / IO
            <!-- - [Hidden](https://arxiv.org/abs/2401.00009) -->
            1. [**A *First* Title.**](https://arxiv.org/abs/2401.00001) _Ann Able, Ludwig van Beethoven._
               NeurIPS 2024.
               [![Stars](https://img/x)](https://github.com/a/b)

            2. **Second title** by hand, [[pdf]](https://arxiv.org/pdf/2401.00002v2.pdf) [[code]](https://github.com/c/d)
            3. A third title of words ([Read on arXiv](http://arxiv.org/abs/2401.00003))
            4. "A fourth, quoted title", Ann Able et al., 2019. [doi](https://doi.org/10.1000/X)
            5. [Fifth](https://openreview.net/forum?id=abc): \(Self.abstract)
            - [A blog](https://example.org)
            ```
            - [In code](https://arxiv.org/abs/2401.00010)
            ```
            """, named: "list.md")
        #expect(
            read.papers.map(\.title) == [
                "A First Title", "Second title", "A third title of words", "A fourth, quoted title", "Fifth",
            ])
        #expect(
            read.papers.map(\.id) == [
                "arxiv:2401.00001", "arxiv:2401.00002", "arxiv:2401.00003", "doi:10.1000/x", "openreview:abc",
            ])
        #expect(read.papers[0].authors == ["Ann Able", "Ludwig van Beethoven"])
        #expect(read.papers[0].venue == "NeurIPS" && read.papers[0].year == 2024)
        #expect(read.papers[0].attributes["code"] == ["https://github.com/a/b"])
        #expect(read.papers[1].attachments == ["https://arxiv.org/pdf/2401.00002v2.pdf"])
        #expect(read.papers[3].year == 2019)
        #expect(read.papers[4].abstract == Self.abstract)
        #expect(read.papers.allSatisfy { $0.collections == ["Papers/2.1 Memory - IO"] })
    }

    @Test
    func `may be a table`() throws {
        let links =
            "[arXiv](https://arxiv.org/abs/2410.00001) or [HF](https://huggingface.co/papers/2410.00001)"
        let read = try readMarkup(
            """
            ## 2024-10-10
            | Title | Authors | Summary | Stars |
            |---|:-:|---|---|
            | One: a title (Read more on \(links)) | Ann Able, bob99 | a) It `a|b` works. | 5 |
            | [Two](https://arxiv.org/abs/2410.00002) | | | |
            """, named: "table.md")
        #expect(read.papers.map(\.title) == ["One: a title", "Two"])
        #expect(read.papers.map(\.id) == ["arxiv:2410.00001", "arxiv:2410.00002"])
        #expect(read.papers[0].alternateIDs.isEmpty)
        #expect(read.papers[0].authors == ["Ann Able", "bob99"] && read.papers[0].abstract == "a) It a|b works.")
        #expect(read.papers[0].attributes == ["stars": ["5"]] && read.papers[0].collections == ["2024-10-10"])
    }

    @Test
    func `may have headings as titles, with lines below them`() throws {
        let read = try readMarkup(
            """
            # Daily
            ## Vision
            ### [One title here](https://arxiv.org/abs/2410.00001)
            **Authors**: Ann Able, Bob Baker

            **Abstract**: \(Self.abstract)
            ### Two titles there
            - **Authors**: Cy Cook
            - **Link**: https://arxiv.org/abs/2410.00002

            \(Self.abstract)
            """, named: "daily.md")
        #expect(read.papers.map(\.title) == ["One title here", "Two titles there"])
        #expect(read.papers.map(\.authors) == [["Ann Able", "Bob Baker"], ["Cy Cook"]])
        #expect(read.papers.map(\.abstract) == [Self.abstract, Self.abstract])
        #expect(read.papers.map(\.collections) == [["Vision"], ["Vision"]])
    }

    @Test
    func `names a paper once that stands under several headings`() throws {
        let read = try readMarkup(
            """
            ## New
            - [One title](https://arxiv.org/abs/2410.00001)
            ## Old
            - [One title](https://arxiv.org/abs/2410.00001v2) _Ann Able._
            """, named: "list.md")
        #expect(read.papers.map(\.id) == ["arxiv:2410.00001"])
        #expect(read.papers.map(\.collections) == [["New", "Old"]])
        #expect(read.papers.map(\.authors) == [["Ann Able"]])
    }

    @Test(arguments: [
        "# Program\n\nWhat it does is told in this paragraph, which is as long as an abstract would be, or longer.\n",
        "# Program\n\n- fast\n- small, see [the paper](https://arxiv.org/abs/2401.00001)\n- new\n- free\n- good\n",
        "---\ntitle: A post\ndate: 2020-01-01\nlayout: post\n---\n\n# Post\n\nText.\n",
    ])
    func `is not any other Markdown, which is refused by name`(text: String) throws {
        let error = try refusal(text, named: "README.md")
        #expect(error?.code == .unknownFormat)
        #expect(
            error?.description.contains("a Markdown file with neither a list of papers nor the fields of one") == true)
    }

    @Test
    func `of any bytes at all is safe`() throws {
        let good = Array(
            """
            # A
            | a | b |
            |---|---|
            | [**a**](https://arxiv.org/abs/2401.00001) | `x` |
            1. [**T**](https://arxiv.org/abs/2401.00001) _Ann Able._ ACL 2024. <a href="x">y</a> ![i](j) $a$ \\* [r][1]
            [1]: https://doi.org/10.1000/x
            """.utf8)
        for seed in UInt64(0)..<300 {
            var random = SeededGenerator(seed: seed)
            var content = good
            for _ in 0..<Int.random(in: 1...15, using: &random) {
                content[Int.random(in: content.indices, using: &random)] =
                    Array("[]()*_`|#<>!\\$-.\n \"é".utf8).randomElement(using: &random) ?? 0
            }
            _ = try readAll(content, named: "a.md", ImportOptions(format: .markdown, threads: 1))
        }
    }
}

@Suite("A note on a paper in Markdown")
struct MarkdownNoteTests {
    @Test
    func `gives the fields of its head, and its body as a note`() throws {
        let read = try readMarkup(
            """
            ---
            title: "On Notes: A Study"
            authors:
              - Able, Ann
              - "[[Ludwig van Beethoven]]"
              - {given: Cy, family: Cook}
            year: 2021
            doi: https://doi.org/10.1000/N.1
            arxiv: 2401.10000
            tags: [reading, "#later"]
            journal: Journal
            citekey: able2021
            rating: 5
            aliases: [Notes]
            ---
            # My thoughts

            They are *good*.
            """, named: "note.md")
        let paper = try #require(read.papers.first)
        #expect(paper.id == "doi:10.1000/n.1" && paper.alternateIDs == ["arxiv:2401.10000"])
        #expect(paper.title == "On Notes: A Study" && paper.year == 2021 && paper.venue == "Journal")
        #expect(paper.authors == ["Ann Able", "Ludwig van Beethoven", "Cy Cook"])
        #expect(paper.tags == ["reading", "later"] && paper.citationKey == "able2021")
        #expect(paper.notes == ["# My thoughts\n\nThey are *good*."])
        #expect(paper.attributes == ["rating": ["5"], "aliases": ["Notes"]])
    }

    @Test
    func `without a title is called as its file`() throws {
        let read = try readMarkup(
            "---\ndoi: 10.1000/x\nauthor: Ann Able and Bob Baker\n---\n## Abstract\nWhat it says.\n",
            named: "Able 2020.md")
        #expect(read.papers.map(\.title) == ["Able 2020"])
        #expect(read.papers.map(\.authors) == [["Ann Able", "Bob Baker"]])
        #expect(read.papers.map(\.abstract) == ["What it says."])
    }

    @Test
    func `with aliases that mean very many values is none`() throws {
        let levels = (1...30).map { level in
            "k\(level): &a\(level) [" + (0..<9).map { _ in "*a\(level - 1)" }.joined(separator: ", ") + "]\n"
        }
        for last in ["", "*a30 : v\n"] {
            let head = "---\ndoi: 10.1000/x\nk0: &a0 [x]\n\(levels.joined())\(last)---\nText\n"
            #expect(try refusal(head, named: "a.md")?.code == .unknownFormat)
        }
    }

    @Test(arguments: ["journal: daily", "title: Day\njournal: daily", "title: Day\nsource: https://example.org/a"])
    func `is no daily note and no page`(fields: String) throws {
        #expect(try refusal("---\n\(fields)\n---\nText\n", named: "a.md")?.code == .unknownFormat)
    }

    @Test
    func `may be what a clipper saved of a paper's page`() throws {
        let read = try readMarkup(
            "---\ntitle: A clipped paper\nauthor: Ann Able\nsource: https://arxiv.org/abs/2401.00001\n---\nText\n",
            named: "a.md")
        #expect(read.papers.map(\.id) == ["arxiv:2401.00001"])
    }

    @Test
    func `may have stars and ampersands in its fields`() throws {
        let read = try readMarkup("---\ntitle: R&D of *x*\ndoi: 10.1000/x\nby: B & C\n---\n", named: "a.md")
        #expect(read.papers.map(\.title) == ["R&D of *x*"])
    }
}
