import Foundation
import RetrievalEvaluation
import TestSupport
import Testing
import TextEncoding

@Suite("Tasks of embedding benchmarks")
struct EmbeddingTaskTests {
    /// Gives each text the vector of the counts of its letters a, b and c.
    private struct LetterEncoder: TextEncoder {
        let identity = EncoderIdentity(name: "letters", dimensions: 3)

        func embeddings(of texts: [String], as role: TextRole) async throws -> [Embedding] {
            texts.map { text in Embedding(["a", "b", "c"].map { letter in Float(text.filter { $0 == letter }.count) }) }
        }
    }

    /// The result of the only task of a folder with one file.
    private func result(
        _ name: String, _ text: String, _ encoder: some TextEncoder = LetterEncoder()
    ) async throws -> (task: EmbeddingTask, result: EmbeddingTaskResult) {
        let folder = try TemporaryFolder.with { path in
            _ = try file(name, in: path + "/letters", text)
            return try EmbeddingTaskFolder(path: path + "/letters")
        }
        let task = try #require(folder.tasks.first)
        #expect(folder.tasks.count == 1)
        #expect(task.name == "letters")
        return (task, try await task.evaluate(encoder, threads: 1))
    }

    /// Calls `body` with the path of a new folder and removes it afterwards.
    private func withFolder(_ body: (_ path: String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "akin-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.path)
    }

    private func value(_ name: String, _ result: EmbeddingTaskResult) -> Double? {
        result.figures.first { $0.name == name }?.value
    }

    @Test(arguments: [
        (
            "test.jsonl",
            """
            {"sentence1": "aab", "sentence2": "aab", "score": 5.0, "split": "test"}
            {"sentence1": "ab", "sentence2": "aac", "score": "3"}
            {"sentence1": "aab", "sentence2": "c", "score": 0}
            """
        ), ("pairs.tsv", "Sentence1\tsentence2\tscore\naab\taab\t5\nab\taac\t3\naab\tc\t0\n"),
    ])
    func `Pairs with scores are a task of similarity`(name: String, text: String) async throws {
        let (task, result) = try await result(name, text)
        #expect(task.kind == .similarity)
        #expect(result.mainFigure.name == "cosine_spearman")
        #expect(abs((result.mainFigure.value ?? 0) - 1) < 1e-12)
        #expect(result.figures.map(\.name) == ["cosine_spearman", "cosine_pearson"])
        #expect(result.textCount == 4)
        #expect(result.bytesPerText == 12 && result.dimensions == 3)
        #expect(result.textsPerSecond ?? 0 > 0)
    }

    @Test(arguments: [
        ("test.jsonl", #"{"sent1": ["a", "ab", "b"], "sent2": ["aa", "b", "c"], "labels": [1, 1, 0]}"#),
        (
            "test.jsonl",
            """
            {"sentence1": "a", "sentence2": "aa", "label": 1}
            {"sentence1": "ab", "sentence2": "b", "label": "true"}
            {"sentence1": "b", "sentence2": "c", "labels": 0}
            """
        ), ("pairs.tsv", "sentence1\tsentence2\tlabel\na\taa\t1\nab\tb\t1\nb\tc\t0\n"),
    ])
    func `Pairs with labels are a task of pair classification`(name: String, text: String) async throws {
        let (task, result) = try await result(name, text)
        #expect(task.kind == .pairClassification)
        #expect(result.figures.map(\.name) == ["cosine_ap", "cosine_accuracy", "cosine_f1"])
        #expect(result.figures.allSatisfy { $0.value == 1 })
    }

    @Test(arguments: [
        #"{"sentences": ["aa", "aaa", "b", "bbb", "c"], "labels": ["x", "x", "y", "y", "z"]}"#,
        """
        {"sentences": "a", "labels": "x"}
        {"sentences": "a", "labels": ["x", "x.1"]}
        {"text": "bbbbbb", "label": 3}
        """,
    ])
    func `Sentences with labels are a task of clustering`(text: String) async throws {
        let (task, result) = try await result("data/test.jsonl", text)
        #expect(task.kind == .clustering)
        #expect(result.figures.map(\.name) == ["v_measure", "v_measure_std"])
        #expect(result.mainFigure.value ?? 0 > 0.5)
    }

    @Test func `Queries with answers and others are a task of reranking`() async throws {
        let (task, result) = try await result(
            "test.jsonl",
            """
            {"query": "a", "positive": ["aa"], "negative": ["b", "c"]}
            {"query": ["b", "c"], "positive": ["ac"], "negative": ["b"]}
            {"query": "b", "positive": [], "negative": ["c"]}
            """)
        #expect(task.kind == .reranking)
        #expect(value("map", result) == 0.75)
        #expect(value("mrr", result) == 0.75)
    }

    @Test func `A test collection is a task of retrieval`() async throws {
        try await withFolder { path in
            _ = try file(
                "queries.jsonl", in: path, "{\"_id\": \"1\", \"text\": \"a\"}\n{\"_id\": \"2\", \"text\": \"b\"}\n")
            _ = try file("qrels/test.tsv", in: path, "1\tx\t1\n2\tz\t1\n")
            _ = try file(
                "corpus.jsonl", in: path,
                """
                {"_id": "x", "title": "aaa", "text": "b"}
                {"_id": "y", "title": "", "text": "bbb"}
                {"_id": "z", "title": "bc", "text": "c"}
                """)
            let task = try #require(EmbeddingTaskFolder(path: path).tasks.first)
            let result = try await task.evaluate(LetterEncoder(), threads: 1)
            #expect(task.kind == .retrieval)
            // Query 1 finds x first; query 2 finds z behind y.
            #expect(abs((value("nDCG@10", result) ?? 0) - (1 + 1 / log2(3)) / 2) < 1e-12)
            #expect(value("MRR@10", result) == 0.75)
            #expect(value("recall@100", result) == 1)
        }
    }

    @Test func `Queries of SciRepEval rank their own candidates alone`() async throws {
        try await withFolder { path in
            _ = try file(
                "evaluation.jsonl", in: path,
                """
                {"doc_id": "1", "query": "a", "candidates": [{"doc_id": "x", "title": "ab"}, \
                {"doc_id": "y", "title": "b"}]}
                {"doc_id": "2", "query": "b", "candidates": [{"doc_id": "z", "title": "a"}]}
                """)
            _ = try file(
                "test_qrel.jsonl", in: path,
                """
                {"query_id": "1", "cand_id": "x", "score": 1}
                {"query_id": "1", "cand_id": "y", "score": 0}
                {"query_id": "2", "cand_id": "z", "score": 1}
                """)
            let task = try #require(EmbeddingTaskFolder(path: path).tasks.first)
            let result = try await task.evaluate(LetterEncoder(), threads: 1)
            #expect(result.mainFigure.value == 1)
        }
    }

    @Test func `Of files that are called like splits one counts, and every other file is a task`() throws {
        try TemporaryFolder.with { path in
            let pair = "{\"sentence1\": \"a\", \"sentence2\": \"b\", \"score\": 1}\n"
            for name in ["train.jsonl", "test.jsonl", "pairs.jsonl", ".hidden.jsonl"] {
                _ = try file(name, in: path + "/set", pair)
            }
            #expect(try EmbeddingTaskFolder(path: path + "/set").tasks.map(\.name) == ["set/pairs", "set/test"])
            #expect(
                try EmbeddingTaskFolder(path: path + "/set", split: "train").tasks.map(\.name)
                    == ["set/pairs", "set/train"])
            _ = try file("validation.jsonl", in: path + "/other", pair)
            let missing = try #require(throws: RetrievalEvaluationError.self) {
                try EmbeddingTaskFolder(path: path + "/other")
            }
            #expect(missing.code == .missingSplit && missing.message.contains("'validation'"))
            let empty = try #require(throws: RetrievalEvaluationError.self) { try EmbeddingTaskFolder(path: path) }
            #expect(empty.code == .empty)
            let absent = try #require(throws: RetrievalEvaluationError.self) {
                try EmbeddingTaskFolder(path: path + "/absent")
            }
            #expect(absent.code == .cannotRead)
        }
    }

    @Test(arguments: [
        "[1]\n", "{\"sentence1\": \"a\"}\n", "{\"sentence1\": \"a\", \"sentence2\": \"b\", \"score\": \"x\"}\n",
        "{\"sentence1\": [\"a\", \"b\"], \"sentence2\": [\"a\", \"b\"], \"score\": 1}\n",
        "{\"sentence1\": [\"a\"], \"sentence2\": [\"a\", \"b\"], \"labels\": [1]}\n",
        "{\"sentence1\": \"a\", \"sentence2\": \"b\", \"label\": 7}\n",
        "{\"sentences\": [\"a\", \"b\"], \"labels\": [1]}\n", "{\"sentences\": [], \"labels\": []}\n",
        "{\"query\": [], \"positive\": [], \"negative\": []}\n",
    ])
    func `A record that is of no task is named`(text: String) throws {
        try TemporaryFolder.with { path in
            _ = try file("test.jsonl", in: path, "\n" + text)
            let error = try #require(throws: RetrievalEvaluationError.self) { try EmbeddingTaskFolder(path: path) }
            #expect(error.code == .malformedLine && error.line == 2)
        }
    }

    @Test func `Records of two kinds and tables without headings are named`() throws {
        try TemporaryFolder.with { path in
            _ = try file(
                "test.jsonl", in: path + "/mixed",
                "{\"sentence1\": \"a\", \"sentence2\": \"b\", \"score\": 1}\n{\"sentences\": \"a\", \"labels\": 1}\n")
            _ = try file("pairs.tsv", in: path + "/table", "a\tb\t1\n")
            _ = try file("pairs.tsv", in: path + "/short", "sentence1\tsentence2\tscore\na\tb\n")
            for (folder, line) in [("mixed", 2), ("table", 1), ("short", 2)] {
                let error = try #require(throws: RetrievalEvaluationError.self) {
                    try EmbeddingTaskFolder(path: path + "/" + folder)
                }
                #expect(error.line == line, "\(error)")
            }
        }
    }

    @Test func `Similarities that are all equal are told, and so are texts that the encoder knows nothing of`()
        async throws
    {
        let (_, result) = try await result(
            "test.jsonl",
            "{\"sentence1\": \"x\", \"sentence2\": \"y\", \"score\": 1}\n"
                + "{\"sentence1\": \"z\", \"sentence2\": \"y\", \"score\": 2}\n"
        )
        #expect(result.mainFigure == .init(name: "cosine_spearman", value: nil))
        #expect(result.problem?.contains("equal numbers have no correlation") == true)
        #expect(result.zeroCount == 3 && result.textCount == 3)
    }

    private struct BrokenEncoder: TextEncoder {
        let identity = EncoderIdentity(name: "broken", dimensions: 2)
        var components: [Float]
        var isShort = false

        func embeddings(of texts: [String], as role: TextRole) async throws -> [Embedding] {
            texts.dropFirst(isShort ? 1 : 0).map { _ in Embedding(components) }
        }
    }

    @Test func `An encoder that breaks its promises is an error or a problem, and never a trap`() async throws {
        let text =
            "{\"sentence1\": \"x\", \"sentence2\": \"y\", \"score\": 1}\n"
            + "{\"sentence1\": \"z\", \"sentence2\": \"y\", \"score\": 2}\n"
        let notFinite = try await result("test.jsonl", text, BrokenEncoder(components: [.nan, 1])).result
        #expect(notFinite.mainFigure.value == nil && notFinite.problem?.contains("not a finite number") == true)
        for encoder in [BrokenEncoder(components: [1]), BrokenEncoder(components: [1, 2], isShort: true)] {
            await #expect(throws: EmbeddingEvaluationError.self) { try await result("test.jsonl", text, encoder) }
        }
    }
}
