import MappedFiles

/// Two terms of a query that follow each other there, in their order, and what it is worth where they do so in a
/// document.
package struct AdjacentTerms: Hashable, Sendable {
    /// The terms, as the index's analyzer makes them.
    package var first: String
    package var second: String

    /// How much it counts against a word of the query that stands in a document as often.
    package var weight: Float

    /// Creates a pair.
    package init(first: String, second: String, weight: Float) {
        self.first = first
        self.second = second
        self.weight = weight
    }
}

// MARK: - Adjacent terms

extension LexicalIndex {
    /// What the pairs of a query add to the scores of documents: for each pair BM25 of how often it stands in the document,
    /// as if it were a term of its own with the idf of the rarer of its terms.
    ///
    /// It is the ordered window of D. Metzler & W. B. Croft, "A Markov Random Field Model for Term Dependencies" (2005),
    /// <https://doi.org/10.1145/1076034.1076115>, of two words and with BM25's saturation. The document frequency of a pair is
    /// not known without postings of pairs; the idf of its rarer term ranks as well (measured on four collections: within
    /// .002 nDCG@10).
    ///
    /// - Parameters:
    ///   - pairs: The pairs; one that is given twice counts twice.
    ///   - statistics: Those of the whole collection for the first and the second term of each pair in turn.
    ///   - keys: The documents.
    ///   - parameters: BM25's constants.
    /// - Returns: A number for each key, 0 for a document that is not in the index.
    /// - Complexity: O(*n*) steps of a nanosecond for *n* words of the documents.
    package func adjacencyScores(
        _ pairs: [AdjacentTerms], _ statistics: CorpusStatistics, keys: [UInt64],
        parameters: BM25Parameters = BM25Parameters()
    ) -> [Float] {
        precondition(
            statistics.documentFrequencies.count == 2 * pairs.count,
            "\(pairs.count) pairs got the statistics of \(statistics.documentFrequencies.count) terms"
        )
        let known = pairs.indices.compactMap { index -> KnownPair? in
            guard let first = dictionary.index(of: Array(pairs[index].first.utf8)),
                let second = dictionary.index(of: Array(pairs[index].second.utf8))
            else { return nil }
            let idf = max(
                statistics.inverseDocumentFrequency(2 * index), statistics.inverseDocumentFrequency(2 * index + 1))
            return KnownPair(
                first: UInt32(first), second: UInt32(second), weight: Float(Double(pairs[index].weight) * idf))
        }
        guard !known.isEmpty else { return keys.map { _ in 0 } }
        let factor = FrequencyFactor(parameters, statistics)
        var places = TermPlaces()
        for pair in known { places.insert(first: pair.first, second: pair.second) }
        let filter = places
        var frequencies = [UInt32](repeating: 0, count: known.count)
        return sequences.withSpan { terms in
            keys.map { key in
                guard let ordinal = ordinal(of: key), let range = sequence(of: ordinal, limit: terms.count) else {
                    return 0
                }
                for index in known.indices { frequencies[index] = 0 }
                var isFound = false
                filter.forEachCandidate(in: terms.extracting(range)) { first, second in
                    for index in known.indices where known[index].first == first && known[index].second == second {
                        frequencies[index] += 1
                        isFound = true
                    }
                }
                guard isFound, let length = lengths.at(ordinal) else { return 0 }
                return known.indices.reduce(0) { sum, index in
                    frequencies[index] == 0
                        ? sum : sum + known[index].weight * factor(frequency: frequencies[index], length: length)
                }
            }
        }
    }

    private struct KnownPair {
        let first: UInt32
        let second: UInt32
        let weight: Float
    }

    /// Where the terms of a document stand in the sequences; `nil` if the file gives no such place.
    private func sequence(of ordinal: Int, limit: Int) -> Range<Int>? {
        guard let start = sequenceStarts.at(ordinal), let end = sequenceStarts.at(ordinal + 1),
            start <= end, end <= UInt64(limit)
        else { return nil }
        return Int(start)..<Int(end)
    }
}

/// Tells most pairs that are not among a few from those that may be: for each term two bits, whether it is the first of a
/// pair and whether it is the second.
///
/// There are as few places as keep the table in a core's first cache; terms whose numbers agree in the lower bits share
/// one.
private struct TermPlaces {
    private static let count = 4096

    private var flags = [UInt8](repeating: 0, count: count)

    mutating func insert(first: UInt32, second: UInt32) {
        flags[Self.place(first)] |= 1
        flags[Self.place(second)] |= 2
    }

    /// Calls `body` with the neighbours in a sequence that may be a pair: all that are, and a few that are not.
    @inline(__always)
    func forEachCandidate(in terms: Span<UInt32>, _ body: (_ first: UInt32, _ second: UInt32) -> Void) {
        unsafe flags.withUnsafeBufferPointer { flags in
            var previous: UInt8 = 0
            for index in terms.indices {
                // SAFETY: a place is below `count`, and there are as many flags.
                let current = unsafe flags[Self.place(terms[index])]
                if previous << 1 & current & 2 != 0 { body(terms[index - 1], terms[index]) }
                previous = current
            }
        }
    }

    @inline(__always)
    private static func place(_ term: UInt32) -> Int { Int(term) & (count - 1) }
}
