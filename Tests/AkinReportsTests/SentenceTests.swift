import AkinReports
import Testing

@Suite("Sentences of an abstract")
struct SentenceTests {
    @Test
    func `are cut by bytes, not by characters`() throws {
        let abstract = "Über α. Then β."
        let sentence = try #require(Sentence(10..<18, of: abstract))
        #expect(sentence.text == "Then β.")
        #expect(sentence.start == 10 && sentence.end == 18)
        #expect(Sentence(0..<abstract.utf8.count, of: abstract)?.text == abstract)
        #expect(Sentence(3..<3, of: abstract)?.text == "")
    }

    @Test(arguments: [0..<5, 4..<5, 7..<9, -1..<2])
    func `that reach beyond the abstract are none`(range: Range<Int>) {
        #expect(Sentence(range, of: "Four") == nil)
    }
}
