import LinearAlgebra
import ParallelLoops
import TextAnalysis

/// Which terms of a table are columns of a matrix of weighted rows, in ascending order, and how much each weighs.
struct TermColumns: Sendable {
    /// The column of each term of the table, or ``absent``.
    private var columns: [UInt32]

    /// The global part of the weight of each column.
    private(set) var globalWeights: [Float] = []

    /// Stands for no column.
    private static let absent = UInt32.max

    /// The documents that a thread weighs at once: enough to make handing them out cheap beside their hundred terms each.
    private static let documentsAtOnce = 256

    /// Creates the columns of a table none of whose terms has one yet.
    init(termCount: Int) {
        columns = [UInt32](repeating: Self.absent, count: termCount)
    }

    /// Makes a term the next column. Terms must come in ascending order.
    mutating func append(_ id: TermID, globalWeight: Float) {
        columns[Int(id.rawValue)] = UInt32(globalWeights.count)
        globalWeights.append(globalWeight)
    }

    /// The weighted rows of documents, each of Euclidean length 1, or empty where no term of a document is a column.
    ///
    /// - Parameters:
    ///   - counts: Of the table that the columns were made for.
    ///   - weighting: Gives the local weights.
    ///   - threads: The most threads to use. The result does not depend on it.
    /// - Returns: A matrix of a row for each document.
    func weightedRows(of counts: TermCounts, weighting: TermWeighting, threads: Int) -> CSRMatrix {
        let rowPointers = rowPointers(of: counts, threads: threads)
        let count = rowPointers[counts.documentCount]
        // Nearly all frequencies are small: their local weights are worked out once.
        let localWeights = (0..<256).map { weighting.localWeight(Float($0)) }
        var columnIndices = [UInt32](repeating: 0, count: count)
        var values = [Float](repeating: 0, count: count)
        columnIndices.fillConcurrently { columnIndices in
            values.fillConcurrently { values in
                concurrentChunks(of: counts.documentCount, threads: threads, chunk: Self.documentsAtOnce) {
                    _, documents in
                    for document in documents {
                        let row = rowPointers[document]..<rowPointers[document + 1]
                        columnIndices.withElements(in: row) { columnIndices in
                            values.withElements(in: row) { values in
                                weigh(document, of: counts, weighting, localWeights, &columnIndices, &values)
                            }
                        }
                    }
                }
            }
        }
        return CSRMatrix(
            rowCount: counts.documentCount,
            columnCount: globalWeights.count,
            rowPointers: rowPointers,
            columnIndices: columnIndices,
            values: values
        )
    }

    /// Writes the row of one document.
    private func weigh(
        _ document: Int,
        of counts: TermCounts,
        _ weighting: TermWeighting,
        _ localWeights: [Float],
        _ columnIndices: inout MutableSpan<UInt32>,
        _ values: inout MutableSpan<Float>
    ) {
        var position = 0
        var squares = 0.0
        for entry in counts.documentOffsets[document]..<counts.documentOffsets[document + 1] {
            let column = columns[Int(counts.termIDs[entry].rawValue)]
            guard column != Self.absent else { continue }
            let frequency = Int(counts.frequencies[entry])
            let localWeight =
                frequency < localWeights.count ? localWeights[frequency] : weighting.localWeight(Float(frequency))
            let weight = localWeight * globalWeights[Int(column)]
            columnIndices[position] = column
            values[position] = weight
            squares += Double(weight) * Double(weight)
            position += 1
        }
        // The sum is not finite only where a damaged file holds such a weight; the document then has no place.
        let scale = squares > 0 && squares.isFinite ? 1 / squares.squareRoot() : 0
        for position in 0..<values.count {
            values[position] = scale == 0 ? 0 : Float(Double(values[position]) * scale)
        }
    }

    /// Where each document's row starts, and where the last one ends.
    private func rowPointers(of counts: TermCounts, threads: Int) -> [Int] {
        var pointers = [Int].filledConcurrently(count: counts.documentCount + 1, repeating: 0) { lengths in
            concurrentChunks(of: counts.documentCount, threads: threads, chunk: Self.documentsAtOnce) { _, documents in
                for document in documents {
                    var length = 0
                    for entry in counts.documentOffsets[document]..<counts.documentOffsets[document + 1]
                    where columns[Int(counts.termIDs[entry].rawValue)] != Self.absent {
                        length += 1
                    }
                    lengths.withElements(in: document + 1..<document + 2) { $0[0] = length }
                }
            }
        }
        for document in 0..<counts.documentCount { pointers[document + 1] += pointers[document] }
        return pointers
    }
}
