import Dispatch
import Foundation
import PaperStore
import Papers
import Synchronization
import TestSupport
import Testing

@Suite("Transactions")
struct TransactionTests {
    private struct Stop: Error {}

    @Test
    func `a failed transaction changes nothing`() throws {
        try withStore { (store: PaperStore) throws in
            try store.add(paper("1", "One"))
            #expect(throws: Stop.self) {
                try store.write { papers in
                    _ = try papers.upsert([paper("2", "Two"), paper("1", "Other")])
                    try papers.remove([1])
                    try papers.setGeneration(7)
                    throw Stop()
                }
            }
            #expect(try store.contents() == [1: paper("1", "One")])
            #expect(try store.read { $0.generation } == 0)
        }
    }

    @Test
    func `a transaction keeps the generation and the settings`() throws {
        try withStorePath { (path: String) throws in
            let store = try PaperStore(opening: path, mode: .readWrite)
            let seen = try store.write { papers in
                try papers.setGeneration(42)
                try papers.setSetting("language", to: "english")
                return (papers.generation, try papers.setting("language"))
            }
            #expect(seen == (42, "english"))
            let other = try PaperStore(opening: path, mode: .readOnly)
            #expect(try other.read { $0.generation } == 42)
            try store.write { try $0.setSetting("language", to: nil) }
            #expect(try other.read { try $0.setting("language") } == nil)
        }
    }

    @Test
    func `a read transaction shows one state while others write`() throws {
        try withStorePath { (path: String) throws in
            let store = try PaperStore(opening: path, mode: .readWrite)
            try store.add(paper("1", "One"))
            let other = try PaperStore(opening: path, mode: .readOnly)
            for reader in [store, other] {
                try reader.read { papers in
                    let before = try (papers.generation, papers.keys())
                    try store.write { papers in
                        _ = try papers.upsert([paper("\(before.0 + 10)", "Title \(before.0 + 10)")])
                        try papers.setGeneration(before.0 + 1)
                    }
                    #expect(try papers.keys() == before.1)
                    #expect(papers.generation == before.0)
                }
            }
            #expect(try other.read { $0.generation } == 2)
        }
    }

    @Test
    func `an open reader sees the changes of every writer that comes and goes`() throws {
        try withStorePath { (path: String) throws in
            try PaperStore(opening: path, mode: .readWrite).add(paper("1", "One"))
            let reader = try PaperStore(opening: path, mode: .readOnly)
            for number in 2...4 {
                #expect(try reader.read { try $0.paperCount() } == number - 1)
                do {
                    let writer = try PaperStore(opening: path, mode: .readWrite)
                    try writer.add(paper("\(number)", "Title \(number)"))
                    if number == 3 { #expect(try reader.read { try $0.paperCount() } == 3) }
                }
                #expect(try reader.read { try $0.paperCount() } == number)
            }
            // The log that the reader held on to goes with the next writer that has the file to itself.
            let last = try PaperStore(opening: path, mode: .readOnly)
            #expect(try last.contents().count == 4)
        }
    }

    @Test
    func `an unfinished transaction is not seen and blocks no reader`() throws {
        try withStorePath { (path: String) throws in
            let store = try PaperStore(opening: path, mode: .readWrite)
            try store.write { writer in
                // More than SQLite keeps in memory, so that it has to write before it may.
                let text = String(repeating: "words and words ", count: 5_000)
                _ = try writer.upsert((0..<1_000).map { paper("\($0)", "Title \($0)", text + "\($0)") })
                let other = try PaperStore(opening: path, mode: .readOnly)
                let seen = try (
                    other.read { try $0.paperCount() }, store.read { try $0.paperCount() }, writer.paperCount()
                )
                #expect(seen == (0, 0, 1_000))
            }
            #expect(try store.read { try $0.paperCount() } == 1_000)
        }
    }

    @Test
    func `reads on many threads see all papers while one thread writes`() throws {
        try withStore { (store: PaperStore) throws in
            try store.write { _ = try $0.upsert((0..<207).map { paper("\($0)", "Title \($0)") }) }
            let failures = Mutex([String]())
            DispatchQueue.concurrentPerform(iterations: 16) { number in
                do {
                    for _ in 0..<20 {
                        let count = try store.read { try $0.papers(forKeys: $0.keys()).count }
                        if count < 207 { failures.withLock { $0.append("\(count)") } }
                        if number == 0 { try store.write { _ = try $0.upsert([paper("x", "y", "\(count)")]) } }
                    }
                } catch {
                    failures.withLock { $0.append("\(error)") }
                }
            }
            #expect(failures.withLock { $0 } == [])
        }
    }

    @Test
    func `batches of papers come in the order of their keys`() throws {
        try withStore { (store: PaperStore) throws in
            for count in [0, 1, 7, 8, 13] {
                try store.write { _ = try $0.upsert((0..<count).map { paper("\($0)", "Title \($0)") }) }
                for size in [1, 3, 8, 100] {
                    var keys: [PaperKey] = []
                    try store.read { papers in
                        try papers.forEachBatch(of: size) { batch in
                            #expect(batch.count <= size && !batch.isEmpty)
                            keys += batch.map(\.key)
                        }
                    }
                    #expect(keys == (0..<count).map { PaperKey(UInt64($0 + 1)) })
                }
            }
            let page = try store.read { try $0.papers(after: 5, limit: 3) }
            #expect(page.map(\.key) == [6, 7, 8])
        }
    }
}
