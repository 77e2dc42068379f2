import Foundation
import LatentSemantics
import LinearAlgebra
import MappedFiles
import TestSupport
import Testing
import TextAnalysis

@Suite("Model files")
struct ModelFileTests {
    private let counts = TermCounts(documents: randomDocuments(200, words: 300, seed: 11))
    private let model: LatentSemanticModel
    private let codedModel: LatentSemanticModel

    init() throws {
        model = try fit(
            counts,
            settings: AnalyzerSettings(language: .none),
            .init(
                rank: 12, weighting: .logTFIDF, minimumDocumentFrequency: 3, maximumDocumentFraction: 0.3, seed: .max
            ))
        codedModel = model.coded
    }

    private func model(isCoded: Bool) -> LatentSemanticModel { isCoded ? codedModel : model }

    @Test(arguments: [false, true])
    func `a model that was saved is the model that is opened`(isCoded: Bool) throws {
        let model = model(isCoded: isCoded)
        try TemporaryFolder.with { folder in
            let path = folder + "/model.lsa"
            try model.save(to: path)
            try LatentSemanticModel.verify(fileAt: path)
            let opened = try LatentSemanticModel(mapping: path)
            #expect(opened.parameters == model.parameters)
            #expect(opened.settings == model.settings)
            #expect(opened.documentCount == model.documentCount)
            #expect(opened.singularValues == model.singularValues)
            #expect(opened.termCount == model.termCount)
            for index in 0..<model.termCount {
                let id = VocabularyID(rawValue: UInt32(index))
                let term = model.vocabulary.term(id)
                #expect(opened.vocabulary.term(id) == term)
                #expect(opened.vocabulary.surfaceForm(of: id) == model.vocabulary.surfaceForm(of: id))
                #expect(opened.vocabulary.id(of: term) == id)
                #expect(opened.documentFrequency(of: term) == model.documentFrequency(of: term))
                #expect(opened.globalWeight(of: term) == model.globalWeight(of: term))
                #expect(opened.termVector(of: id) == model.termVector(of: id))
            }
            #expect(try opened.embed(counts, threads: 2).values == model.embed(counts).values)
            let known = model.vocabulary.term(VocabularyID(rawValue: 7))
            #expect(opened.embed([(known, 2)]) == model.embed([(known, 2)]))
            let suggestions = model.similarlySpelledTerms(to: "w12", limit: 5)
            #expect(opened.similarlySpelledTerms(to: "w12", limit: 5) == suggestions)
        }
    }

    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"), "it needs Python"),
        arguments: [false, true])
    func `another language reads the terms and their vectors`(isCoded: Bool) throws {
        let model = model(isCoded: isCoded)
        try TemporaryFolder.with { (folder: String) throws in
            try model.save(to: folder + "/model.lsa")
            let reader = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "Examples/ReadModel/read_model.py")
            let (process, output) = (Process(), Pipe())
            process.executableURL = URL(filePath: "/usr/bin/python3")
            process.arguments = [reader.path, folder + "/model.lsa"]
            process.standardOutput = output
            try process.run()
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
            #expect(process.terminationStatus == 0 && lines.count == model.termCount)
            for (index, line) in lines.enumerated() {
                let id = VocabularyID(rawValue: UInt32(index))
                #expect(String(line[0]) == model.vocabulary.term(id))
                let vector = line.dropFirst().compactMap { Float($0) }
                #expect(zip(vector, model.termVector(of: id)).allSatisfy { abs($0 - $1) < 1e-5 })
                #expect(vector.count == model.rank)
            }
        }
    }

    @Test
    func `the same model gives the same bytes, and may replace its own file`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/model.lsa"
            try model.save(to: path)
            let bytes = try Data(contentsOf: URL(filePath: path))
            let opened = try LatentSemanticModel(mapping: path)
            try opened.save(to: path)
            #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
            #expect(try opened.embed(counts).values == model.embed(counts).values)
        }
    }

    @Test
    func `a file that is absent, empty, another's, or of a newer or older version is refused by name`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/model.lsa"
            #expect(opening(path) == .cannotRead)
            try Data().write(to: URL(filePath: path))
            #expect(opening(path) == .damaged)
            let text = Data("A page of text that is no model at all, and longer than a header is.".utf8)
            try text.write(to: URL(filePath: path))
            #expect(opening(path) == .notAModel)
            try SectionedFileWriter(path: path, kind: FileKind(rawValue: "bm25"), version: 1).commit()
            #expect(opening(path) == .notAModel)
            try SectionedFileWriter(path: path, kind: FileKind(rawValue: "lsa"), version: 3).commit()
            #expect(opening(path) == .newerVersion)
            try SectionedFileWriter(path: path, kind: FileKind(rawValue: "lsa"), version: 0).commit()
            #expect(opening(path) == .olderVersion)
            try SectionedFileWriter(path: path, kind: FileKind(rawValue: "lsa"), version: 1).commit()
            #expect(opening(path) == .damaged)
            #expect(saving(to: folder + "/absent/model.lsa") == .cannotWrite)
            do {
                _ = try LatentSemanticModel(mapping: path)
            } catch let error as LatentSemanticsError {
                #expect(error.message.contains(path))
                #expect(error.description == error.message)
                #expect(error.cause != nil)
            }
        }
    }

    @Test
    func `a file that was cut short is refused`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/model.lsa"
            try model.save(to: path)
            let bytes = try Data(contentsOf: URL(filePath: path))
            var generator = SeededGenerator(seed: 21)
            for _ in 0..<300 {
                let length = Int.random(in: 0..<bytes.count, using: &generator)
                try bytes.prefix(length).write(to: URL(filePath: path))
                #expect(opening(path) == .damaged, "\(length) of \(bytes.count) bytes")
            }
        }
    }

    @Test(arguments: [false, true])
    func `flipped bits are refused or answered from, and always found by verifying`(isCoded: Bool) throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/model.lsa"
            try model(isCoded: isCoded).save(to: path)
            let bytes = try Data(contentsOf: URL(filePath: path))
            var generator = SeededGenerator(seed: 22)
            for _ in 0..<500 {
                var damaged = bytes
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                try damaged.write(to: URL(filePath: path))
                if let opened = try? LatentSemanticModel(mapping: path) { exercise(opened) }
                #expect(throws: LatentSemanticsError.self, "byte \(place)") {
                    try LatentSemanticModel.verify(fileAt: path)
                }
            }
        }
    }

    @Test(arguments: [false, true])
    func `made-up content under right checksums is refused or answered from`(isCoded: Bool) throws {
        // Every section in turn is filled with chance, or has one element more, one less, or none.
        try TemporaryFolder.with { folder in
            let path = folder + "/model.lsa"
            try model(isCoded: isCoded).save(to: path)
            let original = try SectionedFile(path: path, kind: FileKind(rawValue: "lsa"), versions: 1...2)
            let other = folder + "/made-up.lsa"
            var generator = SeededGenerator(seed: 23)
            func anyByte() -> UInt8 { UInt8.random(in: 0...255, using: &generator) }
            for section in original.sectionNames {
                for round in 0..<30 {
                    try rewrite(original, to: other) { name, bytes, elementSize in
                        guard name == section else { return }
                        switch round {
                        case 0: bytes = []
                        case 1: bytes.append(contentsOf: [UInt8](repeating: 0, count: elementSize))
                        case 2: bytes.removeLast(elementSize)
                        case 3: bytes = [UInt8](repeating: 0xFF, count: bytes.count)
                        case 4: bytes = [UInt8](repeating: 0, count: bytes.count)
                        case 5..<15:
                            for _ in 0..<5 { bytes[Int.random(in: 0..<bytes.count, using: &generator)] = anyByte() }
                        default: for index in bytes.indices { bytes[index] = anyByte() }
                        }
                    }
                    do throws(LatentSemanticsError) {
                        try exercise(LatentSemanticModel(mapping: other))
                    } catch {
                        #expect(error.code == .damaged)
                        #expect(error.message.contains(other))
                    }
                }
            }
        }
    }

    @Test
    func `a document is not embedded with vectors that are no numbers`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/model.lsa"
            try model.save(to: path)
            let original = try SectionedFile(path: path, kind: FileKind(rawValue: "lsa"), versions: 1...2)
            let other = folder + "/other.lsa"
            try rewrite(original, to: other) { name, bytes, _ in
                if name == "term.vectors" { bytes = [UInt8](repeating: 0xFF, count: bytes.count) }
            }
            let damaged = try LatentSemanticModel(mapping: other)
            #expect(throws: LatentSemanticsError.self) { try damaged.embed(counts) }
            let known = model.vocabulary.term(VocabularyID(rawValue: 0))
            #expect(damaged.contains(known))
            #expect(damaged.embed([(known, 1)]) == [Float](repeating: 0, count: damaged.rank))
            #expect(throws: LatentSemanticsError.self) { try LatentSemanticModel.verify(fileAt: other) }
        }
    }

    /// Writes a file again, each section changed by `change`.
    private func rewrite(
        _ file: SectionedFile, to path: String, _ change: (String, inout [UInt8], _ elementSize: Int) -> Void
    ) throws {
        var writer = try SectionedFileWriter(path: path, kind: FileKind(rawValue: "lsa"), version: file.version)
        for name in file.sectionNames {
            let elementSize = ["model", "term.utf8", "surface.utf8", "term.codes"].contains(name) ? 1 : 4
            var bytes =
                elementSize == 1
                ? try Array(file.array(name, of: UInt8.self))
                : try file.array(name, of: UInt32.self).flatMap { element in
                    (0..<4).map { UInt8(truncatingIfNeeded: element >> (8 * $0)) }
                }
            change(name, &bytes, elementSize)
            writer.begin(name, elementSize: elementSize)
            try writer.append(unsafe bytes.span.bytes)
            writer.end()
        }
        try writer.commit()
    }

    /// Asks a model all that it can be asked. Its vectors are finite whatever its file holds.
    private func exercise(_ model: LatentSemanticModel) {
        let terms = (0..<UInt32(self.model.termCount)).map { self.model.vocabulary.term(VocabularyID(rawValue: $0)) }
        for term in terms { #expect(model.embed([(term, 1)]).allSatisfy { $0.isFinite }) }
        #expect(model.embed(terms.map { ($0, 2) }).allSatisfy { $0.isFinite })
        do throws(LatentSemanticsError) {
            #expect(try model.embed(counts).values.allSatisfy { $0.isFinite })
        } catch {
            #expect(error.code == .damaged)
        }
        for term in terms + ["", "x"] {
            _ = (model.contains(term), model.documentFrequency(of: term), model.globalWeight(of: term))
        }
        _ = model.similarlySpelledTerms(to: "w10", limit: 3)
        for index in 0..<model.termCount {
            let id = VocabularyID(rawValue: UInt32(index))
            _ = (model.vocabulary.term(id), model.vocabulary.surfaceForm(of: id), model.termVector(of: id))
        }
    }

    private func opening(_ path: String) -> LatentSemanticsError.Code? {
        do throws(LatentSemanticsError) {
            _ = try LatentSemanticModel(mapping: path)
            return nil
        } catch {
            return error.code
        }
    }

    private func saving(to path: String) -> LatentSemanticsError.Code? {
        do throws(LatentSemanticsError) {
            try model.save(to: path)
            return nil
        } catch {
            return error.code
        }
    }
}
