import Exploration
import Papers

/// How often the terms of topics stand together in the papers that were looked at.
struct TopicCoherence {
    /// A value for each topic; `nil` for a topic of fewer than two terms.
    let values: [Double?]

    init(_ corpus: TermCorpus, _ keys: [PaperKey], _ terms: [[TopicTermFinder.Found]]) {
        // A run of three stands where its first two words do.
        let terms = terms.map { $0.map { Array($0.words.prefix(2)) } }
        var documents: [[UInt32]: [Int]] = [:]
        for words in terms.joined() { documents[words] = [] }
        let singles = Set(documents.keys.filter { $0.count == 1 }.map { $0[0] })
        let starts = Set(documents.keys.filter { $0.count == 2 }.map { $0[0] })
        func add(_ document: Int, to words: [UInt32]) {
            guard let last = documents[words]?.last ?? (documents[words] == nil ? nil : -1), last != document else {
                return
            }
            documents[words]?.append(document)
        }
        for (document, key) in keys.enumerated() {
            corpus.forEachTerm(in: key) { if singles.contains($0) { add(document, to: [$0]) } }
            corpus.forEachPair(in: key) { first, second in
                if starts.contains(first) { add(document, to: [first, second]) }
            }
        }
        values = terms.map { terms in
            coherence(ofTermsIn: terms.map { documents[$0] ?? [] }, documentCount: keys.count)
        }
    }
}
