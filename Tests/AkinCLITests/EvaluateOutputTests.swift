import Foundation
import TestSupport
import Testing

@Suite("What evaluate prints")
struct EvaluateOutputTests {
    /// Five queries with one relevant document each, ranked first by `new` for four of them, and by `old` for two.
    private static let qrels = "1 0 a 1\n2 0 b 1\n3 0 c 1\n4 0 d 1\n5 0 e 1\n"
    private static let new = """
        1 Q0 a 1 2 tag
        2 Q0 b 1 2 tag
        3 Q0 c 1 2 tag
        4 Q0 d 1 2 tag
        5 Q0 x 1 3 tag
        5 Q0 e 2 2 tag

        """
    private static let old = """
        1 Q0 a 1 2 tag
        2 Q0 x 1 3 tag
        2 Q0 b 2 2 tag
        3 Q0 x 1 3 tag
        3 Q0 c 2 2 tag
        4 Q0 d 1 2 tag

        """

    /// Calls `body` with a function that runs a command in a folder of `small.qrels`, `new.run` and `old.run`.
    private func withRuns(
        _ body: (_ folder: String, _ akin: (String...) throws -> AkinProcess.Outcome) throws -> Void
    ) throws {
        try TemporaryFolder.with { folder in
            for (name, text) in [("small.qrels", Self.qrels), ("new.run", Self.new), ("old.run", Self.old)] {
                try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
            }
            try body(folder) { (arguments: String...) in
                try AkinProcess.run(arguments.map { $0.hasPrefix("@") ? folder + "/" + $0.dropFirst() : $0 })
            }
        }
    }

    @Test
    func `Runs are measured without a library, as text`() throws {
        try withRuns { _, akin in
            let outcome = try akin(
                "evaluate", "@small.qrels", "--run", "@new.run", "--baseline", "@old.run", "--measure", "MRR",
                "--per-query"
            )
            #expect(outcome.status == 0)
            #expect(
                outcome.output == """
                    small: 5 judged queries
                    run           MRR
                    old        0.6000
                         0.200..0.900
                    new        0.9000
                         0.600..1.000
                    Ranges: 95 % bootstrap intervals (BCa) over queries, 10000 samples, seed 42.

                    Against old
                    ranking  measure      difference  wins  ties  losses       p  p (t-test)
                    new      MRR             +0.3000     3     2       0  0.2500      0.0705
                                      +0.100..+0.500
                    p: paired randomization test, two-sided, 10000 permutations, seed 42.

                    small: MRR by query
                    query     old     new    Δ new
                    1      1.0000  1.0000  +0.0000
                    2      0.5000  1.0000  +0.5000
                    3      0.5000  1.0000  +0.5000
                    4      1.0000  1.0000  +0.0000
                    5      0.0000  0.5000  +0.5000

                    """
            )
            #expect(outcome.errors.contains("old.run leaves 1 of 5 judged queries unanswered"))
        }
    }

    @Test
    func `A run with ties is measured as trec_eval does, and the report counts them`() throws {
        try TemporaryFolder.with { folder in
            try "1 0 a 1\n".write(toFile: "\(folder)/qrels", atomically: true, encoding: .utf8)
            let lines = ["a", "b", "c"].map { "1 Q0 \($0) 1 2 tag\n" }.joined()
            try lines.write(toFile: "\(folder)/tied.run", atomically: true, encoding: .utf8)
            let arguments = ["evaluate", "\(folder)/qrels", "--run", "\(folder)/tied.run", "--measure", "mrr"]
            let outcome = try AkinProcess.run(arguments + ["--resamples", "0"])
            #expect(outcome.output.contains("tied  0.3333"))
            #expect(outcome.output.contains("Tied scores: 3 of 3 in tied."))
            let report = try AkinProcess.run(arguments + ["--json"]).json()
            let result = try #require((report["results"] as? [[String: Any]])?.first)
            #expect(result["tiedScores"] as? Int == 3 && result["rankedPapers"] as? Int == 3)
        }
    }

    @Test
    func `Several files of qrels judge together, and two runs against a baseline are corrected by Holm`() throws {
        try withRuns { folder, akin in
            try "6 0 f 1\n".write(toFile: "\(folder)/more.qrels", atomically: true, encoding: .utf8)
            try FileManager.default.copyItem(atPath: "\(folder)/old.run", toPath: "\(folder)/older.run")
            let outcome = try akin(
                "evaluate", "@small.qrels", "@more.qrels", "--baseline", "@old.run", "--run", "@new.run", "--run",
                "@older.run", "--run", "@old.run", "--measure", "P@1", "-q"
            )
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("small+more: 6 judged queries"))
            #expect(outcome.output.contains("p (Holm)"))
            #expect(outcome.output.contains("corrected for the 2 rankings"))
            #expect(try akin("evaluate", "@small.qrels", "--run", "@new.run", "--split", "dev").status == 2)
        }
    }

    @Test
    func `Runs are measured in Markdown, without ranges where none are wanted`() throws {
        try withRuns { _, akin in
            let outcome = try akin(
                "evaluate", "@small.qrels", "--run", "@new.run", "--run", "@old.run", "--measure", "map", "--measure",
                "ndcg@1", "--resamples", "0", "--markdown", "-q"
            )
            #expect(outcome.status == 0)
            #expect(
                outcome.output == """
                    **small: 5 judged queries**

                    | run | MAP | nDCG@1 |
                    | --- | ---: | ---: |
                    | new | 0.9000 | 0.8000 |
                    | old | 0.6000 | 0.4000 |

                    """
            )
            #expect(outcome.errors.isEmpty)
        }
    }

    @Test
    func `Runs are measured as JSON`() throws {
        try withRuns { _, akin in
            let report = try akin(
                "evaluate", "@small.qrels", "--run", "@new.run", "--baseline", "@old.run", "--json", "--per-query"
            ).json()
            #expect(report["dataset"] as? String == "small")
            let results = try #require(report["results"] as? [[String: Any]])
            #expect(results.map { $0["run"] as? String } == ["old", "new"])
            #expect(results.map { $0["mrr"] as? Double } == [0.6, 0.9])
            #expect((results[1]["intervals"] as? [String: [Double]])?["mrr"]?.count == 2)
            let comparisons = try #require(report["comparisons"] as? [[String: Any]])
            #expect(comparisons.map { $0["measure"] as? String } == ["ndcg@10", "map", "recall@100", "mrr"])
            let mrr = comparisons[3]
            #expect(mrr["ranking"] as? String == "new" && mrr["baseline"] as? String == "old")
            #expect([mrr["wins"] as? Int, mrr["ties"] as? Int, mrr["losses"] as? Int] == [3, 2, 0])
            #expect(mrr["p"] as? Double == 0.25 && mrr["isExact"] as? Bool == true)
            let queries = try #require(report["queries"] as? [[String: Any]])
            #expect(queries.map { $0["query"] as? String } == ["1", "2", "3", "4", "5"])
            let second = try #require(queries[1]["results"] as? [[String: Any]])
            #expect(second.map { $0["mrr"] as? Double } == [0.5, 1])
        }
    }

    private static let corpus = """
        {"_id": "d1", "title": "Wings in a slipstream", "text": "The lift of wings in a propeller slipstream."}
        {"_id": "d2", "title": "Heat transfer", "text": "Heat transfer to a blunt body in hypersonic flow."}
        {"_id": "d3", "title": "Flutter of panels", "text": "Panels flutter in supersonic flow over wings."}

        """
    private static let queries = """
        {"_id": "1", "text": "lift of wings"}
        {"_id": "2", "text": "hypersonic heat"}

        """

    private func makeDataset(_ name: String, in folder: String, qrels: String) throws -> String {
        let path = folder + "/" + name
        try FileManager.default.createDirectory(atPath: path + "/qrels", withIntermediateDirectories: true)
        try Self.corpus.write(toFile: path + "/corpus.jsonl", atomically: true, encoding: .utf8)
        try Self.queries.write(toFile: path + "/queries.jsonl", atomically: true, encoding: .utf8)
        try qrels.write(toFile: path + "/qrels/test.tsv", atomically: true, encoding: .utf8)
        return path
    }

    @Test
    func `One dataset keeps its form, several come in one object and one table with their mean`() throws {
        try TemporaryFolder.with { folder in
            let first = try makeDataset("first", in: folder, qrels: "1\td1\t1\n2\td2\t1\n")
            let second = try makeDataset("second", in: folder, qrels: "1 0 d3 1\n2 0 d2 1\n")
            let one = try AkinProcess.run("evaluate", first, "--json").json()
            #expect(one["dataset"] as? String == "first")
            let results = try #require(one["results"] as? [[String: Any]])
            #expect(results.map { $0["mode"] as? String } == ["lexical", "semantic", "hybrid"])
            for result in results {
                #expect(Set(["mode", "ndcg@10", "map", "recall@100", "mrr", "qps"]).isSubset(of: result.keys))
            }
            #expect(one["absentPapers"] as? Int == 0 && one["absentQueries"] as? Int == 0)

            let both = try AkinProcess.run("evaluate", first, second, "--mode", "lexical", "--json").json()
            let datasets = try #require(both["datasets"] as? [[String: Any]])
            #expect(datasets.map { $0["dataset"] as? String } == ["first", "second"])
            let mean = try #require((both["mean"] as? [String: Any])?["results"] as? [[String: Any]])
            // The first answers both queries at rank 1, the second one at rank 1 and one at rank 2.
            #expect(mean[0]["mrr"] as? Double == (1 + 0.75) / 2)

            let table = try AkinProcess.run("evaluate", first, second, "--measure", "mrr", "-q")
            #expect(table.status == 0)
            let rows = table.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
            #expect(rows[0] == ["2", "datasets"])
            #expect(rows[1] == ["dataset", "ranking", "MRR", "QPS"])
            #expect(rows.count { $0.first == "mean" } == 2)
        }
    }

    @Test
    func `Runs and qrels that are written are measured alike when they are read`() throws {
        try TemporaryFolder.with { folder in
            let dataset = try makeDataset("wings", in: folder, qrels: "1\td3\t2\n2\td2\t1\n2\td1\t0\n")
            let trec = folder + "/trec"
            let asked = try AkinProcess.run("evaluate", dataset, "--trec", trec, "--json").json()
            let names = try FileManager.default.contentsOfDirectory(atPath: trec).sorted()
            #expect(names == ["wings-hybrid.run", "wings-lexical.run", "wings-semantic.run", "wings.qrels"])
            for judgments in [dataset, trec + "/wings.qrels"] {
                let read = try AkinProcess.run(
                    "evaluate", judgments, "--run", trec + "/wings-lexical.run", "--run", trec + "/wings-semantic.run",
                    "--run", trec + "/wings-hybrid.run", "--json"
                ).json()
                for measure in ["ndcg@10", "map", "recall@100", "mrr"] {
                    func values(_ report: [String: Any]) throws -> [Double] {
                        try #require(report["results"] as? [[String: Any]]).compactMap { $0[measure] as? Double }
                    }
                    #expect(try values(read) == values(asked))
                }
            }
            let baseline = try AkinProcess.run(
                "evaluate", dataset, "--mode", "lexical", "--baseline", trec + "/wings-lexical.run", "--json"
            ).json()
            let comparison = try #require((baseline["comparisons"] as? [[String: Any]])?.first)
            #expect(comparison["baseline"] as? String == "wings-lexical")
            #expect(comparison["difference"] as? Double == 0 && comparison["p"] as? Double == 1)
        }
    }

    @Test(arguments: [
        ["@a", "@b", "--run", "@r"], ["@a", "--run", "@r", "--mode", "hybrid"], ["@a", "--measure", "precision"],
        ["@a", "--measure", "map", "--measure", "MAP"], ["@a", "--resamples", "-1"], ["@a", "@a"],
        ["@a/x", "@b/x", "--trec", "@t"],
    ])
    func `What does not go together is wrong usage`(arguments: [String]) throws {
        let outcome = try AkinProcess.run(["evaluate"] + arguments)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("Usage"))
    }

    @Test
    func `A file that is no run is named with its line and status 2`() throws {
        try withRuns { _, akin in
            let outcome = try akin("evaluate", "@small.qrels", "--run", "@small.qrels", "--json")
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("small.qrels, line 1"))
            #expect((try outcome.json()["error"] as? [String: Any])?["code"] as? String == "unreadableInput")
            #expect(try akin("evaluate", "@absent", "--run", "@new.run").status == 2)
        }
    }
}
