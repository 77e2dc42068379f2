import Akin
import Foundation
import Papers
import QueryLanguage
import Ranking
import TestSupport
import Testing

@Suite("Recommending papers")
struct RecommendingTests {
    private func withLibrary(
        _ count: Int = 600, parts: Int = 1, _ body: (_ library: Library) throws -> Void
    ) throws {
        try TemporaryFolder.with { (folder: String) throws in
            let library = try Library(creatingAt: folder + "/library")
            let papers = SyntheticPapers.make(count)
            for part in 0..<parts { try library.add(Array(papers[part * count / parts..<(part + 1) * count / parts])) }
            try body(library)
        }
    }

    /// Tags the first papers of a subject.
    private func tag(_ tag: String, _ count: Int, ofSubject subject: Int, in library: Library) throws {
        let ids = (0..<count).map { "paper:\($0 * SyntheticPapers.subjects + subject)" }
        try library.edit(ids: ids, by: [.addTag(tag)])
    }

    private func subjects(_ answer: RecommendationAnswer) -> [Int] {
        answer.recommendations.map { (Int($0.hit.paper.id.dropFirst(6)) ?? -1) % SyntheticPapers.subjects }
    }

    @Test(arguments: [1, 3])
    func `papers on the subject of the liked ones come first, however they were added`(parts: Int) throws {
        try withLibrary(parts: parts) { library in
            try tag("liked", 10, ofSubject: 3, in: library)
            let answer = try library.recommendations(options: RecommendationOptions(k: 40, recency: 0))
            #expect(answer.likedCount == 10 && answer.candidateCount == 590 && answer.defaultExamples == .liked)
            #expect(subjects(answer).count { $0 == 3 } >= 38 && subjects(answer).prefix(30).allSatisfy { $0 == 3 })
            #expect(answer.recommendations.map(\.hit.rank) == Array(1...40))
            let scores = answer.recommendations.map(\.hit.score)
            #expect(scores == scores.sorted(by: >) && scores.allSatisfy { (0...1).contains($0) })
            // The rest of the library comes behind all of them.
            let all = try library.recommendations(options: RecommendationOptions(k: .max, recency: 0))
            #expect(all.recommendations.count == 590 && subjects(all).dropFirst(50).allSatisfy { $0 != 3 })
        }
    }

    @Test
    func `each paper names terms and a liked paper that has them`() throws {
        try withLibrary { library in
            try tag("liked", 10, ofSubject: 5, in: library)
            let liked = try library.papers(matching: PaperFilter(attributes: ["tag": ["liked"]]))
            for item in try library.recommendations().recommendations {
                #expect(item.terms.count == 5)
                for term in item.terms {
                    #expect(term.share > 0 && item.hit.paper.text.lowercased().contains(term.word.lowercased()))
                    #expect(liked.contains { $0.text.lowercased().contains(term.word.lowercased()) }, "\(term.word)")
                }
                #expect(zip(item.terms, item.terms.dropFirst()).allSatisfy { $0.share >= $1.share })
                let nearest = try #require(item.nearest)
                #expect(liked.contains { $0.id == nearest.id && $0.title == nearest.title })
                let best = try liked.map {
                    try library.comparison(of: item.hit.paper.id, with: $0.id).explanation.similarity
                }.max()
                #expect(abs(nearest.similarity - (best ?? 0)) < 1e-2)
            }
            let silent = try library.recommendations(options: RecommendationOptions(explains: false))
            #expect(silent.recommendations.allSatisfy { $0.terms.isEmpty && $0.nearest == nil })
        }
    }

    @Test
    func `liked, read, hidden and unwanted papers, and copies of liked ones, are not recommended`() throws {
        try withLibrary { library in
            try tag("liked", 10, ofSubject: 3, in: library)
            let copied = try #require(try library.paper(id: "paper:3"))
            try library.add([
                Paper(
                    id: "copy", title: "Final version", abstract: copied.abstract, authors: copied.authors, year: 2024)
            ])
            try library.edit(ids: ["paper:123"], by: [.addTag("read")])
            try library.edit(ids: ["paper:135"], by: [.addTag("hidden")])
            try library.edit(ids: ["paper:147"], by: [.addTag("no")])
            let against = try QueryExpression(parsing: "tag:no")
            let answer = try library.recommendations(
                against: against, options: RecommendationOptions(k: .max, recency: 0))
            let ids = Set(answer.recommendations.map(\.hit.paper.id))
            #expect(answer.againstCount == 1 && ids.count == 587)
            #expect(ids.isDisjoint(with: ["copy", "paper:3", "paper:123", "paper:135", "paper:147"]))
            #expect(subjects(answer).prefix(37).count { $0 == 3 } >= 35)
        }
    }

    @Test
    func `a subject that is not wanted moves behind all others`() throws {
        try withLibrary { library in
            try tag("liked", 8, ofSubject: 1, in: library)
            try tag("liked", 8, ofSubject: 2, in: library)
            try tag("no", 8, ofSubject: 2, in: library)
            let options = RecommendationOptions(k: 60, recency: 0)
            let before = subjects(try library.recommendations(options: options))
            #expect(before.contains(1) && before.contains(2))
            // A paper that is liked and not wanted is not wanted.
            let against = try QueryExpression(parsing: "tag:no")
            let answer = try library.recommendations(against: against, options: options)
            #expect(answer.likedCount == 8 && answer.againstCount == 8)
            let found = subjects(answer)
            #expect(found.prefix(10).allSatisfy { $0 == 1 }, "\(found)")
            #expect(2 * found.count { $0 == 2 } < before.count { $0 == 2 }, "\(found)")
        }
    }

    @Test
    func `new papers are preferred, and relevance still counts`() throws {
        try withLibrary { library in
            try tag("liked", 10, ofSubject: 3, in: library)
            func answer(_ recency: Double) throws -> RecommendationAnswer {
                try library.recommendations(options: RecommendationOptions(k: 20, recency: recency))
            }
            func year(_ answer: RecommendationAnswer) -> Int {
                answer.recommendations.reduce(0) { $0 + ($1.hit.paper.year ?? 0) } / 20
            }
            let (none, usual) = (try answer(0), try answer(RecommendationOptions.defaultRecency))
            #expect(year(usual) >= year(none) + 2)
            #expect(Set(subjects(usual).prefix(10)) == [3])
            for item in usual.recommendations {
                let age = Double(2024 - (item.hit.paper.year ?? 0))
                let preference = 0.5 + 0.5 * pow(0.5, age / 2)
                #expect(abs(item.hit.score - item.relevance * preference) < 1e-9)
            }
            #expect(none.recommendations.allSatisfy { $0.hit.score == $0.relevance })
        }
    }

    @Test
    func `conditions choose what is learned from and what is recommended`() throws {
        try withLibrary { library in
            let liked = try QueryExpression(parsing: "category:subject-4 year:..2010")
            let query = try QueryExpression(parsing: "year:2015..")
            let options = RecommendationOptions(
                k: .max, filter: PaperFilter(categories: ["subject-4", "subject-7"]), recency: 0)
            let answer = try library.recommendations(from: liked, meeting: query, options: options)
            #expect(answer.likedCount == 22 && answer.defaultExamples == nil)
            #expect(answer.recommendations.count == answer.candidateCount)
            #expect(answer.recommendations.allSatisfy { ($0.hit.paper.year ?? 0) >= 2015 })
            let count = subjects(answer).count { $0 == 4 }
            #expect(count == 20 && subjects(answer).prefix(count).allSatisfy { $0 == 4 })
            #expect(Set(subjects(answer)) == [4, 7])
        }
    }

    @Test
    func `pages fit together, and another order keeps the ranks`() throws {
        try withLibrary(240) { library in
            try tag("liked", 5, ofSubject: 3, in: library)
            let all = try library.recommendations(options: RecommendationOptions(k: 12)).recommendations
            let pages = try [0, 5, 10].flatMap {
                try library.recommendations(options: RecommendationOptions(k: 5, offset: $0)).recommendations
            }
            #expect(pages.prefix(12).map(\.hit.paper.id) == all.map(\.hit.paper.id))
            #expect(pages.prefix(12).map(\.hit.rank) == all.map(\.hit.rank))
            let dated = try library.recommendations(options: RecommendationOptions(k: 12, sort: .date)).recommendations
            let years = dated.compactMap(\.hit.paper.year)
            #expect(years == years.sorted(by: >) && Set(dated.map(\.hit.rank)) == Set(1...12))
        }
    }

    @Test
    func `papers that were read stand for liked ones, and without any there is no answer`() throws {
        try withLibrary(120) { library in
            let nothing = try library.recommendations()
            #expect(nothing.recommendations.isEmpty && nothing.likedCount == 0 && nothing.defaultExamples == .liked)
            try tag("read", 4, ofSubject: 6, in: library)
            let answer = try library.recommendations(options: RecommendationOptions(k: 6, recency: 0))
            #expect(answer.defaultExamples == .read && Set(subjects(answer)) == [6])
            let none = try QueryExpression(parsing: "author:Nobody")
            #expect(try library.recommendations(from: none).likedCount == 0)
        }
        try TemporaryFolder.with { folder in
            let empty = try Library(creatingAt: folder + "/empty")
            #expect(try empty.recommendations().recommendations.isEmpty)
        }
    }

    @Test
    func `a library in which every paper is liked has nothing to recommend`() throws {
        try withLibrary(24) { library in
            let all = try QueryExpression(parsing: "year:2000..")
            let answer = try library.recommendations(from: all)
            #expect(answer.likedCount == 24 && answer.candidateCount == 0 && answer.recommendations.isEmpty)
        }
    }

    @Test
    func `the asynchronous form gives the same answer`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "akin-recommend-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let library = try await Library.open(creatingAt: folder)
        try await library.add(SyntheticPapers.make(240))
        try await library.edit(ids: ["paper:3", "paper:15", "paper:27"], by: [.addTag("liked")])
        let here = try await library.inBackground { library throws(AkinError) in try library.recommendations() }
        let there = try await library.recommendations()
        #expect(here.recommendations.count == 10)
        #expect(here.recommendations.map(\.hit.score) == there.recommendations.map(\.hit.score))
        #expect(here.recommendations.map(\.hit.paper) == there.recommendations.map(\.hit.paper))
    }

    @Test
    func `numbers that no call takes are errors`() throws {
        try withLibrary(24) { library in
            let options = [
                RecommendationOptions(k: -1), RecommendationOptions(offset: -1), RecommendationOptions(recency: -0.1),
                RecommendationOptions(recency: 1.1), RecommendationOptions(recency: .nan),
            ]
            for options in options {
                let error = #expect(throws: AkinError.self) { try library.recommendations(options: options) }
                #expect(error?.code == .invalidArgument)
            }
            let far = RecommendationOptions(k: .max, offset: .max)
            let liked = try QueryExpression(parsing: "category:subject-1")
            #expect(try library.recommendations(from: liked, options: far).recommendations.isEmpty)
            #expect(try library.recommendations(from: liked, options: RecommendationOptions(k: 0)).likedCount == 2)
        }
    }
}
