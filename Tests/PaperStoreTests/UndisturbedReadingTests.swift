import Foundation
import PaperStore
import Papers
import TestSupport
import Testing

@Suite("Readers beside writers")
struct UndisturbedReadingTests {
    @Test
    func `a reader that takes its time holds up no writer, and reads one state all the same`() throws {
        try withStorePath { (path: String) throws in
            try PaperStore(opening: path, mode: .readWrite).add(paper("1", "One"))
            let reader = try PaperStore(opening: path, mode: .readOnly)
            var number = 1
            let counts = try reader.read { papers in
                let before = try papers.paperCount()
                number += 1
                // The writer comes, commits, folds in its log and goes while the read is under way.
                try PaperStore(opening: path, mode: .readWrite).add(paper("\(number)", "Title \(number)"))
                #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
                return (before, try papers.paperCount())
            }
            // Two reads were disturbed and done again, and the third one was of a copy.
            #expect(counts.0 == counts.1 && counts.0 == number - 1 && number == 4)
            #expect(try reader.read { try $0.paperCount() } == 4)
        }
    }

    @Test
    func `a read that was disturbed gives no error of a state that never was`() throws {
        try withStorePath { (path: String) throws in
            try PaperStore(opening: path, mode: .readWrite).add(paper("1", "One"))
            let reader = try PaperStore(opening: path, mode: .readOnly)
            struct TornState: Error {}
            var isFirst = true
            let count = try reader.read { papers in
                if isFirst {
                    isFirst = false
                    try PaperStore(opening: path, mode: .readWrite).add(paper("2", "Two"))
                    throw TornState()
                }
                return try papers.paperCount()
            }
            #expect(count == 2)
        }
    }

    @Test
    func `a store with a log is read where no memory can be shared beside it`() throws {
        try withStorePath { (path: String) throws in
            let store = try PaperStore(opening: path, mode: .readWrite)
            try store.add(paper("1", "One"))
            let copy = path + "-copy"
            for suffix in ["", "-wal"] {
                try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
            }
            // A folder stands in the way of SQLite's shared memory, as a disk that cannot be written does.
            try FileManager.default.createDirectory(atPath: copy + "-shm", withIntermediateDirectories: false)
            #expect(try PaperStore(opening: copy, mode: .readOnly).contents().count == 1)
        }
    }

    #if os(Linux)
    @Test
    func `looking at the header takes no lock from a writer of the same process`() throws {
        try withStorePath { (path: String) throws in
            let writer = try PaperStore(opening: path, mode: .readWrite)
            try writer.add(paper("1", "One"))
            try writer.write { papers in
                let held = try locks(on: path)
                #expect(held > 0)
                #expect(try writer.headerFindings().isEmpty)
                #expect(try PaperStore(opening: path, mode: .readOnly).headerFindings().isEmpty)
                #expect(try locks(on: path) == held)
            }
        }
    }

    /// The number of record locks that this process has on a file.
    private func locks(on path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        let file = try #require(attributes[.systemFileNumber] as? Int)
        let process = "\(ProcessInfo.processInfo.processIdentifier)"
        return try String(contentsOfFile: "/proc/locks", encoding: .utf8).split(separator: "\n").count { line in
            let fields = line.split(separator: " ").map(String.init)
            return fields.contains("POSIX") && fields.contains(process) && fields.contains { $0.hasSuffix(":\(file)") }
        }
    }
    #endif

    @Test
    func `the same damaged store is kept once, however often its repair is cut off`() throws {
        try withStorePath { (path: String) throws in
            let records = (0..<31).map { paper("id:\($0)", "Title \($0)", "Abstract number \($0).") }
            try PaperStore(opening: path, mode: .readWrite).write { _ = try $0.upsert(records) }
            try tamper(path) { bytes in
                let place = try #require(bytes.firstRange(of: Data("Abstract number 17.".utf8)))
                bytes[place.lowerBound + 3] ^= 0x20
            }
            let damaged = try Data(contentsOf: URL(filePath: path))
            var names: Set<String> = []
            for attempt in UInt8(0)..<4 {
                // Another writer has only counted its changes, and a copy was cut off.
                try damaged.write(to: URL(filePath: path))
                try tamper(path) { bytes in
                    bytes[27] = attempt
                    bytes[95] = attempt
                }
                try Data("half".utf8).write(to: URL(filePath: path + ".damaged.partial"))
                names.insert(try PaperStore.salvage(path).damagedPath)
            }
            #expect(names == [path + ".damaged"])
            try damaged.write(to: URL(filePath: path))
            try tamper(path) { bytes in
                let place = try #require(bytes.firstRange(of: Data("Abstract number 18.".utf8)))
                bytes[place.lowerBound + 3] ^= 0x20
            }
            #expect(try PaperStore.salvage(path).damagedPath == path + ".damaged-2")
            let folder = URL(filePath: path).deletingLastPathComponent().path
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
                    == ["papers.sqlite", "papers.sqlite.damaged", "papers.sqlite.damaged-2"])
        }
    }
}
