import Exploration
import Foundation
import Testing

@Suite("The terms of topics")
struct TermTests {
    @Test
    func `a term that all documents share tells nothing, and one of the group alone tells most`() {
        let contrast = TermContrast(groupCount: 10, documentCount: 100)
        #expect(abs(contrast.weight(count: 5, total: 50)) < 0.1)
        #expect(contrast.weight(count: 9, total: 9) > contrast.weight(count: 9, total: 50))
        #expect(contrast.weight(count: 9, total: 12) > contrast.weight(count: 2, total: 2))
        #expect(contrast.weight(count: 1, total: 80) < 0)
    }

    @Test
    func `a group of all documents is named by frequent terms`() {
        let contrast = TermContrast(groupCount: 4, documentCount: 4)
        #expect(contrast.weight(count: 3, total: 3) == 0.75)
        #expect(TermContrast(groupCount: 0, documentCount: 0).weight(count: 0, total: 0).isNaN == false)
    }

    @Test
    func `coherence is 1 for terms that are always together, and −1 for ones that never are`() {
        #expect(coherence(ofTermsIn: [[0, 1], [0, 1]], documentCount: 10) == 1)
        #expect(coherence(ofTermsIn: [[0, 1], [2, 3]], documentCount: 10) == -1)
        #expect(coherence(ofTermsIn: [[0]], documentCount: 10) == nil)
    }

    @Test
    func `coherence is 0 for independent terms`() throws {
        // Each in half of eight documents, both in a quarter.
        let value = try #require(coherence(ofTermsIn: [[0, 1, 2, 3], [2, 3, 4, 5]], documentCount: 8))
        #expect(abs(value) < 1e-12)
    }
}
