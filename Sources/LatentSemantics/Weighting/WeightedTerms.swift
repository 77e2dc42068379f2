import ArraySpans
import LinearAlgebra
import MappedFiles
import ParallelLoops
import TextAnalysis

/// The terms of a table, with the column of each in a matrix of weighted rows and its global weight.
struct WeightedTerms: Sendable {
    /// The column of each term of the table, which is its id in the vocabulary, or ``absent``.
    private let columns: [UInt32]

    /// The global part of the weight of each term of the table.
    private let globalWeights: [Float]

    /// The number of terms in the vocabulary.
    private let columnCount: Int

    /// Computes the local part of the weights.
    private let weighting: TermWeighting

    /// The local weights of small frequencies, computed once. Nearly all frequencies are small.
    private let localWeights: [Float]

    /// Stands for no column.
    private static let absent = UInt32.max

    /// The documents that a thread weights at once. With some hundred terms each, taking them costs little beside.
    private static let documentsAtOnce = 256

    /// Finds the terms of a table in a vocabulary.
    init(_ table: TermTable, in vocabulary: Vocabulary, weighting: TermWeighting) {
        let indices = vocabulary.terms.indices(ofAscending: table.utf8.span, offsets: table.offsets.span)
        columns = indices.map { $0.map(UInt32.init) ?? Self.absent }
        globalWeights = indices.map { $0.map { vocabulary.globalWeights[$0] } ?? 0 }
        columnCount = vocabulary.count
        self.weighting = weighting
        localWeights = (0..<256).map { weighting.localWeight(Float($0)) }
    }

    /// The weighted rows of documents. A row has Euclidean length 1, or is empty if the vocabulary has none of its
    /// terms.
    ///
    /// - Parameters:
    ///   - counts: Counted over the table.
    ///   - documents: The documents; all of the counts when nil.
    ///   - threads: The most threads to use. The result does not depend on it.
    /// - Returns: A matrix of a row for each document and a column for each term of the vocabulary.
    /// - Throws: `LinearAlgebraError` with the code `invalidStructure` or `notFinite` if the counts are not valid.
    func rows(
        of counts: TermCounts, _ documents: Range<Int>? = nil, threads: Int
    ) throws(LinearAlgebraError) -> CSRMatrix {
        let documents = documents ?? 0..<counts.documentCount
        let rowPointers = rowPointers(of: counts, documents, threads: threads)
        var columnIndices = [UInt32](repeating: 0, count: rowPointers[documents.count])
        var values = [Float](repeating: 0, count: rowPointers[documents.count])
        columnIndices.fillConcurrently { columnIndices in
            values.fillConcurrently { values in
                forEachRow(documents.count, threads: threads) { row in
                    let entries = rowPointers[row]..<rowPointers[row + 1]
                    columnIndices.withElements(in: entries) { columnIndices in
                        values.withElements(in: entries) { values in
                            weigh(documents.lowerBound + row, of: counts, &columnIndices, &values)
                        }
                    }
                }
            }
        }
        return try CSRMatrix(
            rowCount: documents.count,
            columnCount: columnCount,
            rowPointers: rowPointers,
            columnIndices: columnIndices,
            values: values
        )
    }

    /// Where each document's row starts, and where the last one ends.
    private func rowPointers(of counts: TermCounts, _ documents: Range<Int>, threads: Int) -> [Int] {
        var pointers = [Int](repeating: 0, count: documents.count + 1)
        pointers.fillConcurrently { lengths in
            forEachRow(documents.count, threads: threads) { row in
                let document = documents.lowerBound + row
                var length = 0
                for entry in counts.documentOffsets[document]..<counts.documentOffsets[document + 1]
                where columns[Int(counts.termIDs[entry].rawValue)] != Self.absent {
                    length += 1
                }
                lengths.withElements(in: row + 1..<row + 2) { $0[0] = length }
            }
        }
        for row in 0..<documents.count { pointers[row + 1] += pointers[row] }
        return pointers
    }

    /// Writes the row of one document.
    private func weigh(
        _ document: Int,
        of counts: TermCounts,
        _ columnIndices: inout MutableSpan<UInt32>,
        _ values: inout MutableSpan<Float>
    ) {
        var position = 0
        var squares = 0.0
        for entry in counts.documentOffsets[document]..<counts.documentOffsets[document + 1] {
            let term = Int(counts.termIDs[entry].rawValue)
            guard columns[term] != Self.absent else { continue }
            let frequency = Int(counts.frequencies[entry])
            let localWeight =
                frequency < localWeights.count ? localWeights[frequency] : weighting.localWeight(Float(frequency))
            let weight = localWeight * globalWeights[term]
            columnIndices[position] = columns[term]
            values[position] = weight
            squares += Double(weight) * Double(weight)
            position += 1
        }
        let scale = scale(forSquares: squares, shortest: 0)
        for position in 0..<values.count { values[position] = scaled(values[position], by: scale) }
    }

    /// The share of unknown terms in a document's squared weights.
    ///
    /// - Parameters:
    ///   - document: The document.
    ///   - counts: Counted over the table.
    ///   - unknownWeight: The global weight of an unknown term.
    ///   - isKnown: Whether a term of the vocabulary counts as known, by its column. A term that it lacks never does.
    /// - Returns: A number from 0 to 1; `nil` if the document has no term.
    func unknownShare(
        of document: Int, in counts: TermCounts, unknownWeight: Float, isKnown: (UInt32) -> Bool
    ) -> Double? {
        var known = 0.0
        var unknown = 0.0
        for entry in counts.documentOffsets[document]..<counts.documentOffsets[document + 1] {
            let term = Int(counts.termIDs[entry].rawValue)
            let localWeight = Double(weighting.localWeight(Float(counts.frequencies[entry])))
            if columns[term] != Self.absent, isKnown(columns[term]) {
                let weight = localWeight * Double(globalWeights[term])
                known += weight * weight
            } else {
                let weight = localWeight * Double(unknownWeight)
                unknown += weight * weight
            }
        }
        return known + unknown > 0 ? unknown / (known + unknown) : nil
    }

    private func forEachRow(_ count: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
        concurrentChunks(of: count, threads: threads, chunk: Self.documentsAtOnce) { _, rows in
            for row in rows { body(row) }
        }
    }
}
