import Foundation
import GRDB
import PaperStore
import Papers
import TestSupport
import Testing

@Suite("A damaged store")
struct DamagedStoreTests {
    private static let records = (1...12).map { number in
        Paper(
            id: "10.1000/\(number)", title: "Title \(number): of many", abstract: "Abstract number \(number).",
            authors: ["Ada Lovelace", "Bob Bobson \(number)"], year: 2000 + number, venue: "Venue \(number)",
            categories: ["cs.CL"], alternateIDs: ["alias:\(number)"])
    }

    /// Makes a store at rest.
    private func make(_ path: String) throws {
        let store = try PaperStore(opening: path, mode: .readWrite)
        try store.write { papers in
            _ = try papers.upsert(Self.records + [paper("gone", "Gone")])
            try papers.setGeneration(3)
        }
        try store.write { try $0.remove([PaperKey(UInt64(Self.records.count + 1))]) }
    }

    /// Everything that a check has to say.
    private func findings(_ path: String) throws -> [String] {
        do {
            return try PaperStore(opening: path, mode: .readOnly).read { try $0.allFindings() }
        } catch let error as PaperStoreError {
            return [error.message]
        }
    }

    private func flip(_ byte: Int, _ bit: Int, of sound: Data, in path: String) throws {
        var bytes = sound
        bytes[byte] ^= 1 << UInt8(bit)
        try bytes.write(to: URL(filePath: path))
        for suffix in ["-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }

    @Test
    func `an index leads to the papers with notes`() throws {
        try withStorePath { (path: String) throws in
            let store = try PaperStore(opening: path, mode: .readWrite)
            try store.write { papers in
                _ = try papers.upsert(
                    Self.records + [Paper(id: "n", title: "Noted", abstract: "", notes: ["One.", "Two."])])
            }
            let (isFast, notes) = try store.read { papers in (papers.findsNotesFast, try papers.notes().map(\.texts)) }
            #expect(isFast && notes == [["One.", "Two."]])
            let sql = "EXPLAIN QUERY PLAN SELECT key FROM papers WHERE \(PaperStore.Detail.notes.isThere) ORDER BY key"
            let plan = try DatabaseQueue(path: path).read { database in
                "\(try Row.fetchAll(database, sql: sql))"
            }
            #expect(plan.contains("papers_with_notes"), "\(plan)")
        }
    }

    @Test
    func `every paper is saved whatever bit of the first 110 bytes is flipped`() throws {
        try withStorePath { (path: String) throws in
            try make(path)
            let sound = try Data(contentsOf: URL(filePath: path))
            let contents = try PaperStore(opening: path, mode: .readOnly).contents()
            var random = SeededGenerator(seed: 110)
            for byte in 0..<110 {
                let bit = Int.random(in: 0..<8, using: &random)
                try flip(byte, bit, of: sound, in: path)
                // Freely chosen: the counter of the schema, the version of SQLite, and where the page has room.
                if !(40..<44).contains(byte), !(96..<100).contains(byte), byte < 101 {
                    #expect(try !findings(path).isEmpty, "byte \(byte), bit \(bit)")
                }
                let salvage = try PaperStore.salvage(path)
                #expect(salvage.lost == [] && salvage.savedCount == Self.records.count, "byte \(byte), bit \(bit)")
                let saved = try PaperStore(opening: path, mode: .readOnly).contents()
                #expect(saved == contents, "byte \(byte), bit \(bit)")
                try FileManager.default.removeItem(atPath: salvage.damagedPath)
            }
        }
    }

    @Test
    func `a first page that is lost altogether costs no paper`() throws {
        try withStorePath { (path: String) throws in
            try make(path)
            let contents = try PaperStore(opening: path, mode: .readOnly).contents()
            try tamper(path) { $0.replaceSubrange(0..<4096, with: Data(repeating: 0xA5, count: 4096)) }
            #expect(try PaperStore.salvage(path).lost == [])
            #expect(try PaperStore(opening: path, mode: .readOnly).contents() == contents)
            #expect(try findings(path) == [])
        }
    }

    @Test
    func `a paper whose id is damaged is named by the id that leads to it`() throws {
        try withStorePath { (path: String) throws in
            try make(path)
            try DatabaseQueue(path: path).inDatabase { database in
                try database.execute(sql: "UPDATE papers SET id = '10.1000/<' WHERE key = 5")
                try database.execute(sql: "UPDATE papers SET title = 'Altered' WHERE key = 7")
            }
            let lost = ["10.1000/5", "10.1000/7"]
            let store = try PaperStore(opening: path, mode: .readWrite)
            #expect(try store.read { try $0.examinePapers().damaged } == lost)
            #expect(try store.write { try $0.removeDamagedPapers() } == lost)
            #expect(try store.contents().count == Self.records.count - 2)
        }
    }

    @Test
    func `a salvage names no paper that there never was`() throws {
        try withStorePath { (path: String) throws in
            try make(path)
            try DatabaseQueue(path: path).inDatabase { database in
                try database.execute(sql: "UPDATE identifiers SET paper = 5 + 2048 WHERE id = 'alias:5'")
                try database.execute(sql: "UPDATE lookups SET key = 7 + 4096 WHERE key = 7")
                try database.execute(sql: "UPDATE papers SET title = 'Altered' WHERE key = 9")
            }
            let salvage = try PaperStore.salvage(path)
            #expect(salvage.lost == ["10.1000/9"])
            #expect(salvage.savedCount == Self.records.count - 1)
            #expect(try findings(path) == [])
        }
    }

    @Test
    func `a vacuumed store whose first page is lost keeps papers, searches and settings`() throws {
        try withStorePath { (path: String) throws in
            try make(path)
            do {
                let store = try PaperStore(opening: path, mode: .readWrite)
                try store.write { papers in
                    try papers.setGeneration(42)
                    try papers.setSetting("model", to: "own")
                }
            }
            try PaperStore(opening: path, mode: .readWrite).write {
                try $0.save(PaperStore.SavedQuestion(name: "a", query: "b"))
            }
            for isVacuumed in [false, true] {
                if isVacuumed { try DatabaseQueue(path: path).vacuum() }
                let contents = try PaperStore(opening: path, mode: .readOnly).contents()
                let small = try smallTables(path)
                #expect(small.count >= 3)
                try tamper(path) { $0.replaceSubrange(0..<4096, with: Data(repeating: 0xA5, count: 4096)) }
                #expect(try PaperStore.salvage(path).lost == [])
                #expect(try PaperStore(opening: path, mode: .readOnly).contents() == contents)
                let saved = try smallTables(path)
                #expect(saved == small, "vacuumed: \(isVacuumed)")
                #expect(try findings(path) == [])
            }
        }
    }

    /// The saved searches and settings of a store.
    private func smallTables(_ path: String) throws -> [String] {
        try DatabaseQueue(path: path).read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT name || '=' || value FROM settings UNION SELECT name || '=' || search FROM saved_searches
                    """)
        }
    }

    @Test(arguments: ["generation", "lastKey"])
    func `a salvage leaves out a setting that is no number`(setting: String) throws {
        try withStorePath { (path: String) throws in
            try make(path)
            let contents = try PaperStore(opening: path, mode: .readOnly).contents()
            for value in ["q", "-1", "99999999999999999999"] {
                try DatabaseQueue(path: path).inDatabase { database in
                    try database.execute(
                        sql: "INSERT OR REPLACE INTO settings VALUES (?, ?), ('modelPolicy', 'own')",
                        arguments: [setting, value])
                }
                #expect(try !findings(path).isEmpty, "\(value)")
                _ = try PaperStore.salvage(path)
                #expect(try findings(path) == [], "\(value)")
                #expect(try PaperStore(opening: path, mode: .readOnly).contents() == contents)
                #expect(try smallTables(path).contains("modelPolicy=own"))
            }
        }
    }

    @Test
    func `a salvage with a bad page of ids names lost papers by the ids on either side of it`() throws {
        try withStorePath { (path: String) throws in
            do {
                let store = try PaperStore(opening: path, mode: .readWrite)
                let names = ["a:first"] + (1...600).map { "10.1000/\($0)" } + ["z:last"]
                try store.write { _ = try $0.upsert(names.map { paper($0, "On \($0)", "Abstract of \($0)") }) }
            }
            try DatabaseQueue(path: path).inDatabase { database in
                try database.execute(sql: "UPDATE papers SET title = 'Altered' WHERE id IN ('a:first', 'z:last')")
            }
            try tamper(path) { bytes in
                // This spelling stands among the ids alone.
                let place = try #require(bytes.firstRange(of: Data("doi:10.1000/300".utf8))).lowerBound
                let page = place / 4_096 * 4_096
                bytes.replaceSubrange(page..<page + 4_096, with: Data(repeating: 0xA5, count: 4_096))
            }
            let salvage = try PaperStore.salvage(path)
            #expect(salvage.lost == ["a:first", "z:last"] && salvage.savedCount == 600)
        }
    }

    @Test
    func `a salvage that was cut off after it removed a log finds the papers of the log the next time`() throws {
        try withStorePath { (path: String) throws in
            try make(path)
            do {
                let store = try PaperStore(opening: path, mode: .readWrite)
                try store.add(paper("late", "In the log alone"))
                // The files while the writer lives are what they are when it is killed.
                for suffix in ["", "-wal"] {
                    try FileManager.default.copyItem(atPath: path + suffix, toPath: path + ".killed" + suffix)
                }
            }
            for suffix in ["", "-wal"] {
                try? FileManager.default.removeItem(atPath: path + suffix)
                try FileManager.default.moveItem(atPath: path + ".killed" + suffix, toPath: path + suffix)
            }
            try tamper(path) { $0.replaceSubrange(0..<16, with: Data(repeating: 0xA5, count: 16)) }
            // What a salvage does before it puts the new file in place.
            let kept = try PaperStore.keepDamaged(path)
            try FileManager.default.removeItem(atPath: path + "-wal")
            let salvage = try PaperStore.salvage(path)
            #expect(salvage.lost == [] && salvage.savedCount == Self.records.count + 1)
            #expect(salvage.damagedPath == kept)
            let saved = try PaperStore(opening: path, mode: .readOnly).contents().values
            #expect(saved.contains { $0.id == "late" })
            #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
        }
    }

    @Test
    func `a salvage reads again what the disk failed to read, and takes no failed read for damage`() {
        func reads(failing failures: [ResultCode?]) -> (count: Int, rows: [Int]) {
            var count = 0
            let rows = readAgain { () -> (rows: [Int], failure: (any Error)?) in
                count += 1
                let failure = count <= failures.count ? failures[count - 1] : nil
                return failure.map { ([1], DatabaseError(resultCode: $0)) } ?? ([1, 2, 3], nil)
            }
            return (count, rows)
        }
        #expect(reads(failing: []) == (1, [1, 2, 3]))
        #expect(reads(failing: [.SQLITE_IOERR]) == (2, [1, 2, 3]))
        #expect(reads(failing: [.SQLITE_IOERR, .SQLITE_IOERR]) == (3, [1, 2, 3]))
        #expect(reads(failing: [.SQLITE_IOERR, .SQLITE_IOERR, .SQLITE_IOERR]) == (3, [1]))
        // This is what SQLite makes of the system's EIO.
        #expect(reads(failing: [.SQLITE_CORRUPT]) == (2, [1, 2, 3]))
        #expect(reads(failing: [.SQLITE_CORRUPT, .SQLITE_CORRUPT, .SQLITE_CORRUPT]) == (3, [1]))
        #expect(reads(failing: [.SQLITE_NOMEM]) == (1, [1]))
    }

    @Test(arguments: ["lookups", "identifiers", "sqlite_sequence", "sqlite_master"])
    func `flipped bits in a derived table are found`(table: String) throws {
        // Texts that stand nowhere else, or in this table beside `papers`.
        let texts = [
            "lookups": ["bob bobson 7", "venue 7", " title 7 of many "], "identifiers": ["alias:7", "doi:10.1000/7"],
            "sqlite_sequence": ["papers"], "sqlite_master": ["short_title_hash INTEGER", "WITHOUT ROWID"],
        ]
        try withStorePath { (path: String) throws in
            try make(path)
            let sound = try Data(contentsOf: URL(filePath: path))
            for text in texts[table] ?? [] {
                var places: [Int] = []
                var rest = sound[...]
                while let place = rest.firstRange(of: Data(text.utf8)) {
                    places.append(place.lowerBound)
                    rest = sound[place.upperBound...]
                }
                #expect(!places.isEmpty, "\(text)")
                for place in places {
                    try flip(place + text.utf8.count / 2, 1, of: sound, in: path)
                    #expect(try !findings(path).isEmpty, "\(text) at \(place)")
                }
            }
            // Bytes behind the last page.
            try (sound + Data("more".utf8)).write(to: URL(filePath: path))
            #expect(try !findings(path).isEmpty)
        }
    }

    @Test
    func `a repair makes the derived tables as they were`() throws {
        try withStorePath { (path: String) throws in
            try make(path)
            func author(_ name: String) throws -> [PaperKey] {
                let store = try PaperStore(opening: path, mode: .readOnly)
                return try store.read { try $0.keys(matching: PaperFilter(authors: [name])) }
            }
            #expect(try author("Bob Bobson 7") == [7])
            try tamper(path) { bytes in
                for text in ["bob bobson 7", "doi:10.1000/8"] {
                    let place = try #require(bytes.firstRange(of: Data(text.utf8))).lowerBound
                    bytes[place + 1] ^= 2
                }
            }
            #expect(try findings(path).count >= 2)
            #expect(try author("Bob Bobson 7") == [])
            do {
                let store = try PaperStore(opening: path, mode: .readWrite)
                #expect(try store.write { try $0.removeDamagedPapers() } == [])
                // The records are still known.
                #expect(try store.add(Self.records[7]) == [.unchanged(key: 8)])
            }
            #expect(try findings(path) == [])
            #expect(try author("Bob Bobson 7") == [7])
            let store = try PaperStore(opening: path, mode: .readWrite)
            #expect(try store.add(paper("new", "New")) == [.added(key: PaperKey(UInt64(Self.records.count + 2)))])
        }
    }

    @Test
    func `flipped bits anywhere are found, or change nothing that is read`() throws {
        try withStorePath { (path: String) throws in
            try make(path)
            let sound = try Data(contentsOf: URL(filePath: path))
            let expected = try answers(path)
            for seed in UInt64(0)..<600 {
                var random = SeededGenerator(seed: seed)
                let byte = Int.random(in: sound.indices, using: &random)
                let bit = Int.random(in: 0..<8, using: &random)
                try flip(byte, bit, of: sound, in: path)
                if try findings(path).isEmpty { #expect(try answers(path) == expected, "byte \(byte), bit \(bit)") }
            }
        }
    }

    /// What a store answers in all the ways that libraries ask it.
    private func answers(_ path: String) throws -> [[PaperKey]] {
        let store = try PaperStore(opening: path, mode: .readOnly)
        let contents = try store.contents()
        return try store.read { papers in
            let titled = try papers.keys(withTitleContaining: "of many", limit: 99)
            var answers = [contents.keys.sorted(), try papers.keys(), titled]
            for (key, paper) in contents.sorted(by: { $0.key < $1.key }) {
                answers.append(try papers.keys(titled: paper.title) + papers.keys(identifiedBy: "doi:" + paper.id))
                answers.append(
                    try papers.keys(
                        matching: PaperFilter(
                            years: YearRange("\(paper.year ?? 0)"), authors: [paper.authors.last ?? ""])))
                answers.append([try papers.key(forID: paper.alternateIDs[0]) ?? 0, key])
            }
            return answers
        }
    }
}
