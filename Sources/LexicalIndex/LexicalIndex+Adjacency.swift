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
            guard let first = terms.index(of: pairs[index].first),
                let second = terms.index(of: pairs[index].second)
            else { return nil }
            let idf = max(
                statistics.inverseDocumentFrequency(2 * index), statistics.inverseDocumentFrequency(2 * index + 1))
            return KnownPair(
                first: UInt32(first), second: UInt32(second), weight: Float(Double(pairs[index].weight) * idf))
        }
        guard !known.isEmpty else { return keys.map { _ in 0 } }
        let factor = FrequencyFactor(parameters, statistics)
        let table = PairTable(known.map { ($0.first, $0.second) })
        var frequencies = [UInt32](repeating: 0, count: known.count)
        return sequences.withSpan { terms in
            keys.map { key in
                guard let ordinal = ordinal(of: key), let range = sequence(of: ordinal, limit: terms.count),
                    table.count(in: terms.extracting(range), &frequencies), let length = lengths.at(ordinal)
                else { return 0 }
                var score: Float = 0
                for index in known.indices where frequencies[index] > 0 {
                    score += known[index].weight * factor(frequency: frequencies[index], length: length)
                }
                return score
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

/// A few pairs of terms, to be counted in sequences.
///
/// Two bits for each term, whether it is the first of a pair and whether it is the second, tell most neighbours that are no
/// pair. There are as few places as keep the table in a core's first cache; terms whose numbers agree in the lower bits
/// share one.
private struct PairTable {
    private static let placeCount = 4096

    private var flags = [UInt8](repeating: 0, count: placeCount)

    /// The pairs, the first term above the second.
    private let pairs: [UInt64]

    init(_ pairs: [(first: UInt32, second: UInt32)]) {
        self.pairs = pairs.map { Self.pair($0.first, $0.second) }
        for pair in pairs {
            flags[Self.place(pair.first)] |= 1
            flags[Self.place(pair.second)] |= 2
        }
    }

    /// Counts how often each pair stands in a sequence of terms; returns whether any does.
    ///
    /// - Precondition: `frequencies` has a place for each pair.
    func count(in terms: Span<UInt32>, _ frequencies: inout [UInt32]) -> Bool {
        precondition(frequencies.count == pairs.count)
        var isFound = false
        unsafe flags.withUnsafeBufferPointer { flags in
            unsafe frequencies.withUnsafeMutableBufferPointer { frequencies in
                unsafe pairs.withUnsafeBufferPointer { pairs in
                    // SAFETY: a place is below `placeCount`, and there are as many flags; there are as many frequencies as
                    // pairs, as was checked.
                    for index in pairs.indices { unsafe frequencies[index] = 0 }
                    var previous: UInt8 = 0
                    for place in terms.indices {
                        let current = unsafe flags[Self.place(terms[place])]
                        if previous << 1 & current & 2 != 0 {
                            let pair = Self.pair(terms[place - 1], terms[place])
                            for index in pairs.indices where unsafe pairs[index] == pair {
                                unsafe frequencies[index] += 1
                                isFound = true
                            }
                        }
                        previous = current
                    }
                }
            }
        }
        return isFound
    }

    @inline(__always)
    private static func place(_ term: UInt32) -> Int { Int(term) & (placeCount - 1) }

    @inline(__always)
    private static func pair(_ first: UInt32, _ second: UInt32) -> UInt64 { UInt64(first) << 32 | UInt64(second) }
}
