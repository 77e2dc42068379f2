import Akin
import Foundation
import Papers
import Ranking
import TestSupport
import Testing

@Suite("A library")
struct LibraryTests {
    @Test
    func `an open library answers from the library that took the place of the first`() throws {
        try TemporaryFolder.with { folder in
            let (path, other) = (folder + "/library", folder + "/other")
            let library = try Library(creatingAt: path)
            try library.add([Paper(id: "old", title: "Attention over long sequences", abstract: "")])
            #expect(try library.search(for: "attention").hits.map(\.paper.id) == ["old"])
            try Library(creatingAt: other).add([Paper(id: "new", title: "Soil under old forests", abstract: "")])
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.moveItem(atPath: other, toPath: path)
            #expect(try library.search(for: "forests").hits.map(\.paper.id) == ["new"])
            #expect(try library.search(for: "attention").hits.isEmpty)
        }
    }

    @Test
    func `a question finds the papers on its subject`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            let report = try library.add(SyntheticPapers.make(120))
            #expect(report.added == 120)
            #expect(report.paperCount == 120)
            for mode in SearchMode.allCases {
                let answer = try library.search(
                    for: SyntheticPapers.word(3 * 200), options: SearchOptions(k: 5, mode: mode)
                )
                #expect(answer.hits.count == 5)
                #expect(answer.hits.allSatisfy { $0.paper.categories == ["subject-3"] })
                #expect(answer.hits.map(\.rank) == Array(1...5))
            }
        }
    }

    @Test
    func `a like query leaves out its own paper`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            let papers = SyntheticPapers.make(60)
            try library.add(papers)
            for paper in papers {
                let answer = try library.search(like: [paper.id], options: SearchOptions(k: 60))
                #expect(!answer.hits.map(\.paper.id).contains(paper.id))
                #expect(answer.hits.first?.paper.categories == paper.categories)
            }
        }
    }

    @Test
    func `a like query stays away from the papers that it shall be unlike`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(SyntheticPapers.make(120))
            let both = ["paper:0", "paper:1"]
            let plain = try library.search(like: both, options: SearchOptions(k: 10))
            let bent = try library.search(like: both, unlike: ["paper:13"], options: SearchOptions(k: 10))
            func count(_ answer: SearchAnswer) -> Int {
                answer.hits.filter { $0.paper.categories == ["subject-1"] }.count
            }
            #expect(count(bent) < count(plain))
            #expect(!bent.hits.map(\.paper.id).contains("paper:13"))
        }
    }

    @Test(arguments: [0, 1, 2])
    func `a tiny library answers every mode of search`(count: Int) throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(SyntheticPapers.make(count))
            let answer = try library.search(for: "study")
            #expect(answer.hits.count == count)
            if count > 0 {
                #expect(try library.search(like: ["paper:0"]).hits.map(\.paper.id) == (count == 2 ? ["paper:1"] : []))
            }
            #expect(try library.info().paperCount == count)
            #expect(try Library.checkIntegrity(at: folder + "/library").isHealthy)
        }
    }

    @Test
    func `papers without a term stay in the library`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add([
                Paper(id: "1", title: "The", abstract: ""), Paper(id: "2", title: "…and of it", abstract: ""),
            ])
            #expect(try library.search(for: "anything").hits.isEmpty)
            #expect(try library.paper(named: "1").title == "The")
            try library.add(SyntheticPapers.make(3))
            #expect(try library.search(for: "study").hits.count == 3)
            #expect(try Library.checkIntegrity(at: folder + "/library").isHealthy)
        }
    }

    @Test
    func `an answer names unknown words and suggests others`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add([
                Paper(id: "1", title: "Attention in transformers", abstract: "Transformers attend."),
                Paper(id: "2", title: "Retrieval of documents", abstract: "Documents are retrieved."),
            ])
            let answer = try library.search(for: "trnasformers xyzzy")
            #expect(answer.hits.map(\.paper.id) == ["1"])
            #expect(answer.unknownWords == ["xyzzy"])
            #expect(answer.corrections == [Correction(written: "trnasformers", searched: "transformers")])
            let half = try library.search(for: "xyzzy transformers")
            #expect(half.hits.first?.paper.id == "1")
            #expect(half.unknownWords == ["xyzzy"])
        }
    }

    @Test
    func `a search returns only papers that match the filter`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            let papers = SyntheticPapers.make(200)
            try library.add(papers)
            for (filter, admits) in [
                (
                    PaperFilter(years: YearRange("2003..2005")),
                    { @Sendable (paper: Paper) in (2003...2005).contains(paper.year ?? 0) }
                ),
                (
                    PaperFilter(categories: ["subject-4"]),
                    { @Sendable (paper: Paper) in paper.categories == ["subject-4"] }
                ),
                (
                    PaperFilter(authors: ["author 17"]),
                    { @Sendable (paper: Paper) in paper.authors[0] == "Author 17" }
                ),
            ] {
                let expected = papers.filter(admits)
                let options = SearchOptions(k: 200, filter: filter, foldsDuplicates: false)
                let answer = try library.search(for: "study", options: options)
                #expect(Set(answer.hits.map(\.paper.id)) == Set(expected.map(\.id)))
                #expect(try library.papers(matching: filter).map(\.id) == expected.map(\.id))
            }
        }
    }

    @Test
    func `opening an empty folder says that there is no library`() throws {
        try TemporaryFolder.with { folder in
            #expect(throws: AkinError.self) { try Library(at: folder) }
            do throws(AkinError) {
                _ = try Library(at: folder)
            } catch {
                #expect(error.code == .noLibrary)
                #expect(error.remedy == .addPapers)
            }
        }
    }

    @Test
    func `a search refuses arguments out of range`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            for options in [SearchOptions(k: -1), SearchOptions(alpha: 1.5), SearchOptions(alpha: .nan)] {
                #expect(throws: AkinError.self) { try library.search(for: "x", options: options) }
            }
        }
    }
}
