import LatentSemantics
import LinearAlgebra
import TestSupport
import Testing
import TextAnalysis

@Suite("The drift of a model")
struct DriftTests {
    /// Documents on a few subjects, each with words of its own among words that all share.
    private static func documents(_ count: Int, subjects: Range<Int>, seed: UInt64) -> [[String]] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            let subject = Int.random(in: subjects, using: &generator)
            return (0..<30).map { _ in
                let word = Int.random(in: 0..<40, using: &generator) * Int.random(in: 1...4, using: &generator)
                return Bool.random(using: &generator) ? "s\(subject)w\(word)" : "w\(word)"
            }
        }
    }

    private static func fitted(rank: Int = 20, minimumDocumentFrequency: Int = 2) throws -> LatentSemanticModel {
        try fit(
            TermCounts(documents: documents(1_000, subjects: 0..<10, seed: 1)),
            .init(rank: rank, minimumDocumentFrequency: minimumDocumentFrequency)
        )
    }

    @Test
    func `retention is worked out term by term`() throws {
        let model = try fit(TermCounts(documents: memoranda), .init(rank: 2, minimumDocumentFrequency: 1))
        let text = [("graph", Float(2)), ("trees", 1), ("quokka", 1)]
        let retention = try model.retention(
            of: TermCounts(documents: [["graph", "graph", "trees", "quokka"]]), threads: 1)
        let shadow = model.project(model.weightedRow(of: text))
        #expect(retention.documentCount == 1)
        #expect(abs(retention.residual - (1 - innerProduct(shadow, shadow))) < 1e-6)
        // Log-entropy gives a word that one document holds the global weight 1, and log₂(1 + 1) is 1.
        let known = [
            (Double(model.globalWeight(of: "graph")), 1.5849625), (Double(model.globalWeight(of: "trees")), 1),
        ]
        let squares = known.reduce(0) { $0 + $1.0 * $1.0 * $1.1 * $1.1 }
        #expect(abs(retention.outOfVocabularyShare - 1 / (1 + squares)) < 1e-6)
        #expect(abs(retention.retained - (1 - retention.residual) * (1 - retention.outOfVocabularyShare)) < 1e-12)
    }

    @Test
    func `a space of full rank leaves nothing of its documents outside`() throws {
        let model = try fit(TermCounts(documents: memoranda), .init(rank: 9, minimumDocumentFrequency: 1))
        let retention = try model.retention(of: TermCounts(documents: memoranda), threads: 1)
        #expect(retention.residual < 1e-5)
        #expect(retention.outOfVocabularyShare == 0)
    }

    @Test
    func `documents without terms do not count, and those without known terms retain nothing`() throws {
        let model = try fit(TermCounts(documents: memoranda), .init(rank: 2, minimumDocumentFrequency: 1))
        #expect(try model.retention(of: TermCounts(documents: [[], []]), threads: 1).documentCount == 0)
        let unknown = try model.retention(of: TermCounts(documents: [["quokka"], []]), threads: 1)
        #expect(unknown.documentCount == 1)
        #expect(unknown.residual == 1 && unknown.outOfVocabularyShare == 1 && unknown.retained == 0)
    }

    @Test
    func `retention does not depend on threads, nor on how documents are taken together`() throws {
        let model = try Self.fitted()
        let documents = Self.documents(700, subjects: 5..<15, seed: 3)
        let whole = try model.retention(of: TermCounts(documents: documents), threads: 1)
        #expect(try model.retention(of: TermCounts(documents: documents), threads: 3) == whole)
        let parts = try [documents[..<100], documents[100...]]
            .map { try model.retention(of: TermCounts(documents: Array($0)), threads: 2) }
        let sum = parts[0] + parts[1]
        #expect(sum.documentCount == whole.documentCount)
        #expect(abs(sum.residual - whole.residual) < 1e-6)
        #expect(abs(sum.outOfVocabularyShare - whole.outOfVocabularyShare) < 1e-6)
    }

    @Test(arguments: [1, 2])
    func `expected retention is that of held-out documents of the same kind`(minimumDocumentFrequency: Int) throws {
        let model = try Self.fitted(minimumDocumentFrequency: minimumDocumentFrequency)
        let expected = try #require(model.expectedRetention)
        let held = try model.retention(
            of: TermCounts(documents: Self.documents(1_000, subjects: 0..<10, seed: 2)), threads: 1)
        #expect(abs(expected.residual - held.residual) < 0.05)
        #expect(abs(expected.outOfVocabularyShare - held.outOfVocabularyShare) < 0.02)
        #expect(ModelDrift(expected: expected, folded: held).drift < 0.1)
        // Those of the fit itself have far less: that is why they are not what new ones are compared with.
        let own = try model.retention(
            of: TermCounts(documents: Self.documents(1_000, subjects: 0..<10, seed: 1)), threads: 1)
        #expect(own.residual < expected.residual - 0.02)
    }

    @Test
    func `the drift of documents of other subjects is large`() throws {
        let model = try Self.fitted()
        let expected = try #require(model.expectedRetention)
        func loss(_ subjects: Range<Int>) throws -> Double {
            let documents = TermCounts(documents: Self.documents(100, subjects: subjects, seed: 4))
            return ModelDrift(expected: expected, folded: try model.retention(of: documents, threads: 1)).drift
        }
        let losses = try [0..<10, 5..<15, 10..<20].map(loss)
        #expect(losses[0] < 0.1)
        #expect(losses[1] > losses[0] + 0.1)
        #expect(losses[2] > 0.6)
    }

    @Test
    func `the leave-one-out residual is exact for a space of full rank`() throws {
        // Of full rank, the expected residual is the part of each row that no combination of the others makes up.
        let documents = Array(randomDocuments(60, words: 4_000, seed: 8).filter { $0.count > 5 }.prefix(25))
        let model = try fit(TermCounts(documents: documents), .init(rank: 100, minimumDocumentFrequency: 1))
        let rows = documents.map { document -> [Double] in
            let row = model.weightedRow(of: document.map { ($0, 1) })
            var dense = [Double](repeating: 0, count: model.termCount)
            for (id, weight) in zip(row.ids, row.weights) { dense[Int(id.rawValue)] = Double(weight) }
            return dense
        }
        let exact = rows.indices.map { left in
            residual(of: rows[left], from: rows.indices.filter { $0 != left }.map { rows[$0] })
        }
        let mean = exact.reduce(0, +) / Double(exact.count)
        let expected = try #require(model.expectedRetention)
        #expect(expected.documentCount == documents.count)
        #expect(abs(expected.residual - mean) < 1e-3)
    }

    /// The squared length of what remains of a row that the others are taken out of, one after another.
    private func residual(of row: [Double], from others: [[Double]]) -> Double {
        func product(_ left: [Double], _ right: [Double]) -> Double { zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } }
        func without(_ basis: [[Double]], _ row: [Double]) -> [Double] {
            basis.reduce(row) { rest, axis in
                let share = product(rest, axis)
                return zip(rest, axis).map { $0 - share * $1 }
            }
        }
        var basis: [[Double]] = []
        for other in others {
            let rest = without(basis, without(basis, other))
            let length = product(rest, rest).squareRoot()
            if length > 1e-9 { basis.append(rest.map { $0 / length }) }
        }
        let rest = without(basis, row)
        return product(rest, rest)
    }

    @Test
    func `expected retention is kept in the model's file`() throws {
        try TemporaryFolder.with { folder in
            let model = try Self.fitted()
            try model.save(to: folder + "/model.lsa")
            let opened = try LatentSemanticModel(mapping: folder + "/model.lsa")
            #expect(opened.expectedRetention == model.expectedRetention)
            #expect(opened.expectedRetention?.documentCount == 1_000)
        }
    }

    @Test
    func `the retention of a sample, scaled, is close to that of all documents`() throws {
        let model = try Self.fitted()
        let sample = try model.retention(
            of: TermCounts(documents: Self.documents(50, subjects: 0..<12, seed: 5) + [[]]), threads: 1)
        let scaled = sample.scaled(to: 510, from: 51)
        #expect(scaled.documentCount == 500)
        #expect(abs(scaled.residual - sample.residual) < 1e-9)
        #expect(abs(scaled.outOfVocabularyShare - sample.outOfVocabularyShare) < 1e-9)
        #expect(Retention().scaled(to: 10, from: 1) == Retention())
    }
}
