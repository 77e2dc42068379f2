import Ranking
import Testing

@Suite("Sentences that say where something can be had")
struct BoilerplateTests {
    private func isBoilerplate(_ sentence: String) -> Bool { isBoilerplateSentence(Array(sentence.utf8)[...]) }

    @Test(arguments: [
        "Our code is at HTTPS://example.org/akin.", "See www.example.org", "The data are on GitHub",
        "\u{A9} 2024 The Authors", "All Rights Reserved", "http://a",
    ])
    func `are told by their marks, in letters of any case`(sentence: String) {
        #expect(isBoilerplate(sentence))
    }

    @Test(arguments: [
        "", "h", "We compare http and quic.", "All rights are reserved.", "The ww. of a git hub", "Gradient caf\u{E9}s",
    ])
    func `are not told by parts of marks`(sentence: String) {
        #expect(!isBoilerplate(sentence))
    }
}
