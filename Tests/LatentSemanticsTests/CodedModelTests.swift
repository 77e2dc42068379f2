import Foundation
import LatentSemantics
import LinearAlgebra
import TestSupport
import Testing
import TextAnalysis

@Suite("Coded term vectors")
struct CodedModelTests {
    private let counts = TermCounts(documents: randomDocuments(400, words: 500, seed: 31))
    private let model: LatentSemanticModel

    init() throws {
        model = try fit(counts, .init(rank: 24, minimumDocumentFrequency: 2))
    }

    @Test
    func `a coded number is off by at most half a code`() {
        let coded = model.coded
        for index in 0..<model.termCount {
            let id = VocabularyID(rawValue: UInt32(index))
            let exact = model.termVector(of: id)
            let step = exact.reduce(0) { max($0, abs($1)) } / 127
            for (number, expected) in zip(coded.termVector(of: id), exact) {
                #expect(abs(number - expected) <= step * 0.5001)
            }
        }
    }

    @Test
    func `coded vectors embed many texts as they embed each alone`() throws {
        let coded = model.coded
        let many = try coded.embed(counts, threads: 2)
        for document in 0..<counts.documentCount {
            let entries = counts.documentOffsets[document]..<counts.documentOffsets[document + 1]
            let one = coded.embed(
                entries.map { (counts.terms[counts.termIDs[$0]], Float(counts.frequencies[$0])) })
            for (left, right) in zip(many.row(document), one) { #expect(abs(left - right) < 1e-5) }
        }
    }

    @Test
    func `texts have nearly the same vectors by coded term vectors`() throws {
        let exact = try model.embed(counts)
        let coded = try model.coded.embed(counts)
        for document in 0..<counts.documentCount where exact.row(document).contains(where: { $0 != 0 }) {
            #expect(innerProduct(exact.row(document), coded.row(document)) > 0.9995)
        }
        #expect(
            model.coded.coded.termVector(of: VocabularyID(rawValue: 3))
                == model.coded.termVector(of: VocabularyID(rawValue: 3)))
    }

    @Test
    func `a coded model's file saves three bytes of every number`() throws {
        try TemporaryFolder.with { folder in
            try model.save(to: folder + "/full.lsa")
            try model.coded.save(to: folder + "/coded.lsa")
            let sizes = try ["full", "coded"].map { name in
                try #require(FileManager.default.attributesOfItem(atPath: folder + "/\(name).lsa")[.size] as? Int)
            }
            #expect(sizes[0] - sizes[1] >= model.termCount * (3 * model.rank - 4) - 256)
        }
    }
}
