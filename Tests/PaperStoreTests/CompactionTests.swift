import Foundation
import GRDB
import PaperStore
import Papers
import TestSupport
import Testing

@Suite("The size of a store after removals")
struct CompactionTests {
    private static let paperCount = 500

    private func record(_ number: Int) -> Paper {
        let text = String(repeating: "Word \(number). ", count: 60)
        return paper("id:\(number)", "Title \(number)", text, also: ["a:\(number)"])
    }

    /// Makes a store, and removes all papers but those whose number leaves no rest.
    private func make(_ path: String, keepingEach divisor: Int) throws -> PaperStore {
        let store = try PaperStore(opening: path, mode: .readWrite)
        let records = (1...Self.paperCount).map(record)
        try store.write { papers in
            _ = try papers.upsert(records)
            try papers.setGeneration(3)
        }
        let removed = try store.contents().keys.filter { !$0.rawValue.isMultiple(of: UInt64(divisor)) }
        try store.write { try $0.remove(removed) }
        return store
    }

    private func byteCount(_ path: String) throws -> Int { try Data(contentsOf: URL(filePath: path)).count }

    @Test
    func `a store that lost nine of ten papers becomes as small as a new one, and keeps all else`() throws {
        try withStorePath { (path: String) throws in
            let fresh = path + "-fresh"
            try PaperStore(opening: fresh, mode: .readWrite).write { papers in
                _ = try papers.upsert((1...Self.paperCount).filter { $0.isMultiple(of: 10) }.map(record))
            }
            let contents = try make(path, keepingEach: 10).contents()
            #expect(try byteCount(path) > byteCount(fresh) * 3)
            try PaperStore(opening: path, mode: .readWrite).compact()
            #expect(try byteCount(path) <= byteCount(fresh) + 8_192)
            #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
            let store = try PaperStore(opening: path, mode: .readWrite)
            #expect(try store.read { try $0.allFindings() } == [])
            #expect(try store.contents() == contents)
            #expect(try store.read { $0.generation } == 3)
            #expect(try store.read { try $0.key(forID: "a:20") } == 20)
            // No key is given twice.
            #expect(try store.add(paper("new", "New")) == [.added(key: PaperKey(UInt64(Self.paperCount + 1)))])
        }
    }

    @Test
    func `a store that lost few papers is not written again`() throws {
        try withStorePath { (path: String) throws in
            let store = try make(path, keepingEach: 1)
            try store.write { try $0.remove((101...130).map { PaperKey($0) }) }
            let unused = try unusedPages(path)
            #expect(unused > 0)
            store.compact()
            #expect(try unusedPages(path) == unused)
        }
    }

    @Test
    func `a reader of the log sees one state while the store is compacted`() throws {
        try withStorePath { (path: String) throws in
            let store = try make(path, keepingEach: 10)
            let contents = try store.contents()
            let reader = try PaperStore(opening: path, mode: .readOnly)
            let (before, after) = try reader.read { papers in
                let before = try papers.papers(limit: .max).map(\.paper)
                store.compact()
                return (before, try papers.papers(limit: .max).map(\.paper))
            }
            #expect(before.count == Self.paperCount / 10 && before == after)
            #expect(try reader.contents() == contents)
        }
    }

    @Test
    func `a compaction that is not possible changes nothing, and a later one does its work`() throws {
        try withStorePath { (path: String) throws in
            let store = try make(path, keepingEach: 10)
            let contents = try store.contents()
            let other = try DatabaseQueue(path: path)
            try other.inDatabase { database in
                try database.execute(sql: "BEGIN IMMEDIATE")
                store.compact()
                try database.execute(sql: "ROLLBACK")
            }
            try other.close()
            #expect(try store.contents() == contents)
            #expect(try unusedPages(path) > 0)
            store.compact()
            #expect(try unusedPages(path) == 0)
            #expect(try store.contents() == contents)
            #expect(try store.add(paper("new", "New")).count == 1)
        }
    }

    private func unusedPages(_ path: String) throws -> Int {
        try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "PRAGMA freelist_count") ?? 0 }
    }
}
