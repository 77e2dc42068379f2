import Akin
import AkinReports
import Foundation
import Papers
import Ranking
import RetrievalEvaluation
import TestSupport
import Testing

@Suite("The report of an evaluation")
struct EvaluationReportTests {
    /// Two queries. The run `good` answers both at rank 1, `bad` one of them, at rank 2.
    private static let qrels = Qrels(["1": ["a": 1], "2": ["b": 1]])

    private static func ranking(_ name: String, _ kind: RankingKind = .run) -> MeasuredDataset.Ranking {
        let rankings: [QueryID: RankedList] =
            name == "good" ? ["1": .init(["a"]), "2": .init(["b"])] : ["1": .init(["x", "a"])]
        let run = Run(name: name, rankings: rankings)
        return MeasuredDataset.Ranking(kind: kind, name: name, evaluation: Evaluation(of: run, against: qrels))
    }

    private static let dataset = MeasuredDataset(
        name: "small", qrels: qrels, rankings: [ranking("bad"), ranking("good")])

    private func report(
        _ datasets: [MeasuredDataset], resampling: Resampling? = Resampling(count: 100), listsQueries: Bool = false
    ) -> EvaluationReport {
        EvaluationReport(
            datasets, measures: [.reciprocalRank, .ndcg(at: 10)], comparedMeasures: [.reciprocalRank],
            resampling: resampling, listsQueries: listsQueries)
    }

    @Test
    func `has the means of each ranking and compares the others with the first`() throws {
        let report = report([Self.dataset])
        #expect(report.mean == nil)
        let dataset = try #require(report.datasets.first)
        #expect(dataset.queryCount == 2)
        #expect(dataset.rankings.map { $0.figures[0].mean } == [0.25, 1])
        let comparison = try #require(dataset.comparisons.first)
        #expect(dataset.comparisons.count == 1)
        #expect(comparison.ranking == "good" && comparison.baseline == "bad")
        #expect(comparison.result.wins == 2 && comparison.result.meanDifference == 0.75)
    }

    @Test
    func `over several datasets has their mean, in which each counts alike`() throws {
        let other = MeasuredDataset(
            name: "other", qrels: Self.qrels, rankings: [Self.ranking("good"), Self.ranking("bad")])
        let mean = try #require(report([Self.dataset, other]).mean)
        #expect(mean.rankings.map { $0.figures[0].mean } == [0.625, 0.625])
        #expect(mean.comparisons.map(\.result.meanDifference) == [0])
    }

    @Test
    func `of one dataset is encoded as the dataset, of several as datasets and mean`() throws {
        let comparison = [
            "baseline: text", "difference: number", "interval[]: number", "isExact: boolean", "losses: number",
            "measure: text", "p: number", "pFloor: number", "ranking: text", "tTest.degreesOfFreedom: number",
            "tTest.p: number", "tTest.t: number", "ties: number", "wins: number",
        ]
        let result = [
            "intervals.mrr[]: number", "intervals.ndcg@10[]: number", "mrr: number", "ndcg@10: number",
            "rankedPapers: number", "run: text", "tiedScores: number",
        ]
        let one =
            comparison.map { "comparisons[]." + $0 } + ["dataset: text", "queryCount: number"]
            + result.map { "results[]." + $0 }
        #expect(try shape(of: report([Self.dataset])) == one)
        let several = try shape(of: report([Self.dataset, Self.dataset]))
        #expect(several.filter { $0.hasPrefix("datasets[].") } == one.map { "datasets[]." + $0 })
        // Student's test is not made over several collections.
        // Nor are tied scores counted.
        let files = one.filter { !$0.contains("rankedPapers") && !$0.contains("tiedScores") }
        let mean = files.filter { !$0.contains("tTest") && !$0.hasPrefix("dataset") && !$0.hasPrefix("queryCount") }
        #expect(several.filter { $0.hasPrefix("mean.") } == mean.map { "mean." + $0 })
    }

    @Test
    func `corrects the p-values of several rankings for their number`() throws {
        let one = report([Self.dataset]).datasets[0].comparisons
        #expect(one.map(\.correctedP) == [nil])
        let rankings = ["bad", "good", "good"].map { Self.ranking($0) }
        let dataset = MeasuredDataset(name: "small", qrels: Self.qrels, rankings: rankings)
        let several = report([dataset])
        let p = several.datasets[0].comparisons[0].result.randomizationTest.pValue
        #expect(several.datasets[0].comparisons.map(\.correctedP) == [min(1, 2 * p), min(1, 2 * p)])
        #expect(try shape(of: several).contains("comparisons[].pHolm: number"))
    }

    @Test
    func `counts the tied scores of files`() throws {
        let run = Run(name: "tied", rankings: ["1": RankedList(["a", "b", "c"], scores: [2, 2, 1])])
        let ranking = MeasuredDataset.Ranking(
            kind: .run, name: "tied", evaluation: Evaluation(of: run, against: Self.qrels))
        let dataset = MeasuredDataset(name: "small", qrels: Self.qrels, rankings: [ranking])
        let result = report([dataset]).datasets[0].rankings[0]
        #expect(result.tiedScores == 2 && result.rankedPapers == 3)
    }

    @Test
    func `without resampling has neither intervals nor comparisons`() throws {
        let shape = try shape(of: report([Self.dataset], resampling: nil))
        #expect(shape.contains("comparisons[]"))
        #expect(!shape.contains { $0.contains("intervals") })
    }

    @Test
    func `lists the values of each query if they are wanted`() throws {
        let report = report([Self.dataset], listsQueries: true)
        let queries = try #require(report.datasets[0].queries)
        #expect(queries.map(\.query) == ["1", "2"])
        #expect(queries.map { $0.rankings.map { $0.figures[0].mean } } == [[0.5, 1], [0, 1]])
        #expect(try shape(of: report).contains("queries[].results[].mrr: number"))
    }

    @Test
    func `gives queries in a second for modes of a library, not for files`() throws {
        let dataset = MeasuredDataset(
            name: "small", qrels: Self.qrels, rankings: [Self.ranking("good"), Self.ranking("bad", .mode)],
            absentPapers: 1, absentQueries: 0)
        let json = try JSONSerialization.jsonObject(with: try encodedJSON(report([dataset]))) as? [String: Any]
        let results = try #require(json?["results"] as? [[String: Any]])
        #expect(results[0]["qps"] == nil && results[0]["run"] as? String == "good")
        #expect(results[1]["qps"] as? Double == 0 && results[1]["mode"] as? String == "bad")
        #expect(json?["absentPapers"] as? Int == 1 && json?["absentQueries"] as? Int == 0)
    }

    @Test
    func `files of qrels and runs are named after dataset and ranking`() throws {
        try TemporaryFolder.with { folder in
            var dataset = Self.dataset
            dataset.rankings[0].name = "runs/bad"
            try writeTRECFiles(of: [dataset], to: folder + "/new/trec")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/new/trec").sorted()
            #expect(names == ["small-good.run", "small-runs-bad.run", "small.qrels"])
            let file = folder + "/file"
            try Data().write(to: URL(filePath: file))
            let error = #expect(throws: AkinError.self) { try writeTRECFiles(of: [dataset], to: file + "/trec") }
            #expect(error?.code == .cannotWrite && error?.remedy == .chooseAnotherFolder)
        }
    }

    @Test
    func `the curve of a vector index names its recall after k`() throws {
        let curve = try measureNeighbors(queryCount: 2, k: 1, efs: [5]) {
            [$0]
        } search: { query, _ in
            [query]
        }
        let report = IndexBenchmarkReport(papers: 2, hasGraph: false, queries: 2, threads: 1, curve: curve)
        #expect(
            try shape(of: report) == [
                "index: text", "k: number", "papers: number", "queries: number", "results[].ef: number",
                "results[].qps: number", "results[].recall@1: number", "threads: number",
            ])
    }
}

@Suite("Judged collections")
struct JudgedCollectionTests {
    /// Calls `body` with a collection whose judgments name papers by other ids, and a library of these papers.
    private func withCollection(queryID: String = "1", _ body: (TestCollection, Library) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/collection"
            try FileManager.default.createDirectory(atPath: path + "/qrels", withIntermediateDirectories: true)
            try "{\"_id\": \"\(queryID)\", \"text\": \"lift of wings\"}\n{\"_id\": \"2\", \"text\": \"heat\"}\n"
                .write(toFile: path + "/queries.jsonl", atomically: true, encoding: .utf8)
            try "\(queryID)\talias\t1\n2\tgone\t1\n"
                .write(toFile: path + "/qrels/test.tsv", atomically: true, encoding: .utf8)
            let library = try Library(creatingAt: folder + "/library")
            try library.add(
                [
                    Paper(id: "own", title: "The lift of wings", abstract: "", alternateIDs: ["alias"]),
                    Paper(id: "wings", title: "Wings", abstract: "Wings and their lift."),
                ], options: AddOptions(threads: 1))
            try body(try TestCollection(path: path), library)
        }
    }

    @Test
    func `name papers as the library does, and count what it does not have`() throws {
        try withCollection { folder, library in
            let collection = try JudgedCollection(folder, asPapersOf: library, task: .search)
            #expect(collection.qrels["1"] == ["own": 1])
            #expect(collection.absentPaperCount == 1 && collection.absentQueryCount == 0)
            #expect(collection.remarks == ["1 of 2 judged papers are not in the library."])
            let evaluation = try collection.evaluate(library, options: SearchOptions(mode: .lexical))
            #expect(evaluation.meanReciprocalRank == 0.5)
        }
    }

    @Test
    func `leave a paper that is a query out of its own answer`() throws {
        try withCollection(queryID: "wings") { folder, library in
            let collection = try JudgedCollection(folder, asPapersOf: library, task: .like)
            #expect(collection.absentQueryCount == 1)
            let evaluation = try collection.evaluate(library, options: SearchOptions(mode: .lexical))
            #expect(evaluation.run["wings"]?.documents == ["own"])
        }
    }

    @Test
    func `whose queries are no papers of the library cannot be asked as papers`() throws {
        try withCollection { folder, library in
            let error = #expect(throws: AkinError.self) {
                try JudgedCollection(folder, asPapersOf: library, task: .like)
            }
            #expect(error?.code == .paperNotFound && error?.remedy == .addPapers)
        }
    }
}
