import Foundation
import RetrievalEvaluation
import TestSupport
import Testing

@Suite("Test collections in the layouts that people download")
struct TestCollectionTests {
    private func documents(of collection: TestCollection) throws -> [CollectionDocument] {
        var documents: [CollectionDocument] = []
        try collection.forEachDocument { documents.append($0) }
        return documents
    }

    @Test func `A folder of BEIR has its queries, judgments and corpus, with judgments as a table or as JSON`() throws {
        for (name, text) in [
            ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t-1\n"),
            ("test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t-1\n"),
            (
                "qrels/test.jsonl",
                """
                {"query-id": "q1", "corpus-id": "d1", "score": 2}
                {"query-id": "q1", "corpus-id": "d2", "score": -1.0}
                """
            ),
        ] {
            try TemporaryFolder.with { path in
                _ = try file("queries.jsonl", in: path, "{\"_id\": \"q1\", \"text\": \"masks\"}\n")
                _ = try file(name, in: path, text)
                _ = try file(
                    "corpus.jsonl", in: path,
                    """
                    {"_id": "d1", "title": "Masks", "text": "They filter.", "metadata": {"url": "x"}}
                    {"_id": 7, "title": "", "text": "No title."}
                    """)
                #expect(TestCollection.recognizes(folder: path))
                let collection = try TestCollection(path: path)
                #expect(collection.layout == .beir)
                #expect(collection.qrels["q1"] == ["d1": 2, "d2": -1], "\(name)")
                #expect(try documents(of: collection).map(\.wholeText) == ["Masks They filter.", "No title."])
                #expect(try documents(of: collection).map(\.id) == ["d1", "7"])
                #expect(BEIRFolder.splits(ofFolder: path) == ["test"])
            }
        }
    }

    @Test func `A language of MIRACL has topics, judgments of a split, and documents beside it`() throws {
        try TemporaryFolder.with { path in
            let folder = path + "/miracl-v1.0-sw"
            _ = try file("topics/topics.miracl-v1.0-sw-dev.tsv", in: folder, "4#0\tMji mkuu ni upi?\n5#1\tNani?\n")
            _ = try file("topics/topics.miracl-v1.0-sw-train.tsv", in: folder, "9\tx\n")
            _ = try file(
                "qrels/qrels.miracl-v1.0-sw-dev.tsv", in: folder, "4#0\tQ0\t12#0\t1\n4#0\tQ0\t12#3\t0\n")
            for (number, id) in [(10, "z#1"), (2, "12#3"), (0, "12#0")] {
                _ = try file(
                    "miracl-corpus-v1.0-sw/docs-\(number).jsonl", in: path,
                    "{\"docid\": \"\(id)\", \"title\": \"T\", \"text\": \"maandishi \(number)\"}\n")
            }
            let collection = try TestCollection(path: folder, split: "dev")
            #expect(collection.layout == .miracl)
            #expect(collection.queries.map(\.text) == ["Mji mkuu ni upi?", "Nani?"])
            #expect(collection.judgedQueries.map(\.id) == ["4#0"])
            #expect(collection.qrels["4#0"] == ["12#0": 1, "12#3": 0])
            #expect(try documents(of: collection).map(\.id) == ["12#0", "12#3", "z#1"])
            let error = try #require(throws: RetrievalEvaluationError.self) { try TestCollection(path: folder) }
            #expect(error.code == .missingSplit && error.message.contains("'dev'"))
            #expect(!error.message.contains("'train'"))
        }
    }

    @Test func `LitSearch's queries have the numbers of their lines, and its corpus ids that are numbers`() throws {
        try TemporaryFolder.with { path in
            _ = try file(
                "query.jsonl", in: path,
                """
                {"query_set": "inline", "query": "Which work bounds memory?", "specificity": 1, "quality": 2, \
                "corpusids": [12, 34]}
                {"query_set": "manual", "query": "Who prunes?", "specificity": 0, "quality": 2, "corpusids": [12]}
                """)
            _ = try file(
                "corpus_clean.jsonl", in: path,
                """
                {"corpusid": 12, "title": "Pruning", "abstract": "We prune.", "citations": [34], "full_paper": "…"}
                {"corpusid": 34, "title": "Bounds", "abstract": null, "citations": [], "full_paper": null}
                """)
            let collection = try TestCollection(path: path)
            #expect(collection.layout == .litSearch)
            #expect(collection.queries.map(\.id) == ["1", "2"])
            #expect(collection.qrels["1"] == ["12": 1, "34": 1])
            #expect(try documents(of: collection).map(\.wholeText) == ["Pruning We prune.", "Bounds"])
        }
    }

    @Test func `SciRepEval's queries are texts or papers that rank their own candidates`() throws {
        try TemporaryFolder.with { path in
            _ = try file(
                "evaluation.jsonl", in: path,
                """
                {"doc_id": "s1", "query": "sparse attention", "candidates": [{"doc_id": "a", "title": "A", \
                "abstract": "one"}, {"doc_id": "b", "title": "B", "abstract": null}]}
                {"query": {"doc_id": "p", "title": "Paper", "abstract": "words"}, \
                "candidates": [{"doc_id": "a", "title": "A", "abstract": "one"}]}
                """)
            _ = try file(
                "test_qrel.jsonl", in: path,
                """
                {"query_id": "s1", "cand_id": "a", "score": 3}
                {"query_id": "s1", "cand_id": "b", "score": 0}
                {"query_id": "p", "cand_id": "a", "score": 1}
                """)
            let collection = try TestCollection(path: path)
            #expect(collection.layout == .sciRepEval && collection.ranksOnlyJudged)
            #expect(collection.queries.map(\.text) == ["sparse attention", "Paper words"])
            #expect(collection.qrels["s1"] == ["a": 3, "b": 0])
            #expect(try documents(of: collection).map(\.id) == ["a", "b"])
            let error = try #require(throws: RetrievalEvaluationError.self) {
                try TestCollection(path: path, split: "dev")
            }
            #expect(error.code == .missingSplit && error.message.contains("'test'"))
        }
    }

    @Test func `A corpus of any layout is written as one of BEIR, and reads back the same`() throws {
        try TemporaryFolder.with { path in
            _ = try file("query.jsonl", in: path, "{\"query\": \"q\", \"corpusids\": [1]}\n")
            _ = try file(
                "corpus_clean.jsonl", in: path,
                "{\"corpusid\": 1, \"title\": \"A \\\"quoted\\\" \\\\ title\", "
                    + "\"abstract\": \"two\\nlines \\u0001 ü\"}\n"
            )
            let collection = try TestCollection(path: path)
            let beir = path + "/beir"
            _ = try file("queries.jsonl", in: beir, "{\"_id\": \"q\"}\n")
            _ = try file("qrels/test.tsv", in: beir, "q\t1\t1\n")
            #expect(try collection.writeCorpus(beirFile: beir + "/corpus.jsonl") == 1)
            #expect(try documents(of: TestCollection(path: beir)) == documents(of: collection))
            #expect(try documents(of: collection).map(\.text) == ["two\nlines \u{1} ü"])
        }
    }

    @Test(arguments: [
        ("topics/topics.x-dev.tsv", "one column\n", "qrels/qrels.x-dev.tsv", "1 0 a 1\n", "topics.x-dev.tsv", 1),
        ("topics/topics.x-dev.tsv", "1\ta\n1\tb\n", "qrels/qrels.x-dev.tsv", "1 0 a 1\n", "topics.x-dev.tsv", 2),
        ("query.jsonl", "{\"query\": \"a\"}\n", "corpus.jsonl", "", "query.jsonl", 1),
        ("a.jsonl", "", "dev_qrel.jsonl", "{\"query_id\": 1, \"cand_id\": 2, \"score\": \"x\"}\n", "dev_qrel.jsonl", 1),
        ("a.jsonl", "{}\n", "dev_qrel.jsonl", "{\"query_id\": 1, \"cand_id\": 2, \"score\": 1}\n", "a.jsonl", 1),
        ("a.jsonl", "", "dev_qrel.jsonl", "{\"query_id\": 1, \"cand_id\": 2, \"score\": 1e99}\n", "dev_qrel.jsonl", 1),
    ])
    func `A line that is not of the layout is named`(
        first: String, text: String, second: String, other: String, name: String, line: Int
    ) throws {
        try TemporaryFolder.with { path in
            _ = try file(first, in: path, text)
            _ = try file(second, in: path, other)
            let error = try #require(throws: RetrievalEvaluationError.self) {
                try TestCollection(path: path, split: "dev")
            }
            #expect(error.file.hasSuffix(name) && error.line == line, "\(error)")
        }
    }

    @Test func `A document without an id is named`() throws {
        try TemporaryFolder.with { path in
            _ = try file("query.jsonl", in: path, "{\"query\": \"q\", \"corpusids\": [1]}\n")
            _ = try file("corpus_clean.jsonl", in: path, "{\"corpusid\": 1}\n{\"title\": \"x\"}\n")
            let collection = try TestCollection(path: path)
            let error = try #require(throws: RetrievalEvaluationError.self) { try documents(of: collection) }
            #expect(error.line == 2 && error.file.hasSuffix("corpus_clean.jsonl"))
        }
    }
}
