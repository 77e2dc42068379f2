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
