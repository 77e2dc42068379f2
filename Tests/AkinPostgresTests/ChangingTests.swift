import Akin
import AkinPostgres
import Foundation
import Papers
import ParallelLoops
import PostgresTestSupport
import Ranking
import Synchronization
import TestSupport
import Testing
import TextEncoding

/// Changes of a library in a database, compared with the same changes of a folder.
@Suite(
    "Changing a library in PostgreSQL",
    .enabled(if: PostgresServer.isAvailable, Comment(rawValue: PostgresServer.skipNote)))
struct ChangingTests {
    /// More papers than are fitted anew at each change on disk, made of the sample's sentences.
    private static let papers: [Paper] = {
        var generator = SeededGenerator(seed: 5)
        let sample = BundledSample.papers
        let sentences = sample.flatMap { $0.abstract.split(separator: ". ").map(String.init) }
        return (0..<1_200).map { number in
            let (one, other) = (sample[number % 74], sample[(number * 31 + 7) % 74])
            let words = one.title.split(separator: " ").prefix(4) + other.title.split(separator: " ").suffix(4)
            let text = (0..<3).map { _ in sentences.randomElement(using: &generator) ?? "" }
            return Paper(
                id: "paper:\(number)", title: words.joined(separator: " ") + " \(number)",
                abstract: text.joined(separator: ". "))
        }
    }()

    private static let questions = papers.indices.filter { $0 % 40 == 0 }.map { papers[$0].title } + ["zeppelin caches"]

    /// A library of the first papers, on disk and in a database.
    private static func with(_ body: (_ published: PublishedLibrary) throws -> Void) throws {
        try PublishedLibrary.with({ library in try library.add(Array(papers.prefix(1_100))) }, body)
    }

    /// Makes a change of both libraries, and expects the same answers.
    private static func expectSameChange(
        of published: PublishedLibrary, _ change: (Library) throws -> Void
    ) throws {
        try change(published.folder)
        try change(published.server)
        for (number, question) in questions.enumerated() {
            let options = SearchOptions(k: 15, mode: [.hybrid, .lexical, .semantic][number % 3])
            // How many papers have two words side by side is estimated from a sample of each segment.
            expectSame(
                try published.answers { try $0.search(for: question, options: options) }, question, wordTolerance: 5e-3)
        }
        #expect(try published.folder.papers().map(\.id) == published.server.papers().map(\.id))
        #expect(try published.folder.paperCount() == published.server.paperCount())
    }

    @Test
    func `adds, updates and removes papers as the folder does`() throws {
        try Self.with { published in
            try Self.expectSameChange(of: published) { library in
                let report = try library.add(Array(Self.papers[1_100...1_140]))
                #expect(report.added == 41)
            }
            try Self.expectSameChange(of: published) { library in
                var changed = Self.papers[10]
                changed.abstract += " Zeppelin caches carry the keys."
                let report = try library.add([changed, Self.papers[1_141], Self.papers[3]])
                #expect((report.added, report.updated, report.unchanged) == (1, 1, 1))
            }
            try Self.expectSameChange(of: published) { library in
                let removed = try library.remove(ids: Self.papers[20...29].map(\.id))
                #expect(removed.count == 10)
            }
            let found = try published.server.search(for: "zeppelin caches")
            #expect(found.hits.first?.paper.id == Self.papers[10].id)
            #expect(try published.folder.info().drift == published.server.info().drift)
        }
    }

    @Test
    func `keeps tags, notes and collections, and takes a change back`() throws {
        try Self.with { published in
            let ids = Self.papers[5...9].map(\.id)
            for library in [published.folder, published.server] {
                try library.edit(ids: ids, by: [.addTag("to read"), .addNote("Compare with zeppelins.")], as: "tag")
                let answer = try library.search(asking: "tag:\"to read\" note:zeppelins")
                #expect(answer.metCount == 5)
                let undone = try #require(try library.undo())
                #expect(undone.change.name == "tag")
                #expect(try library.search(asking: "tag:\"to read\"").metCount ?? 0 == 0)
            }
            // A paper with other ids has them back.
            let paper = Paper(
                id: "other:1", title: "Zeppelins of many names", abstract: "", alternateIDs: ["doi:10.1/zeppelin", "z"])
            for library in [published.folder, published.server] {
                try library.add([paper])
                try library.remove(ids: ["doi:10.1/zeppelin"])
                #expect(try library.undo()?.restored.map(\.id) == ["other:1"])
                #expect(try library.canonicalIDs(of: ["doi:10.1/zeppelin"]) == ["doi:10.1/zeppelin": "other:1"])
                try library.remove(ids: ["other:1"])
            }
            let before = try published.server.search(for: Self.questions[1])
            try published.server.remove(ids: [before.hits[0].paper.id])
            #expect(try published.server.search(for: Self.questions[1]).hits.first?.paper != before.hits[0].paper)
            #expect(try published.server.undo()?.restored.map(\.id) == [before.hits[0].paper.id])
            #expect(
                try published.server.search(for: Self.questions[1]).hits.map(\.paper.id)
                    == before.hits.map(\.paper.id))
        }
    }

    @Test
    func `a change that fails changes nothing`() throws {
        try Self.with { published in
            let tag = published.server.stateTag
            let error = try #require(throws: AkinError.self) {
                try published.server.remove(ids: [Self.papers[0].id, "no such paper"])
            }
            #expect(error.code == .paperNotFound)
            let toy = GivenVectors(
                space: try #require(SpaceName(rawValue: "toy")),
                encoder: EncoderIdentity(name: "toy", version: "1", dimensions: 2), rows: [Embedding([1, 0])])
            let refused = try #require(throws: AkinError.self) {
                try published.server.add([Self.papers[1_150]], options: AddOptions(vectors: toy))
            }
            #expect(refused.code == .needsFolder)
            #expect(throws: AkinError.self) {
                try published.server.add([Self.papers[1_150]]) { $0.stage != .writing }
            }
            #expect(published.server.stateTag == tag)
            #expect(try published.server.paperCount() == 1_100)
            #expect(try published.server.add([Self.papers[1_150]]).added == 1)
            #expect(published.server.stateTag != tag)
        }
    }

    @Test
    func `adds the vectors of a space that it has`() throws {
        let space = try #require(SpaceName(rawValue: "toy"))
        let encoder = EncoderIdentity(name: "toy", version: "1", dimensions: 4)
        func vectors(_ range: Range<Int>) -> GivenVectors {
            GivenVectors(
                space: space, encoder: encoder,
                rows: range.map { Embedding([Float($0 % 7) + 1, Float($0 % 11), Float($0 % 13), Float($0 % 3)]) })
        }
        try PublishedLibrary.with { library in
            try library.add(Array(Self.papers.prefix(1_100)), options: AddOptions(vectors: vectors(0..<1_100)))
        } _: { published in
            for library in [published.folder, published.server] {
                try library.add(Array(Self.papers[1_100..<1_120]), options: AddOptions(vectors: vectors(1_100..<1_120)))
                try library.remove(ids: [Self.papers[1_101].id])
            }
            for id in [0, 1_105, 1_119].map({ Self.papers[$0].id }) {
                var options = SearchOptions(k: 10, mode: .semantic, foldsDuplicates: false)
                options.spaces = [space]
                let (folder, server) = try published.answers { try $0.search(like: [id], options: options) }
                // Many papers have equal vectors.
                for (own, other) in zip(folder.hits, server.hits) { #expect(abs(own.score - other.score) < 1e-2) }
                #expect(folder.hits.count == server.hits.count)
            }
        }
    }

    @Test
    func `a change waits for another, or says that there is one`() throws {
        try Self.with { published in
            let patient = try Library.open(published.address, waiting: .always(), cache: published.cache)
            let (address, cache) = (published.address, published.cache)
            let hasBegun = LockedValue(false)
            let waited = LockedValue(0)
            try published.server.add(Array(Self.papers[1_100...1_105])) { progress in
                // The first change is under way here.
                if progress.stage == .analysing {
                    let impatient = try? Library.open(address, cache: cache)
                    let error = #expect(throws: AkinError.self) {
                        try impatient?.add([Paper(id: "impatient", title: "Impatience", abstract: "")])
                    }
                    #expect(error?.code == .locked)
                    let isFirst = hasBegun.withLock { hasBegun in
                        defer { hasBegun = true }
                        return !hasBegun
                    }
                    if isFirst {
                        Thread {
                            let added = try? patient.add([Self.papers[1_106]]).added
                            waited.withLock { $0 = added ?? -1 }
                        }.start()
                        Thread.sleep(forTimeInterval: 0.3)
                        let outcome = waited.withLock { $0 }
                        #expect(outcome == 0)
                    }
                }
                return true
            }
            let end = ContinuousClock.now + .seconds(60)
            while waited.withLock({ $0 }) == 0, .now < end { Thread.sleep(forTimeInterval: 0.01) }
            #expect(waited.withLock { $0 } == 1)
            #expect(try patient.paperCount() == 1_107)
        }
    }

    @Test
    func `readers see all of a change or nothing of it`() throws {
        try Self.with { published in
            let isDone = LockedValue(false)
            let counts = LockedValue<[Int]>([])
            let server = published.server
            let options = SearchOptions(k: 100, foldsDuplicates: false)
            let reading = Thread {
                while !isDone.withLock({ $0 }) {
                    let answer = try? server.search(asking: "title:zebrafish", options: options)
                    if let count = answer?.hits.count { counts.withLock { $0.append(count) } }
                }
            }
            reading.start()
            for number in 0..<15 {
                try published.server.add([
                    Paper(id: "z\(number)", title: "Zebrafish of the first kind \(number)", abstract: "Swims."),
                    Paper(id: "y\(number)", title: "Zebrafish of the second kind \(number)", abstract: "Swims too."),
                ])
            }
            isDone.withLock { $0 = true }
            let end = ContinuousClock.now + .seconds(60)
            while !reading.isFinished, .now < end { Thread.sleep(forTimeInterval: 0.01) }
            // Each change adds two papers together.
            let seen = counts.withLock { $0 }
            #expect(seen.count > 0)
            #expect(seen.allSatisfy { $0.isMultiple(of: 2) })
            #expect(seen == seen.sorted())
            #expect(try published.server.search(asking: "title:zebrafish", options: options).hits.count == 30)
        }
    }
}
