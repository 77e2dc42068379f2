import Akin
import Papers
import TestSupport
import Testing

extension SearchOptions {
    fileprivate static func titles(_ k: Int) -> SearchOptions {
        var options = SearchOptions(k: k, foldsDuplicates: false)
        options.sort = .title
        return options
    }
}

@Suite("Several libraries asked together")
struct LibraryGroupTests {
    private func withGroup(
        _ libraries: [[Paper]], _ body: (_ group: LibraryGroup) throws -> Void
    ) throws {
        try TemporaryFolder.with { folder in
            let made = try libraries.enumerated().map { number, papers in
                let library = try Library(creatingAt: "\(folder)/\(number)")
                try library.add(papers)
                return library
            }
            try body(LibraryGroup(made))
        }
    }

    @Test
    func `give the papers of all, each library's in its own order and closer ones first`() throws {
        let papers = SyntheticPapers.make(600)
        try withGroup([Array(papers[..<300]), Array(papers[300...])]) { (group: LibraryGroup) throws in
            let question = papers[5].title
            let answer = try group.search(asking: question, options: SearchOptions(k: 20))
            #expect(answer.hits.count == 20 && answer.hits.map(\.hit.rank) == Array(1...20))
            #expect(Set(answer.hits.map(\.library)) == [0, 1])
            for (place, library) in group.libraries.enumerated() {
                let own = try library.search(asking: question, options: SearchOptions(k: 20)).hits.map(\.paper.id)
                let merged = answer.hits.filter { $0.library == place }.map(\.hit.paper.id)
                #expect(merged == own.filter(merged.contains))
            }
            // A paper comes before another library's only if it, or one behind it in its own answer, is as close.
            let places = answer.hits.indices
            for (first, second) in zip(places, places.dropFirst())
            where answer.hits[first].library != answer.hits[second].library {
                let own = answer.answers[answer.hits[first].library].hits
                let rest = own.drop { $0.paper.id != answer.hits[first].hit.paper.id }
                let closest = try #require(rest.compactMap(\.zScore).max())
                #expect(closest >= (answer.hits[second].hit.zScore ?? .infinity) - 1e-9)
            }
            let titles = try group.search(asking: "year:1000..", options: .titles(5)).hits.map(
                \.hit.paper.normalizedTitle)
            let all = papers.filter { $0.year != nil }.map(\.normalizedTitle).sorted()
            #expect(titles == Array(all.prefix(5)))
            let next = try group.search(asking: question, options: SearchOptions(k: 5, offset: 10))
            #expect(next.hits.map(\.hit.paper.id) == answer.hits[10..<15].map(\.hit.paper.id))
        }
    }

    @Test
    func `fold a paper that several have, and take turns where they are small`() throws {
        let shared = Paper(id: "doi:10.1/1", title: "Zeppelins over lakes", abstract: "Airships fly over lakes.")
        let one = [shared, Paper(id: "b", title: "Lakes", abstract: "Water that zeppelins cross.")]
        let two = [shared, Paper(id: "c", title: "More lakes", abstract: "Boats cross lakes.", year: 2021)]
        try withGroup([one, two]) { (group: LibraryGroup) throws in
            let answer = try group.search(asking: "zeppelins lakes")
            #expect(answer.hits.map(\.hit.paper.id) == ["doi:10.1/1", "b", "c"])
            #expect(answer.hits[0].library == 0 && answer.hits[0].otherLibraries == [1])
            #expect(try group.search(asking: "year:2021").hits.map(\.hit.paper.id) == ["c"])
            #expect(try group.search(asking: "year:1999").hits.isEmpty)
        }
        #expect(try LibraryGroup([]).search(asking: "x").hits.isEmpty)
    }
}
