import Akin
import Foundation
import GRDB
import Papers
import TestSupport
import Testing

/// A source that a library remembers.
private struct NamedSource: PaperSource {
    let name: String
    var state = "1"
    var papers: [Paper]
    var skipped: [SkippedRecord] = []
    private var isRead = false

    init(_ name: String, state: String = "1", _ papers: [Paper], skipped: [SkippedRecord] = []) {
        (self.name, self.state, self.papers, self.skipped) = (name, state, papers, skipped)
    }

    var remembered: [RememberedSource] { isRead ? [RememberedSource(name: name, state: state)] : [] }

    mutating func nextBatch() -> PaperBatch? {
        defer { isRead = true }
        return isRead ? nil : PaperBatch(papers: papers, skipped: skipped, source: name)
    }
}

@Suite("Sources that a library remembers")
struct SourcesTests {
    private static let papers = SyntheticPapers.make(6)

    private func withLibrary(_ body: (_ library: Library) throws -> Void) throws {
        try TemporaryFolder.with { folder in try body(Library(creatingAt: folder + "/library")) }
    }

    @Test func `are listed with their states and the number of their records`() throws {
        try withLibrary { (library: Library) throws in
            try library.add(from: NamedSource("b.bib", state: "x", Array(Self.papers[3...])))
            try library.add(from: NamedSource("a.bib", Array(Self.papers[..<3])))
            try library.add([Paper(title: "Alone", abstract: "")])
            let sources = try library.sources()
            #expect(sources.map(\.name) == ["a.bib", "b.bib"] && sources.map(\.recordCount) == [3, 3])
            #expect(sources[1].state == "x" && sources.allSatisfy(\.missing.isEmpty))
            #expect(try library.forgetSource("a.bib") && !library.forgetSource("a.bib"))
            #expect(try library.sources().map(\.name) == ["b.bib"])
            #expect(try Library.checkIntegrity(at: library.path).isHealthy)
        }
    }

    @Test func `tell which records they no longer have, and these are removed when that is asked`() throws {
        try withLibrary { (library: Library) throws in
            try library.add(from: NamedSource("a.bib", Array(Self.papers[..<4])))
            try library.add(from: NamedSource("b.bib", [Self.papers[2]]))
            let report = try library.add(from: NamedSource("a.bib", state: "2", [Self.papers[0], Self.papers[5]]))
            #expect(report.added == 1 && report.unchanged == 1)
            #expect(report.missing.map(\.id) == Self.papers[1..<4].map(\.id) && report.paperCount == 5)
            // It is told again until the papers are gone or come back.
            let again = try library.add(
                from: NamedSource("a.bib", state: "3", [Self.papers[0], Self.papers[5], Self.papers[3]]))
            #expect(again.missing.map(\.id) == Self.papers[1..<3].map(\.id))
            #expect(try library.removeMissing() == [Self.papers[1].id])
            #expect(try library.papers().map(\.id) == [0, 2, 3, 5].map { Self.papers[$0].id })
            #expect(try library.sources().allSatisfy(\.missing.isEmpty) && library.removeMissing().isEmpty)
        }
    }

    @Test func `a damaged note of a source is found, stops removals, and is forgotten by a repair`() throws {
        try withLibrary { (library: Library) throws in
            try library.add(from: NamedSource("a.bib", Self.papers))
            try library.add(from: NamedSource("b.bib", [Self.papers[0]]))
            try DatabaseQueue(path: library.path + "/papers.sqlite").write {
                try $0.execute(sql: "UPDATE sources SET records = '[]' WHERE name = 'a.bib'")
            }
            #expect(try !Library.checkIntegrity(at: library.path).isHealthy)
            let error = #expect(throws: AkinError.self) { try library.removeMissing() }
            #expect(error?.code == .damaged)
            #expect(try Library.repair(at: library.path).isRepaired)
            #expect(try library.sources().map(\.name) == ["b.bib"] && library.papers().count == 6)
        }
    }

    @Test func `are remembered by the addition that makes the library`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            try Library.add(from: NamedSource("a.bib", Self.papers), toLibraryAt: folder + "/library")
            #expect(try Library(at: folder + "/library").sources().map(\.recordCount) == [6])
        }
    }

    @Test func `miss no record while one of theirs cannot be read, and none whose paper they still have`() throws {
        try withLibrary { (library: Library) throws in
            let typo = Paper(
                title: "Short pathes of light", abstract: "", authors: ["Ada Reader"], citationKey: "reader")
            let mended = Paper(
                title: "Short paths of light", abstract: "", authors: ["Ada Reader"], citationKey: "reader")
            try library.add(from: NamedSource("a.bib", [Self.papers[0], Self.papers[1], typo]))
            let bad = SkippedRecord(.notJSON, file: "a.bib", line: 7, reason: "broken")
            let broken = try library.add(from: NamedSource("a.bib", [Self.papers[0], mended], skipped: [bad]))
            #expect(broken.missing.isEmpty && broken.joined.map(\.reason) == [.citationKey])
            let whole = try library.add(from: NamedSource("a.bib", [Self.papers[0], mended]))
            #expect(whole.missing.map(\.id) == [Self.papers[1].id] && whole.paperCount == 3)
        }
    }

    @Test func `lose no paper that has another origin, whichever came first`() throws {
        try withLibrary { (library: Library) throws in
            try library.add([Self.papers[0]])
            try library.add(from: NamedSource("a.bib", Array(Self.papers[..<3])))
            try library.add([Self.papers[1]])
            let report = try library.add(from: NamedSource("a.bib", [Self.papers[5]]))
            #expect(report.missing.map(\.id) == [Self.papers[2].id])
            #expect(try library.removeMissing() == [Self.papers[2].id])
        }
    }

    @Test func `miss nothing when they have no record at all, and nothing that a forgotten source had`() throws {
        try withLibrary { (library: Library) throws in
            try library.add(from: NamedSource("a.bib", Array(Self.papers[..<3])))
            #expect(try library.add(from: NamedSource("a.bib", [])).missing.isEmpty)
            try library.add(from: NamedSource("b.bib", Array(Self.papers[1..<4])))
            try library.forgetSource("b.bib")
            let report = try library.add(from: NamedSource("a.bib", [Self.papers[0]]))
            #expect(report.missing.isEmpty && report.paperCount == 4)
        }
    }

    @Test func `a dry run tells what would be added and changes nothing`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/new/library"
            let options = AddOptions(isDryRun: true)
            let first = try Library.add(from: NamedSource("a.bib", Self.papers), toLibraryAt: path, options: options)
            #expect(first.added == 6 && !FileManager.default.fileExists(atPath: folder + "/new"))
            let library = try Library(creatingAt: path)
            try library.add(Array(Self.papers[..<2]))
            let state = try library.info().generation
            let second = try library.add(from: NamedSource("a.bib", Self.papers), options: options)
            #expect(second.added == 4 && second.unchanged == 2)
            #expect(try library.papers().count == 2 && library.sources().isEmpty && library.info().generation == state)
        }
    }

    @Test func `a strict addition ends at the first record that is no paper, and adds nothing`() throws {
        try withLibrary { (library: Library) throws in
            let bad = SkippedRecord(.noTitleAndNoAbstract, file: "a.bib", line: 7, reason: "neither")
            let error = #expect(throws: AkinError.self) {
                try library.add(
                    from: NamedSource("a.bib", Self.papers, skipped: [bad]), options: AddOptions(isStrict: true))
            }
            #expect(error?.code == .unreadableInput && error?.message.contains("a.bib:7") == true)
            #expect(try library.papers().isEmpty)
        }
    }
}
