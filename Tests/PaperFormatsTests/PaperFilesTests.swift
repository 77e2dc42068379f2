import Foundation
import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("Files and folders as a source of papers")
struct PaperFilesTests {
    private func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    /// All batches of a source, united.
    private func readAll(_ files: PaperFiles) -> PaperBatch {
        var all = PaperBatch()
        while let batch = files.nextBatch() {
            all.papers += batch.papers
            all.skipped += batch.skipped
            all.notes += batch.notes
            all.failedFiles += batch.failedFiles
        }
        return all
    }

    @Test
    func `give all papers in order, and report each file that holds none`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            let paths = ["b.jsonl", "absent.jsonl", "empty.jsonl", "none.jsonl", "a.json"].map { "\(folder)/\($0)" }
            try write("{\"title\": \"1\"}\nbroken\n{\"title\": \"2\"}\n", to: paths[0])
            try write("", to: paths[2])
            try write("{\"id\": \"x\"}\nno record\n", to: paths[3])
            try write("[\n{\"title\": \"3\", \"year\": 15}]", to: paths[4])
            let read = readAll(PaperFiles(paths))
            #expect(read.papers.map(\.title) == ["1", "2", "3"])
            #expect(read.skipped.map(\.file) == [paths[0], paths[3], paths[3]])
            #expect(read.notes.map(\.file) == [paths[4]])
            #expect(read.failedFiles.map(\.file).sorted() == [paths[1], paths[2], paths[3]].sorted())
            let none = try #require(read.failedFiles.first { $0.file == paths[3] })
            #expect(none.message.contains("Found no paper in '\(paths[3])'"))
            #expect(none.message.contains("'jsonl'"))
        }
    }

    @Test
    func `give the papers of a folder, and report a folder without any`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            try FileManager.default.createDirectory(atPath: folder + "/full", withIntermediateDirectories: true)
            try FileManager.default.createDirectory(atPath: folder + "/bare", withIntermediateDirectories: true)
            try write("{\"title\": \"2\"}", to: folder + "/full/b.jsonl")
            try write("[{\"title\": \"1\"}]", to: folder + "/full/a.json")
            try write("{\n  \"name\": \"settings of something\"\n}", to: folder + "/full/package.json")
            let read = readAll(PaperFiles([folder + "/bare", folder + "/full"]))
            #expect(read.papers.map(\.title) == ["1", "2"])
            #expect(read.failedFiles.map(\.file) == [folder + "/bare"])
        }
    }

    @Test
    func `know their size and how much of it was read`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            let paths = ["a.jsonl", "b.jsonl"].map { "\(folder)/\($0)" }
            for path in paths { try write("{\"title\": \"a\"}\n", to: path) }
            let files = PaperFiles(paths)
            #expect(files.byteCount == 30)
            #expect(files.fractionRead == 0)
            var fractions: [Double] = []
            while files.nextBatch() != nil { fractions.append(files.fractionRead ?? -1) }
            #expect(fractions == [0.5, 1])
            #expect(PaperFiles([]).fractionRead == nil)
            #expect(PaperFiles([]).nextBatch() == nil)
        }
    }
}
