import Akin
import AkinPostgres
import Papers
import PostgresTestSupport
import QueryLanguage
import Ranking
import TestSupport
import Testing

/// What a library answers from a folder and from a database.
@Suite("A library in PostgreSQL", .enabled(if: PostgresServer.isAvailable, Comment(rawValue: PostgresServer.skipNote)))
struct RankingContractTests {
    /// Papers of the sample, with what people add to papers.
    static let papers: [Paper] = BundledSample.papers.enumerated().map { place, paper in
        var paper = paper
        paper.authors =
            [["Ada Manning", "Bo Lee"], ["Chaojun Xiao"], ["Sören Müller-Ørsted", "F. V. Fomin"]][place % 3]
        paper.venue = ["NeurIPS", "Annual Meeting of the ACL", nil][place % 3]
        paper.categories = [["cs.CL"], ["cs.LG", "stat.ML"]][place % 2]
        paper.tags = place % 5 == 0 ? ["To read"] : []
        paper.collections = place % 7 == 0 ? ["Thesis/Chapter 2"] : []
        paper.notes = place % 11 == 0 ? ["Compare with the zeppelin of streaming attention."] : []
        paper.date = place % 4 == 0 ? "2024-0\(place % 9 + 1)" : nil
        paper.attributes = place % 6 == 0 ? ["publisher": ["Springer"]] : [:]
        paper.keywords = place % 8 == 0 ? ["Long Context"] : []
        return paper
    }

    /// Words of the sample's titles and abstracts, and some that it does not have.
    private static func questions(_ count: Int, seed: UInt64) -> [String] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { number in
            let paper = papers.randomElement(using: &generator) ?? papers[0]
            if number % 9 == 0 { return paper.title }
            let words = (number % 2 == 0 ? paper.title : paper.abstract).split(separator: " ").map(String.init)
            let start = Int.random(in: 0..<max(1, words.count - 4), using: &generator)
            var chosen = words[start..<min(words.count, start + Int.random(in: 1...9, using: &generator))].joined(
                separator: " ")
            if number % 7 == 0 { chosen += " langauge" }
            if number % 13 == 0 { chosen += " quetzalcoatl" }
            if number % 11 == 0 { chosen += " longcontext" }
            return chosen
        }
    }

    private static func with(_ body: (_ published: PublishedLibrary) throws -> Void) throws {
        try PublishedLibrary.with({ library in try library.add(papers) }, body)
    }

    @Test
    func `ranks hundreds of questions as the folder does, in each mode`() throws {
        try Self.with { published in
            for (number, question) in Self.questions(300, seed: 7).enumerated() {
                var options = SearchOptions(k: 20)
                options.mode = [.hybrid, .lexical, .semantic][number % 3]
                options.findsSnippets = number % 10 == 0
                options.foldsDuplicates = number % 2 == 0
                expectSame(
                    try published.answers { try $0.search(for: question, options: options) },
                    "\(options.mode): \(question)")
            }
        }
    }

    @Test
    func `gives all papers to whoever asks for more than there are`() throws {
        try Self.with { published in
            for k in [0, 74, 1_001, 1 << 31, .max / 2, .max] {
                for filter in [PaperFilter(), PaperFilter(years: YearRange(from: 2023))] {
                    let options = SearchOptions(k: k, filter: filter, foldsDuplicates: false)
                    expectSame(try published.answers { try $0.search(for: "long context", options: options) }, "\(k)")
                }
            }
        }
    }

    @Test
    func `answers conditions as the folder does`() throws {
        let questions = [
            "author:manning memory", "author:\"c xiao\"", "author:muller", "author:fomin attention", "venue:neurips",
            "venue:acl long context", "cat:stat.ML", "year:2024", "year:2023.. -survey", "tag:\"to read\"",
            "in:Thesis memory", "note:zeppelin", "has:notes", "has:abstract year:..2022", "title:attention",
            "title:models -title:language", "abstract:\"long context\"", "\"language models\"", "\"of the\"",
            "+attention +memory", "attention OR retrieval", "(attention OR memory) -streaming", "publisher=Springer",
            "keyword=\"long context\"", "is:unread attention", "added:1d", "-has:venue", "title:of", "nofield=3 words",
            "year:2024 author:nobody", "date:2024-03", "the of and", "has:tags has:collections",
        ]
        try Self.with { published in
            for question in questions {
                for sort in [PaperOrder.relevance, .date, .title] {
                    var options = SearchOptions(k: 50, foldsDuplicates: false)
                    options.sort = sort
                    expectSame(try published.answers { try $0.search(asking: question, options: options) }, question)
                }
            }
        }
    }

    @Test
    func `finds papers like others, and unlike others`() throws {
        try Self.with { published in
            for (place, paper) in Self.papers.enumerated().filter({ $0.offset % 3 == 0 }) {
                let others = place % 2 == 0 ? [Self.papers[(place + 20) % 74].id] : []
                let query = place % 4 == 0 ? try QueryExpression(parsing: "year:2023.. memory") : nil
                expectSame(
                    try published.answers {
                        try $0.search(like: [paper.id], unlike: others, meeting: query, options: SearchOptions(k: 15))
                    }, paper.title)
            }
        }
    }

    @Test
    func `filters and explains as the folder does`() throws {
        try Self.with { published in
            let filters = [
                PaperFilter(years: YearRange(from: 2023)), PaperFilter(categories: ["cs.CL"]),
                PaperFilter(authors: ["Chaojun Xiao"]), PaperFilter(attributes: ["tag": ["to read"]]),
                PaperFilter(ids: Set(Self.papers.prefix(9).map(\.id))),
            ]
            for filter in filters {
                var options = SearchOptions(k: 10, filter: filter, foldsDuplicates: false)
                options.explains = true
                let (folder, server) = try published.answers {
                    try $0.search(for: "attention over a long context", options: options)
                }
                expectSame((folder, server), "\(filter)")
                for (own, other) in zip(folder.hits, server.hits) where own.paper == other.paper {
                    let (left, right) = (try #require(own.explanation), try #require(other.explanation))
                    #expect(left.bestSentence == right.bestSentence)
                    #expect(left.bridges.map(\.first) == right.bridges.map(\.first))
                }
            }
        }
    }

    @Test
    func `tells the same of papers, names, fields and spaces`() throws {
        try Self.with { published in
            let (folder, server) = (published.folder, published.server)
            #expect(try folder.papers() == server.papers())
            #expect(try folder.paper(named: "InfLLM") == server.paper(named: "InfLLM"))
            #expect(throws: AkinError.self) { try server.paper(named: "a") }
            for name in ["SirLLM", "streaming infinite", Self.papers[3].id, Self.papers[5].title] {
                #expect((try? folder.paper(named: name)) == (try? server.paper(named: name)), "\(name)")
            }
            #expect(
                try folder.canonicalIDs(of: Self.papers.map(\.id)) == server.canonicalIDs(of: Self.papers.map(\.id)))
            #expect(try folder.spaces().map(\.name) == server.spaces().map(\.name))
            #expect(try folder.info().termCount == server.info().termCount)
            #expect(
                try folder.comparison(of: Self.papers[0].id, with: Self.papers[1].id).explanation.bridges.map(\.first)
                    == server.comparison(of: Self.papers[0].id, with: Self.papers[1].id).explanation.bridges.map(
                        \.first))
            var facts: [[PaperFacts]] = [[], []]
            for (place, library) in [folder, server].enumerated() {
                try library.forEachFacts {
                    facts[place].append($0); return true
                }
            }
            #expect(facts[0] == facts[1])
        }
    }

    @Test
    func `keeps the rankings of a library that has lived`() throws {
        try PublishedLibrary.with { library in
            try library.add(Array(Self.papers.prefix(40)))
            try library.remove(ids: Self.papers[3...7].map(\.id))
            try library.add(Array(Self.papers[30...]))
            var changed = Self.papers[10]
            changed.abstract += " Zeppelins carry the cache."
            try library.add([changed])
            try library.remove(ids: [Self.papers[60].id])
        } _: { published in
            for question in Self.questions(60, seed: 11) + ["zeppelins carry"] {
                expectSame(try published.answers { try $0.search(for: question) }, question)
            }
            #expect(try published.folder.papers() == published.server.papers())
        }
    }

    @Test
    func `is published anew while it is asked, and keeps the generation before`() throws {
        try Self.with { published in
            let before = try published.server.search(for: "streaming attention")
            try published.folder.add([Paper(id: "new", title: "Streaming attention of zeppelins", abstract: "New.")])
            #expect(
                try published.server.search(for: "streaming attention").hits.map(\.paper) == before.hits.map(\.paper))
            let report = try Publisher(to: published.address).publish(published.folder)
            #expect(report.generation == 2)
            expectSame(try published.answers { try $0.search(for: "streaming zeppelins") }, "streaming zeppelins")
        }
    }
}
