import RetrievalEvaluation
import TestSupport
import Testing

@Suite("Evaluation over queries")
struct EvaluationTests {
    let qrels = Qrels([
        "q1": ["a": 1, "b": 2],
        "q2": ["c": 1],
        "q3": ["d": 0],
        "q4": [:],
    ])

    @Test func `A query without any judgment is not a judged one`() {
        #expect(qrels.queryIDs == ["q1", "q2", "q3"])
        #expect(qrels.queryCount == 3)
        #expect(qrels.judgmentCount == 4)
        #expect(!qrels.contains("q4"))
        #expect(qrels["q4"].isEmpty)
    }

    @Test func `The mean is over all judged queries, answered or not, with relevant documents or not`() {
        let run = Run(name: "test", rankings: ["q1": RankedList(["x", "b", "a"]), "q3": RankedList(["d"])])
        let evaluation = Evaluation(of: run, against: qrels)
        #expect(evaluation.values(of: .reciprocalRank) == [0.5, 0, 0])
        #expect(abs(evaluation.meanReciprocalRank - 0.5 / 3) < 1e-12)
        #expect(abs(evaluation.meanAveragePrecision - (1.0 / 2 + 2.0 / 3) / 2 / 3) < 1e-12)
        #expect(evaluation.queriesWithoutResults == ["q2"])
    }

    @Test func `Answers to queries that were not judged change nothing`() {
        let answered: [QueryID: RankedList] = ["q1": RankedList(["b"])]
        let more = answered.merging(["other": RankedList(["a"])]) { $1 }
        let first = Evaluation(of: Run(name: "first", rankings: answered), against: qrels)
        let second = Evaluation(of: Run(name: "second", rankings: more), against: qrels)
        for measure in Measure.standard {
            #expect(first.mean(of: measure) == second.mean(of: measure))
        }
    }

    @Test func `Documents below the depth do not count`() {
        let run = Run(name: "test", rankings: ["q2": RankedList(["x", "y", "c"])])
        #expect(Evaluation(of: run, against: qrels, depth: 2).recall(at: 100) == 0)
        #expect(abs(Evaluation(of: run, against: qrels, depth: 3).recall(at: 100) - 1.0 / 3) < 1e-12)
        #expect(Evaluation(of: run, against: qrels, depth: 2).run["q2"]?.documents == ["x", "y"])
    }

    @Test func `Without judged queries every mean is 0`() {
        let evaluation = Evaluation(of: Run(name: "test"), against: Qrels([:]))
        #expect(Measure.standard.allSatisfy { evaluation.mean(of: $0) == 0 })
    }

    @Test func `The engine is asked the judged queries only, once each, in their order`() {
        var asked: [QueryID] = []
        let queries = ["q2", "unjudged", "q1"].map { Query(id: QueryID($0), text: "text of \($0)") }
        let evaluation = evaluate(queries, against: qrels, name: "engine") { query in
            asked.append(query.id)
            #expect(query.text == "text of \(query.id)")
            return RankedList(["b", "c"])
        }
        #expect(asked == ["q2", "q1"])
        #expect(evaluation.run.name == "engine")
        #expect(evaluation.run.rankings.count == 2)
        #expect(evaluation.queriesWithoutResults == ["q3"])
        #expect(abs(evaluation.meanReciprocalRank - (1 + 0.5) / 3) < 1e-12)
        #expect((evaluation.queriesPerSecond ?? 0) > 0)
    }

    @Test func `An evaluation that was not timed has no queries per second`() {
        #expect(Evaluation(of: Run(name: "test"), against: qrels).queriesPerSecond == nil)
    }

    @Test func `An error of the engine ends the evaluation and comes out as it is`() {
        struct Broken: Error {}
        #expect(throws: Broken.self) {
            _ = try evaluate([Query(id: "q1", text: "")], against: qrels) { _ throws(Broken) in throw Broken() }
        }
    }

    @Test func `Every mean equals the slow one, over random qrels and runs`() {
        for seed in UInt64(0)..<50 {
            var generator = SeededGenerator(seed: seed)
            let (qrels, run) = randomCollection(using: &generator)
            let evaluation = Evaluation(of: run, against: qrels, depth: 20)
            for measure in [
                .ndcg(at: 3), .ndcg(at: 30), .averagePrecision, .truncatedAveragePrecision(at: 4), .recall(at: 5),
                .reciprocalRank,
            ]
                as [Measure]
            {
                let slow = slowMean(of: measure, run: run, qrels: qrels, depth: 20)
                #expect(abs(evaluation.mean(of: measure) - slow) < 1e-12, "seed \(seed), \(measure)")
            }
        }
    }

    @Test func `An engine that answers asynchronously has the same run, however many are asked at once`() async throws {
        let queries = (1...9).map { Query(id: QueryID("q\($0)"), text: "\($0)") }
        let qrels = Qrels(Dictionary(uniqueKeysWithValues: queries.dropLast(2).map { ($0.id, ["d3": 1]) }))
        let answer: @Sendable (Query) async throws -> RankedList = { query in
            let number = try #require(Int(query.text))
            if number % 2 == 0 { try await Task.sleep(for: .milliseconds(2)) }
            return RankedList((1...number).map { DocumentID("d\($0)") })
        }
        let one = try await evaluate(queries, against: qrels, atOnce: 1, name: "async", answer: answer)
        let many = try await evaluate(queries, against: qrels, atOnce: 4, name: "async", answer: answer)
        #expect(one.run == many.run)
        #expect(one.run.rankings.count == 7)
        #expect(one.values(of: .reciprocalRank) == [0, 0] + Array(repeating: 1.0 / 3, count: 5))
        #expect(one.queriesPerSecond ?? 0 > 0)
    }

    @Test func `The first error of an asynchronous engine ends the evaluation`() async {
        struct Refused: Error {}
        let queries = (1...5).map { Query(id: QueryID("q\($0)"), text: "") }
        let qrels = Qrels(Dictionary(uniqueKeysWithValues: queries.map { ($0.id, ["d": 1]) }))
        await #expect(throws: Refused.self) {
            _ = try await evaluate(queries, against: qrels, atOnce: 2) { query in
                if query.id == "q3" { throw Refused() }
                return ["d"]
            }
        }
    }
}
