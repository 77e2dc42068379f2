import Papers
import TestSupport
import Testing

@Suite("Identifiers of papers")
struct PaperIdentifierTests {
    @Test(
        arguments: [
            ("2506.11555", .arXiv, "2506.11555", nil), ("arXiv: 0704.0001v12", .arXiv, "0704.0001", 12),
            ("HEP-TH/9901001v3", .arXiv, "hep-th/9901001", 3), ("solv-int/9901001", .arXiv, "solv-int/9901001", nil),
            ("\u{201C}10.1000/ABC;\u{201D},", .doi, "10.1000/abc", nil),
            ("10.1000.10/123456", .doi, "10.1000.10/123456", nil),
            ("2020.lrec-1.12", .acl, "2020.lrec-1.12", nil), ("acl:W02-0109", .acl, "w02-0109", nil),
            ("https://www.aclweb.org/anthology/P18-1001.pdf", .acl, "p18-1001", nil),
            ("https://www.ncbi.nlm.nih.gov/pubmed/123?dopt=x", .pubMed, "123", nil),
            ("2506.11555.pdf", .arXiv, "2506.11555", nil),
        ] as [(String, PaperIdentifier.Scheme, String, Int?)])
    func `are read as people paste them`(text: String, scheme: PaperIdentifier.Scheme, value: String, version: Int?) {
        let identifier = PaperIdentifier(text)
        #expect(identifier?.scheme == scheme)
        #expect(identifier?.value == value)
        #expect(identifier?.version == version)
    }

    @Test(arguments: [
        "", "2021", "123", "2513.12345", "2500.12345", "25061.1155", "2506.115", "2506.115555", "cs/030100",
        "cs/0313001",
        "attention is all you need", "10.5/abc", "10.1000/", "10.1000/two words", "COVID-19", "GPT-4", "A1-1001",
        "P18-10011",
        "https://example.org/2506.11555", "https://arxiv.org/list/cs.CL/2506", "https://", "pmid:x", "arxiv:", "1.2.3",
        "2023.acl.1", "<>", "...", "v2", "/", "0123456789abcdef",
    ])
    func `are nothing else`(text: String) {
        #expect(PaperIdentifier(text) == nil)
    }

    @Test func `are read or refused, whatever the text is`() {
        let pieces = [
            "https://", "arxiv.org/", "abs/", "doi.org/", "10.", "1000", "/", "v", "2506", ".", "11555", "pmid:", " ",
            "<", ">",
            "?", "#", "-", "P18", "1001", "é", ".pdf", "[", "]", "aclanthology.org", "\"", ":",
        ]
        for seed in 0..<2_000 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let count = Int.random(in: 1...12, using: &generator)
            let text = (0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined()
            guard let identifier = PaperIdentifier(text) else { continue }
            // The value is a spelling of the same identifier, except for a number of PubMed, which may be anything.
            guard identifier.scheme != .pubMed else { continue }
            let again = PaperIdentifier(identifier.value)
            #expect(again?.scheme == identifier.scheme && again?.value == identifier.value, "seed \(seed): \(text)")
        }
    }
}
