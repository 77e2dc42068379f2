import Akin
import Papers
import TestSupport
import Testing

@Suite("Papers that a question names by an id")
struct IdentifiedPaperTests {
    private func withLibrary(_ body: (Library) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(
                [
                    Paper(id: "arxiv:2506.11555", title: "Wings in a slipstream", abstract: "The lift of wings."),
                    Paper(id: "2023.acl-long.1", title: "The lift of wings", abstract: "Wings and slipstreams."),
                    Paper(id: "cran-7", title: "Heat", abstract: "Heat transfer to a body.", year: 2021),
                    Paper(id: "2021", title: "Flutter", abstract: "Panels flutter.", authors: ["Jörg Müller"]),
                ], options: AddOptions(threads: 1))
            try body(library)
        }
    }

    @Test func `come first, however the id is written`() throws {
        try withLibrary { (library: Library) throws in
            for (text, id) in [
                ("https://arxiv.org/pdf/2506.11555v2.pdf", "arxiv:2506.11555"), ("2506.11555", "arxiv:2506.11555"),
                ("10.18653/v1/2023.acl-long.1", "2023.acl-long.1"), ("cran-7", "cran-7"),
            ] {
                let answer = try library.search(for: text)
                #expect(answer.hits.first?.paper.id == id, "\(text)")
                #expect(answer.absentID == nil && answer.unknownWords.isEmpty, "\(text)")
                #expect(try library.rankedIDs(for: text, options: SearchOptions()).first?.id == id, "\(text)")
                #expect(try library.paper(named: text).id == id, "\(text)")
            }
            #expect(try library.search(for: "2506.11555").hits.count > 1)
            #expect(
                !(try library.search(like: ["arXiv:2506.11555"]).hits.contains { $0.paper.id == "arxiv:2506.11555" }))
        }
    }

    @Test func `come first where a question has them among its words`() throws {
        try withLibrary { (library: Library) throws in
            let answer = try library.search(for: "arXiv:2506.11555 panels")
            #expect(answer.hits.first?.paper.id == "arxiv:2506.11555" && answer.unknownWords.isEmpty)
            #expect(answer.hits.contains { $0.paper.id == "2021" })
        }
    }

    @Test func `that the library does not have are said to be absent, and nothing is searched`() throws {
        try withLibrary { (library: Library) throws in
            let answer = try library.search(for: "arXiv:2401.00001")
            #expect(answer.hits.isEmpty && answer.absentID == "arXiv:2401.00001" && answer.unknownWords.isEmpty)
            #expect(try library.rankedIDs(for: "arXiv:2401.00001", options: SearchOptions()).isEmpty)
            let error = #expect(throws: AkinError.self) { try library.paper(named: "arXiv:2401.00001") }
            #expect(error?.code == .paperNotFound && error?.remedy == .addPapers)
        }
    }

    @Test func `are none where the question is a number or a word`() throws {
        try withLibrary { (library: Library) throws in
            #expect(try library.search(for: "2021").hits.isEmpty)
            #expect(try library.search(for: "2021").absentID == nil)
        }
    }

    @Test func `unknown entries of a filter are named with what is spelled like them`() throws {
        try withLibrary { (library: Library) throws in
            let filter = PaperFilter(venues: ["ACL"], categories: ["cs"], authors: ["Muller", "Mueller", "Yu"])
            let unknown = try library.unknownEntries(of: filter)
            #expect(unknown.map(\.part) == [.author, .author, .category, .venue])
            #expect(unknown.map(\.value) == ["Mueller", "Yu", "cs", "ACL"])
            #expect(unknown[0].suggestions == ["Jörg Müller"])
            #expect(try library.unknownEntries(of: PaperFilter()).isEmpty)
        }
    }
}
