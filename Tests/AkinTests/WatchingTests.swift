import Akin
import Foundation
import Papers
import TestSupport
import Testing

@Suite("Watched questions, and answers that are cut or chosen")
struct WatchingTests {
    private static let papers = SyntheticPapers.make(240)

    private func withLibrary(_ body: (_ library: Library) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(Self.papers)
            try body(library)
            #expect(try Library.checkIntegrity(at: folder + "/library").isHealthy)
        }
    }

    /// The words of a subject.
    private func words(_ subject: Int) -> String {
        [0, 1, 2, 3].map { SyntheticPapers.word(subject * 200 + $0) }.joined(separator: " ")
    }

    @Test
    func `a digest has each new paper once, under the first question that it is close to`() throws {
        try withLibrary { (library: Library) throws in
            try library.watch(WatchedQuestion(name: "one", query: words(1)))
            try library.watch(WatchedQuestion(name: "one again", query: words(1)))
            try library.watch(WatchedQuestion(name: "listed", query: "author:\"Author 2\" year:2002"))
            try library.watch(WatchedQuestion(name: "like", query: "-category:subject-3", like: ["paper:3"]))
            let digest = try library.digest(since: 0, k: 300)
            #expect(digest.addedCount == 240)
            let names = digest.sections.map(\.question?.name)
            #expect(names.contains("one") && !names.contains("one again") && names.contains("listed"))
            let ids = digest.sections.flatMap { $0.hits.map(\.paper.id) }
            #expect(Set(ids).count == ids.count)
            let one = try #require(digest.sections.first { $0.question?.name == "one" })
            #expect(one.hits.allSatisfy { $0.paper.categories == ["subject-1"] && ($0.zScore ?? 0) >= 4 })
            // The condition of a question holds beside papers that answers should be like.
            let like = digest.sections.first { $0.question?.name == "like" }
            #expect(like?.hits.contains { $0.paper.categories == ["subject-3"] } != true)
            #expect(try library.digest(since: Int(Date().timeIntervalSince1970) + 1_000).sections.isEmpty)
        }
    }

    @Test
    func `papers on no question and like tagged ones stand in a section of their own, and hidden ones nowhere`() throws
    {
        try withLibrary { (library: Library) throws in
            try library.edit(ids: ["paper:5"], by: [.addTag("to read")])
            try library.edit(ids: ["paper:17"], by: [.addTag("Hidden")])
            let digest = try library.digest(since: 0, tag: "to read")
            #expect(digest.sections.count == 1 && digest.sections.first?.question == nil)
            let ids = digest.sections.flatMap { $0.hits.map(\.paper.id) }
            #expect(!ids.isEmpty && !ids.contains("paper:17") && !ids.contains("paper:5"))
            #expect(
                try !library.search(asking: "category:subject-5", options: SearchOptions(k: 50)).hits.contains {
                    $0.paper.id == "paper:17"
                })
        }
    }

    @Test
    func `a question is replaced, removed, and refused if it says nothing or does not parse`() throws {
        try withLibrary { (library: Library) throws in
            try library.watch(WatchedQuestion(name: " a  b ", query: "x"))
            try library.watch(WatchedQuestion(name: "a b", query: "y"))
            #expect(try library.watchedQuestions() == [WatchedQuestion(name: "a b", query: "y")])
            for query in ["", " ", "(x"] {
                #expect(throws: AkinError.self) { try library.watch(WatchedQuestion(name: "c", query: query)) }
            }
            #expect(throws: AkinError.self) {
                try library.watch(WatchedQuestion(name: "c", query: "", like: ["nobody"]))
            }
            #expect(try library.unwatch("a  b") && !library.unwatch("a b"))
        }
    }

    @Test
    func `the least z-score cuts the whole ranking and not a page of it`() throws {
        try withLibrary { (library: Library) throws in
            var options = SearchOptions(k: 300, foldsDuplicates: false)
            let all = try library.search(for: words(2), options: options).hits
            let least = try #require(all.compactMap(\.zScore).sorted(by: >).dropFirst(15).first)
            options.minimumZScore = least
            options.k = 10
            let cut = try library.search(for: words(2), options: options).hits
            #expect(cut.map(\.paper.id) == all.filter { ($0.zScore ?? 0) >= least }.prefix(10).map(\.paper.id))
            options.minimumZScore = .nan
            #expect(throws: AkinError.self) { try library.search(for: "x", options: options) }
        }
    }

    @Test
    func `a diverse order takes the best first and what is unlike it next`() {
        let vectors: [[Float]?] = [[1, 0], [1, 0], [0, 1], nil]
        #expect(diverseOrder(scores: [20, 19, 10, 1], vectors: vectors, diversity: 0, count: 4) == [0, 1, 2, 3])
        #expect(diverseOrder(scores: [20, 19, 10, 1], vectors: vectors, diversity: 0.5, count: 3) == [0, 2, 3])
        #expect(diverseOrder(scores: [], vectors: [], diversity: 0.5, count: 3) == [])
        // Behind the hundredth, papers keep their order.
        let many = diverseOrder(
            scores: (0..<300).map { 300 - Double($0) }, vectors: Array(repeating: [1], count: 300), diversity: 1,
            count: 150)
        #expect(
            many.count == 150 && Set(many.prefix(100)) == Set(0..<100) && Array(many.suffix(50)) == Array(100..<150))
    }

    @Test
    func `papers are sorted by date, whether they have a day or a year alone`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add([
                Paper(id: "a", title: "a", abstract: "x", date: "1991-05-01"),
                Paper(id: "b", title: "b", abstract: "x", year: 2025),
                Paper(
                    id: "c", title: "c", abstract: "x", date: "2020-03", attributes: ["date": ["2020-03/2020-05"]]),
                Paper(id: "d", title: "d", abstract: "x"),
                Paper(id: "e", title: "e", abstract: "x", date: "2025-01-02"),
            ])
            var ids: [String] = []
            try library.forEachPaper(sort: .date) { papers in
                ids += papers.map(\.id)
                return true
            }
            #expect(ids == ["e", "b", "c", "a", "d"])
        }
    }
}
