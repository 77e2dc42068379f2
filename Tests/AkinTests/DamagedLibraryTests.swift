import Akin
import Foundation
import Papers
import TestSupport
import Testing

@Suite("A damaged library")
struct DamagedLibraryTests {
    private static let files = ["manifest.json", "model.lsa", "segment-000000.hnsw", "segment-000000.bm25"]

    /// Calls `body` with the folder of a library and of its generation in force.
    private func withLibrary(_ body: (_ library: String, _ generation: GenerationFolder) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/library"
            try Library(creatingAt: path).add(SyntheticPapers.make(80))
            let generation = try #require(LibraryFolder(path: path).generations().last)
            try body(path, generation)
        }
    }

    /// Asks everything that reads the indexes; a typed error will do for an answer.
    private func ask(_ path: String) throws(AkinError) -> [SearchAnswer] {
        let library = try Library(at: path)
        let text = "\(SyntheticPapers.word(0)) study"
        return try SearchMode.allCases.map { mode throws(AkinError) in
            try library.search(for: text, options: SearchOptions(k: 80, mode: mode))
        } + [library.search(like: ["paper:3"])]
    }

    private func overwrite(_ path: String, _ data: Data) throws {
        // A new file: the old one may be linked from another generation.
        try FileManager.default.removeItem(atPath: path)
        try data.write(to: URL(filePath: path))
    }

    @Test(arguments: files)
    func `is refused by the name of the file that is cut short`(name: String) throws {
        try withLibrary { library, generation in
            let path = generation.path + "/" + name
            let whole = try Data(contentsOf: URL(filePath: path))
            for length in [0, 1, 8, 40, whole.count / 2, whole.count - 1] {
                try overwrite(path, whole.prefix(length))
                do throws(AkinError) {
                    _ = try ask(library)
                    Issue.record("\(name) of \(length) bytes was accepted")
                } catch {
                    #expect(error.code == .damaged)
                    #expect(error.message.contains(name))
                }
            }
        }
    }

    @Test(arguments: files)
    func `answers or refuses when a bit is flipped, and never crashes`(name: String) throws {
        try withLibrary { library, generation in
            let path = generation.path + "/" + name
            let whole = try Data(contentsOf: URL(filePath: path))
            var generator = SeededGenerator(seed: 5)
            for _ in 0..<60 {
                var altered = whole
                let bit = Int.random(in: 0..<whole.count * 8, using: &generator)
                altered[bit / 8] ^= 1 << UInt8(bit % 8)
                try overwrite(path, altered)
                _ = try? ask(library)
            }
        }
    }

    @Test(arguments: files)
    func `a changed byte of a file is reported by the integrity check and mended by a repair`(name: String) throws {
        try withLibrary { library, generation in
            let before = try ask(library).map { $0.hits.map(\.paper.id) }
            let path = generation.path + "/" + name
            var bytes = try Data(contentsOf: URL(filePath: path))
            // The last byte belongs to a section, or is the brace that closes the manifest.
            bytes[bytes.count - 1] ^= 0x40
            try overwrite(path, bytes)
            let report = try Library.checkIntegrity(at: library)
            #expect(!report.isHealthy)
            #expect(report.findings.contains { $0.contains(name) })

            let repair = try Library.repair(at: library)
            #expect(repair.isRepaired)
            #expect(repair.paperCount == 80)
            #expect(try Library.checkIntegrity(at: library).isHealthy)
            #expect(try ask(library).map { $0.hits.map(\.paper.id) } == before)
        }
    }

    @Test
    func `is mended when its generation is gone`() throws {
        try withLibrary { library, generation in
            try FileManager.default.removeItem(atPath: generation.path)
            do throws(AkinError) {
                _ = try ask(library)
                Issue.record("a library without a generation answered")
            } catch {
                #expect(error.code == .damaged)
                #expect(error.message.contains("akin doctor --repair"))
            }
            #expect(!FileManager.default.fileExists(atPath: generation.path), "a reader made a file in its place")
            #expect(try Library.repair(at: library).isRepaired)
            #expect(try ask(library).allSatisfy { !$0.hits.isEmpty })
        }
    }

    @Test
    func `of a newer format is refused with both versions named`() throws {
        try withLibrary { library, generation in
            let manifest = try String(contentsOfFile: generation.manifest, encoding: .utf8)
            let newer = manifest.replacingOccurrences(of: "\"format\" : 3", with: "\"format\" : 7")
            try #require(newer != manifest)
            try overwrite(generation.manifest, Data(newer.utf8))
            do throws(AkinError) {
                _ = try ask(library)
                Issue.record("a newer format was accepted")
            } catch {
                #expect(error.code == .newerVersion)
                #expect(error.message.contains("7") && error.message.contains("3"))
            }
            #expect(throws: AkinError.self) { try Library.repair(at: library) }
            #expect(try String(contentsOfFile: generation.manifest, encoding: .utf8) == newer)
        }
    }

    @Test
    func `of an older format is refused with the remedy, which works`() throws {
        try withLibrary { library, generation in
            let manifest = try String(contentsOfFile: generation.manifest, encoding: .utf8)
            let older = manifest.replacingOccurrences(of: "\"format\" : 3", with: "\"format\" : 1")
            try #require(older != manifest)
            try overwrite(generation.manifest, Data(older.utf8))
            do throws(AkinError) {
                _ = try ask(library)
                Issue.record("an older format was accepted")
            } catch {
                #expect(error.code == .damaged)
                #expect(error.message.contains("format 1") && error.message.contains("akin doctor --repair"))
            }
            #expect(try Library.repair(at: library).isRepaired)
            #expect(try ask(library).allSatisfy { !$0.hits.isEmpty })
        }
    }

    @Test(arguments: [0, 1, 100, 4_096])
    func `whose store is no database is refused`(length: Int) throws {
        try withLibrary { library, _ in
            let store = library + "/papers.sqlite"
            let whole = try Data(contentsOf: URL(filePath: store))
            try overwrite(store, Data(repeating: 7, count: length))
            do throws(AkinError) {
                _ = try ask(library)
                Issue.record("a store of \(length) bytes was accepted")
            } catch {
                #expect(error.code == .damaged)
                #expect(error.message.contains("papers.sqlite"))
            }
            try overwrite(store, whole)
            #expect(try ask(library).allSatisfy { !$0.hits.isEmpty })
        }
    }

    @Test
    func `whose store has a damaged page keeps what can be read and names what is lost`() throws {
        try withLibrary { library, _ in
            let store = library + "/papers.sqlite"
            var bytes = try Data(contentsOf: URL(filePath: store))
            let text = try #require(bytes.range(of: Data(SyntheticPapers.make(80)[40].title.utf8), options: .backwards))
            let page = text.lowerBound / 4_096 * 4_096
            bytes.replaceSubrange(page..<page + 4_096, with: Data(repeating: 0xA5, count: 4_096))
            try overwrite(store, bytes)
            #expect(try !Library.checkIntegrity(at: library).isHealthy)

            let repair = try Library.repair(at: library)
            #expect(repair.isRepaired)
            #expect((1..<80).contains(repair.paperCount))
            #expect(!repair.lostPapers.isEmpty)
            #expect(repair.paperCount + repair.lostPapers.count == 80)
            #expect(FileManager.default.fileExists(atPath: store + ".damaged"))
            #expect(try Library.checkIntegrity(at: library).isHealthy)
            #expect(try Library(at: library).search(for: "study").hits.count == 10)
        }
    }

    @Test
    func `whose store is gone is not begun anew`() throws {
        try withLibrary { library, generation in
            try FileManager.default.removeItem(atPath: library + "/papers.sqlite")
            do throws(AkinError) {
                try Library(creatingAt: library).add(SyntheticPapers.make(1))
                Issue.record("a library without its papers was begun anew")
            } catch {
                #expect(error.code == .damaged)
            }
            #expect(FileManager.default.fileExists(atPath: generation.model))
        }
    }

    @Test
    func `whose manifest says something else is refused`() throws {
        try withLibrary { library, generation in
            let manifest = try String(contentsOfFile: generation.manifest, encoding: .utf8)
            for (entry, other) in [
                ("\"fittedPaperCount\" : 80", "\"fittedPaperCount\" : 0"),
                ("\"nextSegment\" : 1", "\"nextSegment\" : 9"),
                ("\"removesStopwords\" : true", "\"removesStopwords\" : false"),
            ] {
                let altered = manifest.replacingOccurrences(of: entry, with: other)
                try #require(altered != manifest)
                try overwrite(generation.manifest, Data(altered.utf8))
                #expect(throws: AkinError.self) { try ask(library) }
                #expect(try !Library.checkIntegrity(at: library).isHealthy)
            }
        }
    }

    @Test
    func `whose index is another library's is found out`() throws {
        try withLibrary { library, generation in
            let path = library + "-other"
            let other = try Library(creatingAt: path)
            try other.add(SyntheticPapers.make(2, firstNumber: 500))
            try other.remove(ids: ["paper:500", "paper:501"])
            try other.add(SyntheticPapers.make(80))
            let foreign = try #require(LibraryFolder(path: path).generations().last)
            let file = try #require(
                try FileManager.default.contentsOfDirectory(atPath: foreign.path).first { $0.hasSuffix(".hnsw") }
            )
            let bytes = try Data(contentsOf: URL(filePath: foreign.path + "/" + file))
            try overwrite(generation.vectors(ofSegment: 0), bytes)
            #expect(try !Library.checkIntegrity(at: library).isHealthy)
        }
    }
}
