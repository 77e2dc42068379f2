import LatentSemantics
import TestSupport
import Testing
import TextAnalysis

@Suite("Explaining similarity")
struct ExplanationTests {
    /// Ranks below, at and around the eight numbers that are multiplied at once.
    static let ranks = [1, 7, 8, 13, 24]

    private let documents = randomDocuments(300, words: 400, seed: 21)

    private func model(rank: Int, fittedOn count: Int = 300) throws -> LatentSemanticModel {
        try fit(TermCounts(documents: Array(documents[..<count])), .init(rank: rank))
    }

    private func terms(_ document: [String]) -> [(term: String, frequency: Float)] { document.map { ($0, 1) } }

    @Test(arguments: ranks)
    func `the parts of a text's terms add up to its vector, for documents of the fit and for others`(rank: Int) throws {
        let model = try model(rank: rank, fittedOn: 200)
        for document in documents {
            let parts = model.decomposition(of: terms(document))
            let vector = model.embed(terms(document))
            #expect(zip(parts.vector, vector).allSatisfy { abs($0 - $1) < 1e-5 })
            #expect(Set(parts.terms) == Set(document.filter(model.contains)))
        }
    }

    @Test(arguments: ranks)
    func `the pairs add up to the cosine, and are those of the slow sum`(rank: Int) throws {
        let model = try model(rank: rank, fittedOn: 200)
        for index in stride(from: 0, to: 299, by: 13) {
            let (left, right) = (terms(documents[index]), terms(documents[index + 1]))
            let why = model.explainSimilarity(of: left, to: right)
            let cosine = innerProduct(model.embed(left), model.embed(right))
            #expect(abs(why.similarity - cosine) < 1e-5)
            let pairs = why.shared + why.bridging
            #expect(abs(pairs.reduce(0) { $0 + $1.share } - why.similarity) < 1e-9)

            let rows = [left, right].map(model.weightedRow)
            let lengths = rows.map { row in
                let vector = model.project(row)
                return innerProduct(vector, vector).squareRoot()
            }
            #expect(pairs.count == rows[0].ids.count * rows[1].ids.count)
            var slow: [[String]: Double] = [:]
            for (a, weightA) in zip(rows[0].ids, rows[0].weights) {
                for (b, weightB) in zip(rows[1].ids, rows[1].weights) {
                    let product = innerProduct(model.termVector(of: a), model.termVector(of: b))
                    slow[[model.vocabulary.term(a), model.vocabulary.term(b)]] =
                        Double(weightA) * Double(weightB) * product / (lengths[0] * lengths[1])
                }
            }
            for pair in pairs {
                #expect(abs(pair.share - (slow[[pair.first, pair.second]] ?? .nan)) < 1e-5)
            }
        }
    }

    @Test
    func `a word that both have is shared, any other pair is a bridge, greatest share first`() throws {
        let model = try fit(TermCounts(documents: memoranda), .init(rank: 2, minimumDocumentFrequency: 1))
        let why = model.explainSimilarity(
            of: terms(["human", "computer"]), to: terms(["user", "computer", "unheard-of"])
        )
        #expect(why.shared.map { [$0.first, $0.second] } == [["computer", "computer"]])
        #expect(
            Set(why.bridging.map { [$0.first, $0.second] }) == [
                ["human", "user"], ["human", "computer"], ["computer", "user"],
            ])
        #expect(zip(why.bridging, why.bridging.dropFirst()).allSatisfy { $0.share >= $1.share })
        // The classic example: two texts without a common word are alike all the same.
        let bridged = model.explainSimilarity(of: terms(["human", "interface"]), to: terms(["user", "response"]))
        #expect(bridged.shared.isEmpty)
        #expect(bridged.similarity > 0.5)
    }

    @Test
    func `a text without known terms has nothing to explain`() throws {
        let model = try model(rank: 8)
        let why = model.explainSimilarity(of: terms(["unheard-of"]), to: terms(documents[0]))
        #expect(why.similarity == 0 && why.shared.isEmpty && why.bridging.isEmpty)
        #expect(model.decomposition(of: []).vector == [Float](repeating: 0, count: 8))
    }

    @Test
    func `a combination of texts is the weighted sum of their vectors, as long as one`() throws {
        let model = try model(rank: 13)
        let texts = [(2, Float(0.5)), (3, 0.5), (7, -0.2)].map { index, weight in
            (terms(documents[index]), weight)
        }
        var expected = [Double](repeating: 0, count: 13)
        for (text, weight) in texts {
            for (axis, value) in model.embed(text).enumerated() { expected[axis] += Double(weight * value) }
        }
        let length = expected.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let combined = model.combination(of: texts.map { (model.decomposition(of: $0), $1) })
        #expect(zip(combined.vector, expected).allSatisfy { abs(Double($0) - $1 / length) < 1e-5 })
        let nothing = model.combination(of: [
            (model.decomposition(of: texts[0].0), 1), (model.decomposition(of: texts[0].0), -1),
        ])
        #expect(nothing.vector.allSatisfy { $0 == 0 })
    }

    @Test
    func `the shares of a vector add up to its inner product, and other names change nothing`() throws {
        let model = try model(rank: 13)
        let parts = model.decomposition(of: terms(documents[4]))
        let other = model.embed(terms(documents[5]))
        let shares = parts.shares(of: other)
        #expect(abs(shares.reduce(0, +) - innerProduct(model.embed(terms(documents[4])), other)) < 1e-5)
        let renamed = parts.renamed { "«\($0)»" }
        #expect(renamed.terms == parts.terms.map { "«\($0)»" })
        #expect(renamed.shares(of: other) == shares)
    }
}
