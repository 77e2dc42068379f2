import Foundation
import LatentSemantics
import LinearAlgebra
import TestSupport
import Testing
import TextAnalysis

@Suite("Retrieval quality")
struct RetrievalQualityTests {
    @Test(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.skipNote)))
    func `semantic ranking of MED has an nDCG@10 of .70 at least`() throws {
        let ndcg = try Collection("med").semanticNDCG(at: 10)
        #expect(ndcg >= 0.70)
    }
}

/// A test collection in BEIR's form: a text for each document and query, and which documents answer which query.
struct Collection {
    private var documents: [(id: String, text: String)] = []
    private var queries: [(id: String, text: String)] = []
    private var judgements: [String: [String: Double]] = [:]

    private struct Record: Decodable {
        var _id: String
        var title: String?
        var text: String
    }

    init(_ name: String) throws {
        func records(_ file: String) throws -> [(id: String, text: String)] {
            let lines = try String(contentsOfFile: SharedData.path("beir/\(name)/\(file)"), encoding: .utf8)
            return try lines.split(separator: "\n").map { line in
                let record = try JSONDecoder().decode(Record.self, from: Data(line.utf8))
                return (record._id, (record.title ?? "") + "\n" + record.text)
            }
        }
        documents = try records("corpus.jsonl")
        queries = try records("queries.jsonl")
        let qrels = try String(contentsOfFile: SharedData.path("beir/\(name)/qrels/test.tsv"), encoding: .utf8)
        for line in qrels.split(separator: "\n").dropFirst() {
            let fields = line.split(separator: "\t")
            guard fields.count == 3, let gain = Double(fields[2]), gain > 0 else { continue }
            judgements[String(fields[0]), default: [:]][String(fields[1])] = gain
        }
    }

    /// The mean, over the judged queries, of the normalized discounted cumulative gain of a ranking by cosine.
    func semanticNDCG(at depth: Int) throws -> Double {
        let analyzer = try Analyzer()
        let counts = analyzer.countTerms(documentCount: documents.count, threads: 2) { [documents] in
            [documents[$0].text]
        }
        let model = try fit(
            counts, settings: analyzer.settings, threads: 2
        )
        let vectors = try model.embed(counts, threads: 2)
        var sum = 0.0
        for query in queries {
            guard let gains = judgements[query.id] else { continue }
            let vector = model.embed(analyzer.terms(of: query.text).map { ($0.text, 1) })
            let ranking = documents.indices
                .map { (similarity: innerProduct(vector, vectors.row($0)), id: documents[$0].id) }
                .sorted { ($1.similarity, $0.id) < ($0.similarity, $1.id) }
            let gain = Self.discountedGain(ranking.prefix(depth).map { gains[$0.id] ?? 0 })
            sum += gain / Self.discountedGain(gains.values.sorted(by: >).prefix(depth).map { $0 })
        }
        return sum / Double(judgements.count)
    }

    private static func discountedGain(_ gains: [Double]) -> Double {
        gains.enumerated().reduce(0) { $0 + $1.element / log2(Double($1.offset) + 2) }
    }
}
