import Akin
import Papers
import Ranking
import TestSupport
import Testing
import TextEncoding

@Suite("Duplicates in a library")
struct DuplicatesTests {
    private static let text = SyntheticPapers.make(1, seed: 9)[0].abstract
    private static let preprint = Paper(
        id: "arxiv:2101.00001", title: "A draft on short paths", abstract: text, authors: ["Ada Reader"], year: 2021,
        tags: ["read"])
    private static let final = Paper(
        id: "doi:10.1000/final", title: "Short paths, found quickly", abstract: text + " Indeed.",
        authors: ["Ada Reader"], venue: "Journal of Paths")
    private static let stranger = Paper(id: "x", title: "Another", abstract: text, authors: ["Bob Writer"])
    private static let second = Paper(
        id: "doi:10.1000/2", title: "Findings of the task of 2022", abstract: text, authors: ["Ada Reader"])

    private func withLibrary(_ body: (_ library: Library) throws -> Void) throws {
        try TemporaryFolder.with { (folder: String) throws in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(SyntheticPapers.make(40) + [Self.preprint, Self.final, Self.stranger, Self.second])
            try body(library)
        }
    }

    @Test func `are papers with much the same abstract, the same authors and the same numbers in their titles`() throws
    {
        try withLibrary { (library: Library) throws in
            #expect(try library.duplicates().map { $0.papers.map(\.id) } == [[Self.preprint.id, Self.final.id]])
        }
    }

    @Test func `become one paper that has all ids and what each said, and records of each find it`() throws {
        try withLibrary { (library: Library) throws in
            let merged = try library.merge(ids: [Self.final.id, Self.preprint.id])
            #expect(merged.id == Self.final.id && merged.alternateIDs == [Self.preprint.id])
            #expect(merged.year == 2021 && merged.venue == "Journal of Paths" && merged.tags == ["read"])
            #expect(try library.duplicates().isEmpty && library.papers().count == 43)
            #expect(try library.paper(id: Self.preprint.id) == merged)
            #expect(try library.add([Self.preprint, Self.final]).unchanged == 2 && library.papers().count == 43)
            #expect(try library.paper(id: Self.preprint.id) == merged)
            #expect(
                try library.search(for: "short paths").hits.count { $0.paper.alternateIDs == merged.alternateIDs } == 1)
            #expect(try Library.checkIntegrity(at: library.path).isHealthy)
        }
    }

    @Test func `fewer than two papers are not merged`() throws {
        try withLibrary { (library: Library) throws in
            let error = #expect(throws: AkinError.self) { try library.merge(ids: ["x", "x"]) }
            #expect(error?.code == .invalidArgument)
        }
    }
}

@Suite("Vectors out of a library")
struct VectorsOutTests {
    @Test func `come with the ids of their papers, and papers of files get the same ones`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            let library = try Library(creatingAt: folder + "/library")
            let papers = SyntheticPapers.make(50)
            try library.add(papers)
            var ids: [String] = []
            var rows: [[Float]] = []
            try library.forEachVector { id, vector in
                ids.append(id)
                rows.append(vector.components)
                return true
            }
            #expect(ids == papers.map(\.id))
            let encoder = try library.encoder()
            for (row, vector) in zip(rows, try encoder.embed(papers)) {
                #expect(vector.components.count == encoder.identity.dimensions)
                #expect(zip(row, vector.components).allSatisfy { abs($0 - $1) < 1e-4 })
            }
            let filter = PaperFilter(ids: [papers[3].id])
            var filtered: [String] = []
            try library.forEachVector(matching: filter) { id, _ in
                filtered.append(id)
                return true
            }
            #expect(filtered == [papers[3].id])
            #expect(throws: AkinError.self) { try library.forEachVector(in: "nosuch") { _, _ in true } }
            #expect(try encoder.embed([Paper(title: "zzzz", abstract: "")])[0].isZero)
        }
    }

    @Test func `an empty library has no model to make them by`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            let error = #expect(throws: AkinError.self) { try Library(creatingAt: folder + "/library").encoder() }
            #expect(error?.code == .noLibrary)
        }
    }
}
