import Akin
import Foundation
import MappedFiles
import PaperStore
import Papers
import Ranking
import TestSupport
import Testing

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#elseif canImport(Bionic)
import Bionic
#else
import Glibc
#endif

@Suite("A damaged library")
struct DamagedLibraryTests {
    private static let files = ["manifest", "model.lsa", "segment-000000.lsa.hnsw", "segment-000000.bm25"]

    /// Calls `body` with the folder of a library and of its generation in force.
    private func withLibrary(_ body: (_ library: String, _ generation: GenerationFolder) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/library"
            try Library(creatingAt: path).add(SyntheticPapers.make(80))
            let generation = try #require(LibraryFolder(path: path).generations().last)
            try body(path, generation)
        }
    }

    /// Asks everything that reads the indexes.
    private func ask(_ path: String) throws(AkinError) -> [SearchAnswer] {
        let library = try Library(at: path)
        let text = "\(SyntheticPapers.word(0)) study"
        return try SearchMode.allCases.map { mode throws(AkinError) in
            try library.search(for: text, options: SearchOptions(k: 80, mode: mode))
        } + [library.search(like: ["paper:3"])]
    }

    /// The error of asking a library, or `nil` if it answers.
    private func refusal(_ path: String) -> AkinError? {
        do throws(AkinError) {
            _ = try ask(path)
            return nil
        } catch {
            return error
        }
    }

    private func overwrite(_ path: String, _ data: Data) throws {
        // A new file: the old one may be linked from another generation.
        try FileManager.default.removeItem(atPath: path)
        try data.write(to: URL(filePath: path))
    }

    @Test
    func `papers are listed and shown though every index is damaged`() throws {
        try withLibrary { path, generation in
            for file in Self.files { try overwrite(generation.path + "/" + file, Data("damaged".utf8)) }
            let library = try Library(at: path)
            #expect(try library.papers().count == 80)
            #expect(try library.paper(named: "paper:3").id == "paper:3")
            #expect(try library.canonicalIDs(of: ["paper:3"]) == ["paper:3": "paper:3"])
            #expect(try library.unknownEntries(of: PaperFilter(venues: ["none"])).count == 1)
            #expect(refusal(path)?.code == .damaged)
        }
    }

    // MARK: - Exchanged files

    @Test
    func `the store of another library of the same size is refused, and the check says so`() throws {
        try withLibrary { library, _ in
            try TemporaryFolder.with { folder in
                let other = folder + "/other"
                try Library(creatingAt: other).add(
                    SyntheticPapers.make(80).map {
                        Paper(id: "other:" + $0.id, title: $0.title + " anew", abstract: "")
                    })
                try overwrite(
                    library + "/papers.sqlite", Data(contentsOf: URL(filePath: other + "/papers.sqlite")))
                let error = try #require(refusal(library))
                #expect(error.code == .damaged && error.message.contains("another library"))
                #expect(try !Library.checkIntegrity(at: library).isHealthy)
                #expect(try Library.repair(at: library).isRepaired)
                #expect(try Library.checkIntegrity(at: library).isHealthy)
                #expect(try Library(at: library).paper(named: "other:paper:3").id == "other:paper:3")
            }
        }
    }

    // MARK: - What a killed writer leaves

    @Test
    func `the next change leaves one file after a writer was killed`() throws {
        try withLibrary { library, _ in
            let path = library + "/papers.sqlite"
            do {
                let store = try PaperStore(opening: path, mode: .readWrite)
                try store.write { try $0.setSetting("note", to: "of a writer") }
                // The file and its log while the writer lives are what they are when it is killed.
                for suffix in ["", "-wal"] {
                    try FileManager.default.copyItem(atPath: path + suffix, toPath: path + ".killed" + suffix)
                }
            }
            try FileManager.default.removeItem(atPath: path)
            for suffix in ["", "-wal"] {
                try FileManager.default.moveItem(atPath: path + ".killed" + suffix, toPath: path + suffix)
            }
            let opened = try Library(at: library)
            #expect(try !opened.search(for: "\(SyntheticPapers.word(0)) study").hits.isEmpty)
            try opened.add([Paper(id: "new", title: "New", abstract: "")])
            for suffix in ["-wal", "-shm", "-journal"] {
                #expect(!FileManager.default.fileExists(atPath: path + suffix), "\(suffix)")
            }
            #expect(try Library.checkIntegrity(at: library).isHealthy)
        }
    }

    @Test
    func `a library whose store is gone is not said to be none`() throws {
        try withLibrary { library, _ in
            try FileManager.default.removeItem(atPath: library + "/papers.sqlite")
            let error = try #require(refusal(library))
            #expect(error.code == .damaged && error.remedy == .restoreBackup)
        }
    }

    // MARK: - Damaged files

    @Test(arguments: files)
    func `a file that is cut short is refused by its name`(name: String) throws {
        try withLibrary { library, generation in
            let path = generation.path + "/" + name
            let whole = try Data(contentsOf: URL(filePath: path))
            for length in [0, 1, 8, 40, whole.count / 2, whole.count - 1] {
                try overwrite(path, whole.prefix(length))
                let error = try #require(refusal(library), "\(name) of \(length) bytes was accepted")
                #expect(error.code == .damaged)
                #expect(error.message.contains(name))
            }
        }
    }

    @Test(arguments: files)
    func `a file that is missing is refused by its name`(name: String) throws {
        try withLibrary { library, generation in
            try FileManager.default.removeItem(atPath: generation.path + "/" + name)
            let error = try #require(refusal(library))
            #expect(error.code == .damaged)
            #expect(error.message.contains(name))
        }
    }

    @Test(arguments: files)
    func `the integrity check finds every flipped bit, and a search answers or refuses it as damage`(
        name: String
    ) throws {
        try withLibrary { library, generation in
            let path = generation.path + "/" + name
            let whole = try Data(contentsOf: URL(filePath: path))
            var generator = SeededGenerator(seed: 5)
            for _ in 0..<60 {
                var altered = whole
                let bit = Int.random(in: 0..<whole.count * 8, using: &generator)
                altered[bit / 8] ^= 1 << UInt8(bit % 8)
                try overwrite(path, altered)
                let code = refusal(library)?.code
                #expect(code == nil || code == .damaged, "bit \(bit)")
                #expect(try !Library.checkIntegrity(at: library).isHealthy, "bit \(bit)")
            }
        }
    }

    @Test(arguments: files)
    func `a changed byte is named by the integrity check and mended by a repair`(name: String) throws {
        try withLibrary { library, generation in
            let before = try ask(library).map { $0.hits.map(\.paper.id) }
            let path = generation.path + "/" + name
            var bytes = try Data(contentsOf: URL(filePath: path))
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

    @Test(arguments: [EACCES, EPERM, EIO, EMFILE])
    func `a file that the system refuses to open is not called damaged`(number: Int32) {
        func error(_ number: Int32) -> AkinError {
            AkinError(
                translating: MappedFileError(.cannotOpen, path: "a", systemError: number, message: "Cannot open 'a'."))
        }
        #expect(error(number).code == .cannotRead)
        #expect(error(number).remedy == (number == EMFILE ? .tryAgainLater : .checkPermissions))
        #expect(error(ENOENT).code == .damaged && error(ENOENT).remedy == .repair)
    }

    @Test
    func `a library whose generation is gone is refused, and a repair mends it`() throws {
        try withLibrary { library, generation in
            try FileManager.default.removeItem(atPath: generation.path)
            let error = try #require(refusal(library))
            #expect(error.code == .damaged)
            #expect(error.remedy == .repair)
            #expect(!FileManager.default.fileExists(atPath: generation.path), "a reader made a file in its place")
            #expect(try Library.repair(at: library).isRepaired)
            #expect(try ask(library).allSatisfy { !$0.hits.isEmpty })
        }
    }

    // MARK: - Exchanged files

    @Test(arguments: files.dropFirst())
    func `a sound file of another library is refused at opening`(name: String) throws {
        try withLibrary { library, generation in
            // As many papers of the same lengths, so that even the sizes of files agree.
            try withLibrary { _, other in
                try Library(at: String(other.path.dropLast("/generation-000001".count)))
                    .add(SyntheticPapers.make(80, seed: 2))
                let latest = try #require(
                    LibraryFolder(path: String(other.path.dropLast("/generation-000001".count))).generations().last)
                let file = try #require(
                    try FileManager.default.contentsOfDirectory(atPath: latest.path)
                        .first { $0.hasSuffix(String(name.drop { $0 != "." })) })
                try overwrite(
                    generation.path + "/" + name, Data(contentsOf: URL(filePath: latest.path + "/" + file)))
            }
            let error = try #require(refusal(library))
            #expect(error.code == .damaged)
            #expect(error.message.contains(name))
            #expect(try !Library.checkIntegrity(at: library).isHealthy)
            #expect(try Library.repair(at: library).isRepaired)
            #expect(try ask(library).allSatisfy { !$0.hits.isEmpty })
        }
    }

    // MARK: - The store

    @Test(arguments: [0, 1, 100, 4_096])
    func `a store that is no database is refused by its name`(length: Int) throws {
        try withLibrary { library, _ in
            let store = library + "/papers.sqlite"
            let whole = try Data(contentsOf: URL(filePath: store))
            try overwrite(store, Data(repeating: 7, count: length))
            let error = try #require(refusal(library), "a store of \(length) bytes was accepted")
            #expect(error.code == .damaged)
            #expect(error.message.contains("papers.sqlite"))
            try overwrite(store, whole)
            #expect(try ask(library).allSatisfy { !$0.hits.isEmpty })
        }
    }

    /// Overwrites the page that has the text of the 41st paper.
    private func damagePageOfTexts(in store: String) throws {
        var bytes = try Data(contentsOf: URL(filePath: store))
        let text = try #require(bytes.range(of: Data(SyntheticPapers.make(80)[40].title.utf8), options: .backwards))
        let page = text.lowerBound / 4_096 * 4_096
        bytes.replaceSubrange(page..<page + 4_096, with: Data(repeating: 0xA5, count: 4_096))
        try overwrite(store, bytes)
    }

    @Test
    func `a repair of a store with a damaged page keeps what can be read and names what is lost`() throws {
        try withLibrary { library, _ in
            let store = library + "/papers.sqlite"
            try damagePageOfTexts(in: store)
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
    func `papers that a repair lost before it was cut off are named by the check and the next repair`() throws {
        try withLibrary { library, _ in
            let store = library + "/papers.sqlite"
            try damagePageOfTexts(in: store)
            // What a repair does before it rebuilds the indexes.
            let lost = try PaperStore.salvage(store).lost
            #expect(!lost.isEmpty)
            let check = try Library.checkIntegrity(at: library)
            #expect(!check.isHealthy && check.lostPapers == lost)
            let repair = try Library.repair(at: library)
            #expect(repair.isRepaired && repair.lostPapers == lost)
            #expect(repair.paperCount + lost.count == 80)
            #expect(try Library.checkIntegrity(at: library).isHealthy)
            #expect(try Library.repair(at: library).lostPapers == [])
        }
    }

    @Test
    func `a second salvage names the papers that the first one lost`() throws {
        try withLibrary { library, _ in
            let store = library + "/papers.sqlite"
            func damage(_ paper: Int) throws {
                let title = SyntheticPapers.make(80)[paper].title
                var bytes = try Data(contentsOf: URL(filePath: store))
                while let place = bytes.firstRange(of: Data(title.utf8)) {
                    bytes[place.lowerBound] ^= 1
                }
                bytes[0] ^= 1
                try overwrite(store, bytes)
            }
            try damage(40)
            #expect(try PaperStore.salvage(store).lost == ["paper:40"])
            try damage(20)
            #expect(try Set(PaperStore.salvage(store).lost) == ["paper:20", "paper:40"])
            #expect(try Set(Library.repair(at: library).lostPapers) == ["paper:20", "paper:40"])
        }
    }

    @Test
    func `a library whose store is gone is not begun anew`() throws {
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
}
