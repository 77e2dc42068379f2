import Akin
import Foundation
import LatentSemantics
import PaperFormats
import Papers
import TestSupport
import Testing
import TextAnalysis

@Suite("What a repair keeps")
struct RepairTests {
    private static let papers = SyntheticPapers.make(60)

    /// What may be wrong with the generation in force.
    enum Damage: CaseIterable {
        case lexicalIndex, manifest, settings

        /// Damages a library so that a repair has to rebuild it.
        func apply(to library: String) throws {
            let generation = try #require(LibraryFolder(path: library).generations().last)
            switch self {
            case .lexicalIndex: try FileManager.default.removeItem(atPath: generation.lexical(ofSegment: 0))
            case .manifest: try Data("nothing".utf8).write(to: URL(filePath: generation.manifest))
            case .settings:
                // A store of an earlier version, which kept no choice in its settings.
                try StoredSettings.removeModelChoice(in: library)
                try FileManager.default.removeItem(atPath: generation.lexical(ofSegment: 0))
            }
        }
    }

    @Test(arguments: Damage.allCases)
    func `a repair keeps the rank and the papers' own space`(damage: Damage) throws {
        try TemporaryFolder.with { folder in
            let library = folder + "/library"
            try Library(creatingAt: library).add(Self.papers, options: AddOptions(model: .ownPapers, rank: .fixed(7)))
            try damage.apply(to: library)
            #expect(try Library.repair(at: library).isRepaired)
            let generation = try #require(LibraryFolder(path: library).generations().last)
            #expect(try Manifest(in: generation).choice == ModelChoice(policy: .ownPapers, rank: 7))
            #expect(try Library(at: library).info().rank == 7)
        }
    }

    @Test(arguments: Damage.allCases)
    func `a repair keeps the model that the library was given as a file`(damage: Damage) throws {
        try withGivenModel { library, _ in
            try damage.apply(to: library)
            let report = try Library.repair(at: library)
            #expect(report.isRepaired && !report.findings.contains { $0.contains("start.lsa") })
            #expect(try Library(at: library).info().modelOrigin == .file)
            let generation = try #require(LibraryFolder(path: library).generations().last)
            #expect(try Manifest(in: generation).choice.policy == .file)
            #expect(FileManager.default.fileExists(atPath: generation.start))
            #expect(try Library.checkIntegrity(at: library).isHealthy)
        }
    }

    @Test
    func `a repair says that the library's copy of a model is damaged, and does without it`() throws {
        try withGivenModel { library, generation in
            var bytes = try Data(contentsOf: URL(filePath: generation.start))
            bytes[bytes.count / 2] ^= 1
            try FileManager.default.removeItem(atPath: generation.start)
            try bytes.write(to: URL(filePath: generation.start))
            #expect(try Library.checkIntegrity(at: library).findings.contains { $0.contains("start.lsa") })
            let report = try Library.repair(at: library)
            #expect(report.isRepaired)
            #expect(report.findings.contains { $0.contains("start.lsa") && $0.contains("without that model") })
            #expect(try Library(at: library).info().modelOrigin != .file)
            #expect(try Library.checkIntegrity(at: library).isHealthy)
        }
    }

    @Test
    func `a repair of a store that lost its settings keeps the model and the rank that were chosen`() throws {
        try withGivenModel { library, _ in
            try StoredSettings.removeAll(in: library)
            #expect(try Library.repair(at: library).isRepaired)
            #expect(try Library(at: library).info().modelOrigin == .file)
            #expect(try Library.checkIntegrity(at: library).isHealthy)
        }
        try TemporaryFolder.with { folder in
            let library = folder + "/library"
            try Library(creatingAt: library).add(Self.papers, options: AddOptions(model: .ownPapers, rank: .fixed(7)))
            try StoredSettings.removeAll(in: library)
            #expect(try Library.repair(at: library).isRepaired)
            let info = try Library(at: library).info()
            #expect(info.modelOrigin == .papers && info.rank == 7)
            #expect(LibraryFolder(path: library).generations().map(\.number) == [info.generation])
        }
    }

    @Test
    func `a repair believes a manifest that the store confirms before a setting, and says so`() throws {
        try TemporaryFolder.with { folder in
            let library = folder + "/library"
            try Library(creatingAt: library).add(Self.papers, options: AddOptions(model: .ownPapers, rank: .fixed(7)))
            try StoredSettings.set("modelRank", to: "6", in: library)
            #expect(try Library.checkIntegrity(at: library).findings.contains { $0.contains("disagree") })
            let report = try Library.repair(at: library)
            #expect(report.isRepaired && report.findings.contains { $0.contains("manifest' was kept") })
            #expect(try Library(at: library).info().rank == 7)
            #expect(try Library.checkIntegrity(at: library).isHealthy)
        }
    }

    @Test
    func `a repair mends a store that names a generation by no number`() throws {
        try TemporaryFolder.with { folder in
            let library = folder + "/library"
            try Library(creatingAt: library).add(Self.papers, options: AddOptions(model: .ownPapers, rank: .fixed(7)))
            let store = URL(filePath: library + "/papers.sqlite")
            var bytes = try Data(contentsOf: store)
            let place = try #require(bytes.firstRange(of: Data("generation1".utf8)))
            bytes.replaceSubrange(place, with: Data("generationq".utf8))
            try bytes.write(to: store)
            #expect(throws: AkinError.self) { _ = try Library(at: library).info() }
            #expect(try Library.repair(at: library).isRepaired)
            let info = try Library(at: library).info()
            #expect(info.paperCount == Self.papers.count && info.rank == 7)
            #expect(try Library.checkIntegrity(at: library).isHealthy)
        }
    }

    @Test
    func `an index of another libstemmer is found by the integrity check and rebuilt by a repair`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/library"
            // Without a term there is no model, which would contradict a manifest of another stemmer.
            try Library(creatingAt: path).add([Paper(id: "a", title: "Of the and", abstract: "")])
            let generation = try #require(LibraryFolder(path: path).generations().last)
            let text = try ManifestFile.text(in: generation)
            let altered = text.replacing("\(AnalyzerSettings().stemmerVersion)", with: "another")
            try #require(altered != text)
            try ManifestFile.write(altered, to: generation)
            #expect(throws: AkinError.self) { try Library(at: path).search(for: "words") }
            #expect(try Library.checkIntegrity(at: path).findings.contains { $0.contains("libstemmer") })
            #expect(try Library.repair(at: path).isRepaired)
            #expect(try Library(at: path).search(for: "words").hits.isEmpty)
            #expect(try Library.checkIntegrity(at: path).isHealthy)
        }
    }

    @Test
    func `a library that lost all papers still has the model that it was given`() throws {
        try withGivenModel { library, _ in
            try Library(at: library).remove(ids: Self.papers.map(\.id))
            #expect(try Library.checkIntegrity(at: library).isHealthy)
            try Library(at: library).add(Self.papers)
            #expect(try Library(at: library).info().modelOrigin == .file)
            #expect(try Library.checkIntegrity(at: library).isHealthy)
        }
    }

    /// Calls `body` with a library that was given a model as a file, which is gone.
    private func withGivenModel(_ body: (_ library: String, _ generation: GenerationFolder) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let lines = SyntheticPapers.make(200, seed: 9, firstNumber: 500)
                .map { JSONLinesExporter().line(for: $0) + "\n" }
            try Data(lines.joined().utf8).write(to: URL(filePath: folder + "/field.jsonl"))
            let model = folder + "/field.lsa"
            _ = try ModelTraining(rank: 20).train(on: PaperFiles([folder + "/field.jsonl"]), writing: model)
            let library = folder + "/library"
            try Library(creatingAt: library).add(Self.papers, options: AddOptions(model: .file(model)))
            try FileManager.default.removeItem(atPath: model)
            try body(library, try #require(LibraryFolder(path: library).generations().last))
        }
    }
}
