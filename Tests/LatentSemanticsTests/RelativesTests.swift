import LatentSemantics
import TestSupport
import Testing
import TextAnalysis

@Suite("Relatives of a term")
struct RelativesTests {
    /// Words that begin alike by three to nine letters, one with a digit, among others.
    private static let words = [
        "summ", "summa", "summar", "summari", "summary", "summarx", "summation", "summon", "summ3r", "sumo", "suppose",
        "graph", "graphs", "graphical", "грамота", "граммат", "грамматика",
    ]

    private static let documents: [[String]] = {
        var generator = SeededGenerator(seed: 5)
        return (0..<60).map { number in
            (0..<6).map { _ in words[Int.random(in: 0..<words.count, using: &generator)] } + ["once\(number)"]
        } + [["summarize", "summar"]]
    }()

    /// The relatives by their definition: every word is compared.
    private func relatives(
        of term: String, in model: LatentSemanticModel, leastSimilarity: Float
    ) -> [(term: String, similarity: Float)] {
        func vector(_ term: String) -> [Float]? {
            guard let id = model.vocabulary.id(of: term) else { return nil }
            let row = zip(model.termVector(of: id), model.singularValues).map(*)
            let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return row.map { length > 0 ? $0 / length : 0 }
        }
        guard let own = vector(term) else { return [] }
        var found: [(term: String, similarity: Float)] = []
        for other in Set(Self.documents.joined()) where other != term {
            let prefix = zip(term, other).prefix { $0 == $1 }.count
            guard Self.documents.count(where: { $0.contains(other) }) >= 2, prefix >= 4,
                Double(prefix) >= 0.6 * Double(max(term.count, other.count)), other.allSatisfy(\.isLetter),
                let vector = vector(other)
            else { continue }
            let similarity = zip(own, vector).reduce(0) { $0 + $1.0 * $1.1 }
            if similarity > leastSimilarity { found.append((other, similarity)) }
        }
        return found.sorted { $0.similarity > $1.similarity }
    }

    @Test(arguments: [-1, 0.2, 0.5] as [Float])
    func `relatives are those that a comparison with every word finds`(leastSimilarity: Float) throws {
        let model = try fit(TermCounts(documents: Self.documents), .init(rank: 8, minimumDocumentFrequency: 1))
        for word in Self.words {
            let expected = relatives(of: word, in: model, leastSimilarity: leastSimilarity)
            let found = model.relatives(of: word, limit: 100, leastSimilarity: leastSimilarity)
            guard word.allSatisfy(\.isLetter) else {
                #expect(found.isEmpty)
                continue
            }
            #expect(Set(found.map(\.term)) == Set(expected.map(\.term)), "\(word)")
            #expect(zip(found, expected).allSatisfy { abs($0.similarity - $1.similarity) < 1e-4 }, "\(word)")
            #expect(model.relatives(of: word, limit: 2, leastSimilarity: leastSimilarity) == Array(found.prefix(2)))
            let others = model.relatives(of: word, limit: 100, leastSimilarity: leastSimilarity) { $0 != "summar" }
            #expect(others == found.filter { $0.term != "summar" })
        }
        #expect(model.relatives(of: "summ", limit: 9, leastSimilarity: -1).contains { $0.term == "summar" })
        #expect(model.relatives(of: "unknown", limit: 9, leastSimilarity: -1).isEmpty)
    }
}
