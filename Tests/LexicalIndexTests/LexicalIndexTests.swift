import Foundation
import LexicalIndex
import MappedFiles
import TestSupport
import Testing
import TextAnalysis

@Suite("A lexical index")
struct LexicalIndexTests {
    @Test(arguments: [0, 1, 7, 8, 13, 31, 207, 1025])
    func `a lexical index knows its documents and terms`(count: Int) throws {
        let seed = UInt64(count) + 20
        let collection = SmallCollection(count: count, seed: seed)
        try TemporaryFolder.with { folder in
            let index = try collection.index(in: folder)
            try index.verify()
            #expect(index.documentCount == count)
            #expect(index.totalLength == collection.documents.reduce(0) { $0 + $1.count })
            #expect(Array(index.keys) == collection.keys.sorted())
            for key in collection.keys {
                #expect(index.contains(key))
                #expect(index.ordinal(of: key).map { index.keys[$0] } == key)
            }
            #expect(!index.contains(UInt64.max) && index.ordinal(of: UInt64(count) * 3 + 5) == nil)

            let terms = Set(collection.documents.joined())
            #expect(index.termCount == terms.count)
            for term in terms {
                let holders = zip(collection.documents, collection.keys).filter { $0.0.contains(term) }.map(\.1)
                #expect(index.contains(term: term), "seed \(seed), \(term)")
                #expect(index.documentFrequency(of: term) == holders.count)
                #expect(index.keys(containing: term) == holders.sorted())
            }
            for absent in ["", "absent", "β", "\u{10FFFF}", String(repeating: "9", count: 1000)] {
                #expect(!index.contains(term: absent) && index.documentFrequency(of: absent) == 0)
                #expect(index.keys(containing: absent).isEmpty)
            }
        }
    }

    @Test
    func `a lexical index is the same file for every number of threads and order of documents`() throws {
        let collection = SmallCollection(count: 1025, seed: 30)
        let order = Array(0..<1025).shuffled()
        let shuffled = SmallCollection(
            documents: order.map { collection.documents[$0] },
            keys: order.map { collection.keys[$0] }
        )
        try TemporaryFolder.with { folder in
            try LexicalIndex.write(collection.counts, keys: collection.keys, to: folder + "/1", threads: 1)
            let expected = try Data(contentsOf: URL(filePath: folder + "/1"))
            for threads in [2, 3, 7, 5000] {
                try LexicalIndex.write(collection.counts, keys: collection.keys, to: folder + "/2", threads: threads)
                #expect(try Data(contentsOf: URL(filePath: folder + "/2")) == expected)
            }
            try LexicalIndex.write(shuffled.counts, keys: shuffled.keys, to: folder + "/2", threads: 2)
            #expect(try Data(contentsOf: URL(filePath: folder + "/2")) == expected)
        }
    }

    @Test
    func `a lexical index indexes what the analyzer counts`() throws {
        let texts = ["Streaming language models", "Attention in streams, streams and streams", "Graphs"]
        let counts = try Analyzer().countTerms(documentCount: 3, threads: 1) { [texts[$0]] }
        try TemporaryFolder.with { folder in
            try LexicalIndex.write(counts, keys: [10, 20, 30], to: folder + "/a")
            let index = try LexicalIndex(mapping: folder + "/a")
            #expect(index.search(index.query([("stream", 1)]), k: 3).map(\.key) == [20, 10])
        }
    }

    @Test
    func `an absent file, another kind and other versions are refused as lexical indexes`() throws {
        try TemporaryFolder.with { folder in
            let absent = try lexicalError { _ = try LexicalIndex(mapping: folder + "/absent") }
            #expect(absent.code == .cannotOpen)
            #expect(absent.message.contains(folder + "/absent"))
            try SectionedFileWriter(path: folder + "/other", kind: FileKind("hnsw"), version: 1).commit()
            let other = try lexicalError { _ = try LexicalIndex(mapping: folder + "/other") }
            #expect(other.code == .cannotOpen)
            #expect(other.cause?.code == .notThisKind)
            try SectionedFileWriter(
                path: folder + "/newer", kind: LexicalIndex.fileKind, version: LexicalIndex.fileVersions.upperBound + 1
            ).commit()
            let newer = try lexicalError { _ = try LexicalIndex(mapping: folder + "/newer") }
            #expect(newer.code == .newerVersion)
            try SectionedFileWriter(
                path: folder + "/older", kind: LexicalIndex.fileKind, version: LexicalIndex.fileVersions.lowerBound - 1
            ).commit()
            let older = try lexicalError { _ = try LexicalIndex(mapping: folder + "/older") }
            #expect(older.code == .olderVersion)
            #expect(older.message.contains("format version 1, this build reads 2. Rebuild the file."))
            try SectionedFileWriter(
                path: folder + "/bare", kind: LexicalIndex.fileKind, version: LexicalIndex.fileVersions.upperBound
            ).commit()
            let bare = try lexicalError { _ = try LexicalIndex(mapping: folder + "/bare") }
            #expect(bare.code == .damaged)
            #expect(bare.cause?.code == .missingSection)
        }
    }

    @Test
    func `writing a lexical index into an absent folder is refused`() throws {
        let collection = SmallCollection(count: 3, seed: 31)
        try TemporaryFolder.with { folder in
            let error = try lexicalError {
                try LexicalIndex.write(collection.counts, keys: collection.keys, to: folder + "/absent/a")
            }
            #expect(error.code == .cannotWrite)
            #expect(error.cause?.code == .cannotWrite)
        }
    }

    @Test
    func `two documents of one key trap`() async {
        await #expect(processExitsWith: .failure) {
            try LexicalIndex.write(TermCounts(documents: [["a"], ["b"]]), keys: [1, 1], to: "/dev/null/a")
        }
    }
}

/// The error that `body` throws.
func lexicalError(_ body: () throws -> Void) throws -> LexicalIndexError {
    try #require(throws: LexicalIndexError.self) { try body() }
}
