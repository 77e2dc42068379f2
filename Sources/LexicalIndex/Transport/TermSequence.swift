import MappedFiles

/// The terms of a document in the order of its texts, as bytes for a database that hands them to whoever ranks.
///
/// Each term is a varint of its number and 1 more; 0 is a gap, where a stop word, a lone mark or the end of a text comes
/// between two terms. Terms that many documents have get small numbers, so that a word takes 1.6 bytes.
package enum TermSequence {
    /// The bytes of terms, by their numbers; ``LexicalIndex/gap`` is a gap.
    package static func bytes(of terms: [UInt32]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(terms.count * 2)
        for term in terms { bytes.append(varint: term == LexicalIndex.gap ? 0 : UInt64(term) + 1) }
        return bytes
    }

    /// The terms of bytes; `nil` if they are none of a sequence.
    package static func terms(in bytes: [UInt8]) -> [UInt32]? {
        bytes.withSpan { bytes in
            var terms: [UInt32] = []
            terms.reserveCapacity(bytes.count)
            var place = 0
            while place < bytes.count {
                guard let number = bytes.varint(at: &place), number <= UInt64(LexicalIndex.gap) else { return nil }
                terms.append(number == 0 ? LexicalIndex.gap : UInt32(number - 1))
            }
            return terms
        }
    }
}

/// Counts features in sequences that do not lie in an index; see ``LexicalIndex/writeFactors``.
package struct SequenceFactors {
    private let counter: FeatureCounter
    private var counts: FeatureCounts
    private let factor: FrequencyFactor

    /// Gets ready to count.
    ///
    /// - Parameters:
    ///   - features: What to count, each once.
    ///   - statistics: Those of the whole collection. Document frequencies are not looked at.
    ///   - parameters: BM25's constants.
    ///   - number: The number of a term in the sequences; `nil` if none has it.
    package init(
        _ features: [LexicalFeature], _ statistics: CorpusStatistics, parameters: BM25Parameters = BM25Parameters(),
        number: (String) -> UInt32?
    ) {
        counter = FeatureCounter(features, number: number)
        counts = FeatureCounts(featureCount: features.count)
        factor = FrequencyFactor(parameters, statistics)
    }

    /// Calls `body` with each feature of a document, by its place, and BM25's frequency factor.
    package mutating func forEachFactor(
        of terms: [UInt32], length: UInt32, _ body: (_ feature: Int, _ factor: Float) -> Void
    ) {
        guard !counter.isEmpty else { return }
        let saturation = factor.saturation(length: length)
        let slice = terms[...]
        counter.count(in: slice.span, with: &counts) { feature, frequency in
            body(feature, factor(frequency: frequency, saturation: saturation))
        }
    }
}
