import Akin
import Foundation
import PaperFormats
import Papers
import Ranking
import TestSupport
import Testing
import TextAnalysis

/// Libraries that are kept as files in `Tests/Fixtures/libraries`, one for each format, of the papers in
/// `papers.jsonl`.
///
/// `make fixtures` writes the library of the current format, with its model, its indexes and the answers that it gave.
/// Do so when a format changes, and keep the folders of older formats.
private enum LibraryFixtures {
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent()  // AkinTests
        .deletingLastPathComponent()  // Tests
        .appending(path: "Fixtures/libraries")

    static var current: String { path(ofFormat: Manifest.currentFormat) }

    static func path(ofFormat format: Int) -> String { folder.appending(path: "format-\(format)").path }

    /// An answer that was recorded.
    struct Answer: Codable {
        var mode: String
        var question: String
        var hits: [Hit]

        struct Hit: Codable {
            var id: String
            var score: Double
        }
    }

    static let questions = ["short paths", "songs of animals", "why does gas make bread rise", "the cost of memory"]

    /// What a library answers to all questions in all modes.
    static func answers(of library: Library) throws -> [Answer] {
        try SearchMode.allCases.flatMap { mode in
            try questions.map { question in
                let hits = try library.search(for: question, options: SearchOptions(k: 5, mode: mode)).hits
                return Answer(
                    mode: mode.rawValue, question: question,
                    hits: hits.map { Answer.Hit(id: $0.paper.id, score: $0.score) })
            }
        }
    }

    static func papers() throws -> [Paper] {
        let reader = try PaperReader(path: folder.appending(path: "papers.jsonl").path)
        var papers: [Paper] = []
        while let batch = try reader.nextBatch() { papers += batch.papers }
        return papers
    }

    /// The answers that were recorded.
    static func recordedAnswers() throws -> [Answer] {
        try JSONDecoder().decode(
            [Answer].self, from: Data(contentsOf: URL(filePath: current + "/answers.json")))
    }

    /// Calls `body` with a copy of the library of a format.
    static func withLibrary(ofFormat format: Int, _ body: (_ path: String) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let copy = folder + "/library"
            try FileManager.default.copyItem(atPath: path(ofFormat: format) + "/library", toPath: copy)
            try body(copy)
        }
    }

    /// Whether the library of the current format was made with the libstemmer of this system. With another one it is
    /// refused.
    static let hasSameStemmer: Bool = {
        let generation = LibraryFolder(path: current + "/library").generations().last
        let text = generation.flatMap { try? ManifestFile.text(in: $0) } ?? ""
        return text.contains("\"\(AnalyzerSettings().stemmerVersion)\"")
    }()

    /// Whether `make fixtures` runs.
    static let isWriting = ProcessInfo.processInfo.environment["AKIN_WRITE_FIXTURES"] != nil
}

@Suite("Libraries kept as files")
struct LibraryFixtureTests {
    @Test(.enabled(if: LibraryFixtures.isWriting, "`make fixtures` runs it"))
    func `the library of the current format is written`() throws {
        let folder = LibraryFixtures.current
        if FileManager.default.fileExists(atPath: folder) { try FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let library = try Library(creatingAt: folder + "/library")
        try library.add(LibraryFixtures.papers(), options: AddOptions(model: .ownPapers, rank: .fixed(8)))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(LibraryFixtures.answers(of: library)).write(to: URL(filePath: folder + "/answers.json"))
    }

    @Test(
        .disabled(if: LibraryFixtures.isWriting, "the files are being written"),
        .enabled(if: LibraryFixtures.hasSameStemmer, "the files were made with another libstemmer"))
    func `the library of the current format is sound and gives the recorded answers`() throws {
        try LibraryFixtures.withLibrary(ofFormat: Manifest.currentFormat) { path in
            #expect(try Library.checkIntegrity(at: path).isHealthy)
            let library = try Library(at: path)
            #expect(try library.papers() == LibraryFixtures.papers())
            try expectRecordedAnswers(of: library)
        }
    }

    @Test(
        .disabled(if: LibraryFixtures.isWriting, "the files are being written"),
        .enabled(if: LibraryFixtures.hasSameStemmer, "the files were made with another libstemmer"))
    func `the library of the current format takes more papers and keeps what it was told`() throws {
        try LibraryFixtures.withLibrary(ofFormat: Manifest.currentFormat) { path in
            let library = try Library(at: path)
            try library.add([
                Paper(id: "note:new", title: "Short paths of light", abstract: "Light takes a short path.")
            ])
            #expect(try library.search(for: "light").hits.contains { $0.paper.id == "note:new" })
            #expect(try library.info().rank == 8 && library.info().modelOrigin == .papers)
            #expect(try Library.checkIntegrity(at: path).isHealthy)
        }
    }

    @Test(.disabled(if: LibraryFixtures.isWriting, "the files are being written"))
    func `a library of format 3 is refused as older, with both versions and the remedy named`() throws {
        try LibraryFixtures.withLibrary(ofFormat: 3) { path in
            let error = #expect(throws: AkinError.self) { try Library(at: path).search(for: "paths") }
            #expect(error?.code == .olderVersion)
            let message = try #require(error?.message)
            #expect(message.contains("format 3") && message.contains("reads \(Manifest.currentFormat)"))
            #expect(error?.remedy == .repair)
            let report = try Library.checkIntegrity(at: path)
            #expect(report.findings == [message] && report.paperCount == 20)
        }
    }

    @Test(.disabled(if: LibraryFixtures.isWriting, "the files are being written"))
    func `a repair of a library of format 3 keeps what it was told and gives the recorded answers`() throws {
        try LibraryFixtures.withLibrary(ofFormat: 3) { path in
            #expect(try Library.repair(at: path).isRepaired)
            #expect(try Library.checkIntegrity(at: path).isHealthy)
            let library = try Library(at: path)
            #expect(try library.info().rank == 8 && library.info().modelOrigin == .papers)
            let generation = try #require(LibraryFolder(path: path).generations().last)
            #expect(try Manifest(in: generation).choice == ModelChoice(policy: .ownPapers, rank: 8))
            if LibraryFixtures.hasSameStemmer { try expectRecordedAnswers(of: library) }
        }
    }

    /// Compares answers with those that were recorded; scores may differ by the last bits of another processor.
    private func expectRecordedAnswers(of library: Library) throws {
        let recorded = try LibraryFixtures.recordedAnswers()
        #expect(recorded.count == SearchMode.allCases.count * LibraryFixtures.questions.count)
        for (answer, expected) in zip(try LibraryFixtures.answers(of: library), recorded) {
            #expect(answer.mode == expected.mode && answer.question == expected.question)
            #expect(answer.hits.map(\.id) == expected.hits.map(\.id), "\(expected.mode): \(expected.question)")
            for (hit, expected) in zip(answer.hits, expected.hits) { #expect(abs(hit.score - expected.score) < 1e-4) }
        }
    }
}
