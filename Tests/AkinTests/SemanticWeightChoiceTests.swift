import Akin
import HNSW
import LatentSemantics
import LexicalIndex
import LinearAlgebra
import Papers
import Ranking
import SeededRandom
import TestSupport
import Testing
import TextAnalysis
import VectorKernels

@Suite("Questions of papers about their subjects")
struct SubjectQuestionTests {
    private let analyzer: Analyzer

    init() throws { analyzer = try Analyzer() }

    private func draw(_ count: Int, _ papers: [PaperText], seed: UInt64 = 1) -> [SubjectQuestion] {
        var generator = SplitMix64(seed: seed)
        return SubjectQuestion.draw(count, from: papers.count, { papers[$0] }, analyzer: analyzer, by: &generator)
    }

    private let papers = SyntheticPapers.make(30).map { PaperText(title: $0.title, abstract: $0.abstract) }

    @Test
    func `a question takes the title or a few words, and the rest of the paper judges`() {
        let questions = draw(10, papers)
        #expect(questions.count == 20 && Set(questions.map(\.paper)).count == 10)
        for question in questions {
            let paper = papers[question.paper]
            let all = Set((analyzer.terms(of: paper.title) + analyzer.terms(of: paper.abstract)).map(\.text))
            #expect(Set(question.terms).union(question.rest) == all)
            #expect(Set(question.terms).isDisjoint(with: question.rest))
            #expect(question.rest == question.rest.sorted() && Set(question.rest).count == question.rest.count)
            switch question.kind {
            case .title:
                #expect(question.terms == analyzer.terms(of: paper.title).map(\.text) && !question.pairs.isEmpty)
            case .words:
                #expect(question.terms.count == SubjectQuestion.wordCount && question.pairs.isEmpty)
            }
        }
    }

    @Test
    func `questions depend on their seed`() {
        #expect(draw(10, papers) == draw(10, papers))
        #expect(draw(10, papers) != draw(10, papers, seed: 2))
    }

    @Test
    func `papers with few words or without a title ask no such question`() {
        #expect(draw(5, [PaperText(title: "A study of streaming attention", abstract: "Too short.")]).isEmpty)
        let untitled = draw(5, [PaperText(title: "", abstract: papers[0].abstract)])
        #expect(untitled.map(\.kind) == [.words])
        let oneWord = Array(repeating: "wing", count: 30).joined(separator: " ")
        #expect(draw(5, [PaperText(title: "", abstract: oneWord)]).isEmpty)
    }
}

@Suite("The choice of the semantic weight")
struct SemanticWeightChoiceTests {
    /// Questions whose gain is `best` at one weight and falls off by `slope` a step on both sides.
    private func earnings(
        _ kind: SubjectQuestion.Kind, best: Double = 0.5, at place: Int, slope: Double, count: Int
    ) -> [SubjectGains] {
        let gains = RankingPolicy.standard.triedWeights.indices.map { best - slope * Double(abs($0 - place)) }
        return (0..<count).map { _ in SubjectGains(kind: kind, gains: gains) }
    }

    /// What is chosen where the questions speak for the tried weight at `place`, which may lie between two.
    private func chosen(_ place: Double) -> Double {
        RankingPolicy.standard.chosenWeight(reaching: 0.1 + 0.05 * place)
    }

    @Test
    func `the questions speak for the smallest weight within 3 % of the best, also between two that were tried`() {
        // A step costs 2.5 % of the best, then 1 %, then nothing.
        #expect(SubjectGains.choice(earnings(.words, at: 4, slope: 0.0125, count: 50)) == chosen(2.8))
        #expect(SubjectGains.choice(earnings(.words, at: 4, slope: 0.005, count: 50)) == chosen(1))
        #expect(SubjectGains.choice(earnings(.words, at: 3, slope: 0, count: 50)) == chosen(0))
    }

    @Test
    func `a little more or less of a gain moves the weight a little`() throws {
        let weights = try (0...80).map { step in
            try #require(
                SubjectGains.choice(earnings(.words, at: 6, slope: 0.002 + 0.0001 * Double(step), count: 50)))
        }
        #expect(weights == weights.sorted() && weights[80] - weights[0] > 0.2)
        #expect(zip(weights, weights.dropFirst()).allSatisfy { $1 - $0 < 0.03 })
    }

    @Test
    func `a tenth is added to what the questions speak for, up to the largest weight that is tried`() {
        let policy = RankingPolicy.standard
        #expect(policy.chosenWeight(reaching: 0.1) == 0.2 && policy.chosenWeight(reaching: 0.25) == 0.35)
        #expect(policy.chosenWeight(reaching: 0.1234) == 0.22 && policy.chosenWeight(reaching: 0.43) == 0.5)
    }

    @Test
    func `both kinds of question count alike in the choice, whatever their number`() {
        let few = earnings(.title, best: 0.1, at: 1, slope: 0.01, count: 25)
        let many = earnings(.words, best: 0.9, at: 4, slope: 0.09, count: 400)
        // Both fall by a tenth a step, so that the sum, 1.7, is the same from the one best place to the other, and
        // falls by .2 a step beside them: .051 below it lies .255 of a step away.
        #expect(SubjectGains.choice(few + many) == chosen(0.745))
        // Half as flat, the sum rises by .05 a step to 1.85 at place 4; .0555 below it lies 1.11 steps away.
        let flatter = earnings(.title, best: 0.1, at: 1, slope: 0.005, count: 25)
        #expect(SubjectGains.choice(flatter + many) == chosen(2.89))
    }

    @Test
    func `a kind of few questions does not count, and without questions no weight is chosen`() {
        let few = earnings(.title, at: 0, slope: 0.05, count: RankingPolicy.standard.fewestQuestionsOfKind - 1)
        #expect(SubjectGains.choice(few) == nil)
        #expect(
            SubjectGains.choice(few + earnings(.words, at: 3, slope: 0.02, count: 30))
                == chosen(2.25))
        let barren = RankingPolicy.standard.triedWeights.map { _ in 0.0 }
        #expect(SubjectGains.choice((0..<30).map { _ in SubjectGains(kind: .words, gains: barren) }) == nil)
    }

    private func choose(_ texts: [PaperText], threads: Int = 1) throws -> (weight: Double, questionCount: Int)? {
        try TemporaryFolder.with { folder in
            let analyzer = try Analyzer()
            let counts = analyzer.countTerms(documentCount: texts.count, threads: 1, keepsOrder: true) {
                texts[$0].fields()
            }
            useOneBLASThread()
            let model = try LatentSemanticModel.fit(
                counts, settings: analyzer.settings, parameters: .init(rank: 24, minimumDocumentFrequency: 1))
            // Keys and positions differ, so that taking one for the other is seen.
            let keys = texts.indices.map { UInt64(3 * $0 + 7) }
            try LexicalIndex.write(counts, keys: keys, to: folder + "/bm25", threads: 1)
            var vectors = try VectorIndex(dimensions: model.rank, metric: .innerProduct, graph: nil)
            try vectors.add(model.embed(counts, threads: 1).values, keys: keys)
            let segment = Segment(
                number: 0, vectors: vectors, lexical: try LexicalIndex(mapping: folder + "/bm25"))
            let index = SegmentedIndex(
                model: model, segments: [segment], fittedPaperCount: texts.count, calibration: Calibration())
            return try SemanticWeightChoice(index, analyzer: analyzer, threads: threads)
                .choose(for: keys.map(UnitKey.init)) { texts[$0] }
        }
    }

    /// Where a paper has ten of the sixty words of its subject, one of a dozen, meaning finds the others of the subject
    /// that share no word with a question. Where it has all twenty, and there are a hundred subjects, the words find
    /// the subject exactly and 24 axes do not hold it.
    @Test
    func `the semantic weight is high where words vary and low where the space is too small`() throws {
        func papers(subjects: Int, wordsOfEach: Int, taken: Int) -> [PaperText] {
            var generator = SeededGenerator(seed: 5)
            return (0..<400).map { number in
                let own = (0..<wordsOfEach).shuffled(using: &generator).prefix(taken)
                    .map { number % subjects * 60 + $0 }
                let common = (0..<20).map { _ in 9_000 + Int.random(in: 0..<60, using: &generator) }
                return PaperText(title: "", abstract: (own + common).map(SyntheticPapers.word).joined(separator: " "))
            }
        }
        let varied = try #require(try choose(papers(subjects: 12, wordsOfEach: 60, taken: 10)))
        let fixed = try #require(try choose(papers(subjects: 100, wordsOfEach: 20, taken: 20)))
        #expect(varied.questionCount == 400 && fixed.questionCount == 400)
        #expect(fixed.weight == chosen(0))
        #expect(varied.weight > fixed.weight + 0.05)
    }

    @Test
    func `the weight does not depend on threads, and few papers choose none`() throws {
        let texts = SyntheticPapers.make(300).map { PaperText(title: $0.title, abstract: $0.abstract) }
        let one = try #require(try choose(texts))
        let three = try #require(try choose(texts, threads: 3))
        #expect(one == three && one.questionCount > 200)
        #expect(try choose(Array(texts.prefix(RankingPolicy.standard.fewestPapersToAsk - 1))) == nil)
    }
}
