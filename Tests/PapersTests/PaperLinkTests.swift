import Papers
import Testing

@Suite("Addresses of papers")
struct PaperLinkTests {
    @Test(arguments: [
        ("2506.11555v2", "https://arxiv.org/abs/2506.11555"), ("arXiv:cs/0301001", "https://arxiv.org/abs/cs/0301001"),
        ("10.1145/582415.582418", "https://doi.org/10.1145/582415.582418"),
        (
            "doi:10.1002/(SICI)1097-4571(199009)41:6<391::AID-ASI1>3.0.CO;2-9",
            "https://doi.org/10.1002/(sici)1097-4571(199009)41:6%3C391::aid-asi1%3E3.0.co;2-9"
        ),
        ("acl:2023.acl-long.1", "https://aclanthology.org/2023.acl-long.1/"),
        ("P18-1001", "https://aclanthology.org/P18-1001/"),
        ("PMID: 12345", "https://pubmed.ncbi.nlm.nih.gov/12345/"),
        ("PMC3531190", "https://pmc.ncbi.nlm.nih.gov/articles/PMC3531190/"),
        ("https://openalex.org/W2741809807", "https://openalex.org/W2741809807"),
    ])
    func `follow from their identifiers, and lead back to them`(text: String, address: String) throws {
        let identifier = try #require(PaperIdentifier(text))
        #expect(identifier.address == address)
        #expect(PaperIdentifier(address) == identifier)
    }

    @Test
    func `are those of the source, or else of an identifier`() {
        #expect(Paper(id: "x", title: "t", abstract: "", url: "https://a.org/b").link == "https://a.org/b")
        #expect(Paper(id: "x", title: "t", abstract: "", url: "file:///etc/passwd").link == nil)
        #expect(
            Paper(id: "x", title: "t", abstract: "", alternateIDs: ["y", "doi:10.1145/1.2"]).link
                == "https://doi.org/10.1145/1.2")
        #expect(Paper(id: "x", title: "t", abstract: "").link == nil)
    }
}
