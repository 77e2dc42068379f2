import MappedFiles
import TextAnalysis

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
                // A quotient is rounded as the literal .29 is, so 29 of 100 documents are within; a product is not.
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
            documentFrequencies: FrozenArray(kept.map(\.documentFrequency)),
            globalWeights: FrozenArray(kept.map { weighting.globalWeight($0, documentCount: documentCount) })
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
