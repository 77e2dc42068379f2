import Foundation
import TestSupport
import Testing
import TextAnalysis

@Suite("Counting terms")
struct CountingTests {
    let analyzer: Analyzer

    init() throws {
        analyzer = try Analyzer()
    }

    @Test(arguments: [0, 1, 7, 8, 13, 31, 207, 1025])
    func `counting equals analysing each text alone`(documentCount: Int) {
        let documents = randomDocuments(documentCount)
        let counts = count(documents, threads: 2)
        #expect(counts.documentCount == documentCount)
        for (index, texts) in documents.enumerated() {
            var expected: [String: UInt32] = [:]
            for term in texts.flatMap(analyzer.terms(of:)) { expected[term.text, default: 0] += 1 }
            #expect(frequencies(of: index, in: counts) == expected, "document \(index)")
            #expect(counts.length(of: index) == expected.values.reduce(0) { $0 + Int($1) })
        }
    }

    @Test(arguments: [0, 1, 7, 8, 63, 64, 65, 127, 128, 129, 191, 4096, 20_001])
    func `counting finds the words of a long text that a look at every byte finds`(size: Int) {
        var generator = SeededGenerator(seed: UInt64(size))
        for _ in 0..<(size < 1000 ? 300 : 10) {
            let text = String(decoding: randomBytes(count: size, using: &generator), as: UTF8.self)
            let counts = analyzer.countTerms(documentCount: 1, threads: 1, keepsOrder: true) { _ in [text] }
            let terms = counts.sequences.map { sequences in
                sequences.terms.filter { $0 != TermSequences.gap }.map { counts.terms[TermID(rawValue: $0)] }
            }
            #expect(terms == analyzer.terms(of: text).map(\.text), "\(text.debugDescription)")
        }
    }

    /// Formulas are looked for from the bytes that may open them, wherever a block of 64 bytes ends.
    @Test(arguments: 40..<80)
    func `counting finds a formula wherever it stands`(offset: Int) {
        let text = String(repeating: "a ", count: offset / 2) + " (seen in $O(n \\log n)$ or O(n log n) steps)"
        let counts = count([[text]], threads: 1)
        #expect(counts.terms.id(of: "o(nlogn)").map { counts.frequencies[Int($0.rawValue)] } == 2)
        #expect(counts.terms.id(of: "log") == nil)
    }

    @Test
    func `counting tells words apart that begin and end alike`() {
        let words = (0..<200).map { "beginnin\(1000 + $0)inbetween\(2000 - $0)xtheendx" }
        let more = (0..<200).map { "beginnin" + String(repeating: "x", count: $0 % 46) + "xtheendx" }
        let texts = words + more + words
        let counts = count([[texts.joined(separator: " ")]], threads: 1)
        #expect(counts.terms.count == Set(texts).count)
        #expect(words.allSatisfy { counts.terms.id(of: $0).map { counts.frequencies[Int($0.rawValue)] } == 2 })
    }

    @Test
    func `counting takes words in capitals and in lower case for the same`() {
        let text = "BERT bert Bert-BERT (BERT) The THE bert-the"
        let counts = count([[text]], threads: 1)
        #expect(counts.terms.id(of: "bert").map { counts.frequencies[Int($0.rawValue)] } == 6)
        // The one in the compound.
        #expect(counts.terms.id(of: "the").map { counts.frequencies[Int($0.rawValue)] } == 1)
    }

    @Test
    func `counting keeps a stop word that is a part of a compound, whichever comes first`() {
        for (text, expected) in [("off off-policy off", 1), ("off-policy off-line off", 2)] as [(String, UInt32)] {
            let counts = count([[text]], threads: 1)
            #expect(counts.terms.id(of: "off").map { counts.frequencies[Int($0.rawValue)] } == expected)
        }
    }

    @Test(arguments: [1, 2, 3, 8])
    func `counts do not depend on the number of threads`(threads: Int) {
        let documents = randomDocuments(700)
        let expected = count(documents, threads: 1)
        let counts = count(documents, threads: threads)
        #expect(counts.documentOffsets == expected.documentOffsets)
        #expect(counts.termIDs == expected.termIDs)
        #expect(counts.frequencies == expected.frequencies)
        #expect(counts.terms.utf8 == expected.terms.utf8)
        #expect(counts.terms.offsets == expected.terms.offsets)
        #expect(counts.terms.surfaceUTF8 == expected.terms.surfaceUTF8)
        #expect(counts.terms.surfaceOffsets == expected.terms.surfaceOffsets)
    }

    @Test(arguments: [1, 2, 3])
    func `documents that arrive in batches have the counts of all at once`(threads: Int) {
        let documents = randomDocuments(700)
        let expected = analyzer.countTerms(documentCount: documents.count, threads: 1, keepsOrder: true) {
            documents[$0]
        }
        for size in [1, 64, 207, 700] {
            var counter = TermCounter(analyzer, threads: threads, keepsOrder: true)
            for start in stride(from: 0, to: documents.count, by: size) {
                counter.count(min(size, documents.count - start)) { index in
                    documents[start + index].map { TextField($0) }
                }
            }
            counter.count(0) { _ in [] }
            let counts = counter.finish()
            #expect(counts.documentOffsets == expected.documentOffsets, "batches of \(size)")
            #expect(counts.termIDs == expected.termIDs)
            #expect(counts.frequencies == expected.frequencies)
            #expect(counts.terms.utf8 == expected.terms.utf8)
            #expect(counts.sequences?.terms == expected.sequences?.terms)
            #expect(counts.sequences?.offsets == expected.sequences?.offsets)
            #expect(counts.languages == expected.languages)
        }
    }

    @Test(arguments: [1, 2, 3])
    func `term sequences hold the terms of each document in order`(threads: Int) {
        let long = String(repeating: "x", count: 70)
        var documents = randomDocuments(300)
        documents.append(["open domain", "of question-answering — and \(long), GPT-4", "", "the"])
        let texts = documents
        let counts = analyzer.countTerms(documentCount: texts.count, threads: threads, keepsOrder: true) { texts[$0] }
        guard let sequences = counts.sequences else {
            Issue.record("the order was not kept")
            return
        }
        #expect(sequences.offsets.count == texts.count + 1)
        for index in texts.indices {
            let ids = sequences.terms[sequences.offsets[index]..<sequences.offsets[index + 1]]
            let terms = ids.filter { $0 != TermSequences.gap }.map { counts.terms[TermID(rawValue: $0)] }
            #expect(terms == texts[index].flatMap(analyzer.terms(of:)).map(\.text), "document \(index)")
        }
        let last = sequences.terms[sequences.offsets[300]...].map {
            $0 == TermSequences.gap ? "|" : counts.terms[TermID(rawValue: $0)]
        }
        #expect(
            last == ["open", "domain", "|", "question", "answer", "|", "gpt-4", "gpt", "4", "|"])
        #expect(count(randomDocuments(3), threads: threads).sequences == nil)
    }

    @Test
    func `counted terms ascend by their bytes`() {
        let counts = count(randomDocuments(300), threads: 2)
        let terms = (0..<counts.terms.count).map { counts.terms[TermID(rawValue: UInt32($0))] }
        #expect(zip(terms, terms.dropFirst()).allSatisfy { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        for document in 0..<counts.documentCount {
            let ids = counts.termIDs[counts.documentOffsets[document]..<counts.documentOffsets[document + 1]]
            #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
        }
        #expect(counts.documentFrequencies().allSatisfy { $0 > 0 })
    }

    @Test
    func `the surface form is the most frequent word, of equals the smaller`() {
        let documents = [["networks Networks network", "paper"], ["training trained", "papers NETWORKS,"]]
        for threads in [1, 2] {
            let terms = count(documents, threads: threads).terms
            #expect(terms.id(of: "network").map(terms.surfaceForm(of:)) == "networks")
            #expect(terms.id(of: "train").map(terms.surfaceForm(of:)) == "trained")
            #expect(terms.id(of: "paper").map(terms.surfaceForm(of:)) == "paper")
        }
    }

    @Test
    func `surface forms agree with the slow count over random texts`() {
        let documents = randomDocuments(400)
        let counts = count(documents, threads: 2)
        var words: [String: [String: Int]] = [:]
        for term in documents.joined().flatMap(analyzer.terms(of:)) {
            words[term.text, default: [:]][term.surfaceForm, default: 0] += 1
        }
        #expect(words.count == counts.terms.count)
        for (term, forms) in words {
            let best = forms.max { left, right in
                left.value == right.value
                    ? right.key.utf8.lexicographicallyPrecedes(left.key.utf8) : left.value < right.value
            }
            #expect(counts.terms.id(of: term).map(counts.terms.surfaceForm(of:)) == best?.key)
        }
    }

    @Test
    func `counts stay right beyond the size of a worker's table`() {
        let words = 1_100_000
        let documents = (0..<11).map { document in
            [(0..<words / 11).map { "w\(document * (words / 11) + $0) Token" }.joined(separator: " ")]
        }
        let counts = count(documents, threads: 1)
        #expect(counts.terms.count == words + 1)
        #expect((0..<11).allSatisfy { counts.length(of: $0) == 2 * words / 11 })
        #expect(counts.terms.id(of: "token").map { counts.terms.surfaceForm(of: $0) } == "token")
        #expect(counts.documentFrequencies().reduce(0, +) == words + 11)
    }

    @Test(.enabled(if: SharedData.isPresent, "\(SharedData.skipNote)"))
    func `counts of real papers equal the slow ones`() throws {
        struct Record: Decodable {
            var title: String
            var abstract: String
        }
        let papers = try String(contentsOfFile: SharedData.path("papers/core-5k.jsonl"), encoding: .utf8)
            .split(separator: "\n")
            .prefix(1000)
            .map { try JSONDecoder().decode(Record.self, from: Data($0.utf8)) }
        let counts = count(papers.map { [$0.title, $0.abstract] }, threads: 2)
        for (index, paper) in papers.enumerated() {
            var expected: [String: UInt32] = [:]
            let text = analyzer.analyze([TextField(paper.title), TextField(paper.abstract)])
            for (term, frequency) in text.frequencies { expected[term] = UInt32(frequency) }
            #expect(frequencies(of: index, in: counts) == expected)
        }
    }

    private func count(_ documents: [[String]], threads: Int) -> TermCounts {
        analyzer.countTerms(documentCount: documents.count, threads: threads) { documents[$0] }
    }

    private func frequencies(of document: Int, in counts: TermCounts) -> [String: UInt32] {
        let range = counts.documentOffsets[document]..<counts.documentOffsets[document + 1]
        return Dictionary(
            uniqueKeysWithValues: range.map { (counts.terms[counts.termIDs[$0]], counts.frequencies[$0]) })
    }

    private func randomDocuments(_ count: Int) -> [[String]] {
        var generator = SeededGenerator(seed: UInt64(count))
        return (0..<count).map { _ in
            (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                let size = Int.random(in: 0...200, using: &generator)
                return String(decoding: randomBytes(count: size, using: &generator), as: UTF8.self)
            }
        }
    }
}
