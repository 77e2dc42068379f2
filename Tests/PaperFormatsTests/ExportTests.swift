import Foundation
import PaperFormats
import Papers
import TestSupport
import Testing

/// Papers with awkward texts, drawn from a seed.
private struct AwkwardPapers {
    var random: SeededGenerator

    private static let words = [
        "a{b}", "}", "{", "\\", "\\alpha", "@article{x,", "@", "%", "100%", "\"quoted\"", "it's", "--", "---", "``",
        "''",
        "?`", "$x_1$", "$5", "~", "^", "#1", "A&B", "_", "中文", "논문", "é", "BERT", "word", "and", "x", "=", "\\par", "—",
        "<", "a;b", "c,d", "e.g.", "\u{301}o", "InfLLM", "!`", "'",
    ]

    private static let names = [
        "Ada Lovelace", "Ludwig van Beethoven", "Martin Luther King Jr.", "李明", "Plato", "Bell and Sons",
        "Council on Heat, Light and Sound", "Maria de la Cruz", "others", "von Neumann", "J.-P. O'Neil {x}", "A = B",
        "Qiskit Team", "É. Zolá", "X; Y", "Sr. Smith",
    ]

    mutating func text(_ count: ClosedRange<Int> = 1...6, separators: [String] = [" "]) -> String {
        (0..<Int.random(in: count, using: &random)).map { index in
            (index > 0 ? separators.randomElement(using: &random) ?? " " : "")
                + (Self.words.randomElement(using: &random) ?? "")
        }.joined()
    }

    mutating func list(_ item: (inout AwkwardPapers) -> String) -> [String] {
        (0..<Int.random(in: 0...3, using: &random)).map { _ in item(&self) }
    }

    private func distinct(_ values: [String]) -> [String] {
        var seen: Set<String> = []
        return values.filter { seen.insert($0).inserted }
    }

    mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &random)]
    }

    mutating func paper() -> Paper {
        let note: (inout AwkwardPapers) -> String = {
            $0.text(1...8, separators: [" ", "\n", "\n\n", "\n  ", "  ", "\t", "\r\n", " \n"])
        }
        let year = pick([nil, 1999, 2024])
        let type = pick([
            "article-journal", "paper-conference", "book", "chapter", "thesis", "report", "webpage", "dataset",
            "software",
            "article", "manuscript", "article-newspaper", "legal_case", "speech",
        ])
        let people = list { $0.pick(Self.names) }
        var attributes: [String: [String]] = [:]
        let names = ["volume", "issue", "publisher", "place", "series", "x-odd", "number+an", "howpublished", "note"]
        for name in names where Bool.random(using: &random) {
            let values = (0..<Int.random(in: 1...2, using: &random)).map { _ in note(&self) }
            if name != "howpublished" || type != "webpage" { attributes[name] = distinct(values) }
        }
        if Bool.random(using: &random) { attributes["pages"] = [pick(["1-20", "S3", "12-14, 16", "e5"])] }
        if !people.isEmpty { attributes["editor"] = Array(Set(people)).sorted() }
        if Bool.random(using: &random) { attributes["isbn"] = ["978-3"] }
        // The venue of a report or thesis is an attribute as well, and a book has none.
        var venue: String? = pick([nil, text()])
        if ["thesis", "report", "manuscript"].contains(type) {
            let place = text()
            attributes[type == "thesis" ? "school" : "institution"] = [place]
            (venue, attributes["publisher"]) = (place, nil)
        }
        let ids = pick([
            [],
            ["doi:10.1000/x_\(Int.random(in: 1...99, using: &random))", "arxiv:2101.00001", "pmid:12", "acl:p18-1001"],
            ["arxiv:cs/0301001", "openalex:W2741809807"], ["acl:2022.acl-long.1"], ["s, 1:x{y"],
        ])
        return Paper(
            id: ids.first, title: "T " + text(), abstract: pick(["", text(1...20)]),
            authors: list { $0.pick(Self.names) },
            year: year, venue: venue, categories: pick([[], ["cs.CL"], ["cs.CL", "a, b"]]),
            keywords: list { $0.text(1...2) },
            url: pick([nil, "https://x.org/~a_b%20{c}?d=e&f#g--h"]), alternateIDs: Array(ids.dropFirst()),
            date: year.flatMap { year in pick([nil, "\(year)-05", "\(year)-11-30"]) }, type: type,
            language: pick([nil, "en", "de", "en-US", "tlh"]), citationKey: "key",
            collections: list { $0.text(1...3, separators: [" ", "/"]) },
            tags: list { $0.text(1...2) }, notes: list(note),
            attachments: pick([[], ["C:\\a b\\c;d.pdf", "/x/{y}:z.ps"], ["https://x.org/a.pdf"]]),
            attributes: attributes)
    }
}

@Suite("Exported papers")
struct ExportTests {
    @Test(arguments: [ExportFormat.bibTeX, .bibLaTeX])
    func `are read back from BibTeX as they were, whatever their texts`(format: ExportFormat) throws {
        for seed in UInt64(0)..<150 {
            var source = AwkwardPapers(random: SeededGenerator(seed: seed))
            let papers = (0..<3).map { _ in source.paper() }
            for paper in papers {
                let text = format.text(of: [paper])
                let read = try readAll(Array(text.utf8), named: "a.bib")
                #expect(read.skipped.isEmpty, "seed \(seed)\n\(text)")
                #expect(read.papers == [paper], "seed \(seed)\n\(text)")
            }
            let all = try readAll(Array(format.text(of: papers).utf8), named: "a.bib")
            #expect(all.papers.map(\.title) == papers.map(\.title), "seed \(seed)")
            #expect(all.papers.map(\.collections) == papers.map(\.collections), "seed \(seed)")
            #expect(all.papers.map(\.citationKey) == ["key", "keya", "keyb"], "seed \(seed)")
        }
    }

    @Test
    func `are read back from JSON Lines with every field`() throws {
        for seed in UInt64(0)..<150 {
            var source = AwkwardPapers(random: SeededGenerator(seed: seed))
            let papers = (0..<3).map { _ in source.paper() }
            let text = ExportFormat.jsonLines.text(of: papers)
            #expect(try readAll(Array(text.utf8), named: "a.jsonl").papers == papers, "seed \(seed)")
            let decoder = JSONDecoder()
            let lines = text.split(separator: "\n")
            #expect(try lines.map { try decoder.decode(Paper.self, from: Data($0.utf8)) } == papers, "seed \(seed)")
        }
    }

    @Test
    func `are valid JSON of the Citation Style Language`() throws {
        for seed in UInt64(0)..<100 {
            var source = AwkwardPapers(random: SeededGenerator(seed: seed))
            let papers = (0..<3).map { _ in source.paper() }
            let text = ExportFormat.cslJSON.text(of: papers)
            let list = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
            #expect(list.map { $0["title"] as? String } == papers.map(\.title), "seed \(seed)")
        }
        #expect(try JSONSerialization.jsonObject(with: Data(ExportFormat.cslJSON.text(of: []).utf8)) is [Any])
    }

    private static let paper = Paper(
        id: "doi:10.1000/1", title: "On {X}: 50% of BERT", abstract: "An abstract.",
        authors: ["Ludwig van Beethoven", "Martin Luther King Jr.", "Qiskit Team"], year: 2021, venue: "Journal, of X",
        keywords: ["a", "b"], alternateIDs: ["arxiv:2103.00001"], date: "2021-05-03", type: "article-journal",
        tags: ["t"], notes: ["one\ntwo"],
        attributes: ["volume": ["3"], "issue": ["4"], "pages": ["1-9"], "publisher": ["P"], "x": ["y"]])

    @Test
    func `have the fields of BibTeX and BibLaTeX`() {
        let bibTeX = ExportFormat.bibTeX.text(of: [Self.paper])
        #expect(bibTeX.hasPrefix("@article{vanbeethoven2021bert,\n"))
        for line in [
            "title = {On {\\textbraceleft{}X\\textbraceright{}:} 50\\% of {BERT}}",
            "author = {van Beethoven, Ludwig and King, Jr., Martin Luther and {Qiskit Team}}", "year = {2021}",
            "month = may", "day = {3}", "journal = {Journal, of X}", "number = {4}", "pages = {1--9}",
            "eprint = {2103.00001}", "archiveprefix = {arXiv}", "annote = {one\ntwo}",
        ] { #expect(bibTeX.contains("  \(line)"), "\(line)") }
        let bibLaTeX = ExportFormat.bibLaTeX.text(of: [Self.paper])
        for line in ["date = {2021-05-03}", "journaltitle = {Journal, of X}", "eprinttype = {arXiv}"] {
            #expect(bibLaTeX.contains("  \(line)"), "\(line)")
        }
    }

    @Test
    func `have the tags of RIS`() {
        let lines = ExportFormat.ris.text(of: [Self.paper]).components(separatedBy: "\r\n")
        #expect(lines.first == "TY  - JOUR")
        #expect(lines.suffix(3) == ["ER  - ", "", ""])
        for line in [
            "AU  - van Beethoven, Ludwig", "AU  - King, Martin Luther, Jr.", "AU  - Qiskit Team", "JF  - Journal, of X",
            "PY  - 2021", "DA  - 2021/05/03/", "KW  - a", "KW  - b", "N1  - one two", "SP  - 1", "EP  - 9", "IS  - 4",
            "DO  - 10.1000/1", "UR  - https://arxiv.org/abs/2103.00001",
        ] { #expect(lines.contains(line), "\(line)") }
        #expect(lines.filter { !$0.isEmpty }.allSatisfy { $0.dropFirst(2).hasPrefix("  - ") })
    }

    @Test
    func `are a table, a list of links, and citations`() throws {
        let csv = ExportFormat.csv.text(of: [Self.paper]).components(separatedBy: "\r\n")
        #expect(csv.count == 3 && csv[2].isEmpty)
        #expect(csv[0].hasPrefix("id,title,abstract,authors,year,date,venue,"))
        #expect(csv[1].contains(",\"Journal, of X\",") && csv[1].contains("a; b"))
        #expect(csv[1].hasSuffix(#""{""x"": [""y""]}""#))
        #expect(
            ExportFormat.markdown.text(of: [Self.paper])
                == "<!-- A list of papers, written by Akin. -->\n\n- [On {X}: 50% of BERT](https://doi.org/10.1000/1). Ludwig van Beethoven, Martin Luther King Jr., "
                + "Qiskit Team. *Journal, of X*, 2021.\n")
        let csl = ExportFormat.cslJSON.text(of: [Self.paper])
        #expect(csl.contains(#"{"family": "King", "given": "Martin Luther", "suffix": "Jr."}"#))
        #expect(csl.contains(#""issued": {"date-parts": [[2021, 5, 3]]}"#))
    }

    @Test
    func `get keys that tell them apart and stay the same`() throws {
        let papers = [
            Paper(title: "The Attention of Many", abstract: "", authors: ["Émile Łoś"], year: 2017),
            Paper(title: "Attention again", abstract: "", authors: ["Anna Los"], year: 2017),
            Paper(title: "注意", abstract: "", authors: ["李明"], year: 2020),
            Paper(title: "A", abstract: "", citationKey: "own, key{1}"),
        ]
        let keys = { (papers: [Paper]) throws in
            try readAll(Array(ExportFormat.bibTeX.text(of: papers).utf8), named: "a.bib").papers.compactMap(
                \.citationKey)
        }
        let all = try keys(papers)
        #expect(all[0] == "los2017attention" && all[1] == "los2017attentiona" && all[3] == "ownkey1")
        #expect(all[2].hasPrefix("paper2020"))
        #expect(try keys([papers[2]]) == [all[2]])
    }

    @Test(arguments: ExportFormat.all)
    func `have a format that is found by its name`(format: ExportFormat) {
        #expect(ExportFormat(named: format.name) == format)
        #expect(ExportFormat(named: "none") == nil)
    }
}

@Suite("Exported papers, read by the importers of other formats")
struct ExportedFormatsTests {
    /// Papers of a few plain texts with all that RIS and tables can say.
    private static let papers = [
        Paper(
            id: "doi:10.1000/1", title: "On heat, and \"cold\"", abstract: "An abstract.",
            authors: ["Ludwig van Beethoven", "Martin Luther King Jr.", "Qiskit Team"], year: 2021,
            venue: "Journal of X",
            keywords: ["a", "b c"], url: "https://x.org/a", alternateIDs: ["arxiv:2103.00001"], date: "2021-05-03",
            type: "article-journal", language: "en", citationKey: "beethoven2021", notes: ["one", "two"],
            attachments: ["https://x.org/a.pdf"],
            attributes: [
                "volume": ["3"], "issue": ["4"], "pages": ["1-9"], "publisher": ["P"], "place": ["Here"],
                "issn": ["1234-5679"], "editor": ["Ada Lovelace"],
            ]),
        Paper(
            id: "pmid:12", title: "A thesis", abstract: "", authors: ["李明"], year: 1999, venue: "ETH", type: "thesis",
            attributes: ["school": ["ETH"]]),
        Paper(
            title: "A talk", abstract: "B", authors: ["Ann Lee"], year: 2000, venue: "Proc. of Y",
            type: "paper-conference"),
        Paper(id: "doi:10.1000/2", title: "A book", abstract: "", authors: ["Ann Lee"], type: "book"),
    ]

    private func read(_ format: ExportFormat) throws -> [Paper] {
        try readAll(Array(format.text(of: Self.papers).utf8), named: "a." + format.fileExtension).papers
    }

    @Test(arguments: [ExportFormat.ris, .csv, .cslJSON])
    func `keep what identifies, describes and places them`(format: ExportFormat) throws {
        let read = try read(format)
        #expect(read.map(\.title) == Self.papers.map(\.title))
        #expect(read.map(\.authors) == Self.papers.map(\.authors))
        #expect(read.map(\.abstract) == Self.papers.map(\.abstract))
        #expect(read.map(\.id) == Self.papers.map(\.id))
        #expect(read.map(\.year) == Self.papers.map(\.year))
        #expect(read.map(\.date) == Self.papers.map(\.date))
        #expect(read.map(\.venue) == Self.papers.map(\.venue))
        #expect(read.map(\.type) == Self.papers.map(\.type))
        #expect(read.map(\.keywords) == Self.papers.map(\.keywords))
        #expect(read.map(\.language) == Self.papers.map(\.language))
        #expect(read.map(\.alternateIDs) == Self.papers.map(\.alternateIDs))
        #expect(read.map(\.attachments) == Self.papers.map(\.attachments))
        if format == .cslJSON { #expect(read.map(\.tags) == Self.papers.map(\.tags)) }
        let (first, paper) = (try #require(read.first), Self.papers[0])
        #expect(first.url == paper.url)
        #expect(first.citationKey == paper.citationKey)
        #expect(first.notes.joined(separator: "|").contains("one"))
        for (name, values) in paper.attributes { #expect(first.attributes[name] == values, "\(name)") }
    }

    @Test
    func `keep titles, authors, venues and years in a list of links, wherever these lead`() throws {
        let others = [
            Paper(title: "A page. With [signs]*", abstract: "", authors: ["Ann Lee"], url: "https://example.org/a_(b)"),
            Paper(title: "Nowhere", abstract: "", authors: ["Ann Lee", "M. L. King Jr."], year: 2001),
            Paper(title: "PDF", abstract: "", url: "https://github.com/x/y", type: "software"),
        ]
        let papers = Self.papers + others
        let text = ExportFormat.markdown.text(of: papers)
        let read = try readAll(Array(text.utf8), named: "a.md").papers
        #expect(read.map(\.title) == papers.map(\.title))
        #expect(read.map(\.authors) == papers.map(\.authors))
        #expect(read.map(\.venue) == papers.map(\.venue))
        #expect(read.map(\.year) == papers.map(\.year))
        #expect(read.suffix(3).map(\.url) == others.map(\.url))
        #expect(read.contains { $0.id == "doi:10.1000/2" })
    }

    @Test(arguments: [ExportFormat.ris, .csv])
    func `keep every id and every collection`(format: ExportFormat) throws {
        let ids = [
            "doi:10.1000/1", "arxiv:2103.00001", "pmid:12", "acl:p18-1001", "doi:10.1000/second",
            "openalex:W2741809807", "dblp:conf/x/Y", "zotero:ABCD",
        ]
        let paper = Paper(
            id: ids[0], title: "T", abstract: "", alternateIDs: Array(ids.dropFirst()),
            collections: ["Thesis/Chapter 2", "a; b", "c, d"])
        let text = format.text(of: [paper])
        let read = try #require(try readAll(Array(text.utf8), named: "a." + format.fileExtension).papers.first)
        #expect(read.id == ids[0] && Set(read.alternateIDs) == Set(ids.dropFirst()), "\(read.alternateIDs)")
        #expect(read.collections == paper.collections)
    }

    @Test
    func `keep the lists and attributes of a table, whatever stands in them`() throws {
        // One of the texts begins an entry of BibTeX.
        let options = ImportOptions(format: .csv)
        for seed in UInt64(0)..<150 {
            var source = AwkwardPapers(random: SeededGenerator(seed: seed))
            let paper = source.paper()
            let text = ExportFormat.csv.text(of: [paper])
            let read = try #require(try readAll(Array(text.utf8), named: "a.csv", options).papers.first, "seed \(seed)")
            let lists: [KeyPath<Paper, [String]>] = [
                \.categories, \.keywords, \.tags, \.collections, \.attachments,
            ]
            for list in lists {
                var seen: Set<String> = []
                let expected = paper[keyPath: list].filter { seen.insert($0).inserted }
                #expect(read[keyPath: list] == expected, "seed \(seed)\n\(text)")
            }
            var (one, other) = (read.attributes, paper.attributes)
            // People, numbers of books and ids without a source are read in other ways.
            for name in ["editor", "isbn", "id"] { (one[name], other[name]) = (nil, nil) }
            #expect(one == other, "seed \(seed)\n\(text)")
            #expect(read.notes.count == paper.notes.count, "seed \(seed)\n\(text)")
        }
    }
}
