import Foundation
import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("Zip archives")
struct ZipArchiveTests {
    private static func record(_ title: String) -> [UInt8] { Array("{\"title\": \"\(title)\"}\n".utf8) }

    /// What is read from the archive with some bytes; the path of the archive is cut off.
    private func read(_ archive: [UInt8]) throws -> (batch: PaperBatch, paths: [String]) {
        try TemporaryFolder.with { (folder: String) throws in
            let path = folder + "/a.zip"
            try Data(archive).write(to: URL(filePath: path))
            let files = PaperFiles([path])
            var all = PaperBatch()
            while let batch = files.nextBatch() {
                all.papers += batch.papers
                all.skipped += batch.skipped
                all.notes += batch.notes
                all.failedFiles += batch.failedFiles
            }
            return (all, files.paths.map { $0.replacing(folder + "/", with: "") })
        }
    }

    @Test
    func `give the papers of their files, stored or deflated, in the order of their names`() throws {
        var zip = ZipBytes()
        zip.add("b/second.jsonl", Self.record("Two"), isDeflated: true)
        zip.add("a/", [])
        zip.add("a/first.jsonl", Self.record("One"))
        zip.add(
            "c.jsonl", Array("{\"id\": \"d\", \"title\": \"Deflated\"}\n".utf8), isDeflated: true,
            packed: [
                171, 86, 202, 76, 81, 178, 82, 80, 74, 81, 210, 81, 80, 42, 201, 44, 201, 73, 5, 241, 92, 82, 211, 114,
                18, 75, 82, 83, 148, 106, 185, 0,
            ])
        zip.add("__MACOSX/c.jsonl", Self.record("Junk"))
        zip.add("a/.hidden.jsonl", Self.record("Hidden"))
        zip.add("README.txt", Array("What is in here.".utf8))
        zip.add("picture.png", [0x89, 0x50])
        let (batch, paths) = try read(zip.archive(comment: "PK\u{5}\u{6} is how this part begins"))
        #expect(batch.papers.map(\.title) == ["One", "Two", "Deflated"])
        #expect(paths == ["a.zip/a/first.jsonl", "a.zip/b/second.jsonl", "a.zip/c.jsonl"])
        #expect(batch.notes.map(\.message) == ["passed over 2 files that hold no papers"])
        #expect(batch.failedFiles.isEmpty)
    }

    @Test
    func `have members that a path may name`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            var zip = ZipBytes()
            zip.add("in/x.jsonl", Self.record("X") + Array("broken".utf8))
            let path = folder + "/a.zip"
            try Data(zip.archive()).write(to: URL(filePath: path))
            let read = try readAll(path + "/in/x.jsonl")
            #expect(read.papers.map(\.title) == ["X"])
            #expect(read.skipped.map(\.file) == [path + "/in/x.jsonl"])
            #expect(try formatsError { try PaperReader(path: path + "/in/y.jsonl") }?.code == .notFound)
            #expect(try formatsError { try PaperReader(path: path) }?.description.contains("archive") == true)
        }
    }

    @Test
    func `name their encrypted and damaged members, and give the others`() throws {
        var zip = ZipBytes()
        zip.add("a.jsonl", Self.record("Secret"), isEncrypted: true)
        zip.add("b.jsonl", Self.record("Wrong"), packed: Self.record("Wr0ng"))
        zip.add("c.jsonl", Self.record("Right"))
        let (batch, _) = try read(zip.archive())
        #expect(batch.papers.map(\.title) == ["Right"])
        #expect(batch.failedFiles.count == 2)
        #expect(batch.failedFiles.first?.message.contains("encrypted") == true)
        #expect(batch.failedFiles.last?.message.contains("damaged") == true)
    }

    @Test
    func `that are documents of office programs are named`() throws {
        var zip = ZipBytes()
        zip.add("[Content_Types].xml", Array("<a/>".utf8))
        zip.add("xl/workbook.xml", Array("<a/>".utf8))
        let (batch, _) = try read(zip.archive())
        #expect(batch.failedFiles.first?.message.contains("spreadsheet") == true)
    }

    @Test
    func `cut off or changed anywhere are safe`() throws {
        var zip = ZipBytes()
        zip.add("a.jsonl", Self.record("One"), isDeflated: true)
        zip.add("b.jsonl", Self.record("Two"))
        let whole = zip.archive()
        for length in 0..<whole.count {
            let (batch, _) = try read(Array(whole.prefix(length)))
            #expect(batch.papers.isEmpty && !batch.failedFiles.isEmpty, "length \(length)")
        }
        for seed in UInt64(0)..<300 {
            var random = SeededGenerator(seed: seed)
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let (batch, _) = try read(bytes)
            #expect(batch.papers.count <= 2, "seed \(seed)")
        }
    }
}
