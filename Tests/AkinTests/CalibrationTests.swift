import Akin
import Foundation
import Papers
import Ranking
import TestSupport
import Testing

@Suite("A library's calibration")
struct CalibrationTests {
    @Test
    func `calibration chooses the same weight every time`() throws {
        try TemporaryFolder.with { folder in
            let papers = SyntheticPapers.make(400)
            var chosen: [Double] = []
            for (name, threads) in [("one", 1), ("two", 3)] {
                let library = try Library(creatingAt: folder + "/" + name)
                try library.add(papers, options: AddOptions(threads: threads))
                let info = try library.info()
                #expect(info.alphaQuestionCount > 60)
                #expect(RankingPolicy.standard.triedWeights.contains(info.alpha))
                chosen.append(info.alpha)
            }
            #expect(chosen[0] == chosen[1])
        }
    }

    @Test
    func `the semantic weight is larger for like queries, unless a search says otherwise`() throws {
        var calibration = Calibration()
        for (alpha, likeAlpha) in [(0.1, 0.4), (0.4, 0.7), (0.65, 0.7), (0.9, 0.9)] {
            calibration.semanticWeight = alpha
            #expect(abs(calibration.likeSemanticWeight() - likeAlpha) < 1e-12)
        }
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder)
            try library.add(SyntheticPapers.make(300))
            let info = try library.info()
            func like(_ alpha: Double?) throws -> [RankedID] {
                try library.rankedIDs(like: ["paper:7"], options: SearchOptions(k: 50, alpha: alpha))
            }
            #expect(try like(nil) == like(info.likeAlpha))
            #expect(try like(nil) != like(info.alpha))
        }
    }

    @Test
    func `a library with too few papers keeps the default weight`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder)
            try library.add(SyntheticPapers.make(60))
            let info = try library.info()
            #expect(info.alpha == SearchOptions.defaultAlpha && info.alphaQuestionCount == 0)
        }
    }

    @Test
    func `a search uses the chosen weight unless it says otherwise, and calibration leaves no file`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder)
            try library.add(SyntheticPapers.make(300))
            let generation = LibraryFolder(path: folder).generation(1).path
            let names = try FileManager.default.contentsOfDirectory(atPath: generation)
            #expect(names.count == 4)
            let alpha = try library.info().alpha
            let text = SyntheticPapers.word(3) + " " + SyntheticPapers.word(207)
            let own = try library.rankedIDs(for: text, options: SearchOptions(k: 20))
            #expect(try library.rankedIDs(for: text, options: SearchOptions(k: 20, alpha: alpha)) == own)
            #expect(try library.rankedIDs(for: text, options: SearchOptions(k: 20, alpha: 0.97)) != own)
        }
    }

    /// Every paper of these is on one of twelve subjects, so that a question in a subject's words has close papers and
    /// one in the words that all share has none.
    @Test
    func `z-scores tell a question that papers answer from one that they do not`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder)
            try library.add(SyntheticPapers.make(600))
            let subject = (0..<6).map { SyntheticPapers.word(3 * 200 + $0) }.joined(separator: " ")
            let about = try library.search(for: subject)
            #expect(about.isClose)
            #expect(about.hits.prefix(3).allSatisfy { ($0.zScore ?? 0) >= 2 })
            let strange = "chocolate cake with almonds and " + SyntheticPapers.word(9_001)
            let far = try library.search(for: strange)
            #expect(!far.isClose && !far.hits.isEmpty)
            #expect(try library.search(for: strange, options: SearchOptions(mode: .lexical)).isClose)
            let title = "Study \(SyntheticPapers.word(20_005)) of \(SyntheticPapers.word(5 * 200))"
            #expect(try library.search(for: title).isClose)
            #expect(try library.search(like: ["paper:7"]).isClose)
        }
    }

    @Test
    func `every answer of a small library counts as close`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder)
            try library.add(SyntheticPapers.make(100))
            let answer = try library.search(for: "chocolate cake and " + SyntheticPapers.word(9_001))
            #expect(answer.isClose && answer.hits.allSatisfy { $0.zScore == nil })
        }
    }

    @Test
    func `random pairs have the mean and the deviation of all pairs`() throws {
        var generator = SeededGenerator(seed: 8)
        let rows = 60
        var values = (0..<rows * 4).map { _ in Float.random(in: -1...1, using: &generator) + 0.3 }
        for row in 0..<rows {
            let length = (0..<4).reduce(Float(0)) { $0 + values[row * 4 + $1] * values[row * 4 + $1] }.squareRoot()
            for column in 0..<4 { values[row * 4 + column] /= length }
        }
        var cosines: [Double] = []
        for first in 0..<rows {
            for second in 0..<rows where second != first {
                cosines.append((0..<4).reduce(0) { $0 + Double(values[first * 4 + $1] * values[second * 4 + $1]) })
            }
        }
        let mean = cosines.reduce(0, +) / Double(cosines.count)
        let deviation =
            (cosines.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(cosines.count)).squareRoot()
        let pairs = try #require(RandomSimilarity(ofVectors: rows) { Array(values[$0 * 4..<($0 + 1) * 4]) })
        #expect(abs(pairs.mean - mean) < 0.05 * deviation)
        #expect(abs(pairs.deviation - deviation) < 0.05 * deviation)
        #expect(RandomSimilarity(ofVectors: 1) { _ in [1, 0] } == nil)
        #expect(RandomSimilarity(ofVectors: 2) { _ in [0, 0] } == nil)
    }
}
