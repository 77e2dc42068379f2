import MappedFiles

// MARK: - The texts as sequences of terms

extension LexicalIndex {
    /// Stands in a sequence where a stop word, a lone mark or the end of a text comes between two terms.
    package static let gap = UInt32.max

    /// The term with a number; `nil` if there is none.
    package func term(numbered number: UInt32) -> String? {
        Int(number) < terms.count ? terms[Int(number)] : nil
    }

    /// The number of documents that have the term with a number, removed ones included; 0 if there is none.
    package func documentFrequency(ofTermNumbered number: UInt32) -> Int {
        Int(number) < terms.count ? postings.range(of: Int(number)).count : 0
    }

    /// Calls `body` with the numbers of a document's terms, in the order of its texts and with gaps.
    ///
    /// A title that counts three times stands there three times. In a damaged file a number may be none of a term.
    /// A document that is not in the index does not come.
    package func withSequence(of key: UInt64, _ body: (Span<UInt32>) -> Void) {
        guard let ordinal = ordinal(of: key), let range = sequence(of: ordinal) else { return }
        sequences.withSpan { body($0.extracting(range)) }
    }
}

// MARK: - The texts as weighted terms

/// How often each term of an index occurs in one document after another.
package struct TermFrequencies: Sendable {
    private var frequencies: [UInt32]
    /// The terms whose frequency is not 0.
    private var counted: [UInt32] = []

    package init(_ index: LexicalIndex) { frequencies = [UInt32](repeating: 0, count: index.termCount) }

    fileprivate mutating func add(_ term: UInt32) {
        guard Int(term) < frequencies.count else { return }
        if frequencies[Int(term)] == 0 { counted.append(term) }
        frequencies[Int(term)] += 1
    }

    /// Calls `body` with each term and its frequency, in the order in which they came, and starts anew.
    fileprivate mutating func take(_ body: (_ term: UInt32, _ frequency: UInt32) -> Void) {
        for term in counted {
            body(term, frequencies[Int(term)])
            frequencies[Int(term)] = 0
        }
        counted.removeAll(keepingCapacity: true)
    }
}

extension LexicalIndex {
    /// Calls `body` with each term of a document, once, and the factor that BM25 gives to its frequency there. It is
    /// the factor of ``scores(ofTermWeights:_:parameters:)``, up to rounding.
    ///
    /// - Parameters:
    ///   - key: The document. One that is not in the index has no terms.
    ///   - statistics: Those of the whole collection. Document frequencies are not looked at.
    ///   - parameters: BM25's constants.
    ///   - frequencies: Counts the terms; made for this index.
    ///   - body: Called with the number of a term and the factor.
    /// - Complexity: O(*n*) for *n* words of the document.
    package func forEachTerm(
        of key: UInt64, _ statistics: CorpusStatistics, parameters: BM25Parameters = BM25Parameters(),
        counting frequencies: inout TermFrequencies, _ body: (_ number: UInt32, _ factor: Float) -> Void
    ) {
        guard let ordinal = ordinal(of: key), let range = sequence(of: ordinal), let length = lengths.at(ordinal)
        else { return }
        sequences.withSpan { terms in
            for place in range where terms[place] != Self.gap { frequencies.add(terms[place]) }
        }
        let factor = FrequencyFactor(parameters, statistics)
        let saturation = factor.saturation(length: length)
        frequencies.take { body($0, factor(frequency: $1, saturation: saturation)) }
    }
}
