import Akin
import Foundation
import Papers
import Ranking
import TestSupport
import Testing

@Suite("What an application asks of a library")
struct ApplicationUseTests {
    private static let papers = SyntheticPapers.make(60)

    private func withLibrary(_ body: (_ library: Library) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(Self.papers)
            try body(library)
        }
    }

    private func code(_ body: () throws -> Void) -> AkinError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? AkinError)?.code
        }
    }

    @Test
    func `an id finds its paper alone, and never a title`() throws {
        try withLibrary { library in
            try library.add([Paper(id: "a", title: "paper b", abstract: ""), Paper(id: "b", title: "c", abstract: "")])
            #expect(try library.paper(id: "b")?.title == "c")
            #expect(try library.paper(id: "paper b") == nil && library.paper(id: "") == nil)
            #expect(try library.paper(named: "paper b").id == "a")
        }
    }

    @Test
    func `a record clears the fields that it leaves empty, if that is asked`() throws {
        try withLibrary { library in
            let full = Paper(
                id: "x", title: "Title", abstract: "Text", authors: ["A B"], year: 2020, venue: "V",
                alternateIDs: ["other:1"])
            let bare = Paper(id: "x", title: "Title", abstract: "")
            try library.add([full])
            try library.add([bare])
            #expect(try library.paper(id: "x") == full)
            #expect(try library.add([bare], options: AddOptions(replacing: true)).updated == 1)
            let cleared = try #require(try library.paper(id: "x"))
            #expect(cleared.abstract.isEmpty && cleared.authors.isEmpty && cleared.year == nil && cleared.venue == nil)
            #expect(try library.paper(id: "other:1") == cleared)
            #expect(try library.add([bare], options: AddOptions(replacing: true)).unchanged == 1)
        }
    }

    @Test
    func `things that are no papers are found by all their texts, and the weight of a text counts`() throws {
        try withLibrary { library in
            func ticket(_ id: String, _ fields: [Paper.Field]) -> Paper {
                Paper(id: id, fields: fields, attributes: ["state": ["open"]])
            }
            let body = "It happens now and then on the second floor of the building."
            try library.add([
                ticket("1", [.init("title", "Broken lift"), .init("steps", "The zeppelinquark stops. " + body)]),
                ticket("2", [.init("component", "zeppelinquark", weight: .title), .init("steps", body)]),
                ticket("3", [.init("title", "Broken door"), .init("abstract", body)]),
            ])
            let hits = try library.search(for: "zeppelinquark", options: SearchOptions(mode: .lexical)).hits
            #expect(hits.map(\.paper.id) == ["2", "1"])
            let stored = try #require(try library.paper(id: "2"))
            #expect(stored.fields.map(\.name) == ["component", "steps"] && stored.fields.first?.weight == .title)
            #expect(try library.paper(id: "3")?.abstract == body && library.paper(id: "3")?.fields == [])
            // A changed text is indexed anew.
            try library.add([ticket("2", [.init("component", "elevator", weight: .title), .init("steps", body)])])
            let again = try library.search(for: "zeppelinquark", options: SearchOptions(mode: .lexical)).hits
            #expect(again.map(\.paper.id) == ["1"])
        }
    }

    @Test
    func `an unknown id stops a removal, or is passed over`() throws {
        try withLibrary { library in
            #expect(code { try library.remove(ids: ["paper:1", "nobody"]) } == .paperNotFound)
            #expect(try library.info().paperCount == 60)
            let removed = try library.remove(ids: ["paper:1", "nobody", "paper:1"], skippingUnknown: true)
            #expect(removed == ["paper:1"])
            #expect(try library.info().paperCount == 59)
            #expect(try library.remove(ids: ["nobody"], skippingUnknown: true).isEmpty)
        }
    }

    @Test
    func `a set of ids is a filter beside the others`() throws {
        try withLibrary { library in
            let ids: Set = ["paper:3", "paper:4", "paper:15", "nobody"]
            var filter = PaperFilter(ids: ids)
            #expect(try library.papers(matching: filter).map(\.id) == ["paper:3", "paper:4", "paper:15"])
            let text = "\(SyntheticPapers.word(3 * 200)) study"
            let found = try library.search(for: text, options: SearchOptions(filter: filter)).hits
            #expect(Set(found.map(\.paper.id)).isSubset(of: ids) && !found.isEmpty)
            filter.categories = ["subject-3"]
            #expect(try library.papers(matching: filter).map(\.id) == ["paper:3", "paper:15"])
            #expect(try library.papers(matching: PaperFilter(ids: [])).isEmpty)
            #expect(try library.search(for: text, options: SearchOptions(filter: PaperFilter(ids: []))).hits.isEmpty)
        }
    }

    @Test(arguments: [true, false])
    func `pages of an answer put together are the answer`(folds: Bool) throws {
        try withLibrary { library in
            let text = "\(SyntheticPapers.word(0)) \(SyntheticPapers.word(200)) study"
            func hits(_ offset: Int, _ k: Int) throws -> [String] {
                let options = SearchOptions(k: k, offset: offset, foldsDuplicates: folds)
                let hits = try library.search(for: text, options: options).hits
                #expect(hits.map(\.rank) == hits.indices.map { offset + $0 + 1 })
                return hits.map(\.paper.id)
            }
            let whole = try hits(0, 30)
            #expect(whole.count == 30)
            #expect(try hits(0, 7) + hits(7, 7) + hits(14, 16) == whole)
            let ids = try library.rankedIDs(for: text, options: SearchOptions(k: 30)).map(\.id)
            let page = try library.rankedIDs(for: text, options: SearchOptions(k: 20, offset: 10)).map(\.id)
            #expect(page == Array(ids.dropFirst(10)))
            #expect(try hits(10_000, 5).isEmpty && hits(.max, 5).isEmpty)
            #expect(code { _ = try hits(-1, 5) } == .invalidArgument)
            let listed = try library.papers(offset: 50, limit: 4).map(\.id)
            #expect(listed == (50..<54).map { "paper:\($0)" })
            #expect(code { _ = try library.papers(offset: -1) } == .invalidArgument)
        }
    }

    @Test
    func `an answer without papers is not close`() throws {
        try withLibrary { library in
            let answer = try library.search(for: SyntheticPapers.word(77_777), options: SearchOptions(mode: .lexical))
            #expect(answer.hits.isEmpty && !answer.isClose)
        }
    }

    @Test
    func `a paper without a title and an abstract is left out and counted`() throws {
        try withLibrary { library in
            let empty = Paper(id: "empty", title: " ", abstract: "")
            let report = try library.add([empty, Paper(title: "T", abstract: "")])
            #expect(report.emptyCount == 1 && report.added == 1)
            #expect(try library.paper(id: "empty") == nil)
            try library.add([empty], options: AddOptions(matching: .byIDAlone))
            #expect(try library.paper(id: "empty") != nil)
        }
    }

    @Test
    func `numbers that no year is trap nothing`() {
        for year in [20_240, 0, -1, .max, .min] {
            #expect(Paper(title: "T", abstract: "", year: year).year == nil)
        }
        let none = YearRange(from: 2020, through: 2010)
        #expect(!none.contains(2015) && !none.contains(2020) && !none.contains(nil))
    }
}
