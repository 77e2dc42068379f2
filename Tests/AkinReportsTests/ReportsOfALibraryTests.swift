import Akin
import AkinReports
import Foundation
import Papers
import TestSupport
import Testing

@Suite("Reports of a library")
struct ReportsOfALibraryTests {
    /// Calls `body` with a library of the bundled papers, and with the report of their addition.
    private func withLibrary(_ body: (Library, AddReport) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try body(library, try library.add(BundledSample.papers, options: AddOptions(threads: 1)))
        }
    }

    private static let question = "long context memory"

    private func answer(of library: Library, explains: Bool = false) throws -> SearchAnswer {
        try library.search(for: Self.question, options: SearchOptions(k: 3, explains: explains))
    }

    @Test
    func `the answer to a search has the promised keys`() throws {
        try withLibrary { library, _ in
            try library.add([
                Paper(
                    title: "Long context memory", abstract: "", authors: ["Ada Reader"], year: 2024, venue: "Here",
                    url: "https://example.org")
            ])
            var answer = try answer(of: library)
            // A library as small as this one has no z-scores of its own.
            answer.hits[0].zScore = 5
            let report = AnswerReport(query: Self.question, answer: answer, elapsed: .milliseconds(3))
            #expect(report.results.map(\.rank) == [1, 2, 3])
            #expect(report.query == Self.question && report.mode == "hybrid" && report.milliseconds == 3)
            #expect(
                try shape(of: report) == [
                    "close: boolean", "corrections[]", "milliseconds: number", "mode: text", "query: text",
                    "results[].authors[]", "results[].authors[]: text", "results[].duplicates[]",
                    "results[].id: text", "results[].parts.feedback: number", "results[].parts.lexical: number",
                    "results[].parts.semantic: number", "results[].rank: number", "results[].score: number",
                    "results[].title: text", "results[].url: text", "results[].venue: text", "results[].year: number",
                    "results[].zScore: number", "suggestions[]", "unknownWords[]",
                ])
        }
    }

    @Test
    func `recommendations have the promised keys, those of reasons included`() throws {
        try withLibrary { library, _ in
            let ids = try ["InfLLM", "SirLLM"].map { try library.paper(named: $0).id }
            try library.edit(ids: ids, by: [.addTag("liked")])
            let report = RecommendationReport(try library.recommendations(), elapsed: .milliseconds(3))
            #expect(report.results.map(\.rank) == Array(1...10))
            #expect(report.liked == 2 && report.candidates == 72 && report.milliseconds == 3)
            #expect(
                try shape(of: report) == [
                    "against: number", "candidates: number", "defaultExamples: text", "liked: number",
                    "milliseconds: number", "results[].authors[]", "results[].duplicates[]", "results[].id: text",
                    "results[].nearest.id: text", "results[].nearest.similarity: number",
                    "results[].nearest.title: text", "results[].rank: number", "results[].relevance: number",
                    "results[].score: number", "results[].terms[].share: number", "results[].terms[].word: text",
                    "results[].title: text", "results[].year: number",
                ])
        }
    }

    @Test
    func `an explained answer has the promised keys`() throws {
        try withLibrary { library, _ in
            let answer = try answer(of: library, explains: true)
            let report = AnswerReport(query: Self.question, answer: answer, elapsed: .zero)
            let explanation = try #require(report.results[0].explanation)
            #expect(
                try shape(of: explanation) == [
                    "bestSentence.end: number", "bestSentence.start: number", "bestSentence.text: text",
                    "bridging[].share: number", "bridging[].words[]: text", "feedback.documents[].id: text",
                    "feedback.documents[].share: number", "feedback.documents[].title: text",
                    "feedback.similarity: number", "feedback.words[].share: number", "feedback.words[].word: text",
                    "lexical.adjacent[].share: number", "lexical.adjacent[].words[]: text", "lexical.score: number",
                    "lexical.words[].share: number", "lexical.words[].word: text", "scoreParts.feedback: number",
                    "scoreParts.lexical: number", "scoreParts.semantic: number", "shared[].share: number",
                    "shared[].words[]: text", "similarity: number",
                ])
            let abstract = answer.hits[0].paper.abstract
            #expect(explanation.bestSentence.map { abstract.contains($0.text) } == true)
        }
    }

    @Test
    func `reports that are read back are the same`() throws {
        func check<Report: Codable & Equatable>(_ report: Report) throws {
            #expect(try JSONDecoder().decode(Report.self, from: try encodedJSON(report)) == report)
        }
        try withLibrary { library, addition in
            let found = AnswerReport(
                query: Self.question, answer: try answer(of: library, explains: true), elapsed: .milliseconds(1))
            let papers = try library.papers(limit: 2)
            try check(DemonstrationReport(like: found, search: found))
            try check(ComparisonReport(try library.comparison(of: papers[0].id, with: papers[1].id)))
            try check(PapersReport(papers))
            try check(AdditionReport(addition))
            try check(RemovalReport(removed: ["a", "b"]))
            try check(RefitReport(paperCount: 74, info: try library.info()))
            try check(DoctorReport(try Library.checkIntegrity(at: library.path)))
            try check(DriftReport(try #require(try library.info().drift)))
        }
    }

    @Test
    func `all keys are in lowerCamelCase`() throws {
        try withLibrary { library, addition in
            var addition = addition
            addition.skipped = [SkippedRecord(.notJSON, file: "f", line: 1, reason: "not JSON")]
            addition.notes = [ImportNote(.yearDropped, file: "f", line: 2, message: "no year")]
            let info = try library.info()
            let papers = try library.papers(limit: 2)
            let found = AnswerReport(
                query: Self.question, answer: try answer(of: library, explains: true), elapsed: .zero)
            let all = try keys(of: DemonstrationReport(like: found, search: found))
                .union(keys(of: ComparisonReport(try library.comparison(of: papers[0].id, with: papers[1].id))))
                .union(keys(of: NamedPapersReport(papers.map { .init($0, neighbors: papers) })))
                .union(keys(of: AdditionReport(addition)))
                .union(keys(of: RemovalReport(removed: [])))
                .union(keys(of: RefitReport(paperCount: 74, info: info)))
                .union(keys(of: DoctorReport(try Library.checkIntegrity(at: library.path))))
                .union(keys(of: InfoReport(info)))
            #expect(all.count > 60)
            for key in all { #expect(key.wholeMatch(of: /[a-z][A-Za-z0-9]*/) != nil, "\(key)") }
        }
    }

    @Test
    func `one paper is reported as itself, several as a list`() throws {
        let paper = Paper(id: "a", title: "A title", abstract: "", alternateIDs: ["b"])
        let one = [
            "abstract: text", "altIds[]: text", "authors[]", "categories[]", "id: text", "keywords[]", "title: text",
        ]
        #expect(try shape(of: NamedPapersReport([.init(paper)])) == one)
        #expect(try shape(of: NamedPapersReport([.init(paper), .init(paper)])) == one.map { "papers[]." + $0 })
        #expect(try shape(of: PapersReport([])) == ["papers[]"])
    }

    @Test
    func `an addition names skipped records and notes with file, line and reason`() throws {
        try withLibrary { _, addition in
            #expect(AdditionReport(addition).added == 74)
            var addition = addition
            addition.skipped = [SkippedRecord(.notJSON, file: "f", line: 1, reason: "not JSON")]
            addition.notes = [ImportNote(.yearDropped, file: "g", line: 2, message: "no year")]
            let report = AdditionReport(addition)
            #expect(report.skipped.map { [$0.file, "\($0.line)", $0.reason] } == [["f", "1", "not JSON"]])
            #expect(report.notes.map { [$0.file, "\($0.line)", $0.reason] } == [["g", "2", "no year"]])
        }
    }

    @Test
    func `the state has an entry of recall for each segment, null where none was measured`() throws {
        try withLibrary { library, _ in
            let report = InfoReport(try library.info())
            #expect(report.papers == 74 && report.recall.count == report.segments)
            #expect(try shape(of: report).contains("recall[]: null"))
            #expect(try shape(of: report).contains("drift.residual.expected: number"))
        }
    }

    @Test
    func `a sound library is healthy, a damaged one is not`() throws {
        try withLibrary { library, _ in
            #expect(DoctorReport(try Library.checkIntegrity(at: library.path)).healthy)
            let files = try #require(FileManager.default.enumerator(atPath: library.path))
            let index = try #require(files.compactMap { $0 as? String }.first { $0.hasSuffix(".bm25") })
            try Data("damage".utf8).write(to: URL(filePath: library.path + "/" + index))
            let report = DoctorReport(try Library.checkIntegrity(at: library.path))
            #expect(!report.healthy && !report.repaired && !report.findings.isEmpty)
            let repaired = DoctorReport(try Library.repair(at: library.path))
            #expect(repaired.healthy && repaired.repaired && repaired.lostPapers.isEmpty)
        }
    }
}
