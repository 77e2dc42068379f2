import Akin
import LexicalIndex
import Papers
import Ranking
import TestSupport
import Testing
import TextAnalysis

@Suite("Why a paper is found")
struct ExplainedAnswerTests {
    /// Calls `body` with a library that was fitted on 1,200 papers, and into which 40 more have been folded, one of
    /// them updated since.
    private func withLibrary(_ body: (Library) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            let papers = SyntheticPapers.make(1_240)
            try library.add(Array(papers[..<1_200]))
            try library.add(Array(papers[1_200...]))
            let old = papers[1_215]
            try library.add([
                Paper(
                    id: old.id, title: old.title, abstract: old.abstract + " " + SyntheticPapers.word(3 * 200),
                    authors: old.authors
                )
            ])
            #expect(try library.info().segments.count > 1)
            try body(library)
        }
    }

    /// Checks that an answer's explanations add up to its parts and scores.
    private func check(_ answer: SearchAnswer, named: Int = 0) throws {
        #expect(!answer.hits.isEmpty)
        for hit in answer.hits {
            let why = try #require(hit.explanation)
            #expect(abs(why.similarity - hit.parts.semantic) < 1e-4, "\(hit.paper.id)")
            #expect(abs(why.sharedSimilarity + why.bridgingSimilarity - why.similarity) < 1e-9, "\(hit.paper.id)")
            #expect(abs(why.lexicalScore - hit.parts.lexical) < 1e-4 * max(1, hit.parts.lexical), "\(hit.paper.id)")
            let lexical = why.lexicalWords.map(\.share) + why.adjacentWords.map(\.share)
            #expect(abs(lexical.reduce(0, +) - why.lexicalScore) < 1e-9, "\(hit.paper.id)")
            if let first = why.feedback {
                #expect(answer.mode == .hybrid)
                #expect(abs(first.similarity - hit.parts.feedback) < 1e-4, "\(hit.paper.id)")
                #expect(abs(first.documents.reduce(0) { $0 + $1.share } - first.similarity) < 1e-5, "\(hit.paper.id)")
                #expect(abs(first.words.reduce(0) { $0 + $1.share } - first.similarity) < 1e-9, "\(hit.paper.id)")
                #expect(first.documents.count == 5)
            } else {
                #expect(answer.mode != .hybrid && hit.parts.feedback == 0)
            }
            if hit.rank <= named {
                #expect(why.scoreParts == nil && hit.score == 1)
            } else {
                let parts = try #require(why.scoreParts)
                let sum = parts.lexical + parts.semantic + parts.feedback
                #expect(abs(sum - hit.score) < 1e-4 * max(1, hit.score), "\(hit.paper.id)")
            }
        }
    }

    @Test(arguments: SearchMode.allCases)
    func `the parts of an explanation add up to the score of a text query`(mode: SearchMode) throws {
        try withLibrary { library in
            // Three words side by side in an abstract, two in a title, and two of them twice.
            let abstract = try library.paper(named: "paper:15").abstract.split(separator: " ").prefix(3)
            let title = "study \(SyntheticPapers.word(20_003))"
            let text = "\(SyntheticPapers.word(3 * 200 + 7)) \(abstract.joined(separator: " ")), \(title), \(title)"
            let answer = try library.search(for: text, options: SearchOptions(k: 100, mode: mode, explains: true))
            try check(answer)
            func adjacent(_ id: String) -> [[String]]? {
                answer.hits.first { $0.paper.id == id }?.explanation?.adjacentWords.map { [$0.first, $0.second] }
            }
            if mode != .semantic {
                #expect(adjacent("paper:3")?.contains(["Study", SyntheticPapers.word(20_003)]) == true)
                #expect(
                    Set(zip(abstract, abstract.dropFirst()).map { ["\($0)", "\($1)"] })
                        .isSubset(of: adjacent("paper:15") ?? []))
            }
        }
    }

    @Test(arguments: SearchMode.allCases)
    func `the parts of an explanation add up to the score of a like query`(
        mode: SearchMode
    ) throws {
        try withLibrary { library in
            let options = SearchOptions(k: 100, mode: mode, explains: true)
            try check(
                library.search(like: ["paper:3", "paper:1215"], unlike: ["paper:15", "paper:4"], options: options))
        }
    }

    @Test
    func `a paper that the question names by its title has no sum of parts`() throws {
        try withLibrary { library in
            let title = try library.paper(named: "paper:7").title
            try check(library.search(for: title, options: SearchOptions(k: 5, explains: true)), named: 1)
        }
    }

    @Test
    func `an answer has explanations only if they are asked for`() throws {
        try withLibrary { library in
            let answer = try library.search(for: SyntheticPapers.word(3 * 200))
            #expect(answer.hits.allSatisfy { $0.explanation == nil })
        }
    }

    @Test
    func `a comparison of two papers is symmetric in its cosine and its words`() throws {
        try withLibrary { library in
            for (a, b) in [("paper:3", "paper:15"), ("paper:1215", "paper:3"), ("paper:2", "paper:5")] {
                let there = try library.comparison(of: a, with: b)
                let back = try library.comparison(of: b, with: a)
                #expect(abs(there.explanation.similarity - back.explanation.similarity) < 1e-6)
                #expect(there.first.id == a && there.second.id == b && there.explanation.scoreParts == nil)
                #expect(there.explanation.bridges.count == back.explanation.bridges.count)
                #expect(there.bestSentenceOfFirst == back.explanation.bestSentence)
                let hits = try library.search(like: [a], options: SearchOptions(k: 1_300)).hits
                let parts = try #require(hits.first { $0.paper.id == b }?.parts)
                #expect(abs(there.explanation.similarity - parts.semantic) < 1e-4)
                #expect(abs(there.explanation.lexicalScore - parts.lexical) < 1e-4 * max(1, parts.lexical))
            }
            let same = try library.comparison(of: "paper:3", with: "paper:3").explanation
            #expect(abs(same.similarity - 1) < 1e-5)
            #expect(throws: AkinError.self) { try library.comparison(of: "paper:3", with: "absent") }
        }
    }

    private static let papers = [
        Paper(
            id: "a", title: "Streaming Memory",
            abstract: "We ask little. Networks stream long texts through a memory. Memory is cheap, they say."
        ),
        Paper(id: "b", title: "Memories of networks", abstract: "A network has memories of long texts. It streams."),
        Paper(id: "c", title: "Experts", abstract: "Experts share the work."),
    ]

    private func withSmallLibrary(_ body: (Library) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(Self.papers)
            try body(library)
        }
    }

    @Test
    func `an explanation has the words as the texts have them`() throws {
        try withSmallLibrary { library in
            let answer = try library.search(for: "networked MEMORIES", options: SearchOptions(explains: true))
            let hit = try #require(answer.hits.first { $0.paper.id == "a" })
            let why = try #require(hit.explanation)
            // 'Memory' twice and 'memory' once.
            #expect(
                Set(why.sharedWords.map { [$0.first, $0.second] }) == [
                    ["networked", "Networks"], ["MEMORIES", "Memory"],
                ])
            #expect(Set(why.lexicalWords.map(\.word)) == ["Networks", "Memory"])
            #expect(why.bridges.contains { $0.first == "MEMORIES" && $0.second == "texts" })
        }
    }

    @Test
    func `the words of an explanation are found in the abstract`() throws {
        try withSmallLibrary { library in
            for mode in SearchMode.allCases {
                let options = SearchOptions(mode: mode, explains: true)
                let hits = try library.search(for: "long texts in networks", options: options).hits
                let hit = try #require(hits.first { $0.paper.id == "a" })
                let range = try #require(hit.explanation?.bestSentence)
                #expect(
                    String(decoding: Array(hit.paper.abstract.utf8)[range], as: UTF8.self)
                        == "Networks stream long texts through a memory.")
            }
        }
    }

    @Test
    func `the best sentence is the one whose words have the greatest shares`() throws {
        let analyzer = try Analyzer()
        let text = "Memory one. Memory, memory two. Cache three. Nothing."
        func best(_ shares: [String: Double], pairs: [TermPair: Double] = [:]) -> Range<Int>? {
            let analyzed = analyzer.analyze([TextField("Memory"), TextField(text)])
            return PlaceShares(shares, pairs: pairs, in: analyzed).bestSentence(of: analyzed.fields[1])
        }
        // A share of .8 is .2 at each of four places, one of them in the title.
        #expect(best(["memori": 0.8, "cach": 0.3]) == 12..<31)
        #expect(best(["memori": 0.8, "cach": 0.5]) == 32..<44)
        #expect(best(["memori": -0.8, "cach": 0.1]) == 32..<44)
        #expect(best(["memori": -0.8]) == nil)
        #expect(best([:]) == nil)
        // Two words side by side stand in one sentence only, whatever the title has.
        let pair = TermPair(first: "cach", second: "three")
        #expect(best(["memori": 0.8], pairs: [pair: 0.3]) == 12..<31)
        #expect(best(["memori": 0.8], pairs: [pair: 0.5]) == 32..<44)
        let repeated = TermPair(first: "memori", second: "memori")
        #expect(best(["cach": 0.3], pairs: [repeated: 0.4]) == 12..<31)
        // A pair that stands nowhere counts where its words do.
        #expect(best(["memori": 0.4], pairs: [TermPair(first: "cach", second: "noth"): 0.5]) == 32..<44)
        let nothing = analyzer.analyze("")
        #expect(PlaceShares(["memori": 1], in: nothing).bestSentence(of: nothing.fields[0]) == nil)
    }
}
