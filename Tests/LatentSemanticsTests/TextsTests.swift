import LatentSemantics
import TestSupport
import Testing

/// This file needs no other import of the package, as a program of a user.
@Suite("A model of texts")
struct TextsTests {
    private static let texts = [
        "Long contexts need a memory that grows with the text.",
        "A cache of keys and values takes the memory of long contexts.",
        "The memory of a cache is small, and contexts are long.",
        "Birds migrate south before the winter.",
        "Migrating birds rest at lakes in the winter.",
        "In winter the birds of the lakes are in the south.",
    ]
    private static let parameters = LatentSemanticModel.Parameters(rank: 4, minimumDocumentFrequency: 1)

    private func model(_ texts: [String] = texts) throws -> LatentSemanticModel {
        try .fit(texts: texts, parameters: Self.parameters, threads: 1)
    }

    @Test
    func `a fit in the background gives the same model, and ends with its task`() async throws {
        let model = try await LatentSemanticModel.fit(texts: Self.texts, parameters: Self.parameters, threads: 1)
        #expect(try self.model().singularValues == model.singularValues)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await LatentSemanticModel.fit(texts: Self.texts, parameters: Self.parameters, threads: 1)
        }
        task.cancel()
        let error = await #expect(throws: LatentSemanticsError.self) { try await task.value }
        #expect(error?.code == .cancelled)
    }

    @Test
    func `texts give the model and the vectors of their counted terms`() throws {
        let analyzer = try Analyzer()
        let counts = analyzer.countTerms(documentCount: Self.texts.count, threads: 1) { [Self.texts[$0]] }
        let counted = try LatentSemanticModel.fit(
            counts, settings: analyzer.settings, parameters: Self.parameters, threads: 1)
        let model = try model()
        #expect(model.singularValues == counted.singularValues && model.terms == counted.terms)
        let rows: DenseMatrix = try counted.embed(counts)
        let embeddings = try model.embed(Self.texts)
        for (index, embedding) in embeddings.enumerated() {
            #expect(embedding.components == Array(rows.row(index)))
            let one = try model.embed(Self.texts[index])
            #expect(zip(one.components, embedding.components).allSatisfy { abs($0 - $1) < 1e-6 })
        }
        let query = try model.embed("birds in winter")
        #expect(query.cosine(with: embeddings[4]) > query.cosine(with: embeddings[0]))
        #expect(try model.embed("zebra").isZero && model.embed("").isZero)
    }

    @Test
    func `the nearest terms are those of the largest cosine of rows of V times the singular values`() throws {
        let model = try model()
        func row(_ term: String) throws -> [Double] {
            // A text of one term is embedded as its row of V, with length 1.
            let vector = model.embed([(term: term, frequency: 1)])
            return zip(vector, model.singularValues).map { Double($0) * Double($1) }
        }
        func cosine(_ first: [Double], _ second: [Double]) -> Double {
            let product = zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
            func length(_ vector: [Double]) -> Double { vector.reduce(0) { $0 + $1 * $1 }.squareRoot() }
            return product / (length(first) * length(second))
        }
        let own = try row("memori")
        let expected = try model.terms.filter { $0 != "memori" }.map { ($0, cosine(own, try row($0))) }
        let found = model.nearestTerms(to: "Memories", k: 100)
        #expect(found.count == expected.count)
        for measure in found {
            let (_, value) = try #require(expected.first { $0.0 == measure.term })
            #expect(abs(Double(measure.value) - value) < 1e-4)
        }
        #expect(zip(found, found.dropFirst()).allSatisfy { $0.value >= $1.value })
        #expect(model.nearestTerms(to: "bird", k: 2).count == 2)
        #expect(model.nearestTerms(to: "zebra", k: 5).isEmpty && model.nearestTerms(to: "bird", k: 0).isEmpty)
        #expect(model.nearestTerms(to: "", k: 5).isEmpty && model.nearestTerms(to: "bird", k: -1).isEmpty)
    }

    @Test
    func `the terms of an axis come by the magnitude of their components`() throws {
        let model = try model()
        for dimension in 0..<model.rank {
            let all = model.topTerms(ofDimension: dimension, k: model.termCount)
            #expect(Set(all.map(\.term)) == Set(model.terms))
            #expect(zip(all, all.dropFirst()).allSatisfy { $0.value.magnitude >= $1.value.magnitude })
            #expect(abs(all.reduce(0) { $0 + $1.value * $1.value } - 1) < 1e-4, "a column of V has length 1")
            #expect(model.topTerms(ofDimension: dimension, k: 3) == Array(all.prefix(3)))
        }
    }

    @Test
    func `a closure that says stop ends a fit`() throws {
        // More texts than the size up to which LAPACK decomposes at once.
        var generator = SeededGenerator(seed: 5)
        let texts = (0..<700).map { _ in
            (0..<30).map { _ in "word\(Int.random(in: 0..<900, using: &generator))" }.joined(separator: " ")
        }
        var shares: [Double] = []
        _ = try LatentSemanticModel.fit(texts: texts, parameters: .init(rank: 32), threads: 1) {
            shares.append($0)
            return true
        }
        #expect(shares.count > 3 && shares == shares.sorted() && shares.allSatisfy { (0...1).contains($0) })
        do throws(LatentSemanticsError) {
            _ = try LatentSemanticModel.fit(texts: texts, parameters: .init(rank: 32), threads: 1) { $0 < 0.3 }
            Issue.record("the fit went on")
        } catch {
            #expect(error.code == .cancelled)
        }
    }

    @Test
    func `a model is an encoder whose identity tells fits apart`() async throws {
        let (first, second) = (try model(), try model(Array(Self.texts.prefix(5))))
        #expect(first.identity == (try model().identity) && first.identity != second.identity)
        #expect(first.identity.dimensions == first.rank)
        let vectors = try await first.embeddings(of: ["birds", "cache"], as: .query)
        #expect(vectors == (try first.embed(["birds", "cache"])))
    }
}
