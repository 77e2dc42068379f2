import Foundation
import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("Files of papers that are packed")
struct PackedFileTests {
    /// Two members of gzip, a record of a paper in each.
    private static let packed: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 171, 86, 202, 76, 81, 178, 82, 80, 74, 84, 210, 81, 80, 42, 201, 44, 201,
        73, 5, 241, 194, 51, 243, 210, 139, 149, 106, 185, 0, 10, 89, 190, 244, 30, 0, 0, 0, 31, 139, 8, 0, 0, 0, 0,
        0, 2, 255, 171, 86, 202, 76, 81, 178, 82, 80, 74, 82, 210, 81, 80, 42, 201, 44, 201, 73, 5, 241, 60, 82, 19,
        75, 148, 106, 185, 0, 166, 11, 12, 166, 29, 0, 0, 0,
    ]

    /// Two frames of Zstandard.
    private static let zstandard: [UInt8] = [
        40, 181, 47, 253, 4, 88, 241, 0, 0, 123, 34, 105, 100, 34, 58, 32, 34, 97, 34, 44, 32, 34, 116, 105, 116,
        108, 101, 34, 58, 32, 34, 65, 108, 112, 104, 97, 34, 125, 10, 90, 68, 13, 91, 40, 181, 47, 253, 4, 88, 233,
        0, 0, 123, 34, 105, 100, 34, 58, 32, 34, 98, 34, 44, 32, 34, 116, 105, 116, 108, 101, 34, 58, 32, 34, 66,
        101, 116, 97, 34, 125, 10, 40, 28, 232, 221,
    ]

    /// Two streams of xz.
    private static let xz: [UInt8] = [
        253, 55, 122, 88, 90, 0, 0, 4, 230, 214, 180, 70, 2, 0, 33, 1, 22, 0, 0, 0, 116, 47, 229, 163, 1, 0, 29,
        123, 34, 105, 100, 34, 58, 32, 34, 97, 34, 44, 32, 34, 116, 105, 116, 108, 101, 34, 58, 32, 34, 65, 108,
        112, 104, 97, 34, 125, 10, 0, 0, 0, 92, 211, 40, 99, 177, 134, 114, 151, 0, 1, 54, 30, 61, 25, 149, 83, 31,
        182, 243, 125, 1, 0, 0, 0, 0, 4, 89, 90, 253, 55, 122, 88, 90, 0, 0, 4, 230, 214, 180, 70, 2, 0, 33, 1, 22,
        0, 0, 0, 116, 47, 229, 163, 1, 0, 28, 123, 34, 105, 100, 34, 58, 32, 34, 98, 34, 44, 32, 34, 116, 105, 116,
        108, 101, 34, 58, 32, 34, 66, 101, 116, 97, 34, 125, 10, 0, 0, 0, 0, 37, 95, 41, 180, 113, 223, 137, 87, 0,
        1, 53, 29, 68, 27, 177, 225, 31, 182, 243, 125, 1, 0, 0, 0, 0, 4, 89, 90,
    ]

    @Test(arguments: [("gz", packed), ("zst", zstandard), ("xz", xz)])
    func `are unpacked as they are read, whatever their name`(ending: String, packed: [UInt8]) throws {
        try TemporaryFolder.with { folder in
            for name in ["papers.jsonl.\(ending)", "papers.jsonl", "papers"] {
                let path = "\(folder)/\(name)"
                try Data(packed).write(to: URL(filePath: path))
                let reader = try PaperReader(path: path)
                var papers: [Paper] = []
                while let batch = try reader.nextBatch() { papers += batch.papers }
                #expect(papers.map(\.id) == ["a", "b"])
                #expect(reader.bytesRead == packed.count)
                #expect(reader.fractionRead == 1)
            }
            #expect(try PaperFiles.paths(in: folder).count == 2)
        }
    }

    @Test(arguments: [("gzip", packed), ("Zstandard", zstandard), ("xz", xz)])
    func `that end too early or are damaged are named`(name: String, packed: [UInt8]) throws {
        try TemporaryFolder.with { folder in
            let path = "\(folder)/papers.jsonl.gz"
            var damaged = packed
            damaged[damaged.count - 2] ^= 0xFF
            damaged[damaged.count - 6] ^= 0xFF
            for bytes in [Array(packed.dropLast(3)), damaged] {
                try Data(bytes).write(to: URL(filePath: path))
                let error = #expect(throws: PaperFormatsError.self) {
                    let reader = try PaperReader(path: path)
                    while try reader.nextBatch() != nil {}
                }
                #expect(error?.code == .unreadable)
                #expect(error?.message.contains(name) == true)
            }
        }
    }

    @Test(arguments: [packed, zstandard, xz])
    func `of any bytes are safe`(packed: [UInt8]) throws {
        for seed in UInt64(0)..<200 {
            var random = SeededGenerator(seed: seed)
            var bytes = Array(packed.prefix(Int.random(in: 6...packed.count, using: &random)))
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                bytes[Int.random(in: 6..<bytes.count + 1, using: &random) - 1] = UInt8.random(
                    in: 0...255, using: &random)
            }
            _ = try formatsError { try readAll(bytes, named: "a.jsonl", ImportOptions(threads: 1)) }
        }
    }
}
