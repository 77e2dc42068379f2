import Akin
import Foundation
import LatentSemantics
import MappedFiles
import PaperFormats
import Papers
import Ranking
import ReleasedModels
import TestSupport
import Testing
import TextAnalysis

@Suite("The model that a library starts from")
struct StartingModelTests {
    @Test
    func `a small library of the model's field starts from it, and finds what it never read of`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(BundledSample.papers)
            #expect(try library.info().modelOrigin == .released)
            let alone = try Library(creatingAt: folder + "/alone")
            try alone.add(BundledSample.papers, options: AddOptions(model: .ownPapers))
            #expect(try alone.info().modelOrigin == .papers)
            #expect(try library.info().termCount > alone.info().termCount + 30_000)
            // Words that no bundled paper has; the model knows what they go with.
            let unread = "telephony microcontroller"
            for mode in [SearchMode.semantic, .hybrid] {
                let options = SearchOptions(k: 5, mode: mode, explains: true)
                #expect(try alone.search(for: unread, options: options).hits.isEmpty)
                let answer = try library.search(for: unread, options: options)
                #expect(answer.unknownWords == ["telephony", "microcontroller"])
                #expect(answer.hits.count == 5)
                for hit in answer.hits {
                    let explanation = try #require(hit.explanation)
                    let pairs = explanation.sharedWords + explanation.bridges
                    #expect(abs(pairs.reduce(0) { $0 + $1.share } - hit.parts.semantic) < 1e-4)
                }
            }
            #expect(try library.search(for: unread, options: SearchOptions(mode: .lexical)).hits.isEmpty)
        }
    }

    @Test
    func `a library of another field starts from the model only if it is told to`() throws {
        try TemporaryFolder.with { folder in
            let papers = SyntheticPapers.make(200)
            let library = try Library(creatingAt: folder + "/library")
            try library.add(papers)
            #expect(try library.info().modelOrigin == .papers)
            try library.refit(model: .released)
            #expect(try library.info().modelOrigin == .released)
            try library.add(SyntheticPapers.make(20, seed: 2, firstNumber: 200))
            #expect(try library.info().modelOrigin == .released)
            try library.refit(model: .automatic)
            #expect(try library.info().modelOrigin == .papers)
            #expect(try Library.checkIntegrity(at: folder + "/library").isHealthy)
        }
    }

    @Test
    func `a library of its own space keeps it when it grows`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(Array(BundledSample.papers[..<40]), options: AddOptions(model: .ownPapers))
            try library.add(Array(BundledSample.papers[40...]))
            #expect(try library.info().modelOrigin == .papers)
        }
    }

    @Test
    func `a grown library leaves the released model behind`() throws {
        let analyzer = try Analyzer()
        let model = try #require(try ReleasedModel.languageAndLearning())
        func counts(_ copies: Int) -> TermCounts {
            let texts = BundledSample.papers.map { [$0.title, $0.abstract] }
            return analyzer.countTerms(documentCount: copies * texts.count, threads: 2) { texts[$0 % texts.count] }
        }
        #expect(try StartingModel.serves(counts(1), model, threads: 1))
        let most = RankingPolicy.standard.startPaperLimit / BundledSample.papers.count
        #expect(try StartingModel.serves(counts(most), model, threads: 2))
        #expect(try !StartingModel.serves(counts(most + 1), model, threads: 2))
    }

    @Test
    func `a given model is kept with the library`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/field.lsa"
            try JSONLines.write(SyntheticPapers.make(400), to: folder + "/field.jsonl")
            let report = try ModelTraining(rank: 20).train(on: PaperFiles([folder + "/field.jsonl"]), writing: path)
            #expect(report.paperCount == 400 && report.rank == 20 && report.termCount > 100)
            let library = try Library(creatingAt: folder + "/library")
            try library.add(
                SyntheticPapers.make(30, seed: 3, firstNumber: 500), options: AddOptions(model: .file(path)))
            #expect(try library.info().modelOrigin == .file)
            try FileManager.default.removeItem(atPath: path)
            try library.add(SyntheticPapers.make(30, seed: 4, firstNumber: 600))
            #expect(try library.info().modelOrigin == .file)
            #expect(try library.info().termCount >= report.termCount)
            // Nothing is left of it once the library is told otherwise.
            try library.refit(model: .ownPapers)
            #expect(try library.info().modelOrigin == .papers)
            #expect(try library.info().termCount < report.termCount)
        }
    }

    @Test
    func `a file that is no model is refused and the library stays as it was`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(SyntheticPapers.make(30))
            let text = folder + "/page.txt"
            try Data("No model at all, and longer than the header of a file of sections is.".utf8)
                .write(to: URL(filePath: text))
            for path in [text, folder + "/absent.lsa"] {
                let error = #expect(throws: AkinError.self) { try library.refit(model: .file(path)) }
                #expect(error?.message.contains(path) == true)
            }
            #expect(try library.info().generation == 1)
            #expect(try Library.checkIntegrity(at: folder + "/library").isHealthy)
        }
    }

    @Test(arguments: [(0, AkinError.Code.olderVersion), (99, AkinError.Code.newerVersion)])
    func `a model file of an older or a newer version is refused by that word`(
        version: Int, code: AkinError.Code
    ) throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/model.lsa"
            try SectionedFileWriter(path: path, kind: FileKind("lsa"), version: UInt32(version)).commit()
            let library = try Library(creatingAt: folder + "/library")
            let error = #expect(throws: AkinError.self) {
                try library.add(SyntheticPapers.make(3), options: AddOptions(model: .file(path)))
            }
            #expect(error?.code == code)
            #expect(error?.message.contains(path) == true)
        }
    }
}

@Suite("Training a model")
struct ModelTrainingTests {
    @Test
    func `training counts a paper once and reports what is none`() throws {
        try TemporaryFolder.with { folder in
            let papers = SyntheticPapers.make(60)
            var again = papers[0]
            again = Paper(id: "other:1", title: again.title, abstract: again.abstract, authors: again.authors)
            try JSONLines.write(papers + [again, papers[1]], to: folder + "/a.jsonl")
            try Data("{\"id\": \"x\"}\nno record\n".utf8).write(to: URL(filePath: folder + "/b.jsonl"))
            let report = try ModelTraining(rank: 8).train(
                on: PaperFiles(["a.jsonl", "b.jsonl", "absent.jsonl"].map { "\(folder)/\($0)" }),
                writing: folder + "/model.lsa"
            )
            #expect(report.paperCount == 60)
            #expect(report.duplicateCount == 2)
            #expect(report.skipped.count == 2)
            #expect(report.failedFiles.map(\.file).sorted() == [folder + "/absent.jsonl", folder + "/b.jsonl"])
            try LatentSemanticModel.verify(fileAt: folder + "/model.lsa")
            #expect(try LatentSemanticModel(mapping: folder + "/model.lsa").documentCount == 60)
        }
    }

    @Test
    func `training tells repeated papers as a library does`() throws {
        try TemporaryFolder.with { folder in
            let words = (0..<30).map { SyntheticPapers.word($0) }.joined(separator: " ")
            let others = (100..<130).map { SyntheticPapers.word($0) }.joined(separator: " ")
            let records = [
                // Editorials without an author, and one title of two authors, are different papers.
                Paper(id: "a:1", title: "Editorial", abstract: words),
                Paper(id: "a:2", title: "Editorial", abstract: others),
                Paper(id: "b:1", title: "On a matter", abstract: words, authors: ["Ada Quill"]),
                Paper(id: "b:2", title: "On a matter", abstract: others, authors: ["Ben Marsh"]),
                // One DOI makes one paper, and different ones of a kind make two.
                Paper(id: "10.1000/one", title: "First words", abstract: words),
                Paper(id: "c:1", title: "Other words", abstract: others, alternateIDs: ["https://doi.org/10.1000/ONE"]),
                Paper(id: "10.1000/two", title: "A title", abstract: words, authors: ["Cleo Stone"]),
                Paper(id: "10.1000/three", title: "A title", abstract: words, authors: ["Cleo Stone"]),
                // Much the same abstract, and the same title and author.
                Paper(id: "d:1", title: "Some title", abstract: words, authors: ["Dov Rivers"]),
                Paper(id: "d:2", title: "Some title", abstract: words + " more", authors: ["Eli Thorn"]),
                Paper(id: "d:3", title: "Some title", abstract: others, authors: ["Eli Thorn"]),
                // A record that joins two papers.
                Paper(id: "e:1", title: "Left", abstract: words),
                Paper(id: "e:2", title: "Right", abstract: others),
                Paper(id: "e:3", title: "Both", abstract: "", alternateIDs: ["e:1", "e:2"]),
            ]
            try JSONLines.write(records, to: folder + "/a.jsonl")
            let report = try ModelTraining(rank: 2).train(
                on: PaperFiles(["\(folder)/a.jsonl"]), writing: folder + "/model.lsa")
            let library = try Library(creatingAt: folder + "/library")
            #expect(try library.add(records).paperCount == 9)
            #expect(report.paperCount == 9)
            #expect(report.duplicateCount == 4)
        }
    }

    @Test
    func `training writes nothing where there is nothing to learn or a number is out of range`() throws {
        try TemporaryFolder.with { folder in
            try JSONLines.write(SyntheticPapers.make(5), to: folder + "/a.jsonl")
            let path = folder + "/model.lsa"
            for (training, files) in [
                (ModelTraining(), [folder + "/absent.jsonl"]), (ModelTraining(rank: 0), [folder + "/a.jsonl"]),
                (ModelTraining(minimumPaperCount: 90), [folder + "/a.jsonl"]),
            ] {
                #expect(throws: AkinError.self) { try training.train(on: PaperFiles(files), writing: path) }
                #expect(!FileManager.default.fileExists(atPath: path))
            }
        }
    }
}

/// Papers as a file of JSON Lines.
private enum JSONLines {
    static func write(_ papers: [Paper], to path: String) throws {
        let lines = papers.map { JSONLinesExporter().line(for: $0) + "\n" }
        try Data(lines.joined().utf8).write(to: URL(filePath: path))
    }
}

@Suite("The rank that a library is told")
struct RankChoiceTests {
    @Test
    func `a library keeps its rank until it is told another`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(SyntheticPapers.make(300), options: AddOptions(rank: .fixed(20)))
            #expect(try library.info().rank == 20)
            try library.add(SyntheticPapers.make(10, seed: 2, firstNumber: 300))
            #expect(try library.info().rank == 20)
            try library.refit(model: .released)
            #expect(try library.info().rank == 20)
            try library.refit(model: .ownPapers, rank: .automatic)
            #expect(try library.info().rank == 64)
            let error = #expect(throws: AkinError.self) { try library.refit(rank: .fixed(0)) }
            #expect(error?.code == .invalidArgument)
        }
    }
}
