import Foundation
import GRDB
import PaperStore
import Papers
import TestSupport
import Testing

@Suite("The file of a store")
struct StoreFileTests {
    private func make(_ path: String, _ records: [Paper]) throws {
        let store = try PaperStore(opening: path, mode: .readWrite)
        try store.write { papers in
            _ = try papers.upsert(records)
            try papers.setGeneration(3)
        }
    }

    private static let records = (0..<31).map { paper("id:\($0)", "Title \($0)", "Abstract number \($0).", by: ["X"]) }

    @Test
    func `a lock of this process is not called another's`() throws {
        try withStorePath { (path: String) throws in
            do { try PaperStore(opening: path, mode: .readWrite).add(paper("1", "One")) }
            #expect(LockHolder(ofStoreAt: path) == nil)
            let connection = try DatabaseQueue(path: path)
            try connection.writeWithoutTransaction { database in
                try database.execute(sql: "BEGIN EXCLUSIVE")
                // Only Linux tells who has a lock.
                if FileManager.default.fileExists(atPath: "/proc/locks") {
                    let holder = try #require(LockHolder(ofStoreAt: path))
                    #expect(holder.isThisProcess && holder.description.contains("in this process"))
                }
                try database.execute(sql: "ROLLBACK")
            }
        }
    }

    @Test
    func `a store behind a symbolic link is read with its log, and is salvaged where it lies`() throws {
        try withStorePath { (path: String) throws in
            let real = path + ".real"
            do { try PaperStore(opening: real, mode: .readWrite).add(paper("1", "One")) }
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "papers.sqlite.real")
            do {
                let writer = try PaperStore(opening: path, mode: .readWrite)
                try writer.add(paper("2", "Two"))
                // The change lies in the log, as when the writer is killed now.
                #expect(try PaperStore(opening: path, mode: .readOnly).contents().count == 2)
            }
            #expect(try PaperStore(opening: path, mode: .readOnly).contents().count == 2)
            try tamper(real) { $0.replaceSubrange(0..<16, with: Data(repeating: 0xA5, count: 16)) }
            let damaged = try Data(contentsOf: URL(filePath: real))
            let salvage = try PaperStore.salvage(path)
            #expect(salvage.savedCount == 2)
            #expect(try PaperStore(opening: path, mode: .readOnly).contents().count == 2)
            #expect(try PaperStore(opening: real, mode: .readOnly).contents().count == 2)
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == "papers.sqlite.real")
            let kept = try FileManager.default.attributesOfItem(atPath: salvage.damagedPath)
            #expect(kept[.type] as? FileAttributeType == .typeRegular)
            #expect(try Data(contentsOf: URL(filePath: salvage.damagedPath)) == damaged)
        }
    }

    @Test
    func `a store at rest is one file with a rollback journal`() throws {
        try withStorePath { (path: String) throws in
            try make(path, Self.records)
            let folder = URL(filePath: path).deletingLastPathComponent().path
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["papers.sqlite"])
            // Bytes 18 and 19 of the header are 1 for a rollback journal and 2 for a log.
            let header = try Data(contentsOf: URL(filePath: path)).prefix(20)
            #expect(header[18] == 1 && header[19] == 1)
            _ = try PaperStore(opening: path, mode: .readOnly).read { try $0.keys() }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["papers.sqlite"])
        }
    }

    @Test
    func `the file has the application id and the format of this build`() throws {
        try withStorePath { (path: String) throws in
            try make(path, [])
            let bytes = try Data(contentsOf: URL(filePath: path))
            #expect(bytes[68..<72] == Data("Akin".utf8))
            #expect(bytes[60..<64] == Data([0, 0, 0, 6]))
        }
    }

    @Test
    func `a missing, unfinished, newer, foreign or damaged file is refused with its code`() throws {
        try withStorePath { (path: String) throws in
            let open = { (mode: PaperStore.Mode) in try storeErrorCode { try PaperStore(opening: path, mode: mode) } }
            #expect(try open(.readOnly) == .notFound)

            try Data().write(to: URL(filePath: path))
            #expect(try open(.readOnly) == .unfinished)
            #expect(try open(.readWrite) == nil)
            #expect(try open(.readOnly) == nil)

            // The number alone is damage. A newer version has made more changes to the tables.
            try tamper(path) { $0[63] = 7 }
            #expect(try open(.readOnly) == .damaged)
            try tamper(path) { $0.replace("1: papers", by: "9: papers") }
            #expect(try open(.readOnly) == .newerVersion)
            #expect(try open(.readWrite) == .newerVersion)
            do {
                _ = try PaperStore(opening: path, mode: .readOnly)
            } catch let error as PaperStoreError {
                #expect(error.message.contains("format version 7, this build reads 1...6"))
            }

            try tamper(path) {
                $0.replace("9: papers", by: "1: papers")
                $0[63] = 2
                $0[71] = 0
            }
            #expect(try open(.readOnly) == .damaged)
            try tamper(path) { $0.replace("search TEXT NOT NULL", by: "weight TEXT NOT NULL") }
            #expect(try open(.readOnly) == .notAPaperStore)
            #expect(try open(.readWrite) == .notAPaperStore)

            try Data("This is no database, but some text that is long enough to be a header of one. ".utf8)
                .write(to: URL(filePath: path))
            #expect(try open(.readOnly) == .damaged)
            #expect(try open(.readWrite) == .damaged)
        }
    }

    @Test
    func `the log of a killed writer is read with the file`() throws {
        try withStorePath { (path: String) throws in
            let store = try PaperStore(opening: path, mode: .readWrite)
            try store.write { _ = try $0.upsert(Self.records) }
            // The file and its log as they are while the writer lives are what they are when it is killed.
            let copy = path + "-copy"
            let suffixes = ["", "-wal"]
            try store.write { papers in
                _ = try papers.upsert([paper("new", "New")])
                for suffix in suffixes {
                    try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
                }
            }
            for mode in [PaperStore.Mode.readOnly, .readWrite, .readOnly] {
                let copied = try PaperStore(opening: copy, mode: mode)
                #expect(try copied.contents().count == Self.records.count)
                #expect(try copied.read { try $0.findings() }.isEmpty)
            }
            #expect(!FileManager.default.fileExists(atPath: copy + "-wal"))
        }
    }

    @Test
    func `a store that cannot be looked for is not replaced by an empty one`() throws {
        try withStorePath { (path: String) throws in
            // The system cannot follow the link, which is no absence.
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: path)
            #expect(try storeErrorCode { try PaperStore(opening: path, mode: .readWrite) } == .cannotOpen)
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == path)
        }
    }

    @Test
    func `the log of a file that is gone is not read`() throws {
        try withStorePath { (path: String) throws in
            let store = try PaperStore(opening: path, mode: .readWrite)
            try store.write { _ = try $0.upsert(Self.records) }
            let other = path + "-other"
            try FileManager.default.copyItem(atPath: path + "-wal", toPath: other + "-wal")
            #expect(try PaperStore(opening: other, mode: .readWrite).contents().isEmpty)
        }
    }

    @Test
    func `a changed paper is named by the check and removed by the repair`() throws {
        try withStorePath { (path: String) throws in
            try make(path, Self.records)
            try tamper(path) { bytes in
                let place = try #require(bytes.firstRange(of: Data("Abstract number 17.".utf8)))
                bytes[place.lowerBound + 3] ^= 0x20
            }
            let store = try PaperStore(opening: path, mode: .readWrite)
            let key = try #require(try store.read { try $0.key(forID: "id:17") })
            let code = try storeErrorCode { try store.read { try $0.paper(forKey: key) } }
            #expect(code == .damagedPaper)
            #expect(try storeErrorCode { try store.add(paper("id:17", "New")) } == .damagedPaper)
            #expect(try store.read { try $0.examinePapers().damaged } == ["id:17"])
            #expect(try store.write { try $0.removeDamagedPapers() } == ["id:17"])
            #expect(try store.contents().count == Self.records.count - 1)
            let after = try store.read { try ($0.key(forID: "id:17"), $0.examinePapers(), $0.findings()) }
            #expect(after.0 == nil && after.1 == ([], []) && after.2 == [])
            #expect(try store.read { try $0.resolve("Title 16") } == .found(17))
        }
    }

    @Test
    func `changed bytes lead to errors of the store, or to papers as they were written`() throws {
        try withStorePath { (path: String) throws in
            try make(path, Self.records)
            let sound = try Data(contentsOf: URL(filePath: path))
            let papers = Set(Self.records)
            for seed in UInt64(0)..<150 {
                var random = SeededGenerator(seed: seed)
                var bytes = sound
                for _ in 0..<Int.random(in: 1...20, using: &random) {
                    bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
                try bytes.write(to: URL(filePath: path))
                for suffix in ["-wal", "-shm", "-journal"] {
                    try? FileManager.default.removeItem(atPath: path + suffix)
                }
                // What can be read is what was written; everything else is an error of the store.
                _ = try storeErrorCode {
                    let store = try PaperStore(opening: path, mode: .readOnly)
                    let read = try store.contents().values
                    #expect(papers.isSuperset(of: read), "seed \(seed)")
                }
                _ = try storeErrorCode {
                    let store = try PaperStore(opening: path, mode: .readOnly)
                    try store.read { papers in
                        _ = try papers.findings()
                        _ = try papers.examinePapers()
                        _ = try papers.resolve("Title 3")
                        _ = try papers.keys(matching: PaperFilter(authors: ["x"]))
                    }
                }
                _ = try storeErrorCode {
                    let store = try PaperStore(opening: path, mode: .readWrite)
                    try store.write { papers in
                        _ = try papers.removeDamagedPapers()
                        _ = try papers.upsert([paper("id:3", "Title 3", "new"), paper("new", "New")])
                    }
                }
            }
        }
    }

    @Test
    func `a file that was cut short is refused or has findings`() throws {
        try withStorePath { (path: String) throws in
            try make(path, Self.records)
            let sound = try Data(contentsOf: URL(filePath: path))
            for part in 1..<16 {
                try sound.prefix(sound.count * part / 16).write(to: URL(filePath: path))
                let code = try storeErrorCode {
                    let store = try PaperStore(opening: path, mode: .readOnly)
                    let read = try store.contents()
                    #expect(try read.count == Self.records.count || !store.read { try $0.findings() }.isEmpty)
                }
                #expect(code == nil || code == .damaged, "\(part)")
            }
        }
    }

    @Test
    func `a salvage saves the papers of sound pages under their keys`() throws {
        try withStorePath { (path: String) throws in
            let text = String(repeating: "words of an abstract ", count: 60)
            let records = (0..<207).map { paper("id:\($0)", "Title \($0)", text + "\($0).", also: ["alias:\($0)"]) }
            try make(path, records)
            do {
                let store = try PaperStore(opening: path, mode: .readWrite)
                try store.write { try $0.remove([207]) }
            }
            let sound = try PaperStore(opening: path, mode: .readOnly).contents()
            // Zeroes over the page that begins before one of the abstracts.
            try tamper(path) { bytes in
                let place = try #require(bytes.firstRange(of: Data("abstract 100.".utf8))).lowerBound / 4096 * 4096
                bytes.replaceSubrange(place..<place + 4096, with: Data(count: 4096))
            }
            let findings = try PaperStore(opening: path, mode: .readOnly).read { try $0.findings() }
            #expect(!findings.isEmpty)

            let salvage = try PaperStore.salvage(path)
            #expect(salvage.lost.contains("id:100"))
            #expect((1...8).contains(salvage.lost.count), "\(salvage.lost)")
            #expect(salvage.savedCount + salvage.lost.count == 206)
            #expect(FileManager.default.fileExists(atPath: salvage.damagedPath))
            let store = try PaperStore(opening: path, mode: .readWrite)
            let kept = try store.contents()
            #expect(kept == sound.filter { !salvage.lost.contains($0.value.id) })
            #expect(try store.read { try $0.findings() } == [])
            #expect(try store.read { $0.generation } == 3)
            #expect(try store.read { try $0.key(forID: "alias:3") } == 4)
            #expect(try store.add(paper("new", "New")) == [.added(key: 208)])
        }
    }
}
