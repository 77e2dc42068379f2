import Akin
import Papers
import QueryLanguage
import Ranking
import TestSupport
import Testing

@Suite("Conditions of questions")
struct QuestionConditionsTests {
    private static let papers =
        SyntheticPapers.make(200) + [
            Paper(
                id: "doi:10.1000/1", title: "Pandas near midnight", abstract: "Streaming of the key-value caches.",
                authors: ["Ada Manning"], year: 2021, venue: "NeurIPS", type: "thesis", language: "de",
                citationKey: "manning2021", collections: ["Thesis/Chapter 2"], tags: ["To read"],
                notes: ["A zeppelin note."], attachments: ["a.pdf"], attributes: ["publisher": ["Springer"]]),
            Paper(
                id: "2", title: "Pandas and bamboo", abstract: "The value of the key is cached, and state of the art.",
                authors: ["Bo Lee"], year: 2019),
            Paper(id: "3", title: "A man at noon", abstract: "Übungen mit Tieren.", authors: ["C. Man"], year: 2023),
            Paper(
                id: "4", title: "Bears", abstract: "", fields: [Paper.Field("body", "A panda is a bear at midnight.")]),
            Paper(id: "5", title: "视觉语言模型", abstract: "我们研究视觉语言模型的推理。"),
        ]

    private func withLibrary(_ body: (_ library: Library) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(Self.papers)
            try body(library)
        }
    }

    private func found(_ text: String, in library: Library, k: Int = 300) throws -> Set<String> {
        var options = SearchOptions(k: k, recall: 1, foldsDuplicates: false)
        options.leavesOutHidden = true
        let answer = try library.search(asking: text, options: options)
        #expect(answer.syntaxError == nil, "\(text)")
        return Set(answer.hits.map(\.paper.id))
    }

    @Test
    func `are met by exactly the papers that meet them`() throws {
        let expected: [(String, Set<String>)] = [
            ("pandas -midnight title:pandas", ["2"]), ("title:panda NOT midnight", ["2"]),
            ("+pandas +midnight", ["doi:10.1000/1", "4"]), ("bamboo AND pandas", ["2"]),
            ("bamboo OR zeppelin OR bears", ["2", "4"]), ("title:man", ["3"]), ("author:manning", ["doi:10.1000/1"]),
            ("\"key value\"", ["doi:10.1000/1"]), ("\"KEY-VALUE caches\"", ["doi:10.1000/1"]),
            ("\"key value cache\"", []), ("\"value of the key\"", ["2"]), ("\"state-of-the-art\"", ["2"]),
            ("abstract:\"of the key\"", ["doi:10.1000/1", "2"]), ("abstract:pandas", ["4"]), ("\"ubungen mit\"", ["3"]),
            ("\"is a\"", ["4"]), ("\"of the\" title:and", ["2"]), ("title:at", ["3"]),
            ("title:pandas -at", ["doi:10.1000/1", "2"]), ("title:pandas +is", ["2"]),
            ("note:zeppelins", ["doi:10.1000/1"]), ("note:\"zeppelin note\"", ["doi:10.1000/1"]),
            ("tag:\"to read\"", ["doi:10.1000/1"]), ("in:Thesis", ["doi:10.1000/1"]), ("in:Chapter", []),
            ("type:thesis lang:de", ["doi:10.1000/1"]), ("key:manning2021", ["doi:10.1000/1"]),
            ("venue:neurips year:2021", ["doi:10.1000/1"]), ("publisher=Springer", ["doi:10.1000/1"]),
            ("has:doi", ["doi:10.1000/1"]), ("has:file has:notes has:tags has:collections has:key", ["doi:10.1000/1"]),
            ("id:https://doi.org/10.1000/1", ["doi:10.1000/1"]), ("-has:abstract", ["4"]),
            ("title:pandas (midnight OR bamboo)", ["doi:10.1000/1", "2"]), ("\"语言模型\"", ["5"]),
            ("title:bears is:unread added:1d", ["4"]), ("added:2999-01-01", []),
            ("title:(bears OR \"and bamboo\")", ["2", "4"]), ("author:(lee OR man) -title:man", ["2"]),
            ("zeppelin in:notes", ["doi:10.1000/1"]), ("\"a zeppelin\" in:notes", ["doi:10.1000/1"]),
            ("pandas in:notes", []), ("in:notes", ["doi:10.1000/1"]),
            ("year:2019.. in:notes", ["doi:10.1000/1"]), ("-zeppelin in:notes", []),
            ("-(title:pandas OR category:subject-1) -author:Author", ["3", "4", "5"]),
        ]
        try withLibrary { (library: Library) throws in
            for (text, ids) in expected {
                #expect(try found(text, in: library) == ids, "\(text)")
            }
        }
    }

    @Test
    func `in any combination agree with a slow check of each paper`() throws {
        let atoms: [(text: String, isMet: (Paper) -> Bool)] = [
            ("year:2005..2012", { (2005...2012).contains($0.year ?? 0) }),
            ("category:subject-3", { $0.categories.contains("subject-3") }),
            (
                "+\(SyntheticPapers.word(0))",
                { ($0.title + " " + $0.abstract).split(separator: " ").contains { $0 == SyntheticPapers.word(0) } }
            ),
            ("title:\(SyntheticPapers.word(200))", { $0.title.hasSuffix(SyntheticPapers.word(200)) }),
            ("author:\"Author 107\"", { $0.authors == ["Author 107"] }),
            ("has:abstract", { !$0.abstract.isEmpty }),
        ]
        try withLibrary { (library: Library) throws in
            for seed in UInt64(0)..<40 {
                var generator = SeededGenerator(seed: seed)
                let chosen = (0..<3).compactMap { _ in atoms.randomElement(using: &generator) }
                let signs = chosen.map { _ in Bool.random(using: &generator) }
                let isEither = Bool.random(using: &generator)
                let text = zip(chosen, signs).map { $1 ? $0.text : "-(\($0.text))" }
                    .joined(separator: isEither ? " OR " : " ")
                let expected = Self.papers.filter { paper in
                    let met = zip(chosen, signs).map { $0.isMet(paper) == $1 }
                    return isEither ? met.contains(true) : !met.contains(false)
                }
                var ids: Set<String> = []
                try library.forEachPaper(meeting: QueryExpression(parsing: text)) { papers in
                    ids.formUnion(papers.map(\.id))
                    return true
                }
                let difference = ids.symmetricDifference(expected.map(\.id)).sorted().prefix(5)
                #expect(difference.isEmpty, "seed \(seed): \(text)")
                #expect(try library.paperCount(meeting: QueryExpression(parsing: text)) == expected.count)
            }
        }
    }

    @Test
    func `that leave nothing are named`() throws {
        try withLibrary { (library: Library) throws in
            let alone = try library.search(asking: "title:pandas author:Nobody")
            #expect(
                alone.hits.isEmpty
                    && alone.unmet == UnmetCondition(condition: "author:Nobody", others: "", paperCount: 0))
            let together = try library.search(asking: "title:pandas year:2023")
            #expect(
                together.unmet == UnmetCondition(condition: "year:2023", others: "title:pandas", paperCount: 2))
        }
    }

    @Test
    func `that do not parse are words, and so are unknown fields and titles`() throws {
        try withLibrary { (library: Library) throws in
            let broken = try library.search(asking: "pandas (at midnight")
            #expect(broken.syntaxError?.position == 8 && broken.hits.first?.paper.id == "doi:10.1000/1")
            let field = try library.search(asking: "k=10 bamboo")
            #expect(field.understood?.isPlain == true && field.hits.first?.paper.id == "2")
            try library.add([Paper(id: "6", title: "Attention -midnight", abstract: "All of it.")])
            #expect(try library.search(asking: "Attention -midnight").hits.first?.paper.id == "6")
        }
    }

    @Test
    func `without words list papers, the latest first or in another order`() throws {
        try withLibrary { (library: Library) throws in
            let answer = try library.search(asking: "author:manning OR author:lee OR author:man")
            #expect(answer.hits.map(\.paper.id) == ["3", "doi:10.1000/1", "2"])
            var options = SearchOptions(k: 2, offset: 1)
            options.sort = .title
            #expect(
                try library.search(asking: "author:manning OR author:lee OR author:man", options: options).hits.map(
                    \.paper.id)
                    == ["2", "doi:10.1000/1"])
        }
    }

    @Test
    func `hidden papers are left out unless they are asked for`() throws {
        try withLibrary { (library: Library) throws in
            try library.edit(ids: ["2"], by: [.addTag("hidden")])
            #expect(try found("title:pandas", in: library) == ["doi:10.1000/1"])
            let hits = try library.search(for: "pandas and bamboo").hits
            #expect(!hits.contains { $0.paper.id == "2" })
            #expect(try found("is:hidden", in: library) == ["2"])
        }
    }

    @Test
    func `of sentences with the same words the first is shown, in each process`() throws {
        try withLibrary { (library: Library) throws in
            let words = ["zeppelin", "airship", "hangar", "helium", "propeller", "mooring", "ballast", "gondola"]
            // Rarer words are worth more, so that sums in another order round otherwise.
            let others = words.enumerated().map { number, word in
                Paper(id: "w\(number)", title: words.prefix(number + 1).joined(separator: " "), abstract: word)
            }
            let sentences = (0..<8).map { turn in
                "Here " + (0..<8).map { words[($0 * 3 + turn) % 8] }.joined(separator: " ") + "."
            }
            try library.add(
                others + [Paper(id: "7", title: "All", abstract: sentences.joined(separator: " "))])
            var options = SearchOptions(k: 20)
            options.findsSnippets = true
            let hits = try library.search(for: words.joined(separator: " "), options: options).hits
            #expect(hits.first { $0.paper.id == "7" }?.snippet?.text == sentences[0])
        }
    }

    @Test
    func `in:notes means a collection of that name where there is one`() throws {
        try withLibrary { (library: Library) throws in
            try library.edit(ids: ["3"], by: [.addToCollection("Notes")])
            #expect(try found("in:notes", in: library) == ["3"])
            #expect(try found("note:zeppelin", in: library) == ["doi:10.1000/1"])
        }
    }

    @Test(arguments: [SearchMode.hybrid, .lexical])
    func `find the paper whose note has their words, among others and with what the note adds`(
        mode: SearchMode
    ) throws {
        try withLibrary { (library: Library) throws in
            let options = SearchOptions(k: 20, mode: mode, explains: true)
            let without = try library.search(for: "pandas bamboo", options: options)
            try library.edit(ids: ["3"], by: [.addNote("Compare with pandas that eat bamboo.")])
            let with = try library.search(for: "pandas bamboo", options: options)
            let hit = try #require(with.hits.first { $0.paper.id == "3" })
            // It comes nearer, and never before what says the words itself.
            #expect(with.hits.first?.paper.id == without.hits.first?.paper.id)
            #expect(hit.parts.notes > 0 && hit.score < with.hits[0].score)
            let before = without.hits.first { $0.paper.id == "3" }?.score ?? 0
            #expect(abs(hit.score - before - hit.parts.notes) < 1e-9)
            if let parts = hit.explanation?.scoreParts {
                #expect(abs(parts.lexical + parts.semantic + parts.feedback + parts.notes - hit.score) < 1e-3)
            }
            #expect(with.isClose)
            #expect(with.hits.filter { $0.paper.id != "3" }.allSatisfy { $0.parts.notes == 0 })
            let meaning = try library.search(for: "pandas bamboo", options: SearchOptions(k: 20, mode: .semantic))
            #expect(meaning.hits.allSatisfy { $0.parts.notes == 0 })
        }
    }

    @Test
    func `found by a note alone are explained by it, and in:notes means the same in a list`() throws {
        try withLibrary { (library: Library) throws in
            let hit = try #require(
                try library.search(for: "zeppelin", options: SearchOptions(explains: true)).hits.first)
            #expect(hit.paper.id == "doi:10.1000/1")
            let parts = try #require(hit.explanation?.scoreParts)
            #expect(parts.notes > 0 && abs(parts.notes - hit.score) < 1e-9)
            let query = try QueryExpression(parsing: "zeppelin in:notes")
            #expect(try library.paperCount(meeting: query) == 1)
        }
    }

    @Test
    func `answers show the sentence with the words of the question, and never where something can be had`() throws {
        try withLibrary { (library: Library) throws in
            try library.add([
                Paper(
                    id: "7", title: "Zeppelins",
                    abstract: "Airships fly. A zeppelin flies over lakes. Code for zeppelin flies: https://x.org/lakes."
                )
            ])
            var options = SearchOptions(k: 1)
            options.findsSnippets = true
            let hit = try #require(try library.search(for: "zeppelin lakes", options: options).hits.first)
            let snippet = try #require(hit.snippet)
            #expect(snippet.text == "A zeppelin flies over lakes." && snippet.matches == [2..<10, 22..<27])
            #expect(hit.titleMatches == [0..<9])
        }
    }
}
