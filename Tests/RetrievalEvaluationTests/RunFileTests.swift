import Foundation
import RetrievalEvaluation
import TestSupport
import Testing

@Suite("Run files")
struct RunFileTests {
    /// `trec_eval` sorts by descending score, then by descending id (`comp_sim_docno` of its `form_res_rels.c`).
    @Test func `A run is ranked by its scores alone, the greater id first among equals, as in trec_eval`() throws {
        try TemporaryFolder.with { folder in
            let text = "1 Q0 b 1 1.5 tag\n1 Q0 a 9 1.5 tag\n1 Q0 c 2 3e2 tag\n2 Q0 a 1 -0.25 tag\n"
            let run = try Run(trecFile: file("run", in: folder, text))
            #expect(run.name == "tag")
            #expect(run["1"] == RankedList(["c", "b", "a"], scores: [300, 1.5, 1.5]))
            #expect(run["2"] == RankedList(["a"], scores: [-0.25]))
            #expect(run["3"] == nil)
        }
    }

    @Test func `Scores that single precision cannot tell apart are tied, and ids are compared by their bytes`() throws {
        try TemporaryFolder.with { folder in
            let text = "1 Q0 a 1 1.000000002 t\n1 Q0 b 2 1.000000001 t\n1 Q0 é 3 1 t\n1 Q0 Z 4 1 t\n1 Q0 y 5 0.5 t\n"
            let ranking = try #require(try Run(trecFile: file("run", in: folder, text))["1"])
            #expect(ranking.documents == ["é", "b", "a", "Z", "y"])
            #expect(ranking.tiedCount == 4)
        }
    }

    @Test func `A run of random ties that is written and read again keeps every measure`() throws {
        try TemporaryFolder.with { folder in
            for seed in 0..<20 as Range<UInt64> {
                var generator = SeededGenerator(seed: seed)
                let (qrels, run) = randomCollection(using: &generator)
                var text = ""
                for (query, ranking) in run.rankings {
                    for document in ranking.documents {
                        text += "\(query) Q0 \(document) 1 \(Int.random(in: 0...4, using: &generator)) t\n"
                    }
                }
                let first = try Run(trecFile: file("first", in: folder, text))
                try first.write(trecFile: "\(folder)/second")
                let second = try Run(trecFile: "\(folder)/second")
                for measure in Measure.standard {
                    let before = Evaluation(of: first, against: qrels).values(of: measure)
                    #expect(Evaluation(of: second, against: qrels).values(of: measure) == before, "seed \(seed)")
                }
                #expect(Evaluation(of: second, against: qrels).tiedCount == 0, "seed \(seed)")
            }
        }
    }

    @Test(arguments: [
        [3.5, 3.5, 3.5, 1], [0, 0, 0], [1e38, 1e38, 1], [1.000000001, 1.0000000001, 1], [1e-50, 1e-51, -1e-51],
        [-9e37, -9e37], [],
    ])
    func `Written scores fall strictly in single precision and keep the order`(scores: [Double]) throws {
        try TemporaryFolder.with { folder in
            let documents = scores.indices.reversed().map { DocumentID("d\($0)") }
            let run = Run(name: "ties", rankings: ["1": RankedList(documents, scores: scores)])
            try run.write(trecFile: "\(folder)/run")
            let lines = try String(contentsOfFile: "\(folder)/run", encoding: .utf8).split(separator: "\n")
            let written = lines.map { Float($0.split(separator: " ")[4]) ?? .nan }
            #expect(written.count == scores.count)
            #expect(zip(written, written.dropFirst()).allSatisfy { $0 > $1 })
            #expect(written.allSatisfy { $0.isFinite })
            let read = try Run(trecFile: "\(folder)/run")
            #expect((read["1"]?.documents ?? []) == documents)
        }
    }

    @Test func `A run is written by query and rank`() throws {
        try TemporaryFolder.with { folder in
            let run = Run(
                name: "engine", rankings: ["2": RankedList(["b", "a"]), "1": RankedList(["c"], scores: [0.5])])
            try run.write(trecFile: "\(folder)/run")
            let text = try String(contentsOfFile: "\(folder)/run", encoding: .utf8)
            #expect(text == "1 Q0 c 1 0.5 engine\n2 Q0 b 1 2.0 engine\n2 Q0 a 2 1.0 engine\n")
        }
    }

    @Test func `A run whose name has a space is not written`() throws {
        try TemporaryFolder.with { folder in
            for run in [
                Run(name: "my run", rankings: [:]), Run(name: "", rankings: [:]),
                Run(name: "run", rankings: ["q 1": RankedList([])]),
                Run(name: "run", rankings: ["1": RankedList(["d\t1"])]),
            ] {
                let error = try #require(throws: RetrievalEvaluationError.self) {
                    try run.write(trecFile: "\(folder)/run")
                }
                #expect(error.code == .unwritableName)
            }
        }
    }

    @Test(arguments: [
        ("1 Q0 a 1 1.5\n", 1), ("1 Q0 a 1 1.5 t\n1 Q0 b 2 high t\n", 2), ("1 Q0 a 1 nan t\n", 1),
        ("1 Q0 a 1 1e39 t\n", 1),
    ])
    func `A line of a run that is not of TREC's form is named`(text: String, line: Int) throws {
        let error = try error(text) { path throws(RetrievalEvaluationError) in _ = try Run(trecFile: path) }
        #expect(error.code == .malformedLine)
        #expect(error.line == line)
    }

    @Test func `A document ranked twice for a query is named`() throws {
        let error = try error("1 Q0 a 1 2 t\n2 Q0 a 1 2 t\n1 Q0 a 2 1 t\n") { path throws(RetrievalEvaluationError) in
            _ = try Run(trecFile: path)
        }
        #expect(error.code == .repeatedLine)
        #expect(error.line == 3)
    }

    @Test func `Writing a run into an absent folder names it`() throws {
        let error = try #require(throws: RetrievalEvaluationError.self) {
            try Run(name: "run").write(trecFile: "/nowhere/run")
        }
        #expect(error.code == .cannotWrite)
        #expect(error.file == "/nowhere/run")
    }
}
