import LatentSemantics
import LinearAlgebra
import TestSupport
import Testing
import TextAnalysis

@Suite("A model that starts from another")
struct StartedModelTests {
    private let base: LatentSemanticModel
    private let few = TermCounts(
        documents: randomDocuments(12, words: 700, seed: 42) + [["w1", "here", "here"], ["here"]])
    private let parameters = LatentSemanticModel.Parameters(rank: 10, minimumDocumentFrequency: 1)

    init() throws {
        base = try fit(
            TermCounts(documents: randomDocuments(900, words: 600, seed: 41)),
            .init(rank: 16, minimumDocumentFrequency: 3))
    }

    private func started(threads: Int = 1) throws -> LatentSemanticModel {
        useOneBLASThread()
        return try .fit(few, startingFrom: base, parameters: parameters, threads: threads)
    }

    @Test
    func `a started model knows the terms of the documents and of the base`() throws {
        let model = try started()
        let own = try fit(few, parameters)
        #expect(model.contains("here") && !base.contains("here"))
        #expect(model.documentFrequency(of: "here") == 2)
        let terms = (0..<base.termCount).map { base.vocabulary.term(VocabularyID(rawValue: UInt32($0))) }
        let shared = terms.filter(own.contains)
        let scale = shared.map(own.globalWeight).reduce(0, +) / shared.map(base.globalWeight).reduce(0, +)
        for term in terms {
            #expect(model.contains(term))
            #expect(model.documentFrequency(of: term) == own.documentFrequency(of: term))
            let weight = own.contains(term) ? own.globalWeight(of: term) : scale * base.globalWeight(of: term)
            #expect(abs(model.globalWeight(of: term) - weight) < 1e-5)
        }
        #expect(model.documentCount == few.documentCount)
        #expect(model.rank == few.documentCount)
    }

    @Test
    func `two documents are as alike as in both spaces together`() throws {
        // The slow twin: each half by itself, from the models' own vectors, scaled to half the squared length.
        let model = try started()
        let own = try fit(few, parameters)
        let rows = (0..<few.documentCount).map { document -> [(term: String, weight: Double)] in
            let entries = few.documentOffsets[document]..<few.documentOffsets[document + 1]
            let weighted = entries.map { entry in
                let term = few.terms[few.termIDs[entry]]
                let local = base.parameters.weighting.localWeight(Float(few.frequencies[entry]))
                return (term: term, weight: Double(local * model.globalWeight(of: term)))
            }
            let length = weighted.reduce(0) { $0 + $1.weight * $1.weight }.squareRoot()
            return weighted.map { ($0.term, length > 0 ? $0.weight / length : 0) }
        }
        func half(_ space: LatentSemanticModel) -> [[Double]] {
            let vectors = rows.map { row in
                var vector = [Double](repeating: 0, count: space.rank)
                for (term, weight) in row {
                    guard let id = space.vocabulary.id(of: term) else { continue }
                    let factor = Double(space.globalWeight(of: term) / model.globalWeight(of: term))
                    for (axis, value) in space.termVector(of: id).enumerated() {
                        vector[axis] += weight * factor * Double(value)
                    }
                }
                return vector
            }
            let squares = vectors.reduce(0) { $0 + $1.reduce(0) { $0 + $1 * $1 } }
            let scale = (0.5 * Double(rows.count) / squares).squareRoot()
            return vectors.map { $0.map { $0 * scale } }
        }
        let joint = zip(half(own), half(base)).map { $0 + $1 }
        let embedded = try model.embed(few)
        for first in 0..<rows.count where !rows[first].isEmpty {
            for second in 0..<rows.count where !rows[second].isEmpty {
                let product = zip(joint[first], joint[second]).reduce(0) { $0 + $1.0 * $1.1 }
                let lengths = [first, second].map { joint[$0].reduce(0) { $0 + $1 * $1 }.squareRoot() }
                let cosine = innerProduct(embedded.row(first), embedded.row(second))
                // What is left is the rounding to eight bits a number.
                #expect(abs(cosine - product / lengths[0] / lengths[1]) < 0.02)
            }
        }
    }

    @Test
    func `a word that no document has finds those that the base knows it with`() throws {
        let model = try started()
        let own = try fit(few, parameters)
        let absent = (0..<base.termCount).map { base.vocabulary.term(VocabularyID(rawValue: UInt32($0))) }
            .filter { !own.contains($0) }
        #expect(!absent.isEmpty)
        for term in absent {
            #expect(own.embed([(term, 1)]).allSatisfy { $0 == 0 })
            #expect(model.embed([(term, 1)]).contains { $0 != 0 })
        }
    }

    @Test
    func `a started model is the same for any number of threads and after saving`() throws {
        let model = try started()
        try TemporaryFolder.with { folder in
            try model.save(to: folder + "/one.lsa")
            try LatentSemanticModel.verify(fileAt: folder + "/one.lsa")
            let opened = try LatentSemanticModel(mapping: folder + "/one.lsa")
            #expect(try opened.embed(few).values == started(threads: 3).embed(few).values)
            #expect(opened.expectedRetention == model.expectedRetention)
        }
    }

    @Test
    func `the expected retention of a started model is that of documents of the kind`() throws {
        let base = try fit(
            TermCounts(documents: randomDocuments(2_000, words: 900, seed: 51)), .init(rank: 40))
        let documents = randomDocuments(1_400, words: 900, seed: 52)
        let fitted = TermCounts(documents: Array(documents[..<1_000]))
        useOneBLASThread()
        let model = try LatentSemanticModel.fit(fitted, startingFrom: base, parameters: .init(rank: 60), threads: 2)
        let folded = try model.retention(of: TermCounts(documents: Array(documents[1_000...])))
        let drift = ModelDrift(expected: try #require(model.expectedRetention), folded: folded)
        #expect(abs(1 - drift.folded.retained / drift.expected.retained) < 0.15)
        let foreign = try model.retention(
            of: TermCounts(documents: (0..<50).map { number in (0..<20).map { "x\(number * $0 % 90)" } }))
        #expect(ModelDrift(expected: drift.expected, folded: foreign).drift > 0.6)
    }
}
