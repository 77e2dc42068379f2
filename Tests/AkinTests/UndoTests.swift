import Akin
import Papers
import Ranking
import TestSupport
import Testing
import TextEncoding

@Suite("Taking back changes")
struct UndoTests {
    private static let papers = SyntheticPapers.make(40)

    private func withLibrary(_ body: (_ library: Library) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(Self.papers)
            try body(library)
            #expect(try Library.checkIntegrity(at: folder + "/library").isHealthy)
        }
    }

    private func contents(of library: Library) throws -> [String: Paper] {
        Dictionary(uniqueKeysWithValues: try library.papers().map { ($0.id, $0) })
    }

    @Test
    func `leaves the library as it was before, whatever the change`() throws {
        let changes: [(name: String, make: (Library) throws -> Void)] = [
            ("add", { try $0.add([Paper(id: "new", title: "A zeppelin", abstract: "It flies.")]) }),
            ("add", { try $0.add([Paper(id: "paper:3", title: "Another zeppelin", abstract: "It lands.")]) }),
            (
                "add",
                {
                    try $0.add([
                        Paper(id: "paper:3", title: Self.papers[3].title, abstract: Self.papers[3].abstract, venue: "V")
                    ])
                }
            ),
            ("remove", { try $0.remove(ids: ["paper:1", "paper:2"]) }),
            ("tag", { try $0.edit(ids: ["paper:1", "paper:4"], by: [.addTag("x"), .addNote("n\nm")], as: "tag") }),
            ("merge", { _ = try $0.merge(ids: ["paper:5", "paper:6"]) }),
        ]
        try withLibrary { (library: Library) throws in
            let before = try contents(of: library)
            let ranked = try library.rankedIDs(for: Self.papers[3].title)
            for (name, make) in changes {
                try make(library)
                #expect(try contents(of: library) != before, "\(name)")
                let report = try #require(try library.undo())
                #expect(report.change.name == name)
                #expect(try contents(of: library) == before, "\(name)")
                #expect(try library.rankedIDs(for: Self.papers[3].title).map(\.id) == ranked.map(\.id), "\(name)")
            }
        }
    }

    @Test
    func `goes back change by change, and no further than the first`() throws {
        try withLibrary { (library: Library) throws in
            try library.edit(ids: ["paper:0"], by: [.addTag("a")], as: "tag")
            try library.edit(ids: ["paper:0"], by: [.addTag("b")], as: "tag")
            #expect(try library.lastChanges().map(\.name) == ["tag", "tag", "add"])
            _ = try library.undo()
            #expect(try library.paper(id: "paper:0")?.tags == ["a"])
            _ = try library.undo()
            #expect(try library.paper(id: "paper:0") == Self.papers[0])
            #expect(try library.undo()?.removed.count == Self.papers.count)
            #expect(try library.undo() == nil && library.papers().isEmpty)
            try library.add(Self.papers)
            #expect(try library.search(for: Self.papers[7].title).hits.first?.paper.id == "paper:7")
        }
    }

    @Test
    func `in any order of changes goes back to where each began`() throws {
        for seed in UInt64(0)..<8 {
            var generator = SeededGenerator(seed: seed)
            try withLibrary { (library: Library) throws in
                var states = [try contents(of: library)]
                for step in 0..<6 {
                    let ids = try contents(of: library).keys.sorted()
                    let (one, other) = (
                        ids.randomElement(using: &generator) ?? "", ids.randomElement(using: &generator) ?? ""
                    )
                    switch Int.random(in: 0..<5, using: &generator) {
                    case 0: try library.remove(ids: [one])
                    case 1: try library.edit(ids: [one, other], by: [.addTag("t\(step)")])
                    case 2:
                        try library.add([Paper(id: "new\(step)", title: "A zeppelin \(step)", abstract: "It flies.")])
                    case 3:
                        try library.add([
                            Paper(id: one, title: "Revised \(step)", abstract: "Another text \(step).", authors: ["R"])
                        ])
                    default: if one != other { _ = try library.merge(ids: [one, other]) }
                    }
                    let state = try contents(of: library)
                    if state != states.last { states.append(state) }
                }
                for state in states.dropLast().reversed() {
                    #expect(try library.undo() != nil, "seed \(seed)")
                    #expect(try contents(of: library) == state, "seed \(seed)")
                }
            }
        }
    }

    @Test
    func `a source that is read again takes nothing back, and adds nothing`() throws {
        try withLibrary { (library: Library) throws in
            try library.edit(ids: ["paper:0"], by: [.addTag("a"), .addToCollection("c/d")])
            #expect(try library.add(Self.papers).unchanged == Self.papers.count)
            #expect(try library.paper(id: "paper:0")?.collections == ["c/d"])
            try library.remove(ids: ["paper:0"])
            _ = try library.undo()
            #expect(try library.add(Self.papers).unchanged == Self.papers.count)
        }
    }

    @Test
    func `a removed paper comes back with its given vector`() throws {
        try withLibrary { (library: Library) throws in
            let encoder = ToyEncoder()
            let vectors = GivenVectors(
                space: .toy, encoder: encoder.identity, rows: Self.papers.map { encoder.embedding(of: $0) })
            try library.add(Self.papers, options: AddOptions(vectors: vectors))
            let options = SearchOptions(k: 5, mode: .semantic, spaces: [.toy], foldsDuplicates: false)
            let before = try library.rankedIDs(like: ["paper:3"], options: options)
            try library.remove(ids: ["paper:15", "paper:3"])
            _ = try library.undo()
            #expect(try library.rankedIDs(like: ["paper:3"], options: options) == before)
        }
    }

    @Test
    func `edits add and take off, whatever the case, and a change without effect is none`() throws {
        try withLibrary { (library: Library) throws in
            #expect(try library.edit(ids: ["paper:0", "paper:0"], by: [.addTag("To Read")]) == ["paper:0"])
            #expect(try library.edit(ids: ["paper:0"], by: [.addTag("to read")]).isEmpty)
            #expect(try library.values(ofField: "tag").map(\.value) == ["to read"])
            try library.edit(
                ids: ["paper:0"], by: [.removeTag("TO READ"), .addToCollection("a/b"), .addToCollection("a")])
            try library.edit(ids: ["paper:0"], by: [.removeFromCollection("A")])
            #expect(try library.paper(id: "paper:0") == Self.papers[0])
            #expect(throws: AkinError.self) { try library.edit(ids: ["paper:0", "nobody"], by: [.addTag("y")]) }
            #expect(try library.paper(id: "paper:0")?.tags == [])
        }
    }
}
