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
            ("arXiv 2506.11555", .arXiv, "2506.11555", nil), ("(arXiv 2506.11555v2 [cs.CL])", .arXiv, "2506.11555", 2),
            ("DOI 10.1145/582415.582418", .doi, "10.1145/582415.582418", nil),
            ("PMID 31452104", .pubMed, "31452104", nil), ("ACL P18-1001", .acl, "p18-1001", nil),
            ("doi: https://www.doi.org/10.1145/582415.582418?x=1", .doi, "10.1145/582415.582418", nil),
            ("https://doi.org/10.1000/report.pdf", .doi, "10.1000/report.pdf", nil),
            ("https://doi.org/10.1000/a//b/", .doi, "10.1000/a//b", nil),
            ("https://arxiv.org/abs/cs%2F0301001", .arXiv, "cs/0301001", nil),
            ("https://doi.org/10.1000/a%zz", .doi, "10.1000/a%zz", nil),
            ("PMC3531190", .pubMedCentral, "3531190", nil), ("pmcid: PMC3531190", .pubMedCentral, "3531190", nil),
            ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3531190/", .pubMedCentral, "3531190", nil),
            ("https://pmc.ncbi.nlm.nih.gov/articles/PMC3531190/pdf/a.pdf", .pubMedCentral, "3531190", nil),
            ("W2741809807", .openAlex, "2741809807", nil), ("openalex:W2741809807", .openAlex, "2741809807", nil),
            ("https://openalex.org/W2741809807", .openAlex, "2741809807", nil),
            ("https://api.openalex.org/works/W2741809807", .openAlex, "2741809807", nil),
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
        "2023.acl.1", "<>", "arxiv", "w2000", "W-2", "openalex", "pmc",
        "PMC papers", "https://openalex.org/A2741809807", "doi of a paper", "arXiv papers", "pubmed 2020", "...", "v2",
        "/",
        "0123456789abcdef",
    ])
    func `are nothing else`(text: String) {
        #expect(PaperIdentifier(text) == nil)
    }

    @Test(arguments: [
        "https://doi.org/10.1002/%28SICI%291097-4571%28199806%2949%3A8%3C693%3A%3AAID-ASI4%3E3.0.CO%3B2-O",
        "https://doi.org/10.1002/(SICI)1097-4571(199806)49:8%3C693::AID-ASI4%3E3.0.CO;2-O",
        "doi:http://dx.doi.org/10.1002%2F(sici)1097-4571(199806)49:8%3c693::aid-asi4%3e3.0.co;2-o",
    ])
    func `in an address with percent escapes are those without`(link: String) {
        let bare = PaperIdentifier("10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O")
        #expect(bare != nil && PaperIdentifier(link) == bare)
    }

    @Test func `are equal whatever version they name`() {
        let versions = ["2506.11555", "arXiv:2506.11555v1", "https://arxiv.org/abs/2506.11555v2"]
        #expect(Set(versions.map(PaperIdentifier.init)).count == 1)
        #expect(PaperIdentifier("2506.11555") != PaperIdentifier("2506.11556"))
        #expect(PaperIdentifier("28971") == nil && PaperIdentifier("pmid:28971") != PaperIdentifier("10.1000/28971"))
    }

    @Test func `are read or refused, whatever the text is`() {
        let pieces = [
            "https://", "arxiv.org/", "abs/", "doi.org/", "10.", "1000", "/", "v", "2506", ".", "11555", "pmid:", " ",
            "<", ">",
            "?", "#", "-", "P18", "1001", "é", ".pdf", "[", "]", "aclanthology.org", "\"", ":", "%28", "%2f", "%",
            "doi", "arxiv",
        ]
        for seed in 0..<2_000 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let count = Int.random(in: 1...12, using: &generator)
            let text = (0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined()
            guard let identifier = PaperIdentifier(text) else { continue }
            // The value is a spelling of the same identifier, except for bare numbers, which may be anything.
            let isNumber = [.pubMed, .pubMedCentral, .openAlex].contains(identifier.scheme)
            let again = PaperIdentifier(isNumber ? identifier.canonicalSpelling : identifier.value)
            #expect(again?.scheme == identifier.scheme && again?.value == identifier.value, "seed \(seed): \(text)")
        }
    }
}
