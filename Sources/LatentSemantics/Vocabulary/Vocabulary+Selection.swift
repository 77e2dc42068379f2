import MappedFiles
import TextAnalysis

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension TermStatistics {
    /// The statistics of every term of the counts, in the order of their table.
    ///
    /// One pass over the counts; the sums are taken in the order of the documents, so that they depend on nothing else.
    static func gather(_ counts: TermCounts) -> [TermStatistics] {
        // Nearly all frequencies are small: f ln f is worked out once for these.
        let frequencyLogs = [0] + (1..<256).map { Double($0) * log(Double($0)) }
        var statistics = [TermStatistics](repeating: TermStatistics(), count: counts.terms.count)
        for (id, frequency) in zip(counts.termIDs, counts.frequencies) where frequency > 0 {
            let term = Int(id.rawValue)
            statistics[term].documentFrequency += 1
            statistics[term].totalFrequency += UInt64(frequency)
            statistics[term].frequencyLogSum +=
                frequency < 256 ? frequencyLogs[Int(frequency)] : Double(frequency) * log(Double(frequency))
        }
        return statistics
    }
}

extension Vocabulary {
    /// Chooses the terms whose document frequency lies within bounds, in ascending order.
    ///
    /// - Parameters:
    ///   - statistics: Of every term, in the order of the table.
    ///   - documentCount: The number of documents that they were gathered from.
    ///   - minimumDocumentFrequency: The fewest documents a term must occur in, at least 1.
    ///   - maximumDocumentFraction: The largest fraction of the documents a term may occur in.
    /// - Returns: The ids of the terms in the table.
    static func selectTerms(
        _ statistics: [TermStatistics],
        documentCount: Int,
        minimumDocumentFrequency: Int,
        maximumDocumentFraction: Double
    ) -> [TermID] {
        statistics.indices.compactMap { index in
            let frequency = Int(statistics[index].documentFrequency)
            guard
                frequency >= max(1, minimumDocumentFrequency),
                // A quotient, not a product, is rounded as the literal .29 is, so that 29 of 100 documents are within.
                Double(frequency) / Double(documentCount) <= maximumDocumentFraction
            else { return nil }
            return TermID(rawValue: UInt32(index))
        }
    }

    /// Makes the vocabulary of chosen terms, or returns `nil` if their text exceeds 4 GiB.
    ///
    /// - Parameters:
    ///   - ids: The terms to keep, ascending.
    ///   - table: The table they are of.
    ///   - statistics: Of every term, in the order of the table.
    ///   - weighting: Gives the global weights.
    ///   - documentCount: The number of documents that the statistics were gathered from.
    init?(
        keeping ids: [TermID],
        of table: TermTable,
        statistics: [TermStatistics],
        weighting: TermWeighting,
        documentCount: Int
    ) {
        guard
            let terms = StringTable(ids.lazy.map { table.utf8(of: $0) }),
            let surfaceForms = StringTable(ids.lazy.map { table.surfaceUTF8(of: $0) })
        else { return nil }
        let kept = ids.map { statistics[Int($0.rawValue)] }
        self.init(
            terms: terms,
            surfaceForms: surfaceForms,
            documentFrequencies: MappedArray(kept.map(\.documentFrequency)),
            globalWeights: MappedArray(kept.map { weighting.globalWeight($0, documentCount: documentCount) })
        )
    }
}

extension TermTable {
    fileprivate func utf8(of id: TermID) -> ArraySlice<UInt8> {
        utf8[offsets[Int(id.rawValue)]..<offsets[Int(id.rawValue) + 1]]
    }

    fileprivate func surfaceUTF8(of id: TermID) -> ArraySlice<UInt8> {
        surfaceUTF8[surfaceOffsets[Int(id.rawValue)]..<surfaceOffsets[Int(id.rawValue) + 1]]
    }
}
