import Foundation
import RetrievalEvaluation
import TestSupport
import Testing

@Suite("BEIR folders")
struct BEIRFolderTests {
    let queries = """
        {"_id": "1", "text": "first \\u00fc", "metadata": {"a": [1]}}

        {"_id": 2, "text": "second"}
        {"_id": "x:3"}
        """
    let qrels = "query-id\tcorpus-id\tscore\n1\ta\t1\nx:3\tb\t2\n9\ta\t1\n"

    @Test func `Queries and judgments of a BEIR folder are read`() throws {
        try TemporaryFolder.with { path in
            _ = try file("queries.jsonl", in: path, queries)
            _ = try file("qrels/test.tsv", in: path, qrels)
            let folder = try BEIRFolder(path: path)
            #expect(folder.queries.map(\.id) == ["1", "2", "x:3"])
            #expect(folder.queries.map(\.text) == ["first ü", "second", ""])
            #expect(folder.judgedQueries.map(\.id) == ["1", "x:3"])
            #expect(folder.missingQueries == ["9"])
            #expect(folder.qrels["x:3"] == ["b": 2])
            #expect(folder.corpusPath == nil)
        }
    }

    @Test func `A BEIR folder tells whether it has a corpus`() throws {
        try TemporaryFolder.with { path in
            _ = try file("queries.jsonl", in: path, queries)
            _ = try file("qrels/dev.tsv", in: path, qrels)
            let corpus = try file("corpus.jsonl", in: path, "")
            #expect(try BEIRFolder(path: path, split: "dev").corpusPath == corpus)
        }
    }

    @Test func `A split that is missing is named with those that there are`() throws {
        try TemporaryFolder.with { path in
            _ = try file("queries.jsonl", in: path, queries)
            _ = try file("qrels/train.tsv", in: path, qrels)
            _ = try file("qrels/dev.tsv", in: path, qrels)
            #expect(BEIRFolder.splits(ofFolder: path) == ["dev", "train"])
            let error = try #require(throws: RetrievalEvaluationError.self) { try BEIRFolder(path: path) }
            #expect(error.code == .missingSplit)
            #expect(error.message.contains("'test'") && error.message.contains("'dev', 'train'"))
        }
    }

    /// A query and a judgment, packed by gzip.
    private static let packedQueries: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 171, 86, 138, 207, 76, 81, 178, 82, 80, 50, 84, 210, 81, 80, 42, 73, 173,
        40, 1, 113, 202, 51, 243, 210, 139, 149, 106, 185, 0, 0, 34, 121, 40, 30, 0, 0, 0,
    ]
    private static let packedQrels: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 51, 228, 76, 228, 52, 226, 2, 0, 92, 1, 26, 242, 6, 0, 0, 0,
    ]

    @Test func `The files of a folder may be packed by gzip`() throws {
        try TemporaryFolder.with { path in
            _ = try file("qrels/other", in: path, "")
            try Data(Self.packedQueries).write(to: URL(filePath: "\(path)/queries.jsonl.gz"))
            try Data(Self.packedQrels).write(to: URL(filePath: "\(path)/qrels/test.tsv.gz"))
            let corpus = try file("corpus.jsonl.gz", in: path, "")
            let folder = try BEIRFolder(path: path)
            #expect(folder.queries == [Query(id: "1", text: "wings")])
            #expect(folder.qrels == Qrels(["1": ["a": 2]]))
            #expect(folder.corpusPath == corpus)
        }
    }

    @Test(arguments: [
        ("not JSON\n", 1), ("{\"_id\": \"1\"}\n[1]\n", 2), ("{\"text\": \"no id\"}\n", 1), ("{\"_id\": \"\"}\n", 1),
        ("{\"_id\": \"1\", \"text\": 5}\n", 1), ("{\"_id\": \"1\"}\n\n{\"_id\": 1}\n", 3),
    ])
    func `A line that is no query, or repeats an id, is named`(text: String, line: Int) throws {
        try TemporaryFolder.with { path in
            _ = try file("queries.jsonl", in: path, text)
            _ = try file("qrels/test.tsv", in: path, qrels)
            let error = try #require(throws: RetrievalEvaluationError.self) { try BEIRFolder(path: path) }
            #expect(error.line == line)
            #expect(error.file.hasSuffix("queries.jsonl"))
            #expect(error.code == (line == 3 ? .repeatedLine : .malformedLine))
        }
    }

    @Test(arguments: [
        ("", "1\ta\t1\n", "queries.jsonl"), ("{\"_id\": \"1\"}", "query-id\tcorpus-id\tscore\n", "test.tsv"),
    ])
    func `An empty file of queries is named`(queries: String, qrels: String, name: String) throws {
        try TemporaryFolder.with { path in
            _ = try file("queries.jsonl", in: path, queries)
            _ = try file("qrels/test.tsv", in: path, qrels)
            let error = try #require(throws: RetrievalEvaluationError.self) { try BEIRFolder(path: path) }
            #expect(error.code == .empty)
            #expect(error.file.hasSuffix(name))
        }
    }

    @Test(
        .enabled(if: SharedData.isPresent, "\(SharedData.skipNote)"),
        arguments: [
            ("cranfield", 225, 1_837, true), ("med", 30, 696, true), ("cacm", 52, 796, true), ("npl", 93, 2_083, true),
            ("litsearch-dev", 219, 232, false), ("cocitation-dev", 503, 6_443, false),
        ]
    )
    func `The classic collections are read whole`(name: String, queries: Int, judgments: Int, corpus: Bool) throws {
        let folder = try BEIRFolder(path: SharedData.path("beir/\(name)"))
        #expect(folder.qrels.queryCount == queries)
        #expect(folder.judgedQueries.count == queries)
        #expect(folder.qrels.judgmentCount == judgments)
        #expect((folder.corpusPath != nil) == corpus)
    }
}
