import PaperFormats
import PaperStore
import Papers
import TestSupport
import Testing

@Suite("Names of papers")
struct ResolutionTests {
    private static let titles = [
        "InfLLM: Training-Free Long-Context Extrapolation", "InfLLM-V2: Dense-Sparse Switchable Attention",
        "A Survey on Mixture of Experts", "A Survey on Mixture of Experts in Practice", "A Survey", "BERT",
        "Beyond BERT: 50%_*[",
        "Twins", "Twins", "Large Models", "Very Large Models Indeed", "Ünïcode — Straße",
    ]

    private func resolve(_ name: String, limit: Int = 20) throws -> PaperStore.Resolution {
        try withStore { (store: PaperStore) throws in
            let records = Self.titles.enumerated().map { index, title in
                paper("id:\(index + 1)", title, by: ["Author\(index)"], also: index == 0 ? ["BERT"] : [])
            }
            try store.write { _ = try $0.upsert(records) }
            return try store.read { try $0.resolve(name, limit: limit) }
        }
    }

    @Test(
        arguments: [
            ("InfLLM", 1), ("infllm", 1), ("id:3", 3), (" id:3 ", 3), ("BERT", 1), ("bert", 6), ("InfLLM-V2", 2),
            ("a survey on mixture of experts", 3), ("Mixture of Experts in", 4), ("A Survey", 5), ("practice", 4),
            ("beyond bert", 7), ("Large Models", 10), ("very large", 11), ("Switchable", 2), ("witchabl", 2),
            ("STRASSE", 12),
            ("infllm training free", 1), ("50%_*[", 7),
        ] as [(String, PaperKey)])
    func `a name finds its paper by the first step that matches`(name: String, key: PaperKey) throws {
        #expect(try resolve(name) == .found(key))
    }

    /// Ids as their sources write them.
    private static let ids: [(id: String, also: [String])] = [
        ("arxiv:2506.11555", []), ("2402.04617v1", []), ("cs/0301001", []),
        ("https://arxiv.org/abs/math.GT/0309136v2", []), ("DOI:10.1145/582415.582418", []), ("2023.acl-long.1", []),
        ("hash", ["https://aclanthology.org/P18-1001/"]), ("pmid:31452104", []), ("28971", []),
        ("10.48550/arXiv.1706.03762", []), ("2402.04617v3", []),
        ("0123456789abcdef0123456789ABCDEF01234567", []), ("10.1002/(sici)1097_x", []),
        ("https://doi.org/10.1002/%28SICI%291%3C2%3E3", []),
    ]

    @Test(
        arguments: [
            ("2506.11555", [1]), ("arXiv:2506.11555v2", [1]), ("https://arxiv.org/abs/2506.11555", [1]),
            ("https://arxiv.org/pdf/2506.11555v1.pdf", [1]), (" <ARXIV:2506.11555>. ", [1]),
            ("doi:10.48550/arXiv.2506.11555", [1]), ("http://export.arxiv.org/abs/2506.11555?context=cs#x", [1]),
            ("arXiv:2506.11555v2 [cs.CL]", [1]), ("2402.04617v3", [11]), ("arxiv.org/abs/2402.04617v1", [11]),
            ("arXiv:cs.CL/0301001", [3]), ("math/0309136", [4]), ("10.1145/582415.582418", [5]),
            ("https://doi.org/10.1145/582415.582418", [5]), ("http://dx.doi.org/10.1145/582415.582418.", [5]),
            ("https://aclanthology.org/2023.acl-long.1/", [6]), ("https://aclanthology.org/2023.acl-long.1.pdf", [6]),
            ("10.18653/v1/2023.ACL-long.1", [6]), ("p18-1001", [7]), ("PMID: 31452104", [8]),
            ("https://pubmed.ncbi.nlm.nih.gov/31452104/", [8]), ("pmid:28971", [9]), ("arxiv:1706.03762v7", [10]),
            ("https://www.semanticscholar.org/paper/A-Title/0123456789abcdef0123456789abcdef01234567", [12]),
            ("https://doi.org/10.1002/(SICI)1097_X", [13]), ("10.1002/(SICI)1<2>3", [14]),
            ("https://doi.org/10.1002/%28SICI%291097_X", [13]), ("arXiv 2506.11555", [1]),
            ("DOI 10.1145/582415.582418", [5]), ("2402.04617", [11]), ("arXiv:2506.1155", []),
            ("2506.11556", []), ("10.1145/582415", []), ("pmid:3145210", []), ("4617", []),
        ] as [(String, [PaperKey])])
    func `an id finds its paper in any spelling`(name: String, keys: [PaperKey]) throws {
        try withStore { (store: PaperStore) throws in
            let records = Self.ids.enumerated().map { paper($1.id, "Title \($0)", also: $1.also) }
            try store.write { _ = try $0.upsert(records) }
            try store.read { (papers: PaperStore.Reader) throws in
                #expect(try papers.keys(identifiedBy: name) == keys)
                if keys.count == 1 { #expect(try papers.resolve(name) == .found(keys[0])) }
            }
        }
    }

    @Test(arguments: ["", "?", "xyzzy", "id:99", "InfLLM Sparse", "%", "*", "[a-z]"])
    func `a name without a match finds nothing`(name: String) throws {
        #expect(try resolve(name) == .none)
    }

    @Test
    func `an ambiguous name lists its candidates up to the limit`() throws {
        guard case .ambiguous(let twins, count: 2) = try resolve("twins") else {
            Issue.record("found something else")
            return
        }
        #expect(twins.map(\.key) == [8, 9] && twins.map(\.id) == ["id:8", "id:9"] && twins[0].title == "Twins")
        guard case .ambiguous(let surveys, count: 2) = try resolve("survey on", limit: 1) else {
            Issue.record("found something else")
            return
        }
        #expect(surveys.map(\.key) == [3])
    }

    @Test(.enabled(if: SharedData.isPresent, "\(SharedData.skipNote)"))
    func `every title and id of the real page finds its own paper`() throws {
        let reader = try PaperReader(path: SharedData.path("seed/trending-papers.txt"))
        try withStore { (store: PaperStore) throws in
            while let batch = try reader.nextBatch() { try store.write { _ = try $0.upsert(batch.papers) } }
            try store.read { papers in
                #expect(try papers.paperCount() == 74)
                for (key, paper) in try papers.papers(limit: 100) {
                    #expect(try papers.resolve(paper.title) == .found(key))
                    #expect(try papers.resolve(paper.id) == .found(key))
                }
                guard case .found(let key) = try papers.resolve("InfLLM") else {
                    Issue.record("found something else")
                    return
                }
                #expect(try papers.paper(forKey: key)?.title.hasPrefix("InfLLM: ") == true)
            }
        }
    }
}
