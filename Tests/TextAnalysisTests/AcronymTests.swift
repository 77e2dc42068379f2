import Testing
import TextAnalysis

@Suite("Definitions of acronyms")
struct AcronymDefinitionTests {
    private func long(_ text: String) -> [String] { AcronymDefinition.all(in: text).map(\.long) }

    @Test
    func `are found before the parentheses that hold the short form`() {
        let text = "We study Large Language Models (LLMs) and retrieval-augmented generation (RAG; new)."
        #expect(
            AcronymDefinition.all(in: text) == [
                AcronymDefinition(short: "LLMs", long: "Large Language Models"),
                AcronymDefinition(short: "RAG", long: "retrieval-augmented generation"),
            ])
        #expect(long("a heat shock protein (HSP) was found") == ["heat shock protein"])
        #expect(long("Bidirectional Encoder Representations from Transformers (BERT)").count == 1)
    }

    @Test
    func `may take several letters out of one word, and begin at a word's beginning`() {
        #expect(long("measured by electroencephalography (EEG)") == ["electroencephalography"])
        #expect(long("the chemotherapy of a patient (PT)") == ["patient"])
        #expect(long("an unknown natural language (NL)") == ["natural language"])
    }

    @Test
    func `are not taken from what is no abbreviation`() {
        #expect(long("as others did (see below) in models (2019) of size (7B) and (LM)").isEmpty)
        #expect(long("the method works (and well). Another one (AB)").isEmpty)
        #expect(long("the BERT model of BERT (BERT)").isEmpty)
        #expect(long("(RAG)").isEmpty && long("").isEmpty && long(")(").isEmpty && long("word (").isEmpty)
    }

    @Test
    func `end with the sentence and with the number of words that a short form can stand for`() {
        #expect(long("This is about language. Models (LM)").isEmpty)
        #expect(long("language " + String(repeating: "of ", count: 9) + "models (LM)").isEmpty)
        #expect(long("language of models (LM)") == ["language of models"])
    }

    @Test
    func `are whole texts where letters are not ASCII`() {
        #expect(long("die Größe naïver Netze (GNN)") == ["Größe naïver Netze"])
        #expect(long("größe (ÄB)").isEmpty)
    }
}

@Suite("A table of acronyms")
struct AcronymTableTests {
    private func table(_ texts: [String]) throws -> AcronymTable {
        var definitions = AcronymTable.Definitions(try Analyzer())
        for text in texts { definitions.add(text) }
        return AcronymTable(definitions)
    }

    private let rag = "We use retrieval augmented generation (RAG) here."

    @Test
    func `knows a short form that three papers define alike, as the analyzer writes it`() throws {
        let three = try table([rag, "Retrieval-Augmented Generation (RAG)", rag + " " + rag])
        #expect(three.count == 1)
        #expect(three.longForm(of: "rag")?.contains("generat") == true)
        #expect(three.longForm(of: "generat") == nil)
        #expect(try table([rag, rag]).count == 0)
        #expect(try table([rag + " " + rag + " " + rag]).count == 0)
    }

    @Test
    func `does not know one that papers disagree about`() throws {
        let other = ["a region adjacency graph (RAG)", "random access games (RAG)", "red and green (RAG)"]
        #expect(try table([rag, rag, rag] + other).longForm(of: "rag") == ["retriev", "augment", "generat"])
        #expect(try table([rag, rag, rag] + other + other.prefix(1)).longForm(of: "rag") == nil)
    }

    @Test
    func `is the same whether papers are counted together or apart`() throws {
        var first = AcronymTable.Definitions(try Analyzer())
        var second = AcronymTable.Definitions(try Analyzer())
        first.add(rag)
        for _ in 0..<2 { second.add(rag) }
        first.add(second)
        #expect(AcronymTable(first) == (try table([rag, rag, rag])))
    }
}
