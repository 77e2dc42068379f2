import Akin
import HNSW
import LatentSemantics
import LexicalIndex
import LinearAlgebra
import Papers
import Ranking
import RankingTestSupport
import TestSupport
import Testing
import TextAnalysis
import VectorKernels

/// Segments on disk answer what a scan of everything answers, whatever is asked.
@Suite("Segments as a source of rankings")
struct SegmentedIndexTests {
    /// Papers in two segments, some of them removed, and a scan of the same.
    private struct Both {
        var segments: SegmentedIndex
        var scan: ExhaustiveScan
        var analyzer: Analyzer
        var units: [UnitKey]
    }

    private func withBoth(_ body: (Both) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let analyzer = try Analyzer()
            let texts = SyntheticPapers.make(240).map { PaperText($0) }
            let keys = texts.indices.map { UInt64(2 * $0 + 5) }
            let removed = [keys[3], keys[120], keys[200]]
            func counts(_ range: Range<Int>) -> TermCounts {
                analyzer.countTerms(documentCount: range.count, threads: 1, keepsOrder: true) {
                    texts[range.lowerBound + $0].fields()
                }
            }
            useOneBLASThread()
            let model = try LatentSemanticModel.fit(
                counts(0..<240), settings: analyzer.settings, parameters: .init(rank: 24, minimumDocumentFrequency: 1))
            var vectors: [UnitKey: [Float]] = [:]
            var segments: [Segment] = []
            for (number, range) in [0..<150, 150..<240].enumerated() {
                let counts = counts(range)
                let path = folder + "/\(number).bm25"
                try LexicalIndex.write(counts, keys: Array(keys[range]), to: path, threads: 1)
                let rows = try model.embed(counts, threads: 1)
                var index = try VectorIndex(
                    dimensions: model.rank, metric: .innerProduct, elements: .float32, graph: nil)
                try index.add(rows.values, keys: Array(keys[range]))
                for (row, key) in keys[range].enumerated() { vectors[UnitKey(rawValue: key)] = Array(rows.row(row)) }
                segments.append(
                    Segment(
                        number: number, vectors: index, lexical: try LexicalIndex(mapping: path),
                        removed: RemovedKeys(removed.filter { keys[range].contains($0) })))
            }
            var calibration = Calibration()
            calibration.randomSimilarity = RandomSimilarity(mean: 0.1, deviation: 0.2)
            let analyzed = zip(keys, texts).map { (UnitKey(rawValue: $0), analyzer.analyze($1)) }
            try body(
                Both(
                    segments: SegmentedIndex(
                        model: model, segments: segments, fittedPaperCount: 240, calibration: calibration),
                    scan: ExhaustiveScan(
                        Dictionary(uniqueKeysWithValues: analyzed), model: model, vectors: vectors,
                        removed: Set(removed.map(UnitKey.init)), calibration: calibration),
                    analyzer: analyzer, units: keys.map(UnitKey.init)))
        }
    }

    /// Questions of words that follow each other, of a repeated word, of unknown words, and of a title.
    private let questions = [
        SyntheticPapers.make(240)[7].title, SyntheticPapers.word(3) + " " + SyntheticPapers.word(9_005),
        SyntheticPapers.make(240)[100].abstract, "qwertz " + SyntheticPapers.word(401),
    ]

    @Test(arguments: SearchMode.allCases)
    func `segments rank as a scan does, under every filter`(mode: SearchMode) throws {
        try withBoth { both in
            let some = PaperKeySet(both.units.prefix(130).map(\.paper))
            let filters = [
                CandidateFilter(), CandidateFilter(allowed: some), CandidateFilter(excluded: some),
                CandidateFilter(allowed: PaperKeySet()),
            ]
            for text in questions {
                for (filter, named) in zip(filters + filters, [[], [], [], [], [40], [40], [40], [40]]) {
                    let options = AnswerOptions(
                        mode: mode, limit: 20, recall: 1, filter: filter, named: named.map { both.units[$0].paper })
                    let question = Question.text(QuestionText(text, by: both.analyzer))
                    try check(both.segments.answer(question, options), both.scan.answer(question, options))
                }
            }
        }
    }

    @Test(arguments: SearchMode.allCases)
    func `segments rank as a scan does for papers to be near and to stay away from`(mode: SearchMode) throws {
        try withBoth { both in
            let texts = SyntheticPapers.make(240).map { both.analyzer.analyze(PaperText($0)) }
            func example(_ place: Int) -> Question.Example {
                Question.Example(unit: both.units[place], text: texts[place])
            }
            let question = Question.papers(near: [example(12), example(180)], awayFrom: [example(31)])
            let options = AnswerOptions(mode: mode, limit: 20, recall: 1)
            let answer = try both.segments.answer(question, options)
            try check(answer, both.scan.answer(question, options))
            #expect(Set(answer.units.map(\.unit)).isDisjoint(with: [12, 180, 31].map { both.units[$0] }))
        }
    }

    @Test
    func `segments give the factors that a scan gives, and none of a removed unit`() throws {
        try withBoth { both in
            for text in questions {
                let options = AnswerOptions(mode: .hybrid, limit: 5, recall: 1)
                let query = try both.segments.answer(.text(QuestionText(text, by: both.analyzer)), options).query
                let units = Array(both.units.prefix(30)) + [UnitKey(rawValue: 1), both.units[239]]
                let (features, statistics) = (query.lexical.features, query.lexical.statistics)
                let found = both.segments.factors(of: features, statistics, to: units)
                let expected = both.scan.factors(of: features, statistics, to: units)
                #expect(zip(found.values, expected.values).allSatisfy { abs($0 - $1) < 1e-5 * max(1, $1) })
                #expect(found.values.contains { $0 > 0 } && found.row(3).allSatisfy { $0 == 0 })
            }
        }
    }

    @Test
    func `a question without an answer is told so by segments and scan alike`() throws {
        try withBoth { both in
            let options = AnswerOptions(mode: .hybrid, limit: 20, recall: 1)
            let words = "qwertz zuiop asdf " + SyntheticPapers.word(9_003)
            let foreign = Question.text(QuestionText(words, by: both.analyzer))
            let own = Question.text(QuestionText(questions[0], by: both.analyzer))
            for (question, isClose) in [(foreign, false), (own, true)] {
                let answers = try [both.segments.answer(question, options), both.scan.answer(question, options)]
                #expect(answers.map(\.isClose) == [isClose, isClose])
            }
        }
    }

    @Test
    func `each side names the candidates that a scan names, however few are wanted`() throws {
        try withBoth { both in
            for text in questions {
                let options = AnswerOptions(mode: .hybrid, limit: 1, recall: 1)
                let query = try both.segments.answer(.text(QuestionText(text, by: both.analyzer)), options).query
                for (lexical, semantic) in [(3, 0), (0, 3), (5, 7), (40, 40)] {
                    let request = CandidateRequest(
                        lexical: query.lexical, vectors: query.directions.map(\.vector), lexicalLimit: lexical,
                        semanticLimit: semantic, recall: 1, required: [both.units[50]])
                    let found = try Set(both.segments.candidates(for: request).units)
                    #expect(found == Set(both.scan.candidates(for: request).units), "\(lexical), \(semantic)")
                }
            }
        }
    }

    private func check(_ answer: RankedAnswer, _ expected: RankedAnswer) throws {
        #expect(answer.unknownWords == expected.unknownWords && answer.isClose == expected.isClose)
        #expect(answer.units.count == expected.units.count && answer.zScores?.count == expected.zScores?.count)
        for (zScore, other) in zip(answer.zScores ?? [], expected.zScores ?? []) {
            #expect(abs(zScore - other) < 1e-3)
        }
        for (unit, other) in zip(answer.units, expected.units) {
            #expect(abs(unit.score - other.score) < 1e-4 * max(1, other.score))
            #expect(abs(unit.lexical - other.lexical) < 1e-4 * max(1, other.lexical))
            #expect(abs(unit.semantic - other.semantic) < 1e-5 && abs(unit.feedback - other.feedback) < 1e-5)
            guard unit.unit != other.unit else { continue }
            // Units whose scores differ by rounding may change places; no other may.
            let place = try #require(expected.units.first { $0.unit == unit.unit } ?? expected.units.last)
            #expect(abs(place.score - other.score) < 1e-5 * max(1, other.score), "\(unit.unit.rawValue)")
        }
    }
}
