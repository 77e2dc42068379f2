import Akin
import Papers
import Ranking
import TestSupport
import Testing

@Suite("Ids alone")
struct RankedIDsTests {
    @Test
    func `ranked ids are the ids and scores of a search`() throws {
        try TemporaryFolder.with { folder in
            let papers = SyntheticPapers.make(600)
            let library = try Library(creatingAt: folder + "/library")
            try library.add(papers)
            try library.add(SyntheticPapers.make(620))
            _ = try library.remove(ids: papers.prefix(40).map(\.id))
            for mode in [SearchMode.lexical, .semantic, .hybrid] {
                for k in [1, 10, 250, 700] {
                    for subject in 0..<3 {
                        let words = [subject * 200, subject * 200 + 7].map(SyntheticPapers.word)
                        let text = words.joined(separator: " ") + " study"
                        let options = SearchOptions(k: k, mode: mode, foldsDuplicates: false)
                        let hits = try library.search(for: text, options: options).hits
                        let expected = hits.sorted {
                            $0.score != $1.score ? $0.score > $1.score : $0.paper.id < $1.paper.id
                        }
                        let ranked = try library.rankedIDs(for: text, options: options)
                        #expect(ranked.map(\.id) == expected.map(\.paper.id))
                        #expect(ranked.map(\.score) == expected.map(\.score))
                        #expect(!ranked.isEmpty)
                    }
                }
            }
            let unknown = SearchOptions(mode: .lexical)
            #expect(try library.rankedIDs(for: "qwertz", options: unknown).isEmpty)
        }
    }
}
