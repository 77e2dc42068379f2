import Akin
import AkinReports
import Foundation
import MappedFiles
import PaperStore
import Papers
import Ranking
import TestSupport
import Testing

@Suite("A library made to do harm, with right checksums")
struct HostileLibraryTests {
    private static func papers() -> [Paper] {
        var generator = SeededGenerator(seed: 7)
        return (0..<220).map { number in
            let words = (0..<25).map { _ in "word\(Int.random(in: 0..<12, using: &generator) + number % 9 * 12)" }
            return Paper(
                id: "p\(number)", title: "Study \(number) of word\(number % 9 * 12)",
                abstract: words.joined(separator: " "))
        }
    }

    /// Makes a library and calls `body` with its path and generation.
    private func withLibrary(_ body: (_ library: String, _ generation: GenerationFolder) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/library"
            try Library(creatingAt: path).add(Self.papers(), options: AddOptions(model: .ownPapers))
            // A store of an earlier build keeps no checksum of the manifest, and then any manifest is taken.
            let store = try PaperStore(opening: path + "/papers.sqlite", mode: .readWrite)
            try store.write { try $0.setSetting("manifest", to: nil) }
            try body(path, try #require(LibraryFolder(path: path).generations().last))
        }
    }

    private func manifestText(_ generation: GenerationFolder) throws -> String {
        let file = try SectionedFile(path: generation.manifest, kind: FileKind("library"), versions: 1...99)
        return String(decoding: try file.array("json", of: UInt8.self), as: UTF8.self)
    }

    private func writeManifest(_ text: String, _ generation: GenerationFolder) throws {
        var writer = try SectionedFileWriter(
            path: generation.manifest, kind: FileKind("library"), version: UInt32(Manifest.currentFormat))
        try writer.add("json", Array(text.utf8))
        try writer.commit()
    }

    /// Asks a library all that it answers, and writes each answer as JSON.
    ///
    /// - Returns: How many answers it gave; the others were typed errors.
    @discardableResult
    private func use(_ path: String) throws -> Int {
        var answers = 0
        func attempt(_ ask: () throws -> any Encodable) throws {
            do {
                let json = try encodedJSON(ask())
                _ = try JSONSerialization.jsonObject(with: json)
                answers += 1
            } catch is AkinError {
                // A typed error is what a hostile file may get.
            }
        }
        for mode in [SearchMode.hybrid, .lexical, .semantic] {
            try attempt {
                var options = SearchOptions(mode: mode)
                options.explains = true
                let answer = try Library(at: path).search(for: "study of word12 word25 wrod30", options: options)
                return AnswerReport(query: "q", answer: answer, elapsed: .zero)
            }
        }
        try attempt {
            AnswerReport(query: "q", answer: try Library(at: path).search(like: ["p3"], unlike: ["p4"]), elapsed: .zero)
        }
        try attempt { ComparisonReport(try Library(at: path).comparison(of: "p1", with: "p10")) }
        try attempt { InfoReport(try Library(at: path).info()) }
        try attempt { DoctorReport(try Library.checkIntegrity(at: path)) }
        return answers
    }

    @Test
    func `is refused or answers, whichever number of its indexes and its model is extreme`() throws {
        try withLibrary { library, generation in
            let manifest = try Manifest(in: generation)
            let text = try manifestText(generation)
            var answers = 0
            #expect(try use(library) == 7, "the library as it was made answers all")
            for file in manifest.files {
                let path = generation.path + "/" + file.name
                let good = try SectionedBytes(path: path)
                for section in good.sections where section.count > 0 {
                    let places = section.count <= 12 ? Array(0..<section.count) : [0, section.count - 1]
                    for value in SectionedBytes.extremes(ofSize: section.elementSize) {
                        for elements in places.map({ $0..<$0 + 1 }) + [0..<section.count] {
                            var altered = good
                            altered.set(elements, of: section, to: value)
                            try Data(altered.bytes).write(to: URL(filePath: path))
                            let checksum = try FileIdentity(ofFileAt: path).checksum
                            try writeManifest(
                                text.replacing("\(file.checksum)", with: "\(checksum)"), generation)
                            answers += try use(library)
                        }
                    }
                }
                try Data(good.bytes).write(to: URL(filePath: path))
            }
            #expect(answers > 0, "files with right checksums are read")
        }
    }

    @Test
    func `is refused or answers, whichever number of its manifest is extreme`() throws {
        try withLibrary { library, generation in
            let text = try manifestText(generation)
            let numbers = text.ranges(of: /-?\d+(\.\d+)?(e-?\d+)?/)
            for range in numbers {
                for value in ["-1", "0", "2147483648", "9223372036854775807", "1e308", "-1e308", "1e-320", "0.5"] {
                    try writeManifest(text.replacingCharacters(in: range, with: value), generation)
                    try use(library)
                }
            }
        }
    }

    @Test
    func `numbers that are not finite are null in a report`() throws {
        let json = try encodedJSON(["a": Double.nan, "b": .infinity, "c": -.infinity, "d": 1.5])
        let object = try JSONSerialization.jsonObject(with: json) as? [String: Any]
        #expect(["a", "b", "c"].allSatisfy { object?[$0] is NSNull })
        #expect(object?["d"] as? Double == 1.5)
    }
}
