import Foundation
import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("Files of papers packed by gzip")
struct PackedFileTests {
    /// Two members of gzip, a record of a paper in each.
    private static let packed: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 171, 86, 202, 76, 81, 178, 82, 80, 74, 84, 210, 81, 80, 42, 201, 44, 201,
        73, 5, 241, 194, 51, 243, 210, 139, 149, 106, 185, 0, 10, 89, 190, 244, 30, 0, 0, 0, 31, 139, 8, 0, 0, 0, 0,
        0, 2, 255, 171, 86, 202, 76, 81, 178, 82, 80, 74, 82, 210, 81, 80, 42, 201, 44, 201, 73, 5, 241, 60, 82, 19,
        75, 148, 106, 185, 0, 166, 11, 12, 166, 29, 0, 0, 0,
    ]

    @Test func `are unpacked as they are read, whatever their name`() throws {
        try TemporaryFolder.with { folder in
            for name in ["papers.jsonl.gz", "papers.jsonl", "papers"] {
                let path = "\(folder)/\(name)"
                try Data(Self.packed).write(to: URL(filePath: path))
                let reader = try PaperReader(path: path)
                var papers: [Paper] = []
                while let batch = try reader.nextBatch() { papers += batch.papers }
                #expect(papers.map(\.id) == ["a", "b"])
                #expect(reader.bytesRead == Self.packed.count)
                #expect(reader.fractionRead == 1)
            }
            #expect(try PaperFiles.paths(in: folder).count == 2)
        }
    }

    @Test func `that end too early or are damaged are named`() throws {
        try TemporaryFolder.with { folder in
            let path = "\(folder)/papers.jsonl.gz"
            var damaged = Self.packed
            damaged[damaged.count - 6] ^= 0xFF
            for bytes in [Array(Self.packed.dropLast(3)), damaged] {
                try Data(bytes).write(to: URL(filePath: path))
                let error = #expect(throws: PaperFormatsError.self) {
                    let reader = try PaperReader(path: path)
                    while try reader.nextBatch() != nil {}
                }
                #expect(error?.code == .unreadable)
                #expect(error?.message.contains("gzip") == true)
            }
        }
    }
}
