import Foundation
import LatentSemantics
import LinearAlgebra
import TestSupport
import Testing
import TextAnalysis

@Suite("Embedding texts")
struct EmbeddingTests {
    private let documents = randomDocuments(400, words: 500, seed: 7)
    private let counts: TermCounts
    private let model: LatentSemanticModel

    init() throws {
        counts = TermCounts(documents: documents)
        model = try fit(
            counts, .init(rank: 24), threads: 1
        )
    }

    @Test
    func `a document is its unit row of weights times V, made as long as one`() throws {
        let embedded = try model.embed(counts, threads: 2)
        #expect(embedded.rowCount == documents.count)
        #expect(embedded.columnCount == 24)
        for (index, document) in documents.enumerated() {
            var expected = [Double](repeating: 0, count: model.rank)
            for (term, frequency) in Dictionary(document.map { ($0, 1.0) }, uniquingKeysWith: +) {
                guard let id = model.vocabulary.id(of: term) else { continue }
                let weight = log2(1 + frequency) * Double(model.globalWeight(of: term))
                for (axis, value) in model.termVector(of: id).enumerated() { expected[axis] += weight * Double(value) }
            }
            let length = expected.reduce(0) { $0 + $1 * $1 }.squareRoot()
            for (value, expected) in zip(embedded.row(index), expected) {
                #expect(abs(Double(value) - (length > 0 ? expected / length : 0)) < 1e-5)
            }
        }
    }

    @Test
    func `a document of the fit is its row of U Σ`() throws {
        // The columns of U Σ are orthogonal and as long as the singular values; so must those of A V be.
        let projected = documents.map { document in model.project(model.weightedRow(of: document.map { ($0, 1) })) }
        let largest = Double(model.singularValues[0])
        for i in 0..<model.rank {
            for j in 0..<model.rank {
                let product = projected.reduce(0) { $0 + Double($1[i]) * Double($1[j]) }
                let expected = i == j ? Double(model.singularValues[i]) * Double(model.singularValues[i]) : 0
                #expect(abs(product - expected) < 1e-4 * largest * largest)
            }
        }
    }

    @Test
    func `a document folded in alone, or as one text, has the row that it has among all`() throws {
        let all = try model.embed(counts, threads: 2)
        for (index, document) in documents.enumerated() {
            let alone = try model.embed(TermCounts(documents: [document]), threads: 1)
            let text = model.embed(document.map { ($0, 1) })
            for axis in 0..<model.rank {
                #expect(abs(alone[0, axis] - all[index, axis]) < 1e-6)
                #expect(abs(text[axis] - all[index, axis]) < 1e-6)
            }
        }
    }

    @Test
    func `vectors have the length one`() throws {
        let embedded = try model.embed(counts, threads: 2)
        for (index, document) in documents.enumerated() {
            let length = innerProduct(embedded.row(index), embedded.row(index))
            if document.contains(where: model.contains) {
                #expect(abs(length - 1) < 1e-5)
            } else {
                #expect(length == 0)
            }
        }
    }

    @Test
    func `a text without known terms is zero`() throws {
        let zero = [Float](repeating: 0, count: model.rank)
        #expect(model.embed([]) == zero)
        #expect(model.embed([("unknown", 1)]) == zero)
        #expect(model.embed([("w1", 0)]) == zero)
        #expect(try model.embed(TermCounts(documents: [["unknown"], []]), threads: 1).values == zero + zero)
        #expect(try model.embed(TermCounts(documents: []), threads: 1).rowCount == 0)
        #expect(model.embed([("w1", 1), ("unknown", 5)]) == model.embed([("w1", 1)]))
    }

    @Test
    func `analysed texts are found by words that they do not hold in that form`() throws {
        let texts = [
            "Streaming long contexts through a small memory", "Models that remember longer contexts",
            "A memory for streams of text", "Graph networks for molecules", "Predicting molecules by their graphs",
        ]
        let analyzer = try Analyzer()
        let counts = analyzer.countTerms(documentCount: texts.count, threads: 2) { [texts[$0]] }
        let model = try fit(counts, settings: analyzer.settings, .init(rank: 2, minimumDocumentFrequency: 1))
        let documents = try model.embed(counts)
        let query = model.embed(analyzer.terms(of: "memories of a context").map { ($0.text, 1) })
        let similarities = texts.indices.map { innerProduct(query, documents.row($0)) }
        #expect(similarities[..<3].allSatisfy { $0 > 0.9 })
        #expect(similarities[3...].allSatisfy { $0 < 0.1 })
        #expect(model.similarlySpelledTerms(to: "molecuels", limit: 1) == ["molecules"])
    }

    @Test
    func `documents embedded part by part have the vectors of all at once`() throws {
        let counts = TermCounts(documents: documents + [["unknown"], []])
        for model in [model, model.coded] {
            let all = try model.embed(counts, threads: 2)
            let embedding = DocumentEmbedding(counts, in: model)
            for size in [1, 7, counts.documentCount] {
                var values: [Float] = []
                for start in stride(from: 0, to: counts.documentCount, by: size) {
                    values += try embedding.rows(start..<min(start + size, counts.documentCount), threads: 2).values
                }
                #expect(values == all.values, "\(size) at a time")
            }
        }
    }

    @Test
    func `terms come in any order, and frequencies of the same term add up`() {
        let once = model.embed([("w1", 3), ("w2", 0.5)])
        #expect(model.embed([("w2", 0.25), ("w1", 2), ("w2", 0.25), ("w1", 1)]) == once)
        #expect(once != model.embed([("w1", 1), ("w2", 0.5)]))
    }

    @Test
    func `the cosine of two texts is a sum over pairs of their terms`() {
        let left = documents[3]
        let right = documents[5]
        let rows = [left, right].map { model.weightedRow(of: $0.map { ($0, 1) }) }
        let lengths = rows.map { row in
            let vector = model.project(row)
            return innerProduct(vector, vector).squareRoot()
        }
        var sum = 0.0
        for (a, weightA) in zip(rows[0].ids, rows[0].weights) {
            for (b, weightB) in zip(rows[1].ids, rows[1].weights) {
                sum +=
                    Double(weightA) * Double(weightB) * innerProduct(model.termVector(of: a), model.termVector(of: b))
            }
        }
        let cosine = innerProduct(model.embed(left.map { ($0, 1) }), model.embed(right.map { ($0, 1) }))
        #expect(abs(sum / (lengths[0] * lengths[1]) - cosine) < 1e-5)
    }
}
