import MappedFiles

/// Two adjacent terms of a query, in their order. A document in which they are adjacent too scores higher.
package struct AdjacentTerms: Hashable, Sendable {
    /// The first term, as the index's analyzer makes it.
    package var first: String

    /// The term behind it.
    package var second: String

    /// How much an occurrence counts, compared with that of a word of the query.
    package var weight: Float

    /// Creates two adjacent terms.
    package init(first: String, second: String, weight: Float) {
        self.first = first
        self.second = second
        self.weight = weight
    }
}

// MARK: - Adjacent terms

extension LexicalIndex {
    /// What the adjacent terms of a query add to the scores of documents.
    ///
    /// Two adjacent terms score by BM25 like a term: by how often they are adjacent in the document, with the idf of
    /// the rarer one. This is the ordered window of D. Metzler & W. B. Croft, "A Markov Random Field Model for Term
    /// Dependencies" (2005), <https://doi.org/10.1145/1076034.1076115>, for two words and with BM25's saturation. Their
    /// own document frequency is not known, and the rarer term's idf ranks as well
    /// (`Benchmarks/Results/2026-11-25-lexical-index.md`).
    ///
    /// - Parameters:
    ///   - adjacent: The adjacent terms of the query. Two terms that are given twice count twice.
    ///   - statistics: Those of the whole collection for each first term and its second in turn.
    ///   - keys: The documents.
    ///   - parameters: BM25's constants.
    /// - Returns: A number for each key, 0 for a document that is not in the index.
    /// - Complexity: O(*n*) steps of a nanosecond for *n* words of the documents.
    package func adjacencyScores(
        _ adjacent: [AdjacentTerms], _ statistics: CorpusStatistics, keys: [UInt64],
        parameters: BM25Parameters = BM25Parameters()
    ) -> [Float] {
        precondition(
            statistics.documentFrequencies.count == 2 * adjacent.count,
            "\(adjacent.count) adjacent terms got the statistics of \(statistics.documentFrequencies.count) terms"
        )
        let known = adjacent.indices.compactMap { index -> KnownTerms? in
            guard let first = terms.index(of: adjacent[index].first),
                let second = terms.index(of: adjacent[index].second)
            else { return nil }
            let idf = max(
                statistics.inverseDocumentFrequency(2 * index), statistics.inverseDocumentFrequency(2 * index + 1))
            return KnownTerms(
                first: UInt32(first), second: UInt32(second), weight: Float(Double(adjacent[index].weight) * idf))
        }
        guard !known.isEmpty else { return keys.map { _ in 0 } }
        let factor = FrequencyFactor(parameters, statistics)
        let table = AdjacencyTable(known.map { ($0.first, $0.second) })
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

    private struct KnownTerms {
        let first: UInt32
        let second: UInt32
        let weight: Float
    }

    /// The place of a document's terms in the sequences; `nil` if the file gives none.
    private func sequence(of ordinal: Int, limit: Int) -> Range<Int>? {
        guard let start = sequenceStarts.at(ordinal), let end = sequenceStarts.at(ordinal + 1),
            start <= end, end <= UInt64(limit)
        else { return nil }
        return Int(start)..<Int(end)
    }
}

/// A few adjacent terms to be counted in sequences.
///
/// Two bits of each term say whether it is a first term and whether it is a second one. They exclude most neighbors
/// quickly. The table fits into a core's first cache. Terms whose numbers agree in the lower bits share a place.
private struct AdjacencyTable {
    private static let placeCount = 4096

    private var flags = [UInt8](repeating: 0, count: placeCount)

    /// The adjacent terms as numbers, the first term in the upper half.
    private let adjacent: [UInt64]

    init(_ adjacent: [(first: UInt32, second: UInt32)]) {
        self.adjacent = adjacent.map { Self.key($0.first, $0.second) }
        for terms in adjacent {
            flags[Self.place(terms.first)] |= 1
            flags[Self.place(terms.second)] |= 2
        }
    }

    /// Counts how often each two terms are adjacent in a sequence; returns whether any are.
    ///
    /// - Precondition: `frequencies` has a place for each two terms.
    func count(in terms: Span<UInt32>, _ frequencies: inout [UInt32]) -> Bool {
        precondition(frequencies.count == adjacent.count)
        var isFound = false
        unsafe flags.withUnsafeBufferPointer { flags in
            unsafe frequencies.withUnsafeMutableBufferPointer { frequencies in
                unsafe adjacent.withUnsafeBufferPointer { adjacent in
                    // SAFETY: a place is below `placeCount`, and there are as many flags. There are as many
                    // frequencies as adjacent terms, as was checked.
                    for index in adjacent.indices { unsafe frequencies[index] = 0 }
                    var previous: UInt8 = 0
                    for place in terms.indices {
                        let current = unsafe flags[Self.place(terms[place])]
                        if previous << 1 & current & 2 != 0 {
                            let key = Self.key(terms[place - 1], terms[place])
                            for index in adjacent.indices where unsafe adjacent[index] == key {
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
    private static func key(_ first: UInt32, _ second: UInt32) -> UInt64 { UInt64(first) << 32 | UInt64(second) }
}
