import Akin
import Papers
import TestSupport
import Testing

/// Papers in chunks. A failing source throws instead of its last batch.
private struct Chunks: PaperSource {
    struct Failed: Error, CustomStringConvertible {
        var description: String { "the source broke" }
    }

    var batches: [PaperBatch]
    var fails = false
    var byteCount: Int?

    mutating func nextBatch() throws(Failed) -> PaperBatch? {
        if fails, batches.count < 2 { throw Failed() }
        return batches.isEmpty ? nil : batches.removeFirst()
    }

    static func of(_ papers: [Paper], size: Int) -> [PaperBatch] {
        stride(from: 0, to: papers.count, by: size).map { start in
            PaperBatch(papers: Array(papers[start..<min(start + size, papers.count)]))
        }
    }
}

@Suite("Adding from a source")
struct AddingTests {
    @Test(arguments: [Int.max, Int.max / 5 + 1, Int.max / 5])
    func `refuses a source of more bytes than numbers go`(byteCount: Int) throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            do throws(AkinError) {
                try library.add(from: Chunks(batches: [], byteCount: byteCount))
                Issue.record("\(byteCount) bytes fit on the disk")
            } catch {
                #expect(error.code == .noSpace)
            }
        }
    }

    @Test
    func `gives the library that adding all papers at once gives, whatever the batches`() throws {
        try TemporaryFolder.with { folder in
            let papers = SyntheticPapers.make(130)
            let whole = try Library(creatingAt: folder + "/whole")
            try whole.add(papers + [papers[3]])
            let chunked = try Library(creatingAt: folder + "/chunked")
            let report = try chunked.add(from: Chunks(batches: Chunks.of(papers + [papers[3]], size: 17)))
            #expect(report.added == 130 && report.updated == 0 && report.unchanged == 1)
            #expect(report.paperCount == 130)
            #expect(try chunked.papers() == whole.papers())
            for query in ["neural networks", papers[7].title] {
                let (one, other) = (try whole.search(for: query), try chunked.search(for: query))
                #expect(one.hits.map(\.paper.id) == other.hits.map(\.paper.id))
                #expect(one.hits.map(\.score) == other.hits.map(\.score))
            }
            #expect(try chunked.info().generation == 1)
        }
    }

    @Test
    func `reports what the batches say of records and files that hold no paper`() throws {
        try TemporaryFolder.with { folder in
            let skipped = SkippedRecord(.notJSON, file: "a", line: 3, reason: "not JSON")
            let note = ImportNote(.yearDropped, file: "a", line: 4, message: "no year")
            let failed = FailedFile(file: "b", message: "empty")
            var batches = Chunks.of(SyntheticPapers.make(20), size: 10)
            batches[0].skipped = [skipped]
            batches[1].notes = [note]
            batches.append(PaperBatch(skipped: [skipped], failedFiles: [failed]))
            let report = try Library(creatingAt: folder).add(from: Chunks(batches: batches))
            #expect(report.skipped == [skipped, skipped])
            #expect(report.notes == [note])
            #expect(report.failedFiles == [failed])
            #expect(report.added == 20)
        }
    }

    @Test
    func `that fails leaves the library as it was and names the source's error`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder)
            try library.add(SyntheticPapers.make(20))
            let more = Chunks.of(SyntheticPapers.make(40, firstNumber: 100), size: 10)
            let error = #expect(throws: AkinError.self) { try library.add(from: Chunks(batches: more, fails: true)) }
            #expect(error?.code == .unreadableInput)
            #expect(error?.message == "the source broke")
            #expect(error?.cause is Chunks.Failed)
            #expect(try library.papers().count == 20)
            #expect(try library.info().generation == 1)
        }
    }
}
