import Foundation
import PaperStore
import Papers
import TestSupport
import Testing

@Suite("Reading many texts")
struct TextReadingTests {
    private func text(_ number: UInt64) -> String { "Title \(number): Abstract \(number)." }

    /// Calls `body` with a store of 40 papers under the keys 1 to 40, of which every seventh is gone.
    private func withPapers(_ body: (_ store: PaperStore, _ path: String) throws -> Void) throws {
        try withStorePath { path in
            do {
                let store = try PaperStore(opening: path, mode: .readWrite)
                try store.write { papers in
                    _ = try papers.upsert((1...40).map { paper("\($0)", "Title \($0)", "Abstract \($0).", by: ["A"]) })
                    try papers.remove((1...5).map { PaperKey(UInt64($0 * 7)) })
                }
            }
            try body(PaperStore(opening: path, mode: .readOnly), path)
        }
    }

    private func read(_ keys: [PaperKey], from store: PaperStore) throws -> [String] {
        try store.read { papers in try papers.texts(forKeys: keys) { "\($0.title): \($0.abstract)" } }
    }

    @Test
    func `texts come in the order of their keys, whatever keys are left out`() throws {
        try withPapers { store, _ in
            let keys = try store.read { try $0.keys() }
            #expect(keys.count == 35)
            #expect(try read([], from: store).isEmpty)
            #expect(try read(keys, from: store) == keys.map { text($0.rawValue) })
            for seed in UInt64(0)..<50 {
                var generator = SeededGenerator(seed: seed)
                let part = keys.filter { _ in Int.random(in: 0..<3, using: &generator) > 0 }
                #expect(try read(part, from: store) == part.map { text($0.rawValue) }, "seed \(seed)")
            }
        }
    }

    @Test(arguments: [[7], [6, 7], [6, 7, 8], [7, 8], [41], [40, 41], [1, 3, 14, 20], [0, 1]] as [[PaperKey]])
    func `a key without a paper is an error`(keys: [PaperKey]) throws {
        try withPapers { store, _ in
            let code = try storeErrorCode { try read(keys, from: store) }
            #expect(code == .noSuchKey)
        }
    }

    @Test
    func `a text whose row was changed is an error that names the paper`() throws {
        try withPapers { store, path in
            // The author is no part of the text, and belongs to the row all the same.
            for changed in ["Abstract 17.", "[\"A\"]"] {
                let whole = try Data(contentsOf: URL(filePath: path))
                try tamper(path) { bytes in
                    let place = try #require(bytes.firstRange(of: Data(changed.utf8)))
                    bytes[place.lowerBound + 2] ^= 0x20
                }
                let code = try storeErrorCode {
                    try read(store.read { try $0.keys() }, from: PaperStore(opening: path, mode: .readOnly))
                }
                #expect(code == .damagedPaper)
                try whole.write(to: URL(filePath: path))
            }
        }
    }
}
