import Foundation
import TestSupport
import Testing

@Suite("akin evaluate on today's collections")
struct EvaluateLayoutTests {
    /// Calls `body` with a folder of these files.
    private func with(_ files: [String: String], _ body: (_ folder: String) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            for (name, text) in files {
                let url = URL(filePath: folder + "/" + name)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try text.write(to: url, atomically: true, encoding: .utf8)
            }
            try body(folder)
        }
    }

    private func results(_ arguments: [String], in folder: String) throws -> [[String: Any]] {
        let outcome = try AkinProcess.run(
            ["evaluate"] + arguments + ["--mode", "lexical", "--resamples", "0", "--json"], in: folder)
        try #require(outcome.status == 0, "\(outcome.errors)")
        return try #require(outcome.json()["results"] as? [[String: Any]])
    }

    @Test
    func `a language of MIRACL is evaluated`() throws {
        let documents = (0..<3).map { ["mtungi wa maji", "ndege wa kusini", "simba wa nyika"][$0] }.enumerated()
            .map { "{\"docid\": \"\($0)#0\", \"title\": \"T\($0)\", \"text\": \"\($1)\"}\n" }
        try with([
            "miracl-v1.0-sw/topics/topics.miracl-v1.0-sw-dev.tsv": "1\tndege\n2\tsimba\n",
            "miracl-v1.0-sw/qrels/qrels.miracl-v1.0-sw-dev.tsv": "1\tQ0\t1#0\t1\n2\tQ0\t2#0\t1\n2\tQ0\t0#0\t0\n",
            "miracl-corpus-v1.0-sw/docs-0.jsonl": documents[0] + documents[1],
            "miracl-corpus-v1.0-sw/docs-1.jsonl": documents[2],
        ]) { folder in
            let results = try results(["miracl-v1.0-sw", "--split", "dev", "--measure", "nDCG@10"], in: folder)
            #expect(results[0]["ndcg@10"] as? Double == 1)
            let wrong = try AkinProcess.run(["evaluate", "miracl-v1.0-sw"], in: folder)
            #expect(wrong.status == 2 && wrong.errors.contains("'dev'"))
        }
    }

    @Test
    func `LitSearch is evaluated on its own corpus`() throws {
        try with([
            "litsearch/query.jsonl": "{\"query\": \"pruning networks\", \"corpusids\": [12, 34]}\n",
            "litsearch/corpus_clean.jsonl":
                "{\"corpusid\": 12, \"title\": \"Pruning\", \"abstract\": \"We prune.\"}\n"
                + "{\"corpusid\": 34, \"title\": \"Birds\", \"abstract\": \"They fly.\"}\n"
                + "{\"corpusid\": 56, \"title\": \"Fish\", \"abstract\": null}\n",
        ]) { folder in
            let results = try results(["litsearch", "--measure", "recall@5"], in: folder)
            #expect(results[0]["recall@5"] as? Double == 0.5)
        }
    }

    @Test
    func `SciRepEval's queries rank their own candidates alone`() throws {
        try with([
            "search/evaluation.jsonl":
                "{\"doc_id\": \"1\", \"query\": \"birds\", \"candidates\": [{\"doc_id\": \"a\", \"title\": \"Birds\", "
                + "\"abstract\": \"of the south fly far\"}, "
                + "{\"doc_id\": \"b\", \"title\": \"Fish\", \"abstract\": \"swim\"}]}\n"
                + "{\"doc_id\": \"2\", \"query\": \"fish\", \"candidates\": "
                + "[{\"doc_id\": \"c\", \"title\": \"Birds birds\", "
                + "\"abstract\": \"birds\"}]}\n",
            "search/test_qrel.jsonl":
                "{\"query_id\": \"1\", \"cand_id\": \"a\", \"score\": 2}\n"
                + "{\"query_id\": \"1\", \"cand_id\": \"b\", \"score\": 0}\n"
                + "{\"query_id\": \"2\", \"cand_id\": \"c\", \"score\": 0}\n",
        ]) { folder in
            // Without the candidates of query 2, the best paper of query 1 is the first of its own.
            let results = try results(["search", "--measure", "MRR"], in: folder)
            #expect(results[0]["mrr"] as? Double == 0.5)
        }
    }

    @Test
    func `--k adds what papers print, and names of ir-measures are measures`() throws {
        try with([
            "small.qrels": "1 0 a 1\n1 0 b 1\n", "new.run": "1 Q0 x 1 3 t\n1 Q0 a 2 2 t\n",
        ]) { folder in
            let run = ["evaluate", "small.qrels", "--run", "new.run", "--resamples", "0"]
            let outcome = try AkinProcess.run(run + ["--k", "5", "--measure", "RR@5", "--json"], in: folder)
            try #require(outcome.status == 0, "\(outcome.errors)")
            let result = try #require((outcome.json()["results"] as? [[String: Any]])?.first)
            #expect(Set(["ndcg@5", "recall@5", "p@5", "mrr@5", "map@5"]).isSubset(of: result.keys))
            #expect(result["ndcg@10"] == nil)
            #expect(result["map@5"] as? Double == 0.25)
            #expect(result["mrr@5"] as? Double == 0.5)
            let text = try AkinProcess.run(run + ["--k", "1", "-k", "2"], in: folder)
            let headings = text.output.split(separator: "\n").map(String.init).dropFirst().first ?? ""
            #expect(headings.contains("MAP@1") && headings.contains("nDCG@2") && !headings.contains("nDCG@10"))
            for wrong in [["--k", "0"], ["--k", "2", "--k", "2"]] {
                #expect(try AkinProcess.run(run + wrong, in: folder).status == 2)
            }
        }
    }
}
