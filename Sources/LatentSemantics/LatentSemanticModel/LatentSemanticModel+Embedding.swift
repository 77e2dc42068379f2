public import LinearAlgebra
import MappedFiles
import ParallelLoops
public import TextAnalysis

// MARK: - Many texts

extension LatentSemanticModel {
    /// Embeds documents, those of the fit or new ones.
    ///
    /// The table of the counts is matched with the vocabulary once; then each document costs its terms alone.
    ///
    /// - Parameters:
    ///   - counts: The terms of the documents, counted by an analyzer of the model's ``settings``.
    ///   - threads: The most threads to use, at least 1. The result does not depend on it.
    /// - Returns: A row for each document and a column for each dimension. Rows have Euclidean length 1; that of a
    ///   document none of whose terms has a place in the space is zero.
    /// - Complexity: O(*nnz* · ``rank``) multiplications for *nnz* frequencies of known terms.
    public func embed(_ counts: TermCounts, threads: Int) -> DenseMatrix {
        precondition(threads > 0, "an embedding needs a thread, was given \(threads)")
        var columns = TermColumns(termCount: counts.terms.count)
        var known: [VocabularyID] = []
        for (term, index) in vocabulary.terms.indices(of: counts.terms).enumerated() {
            guard let index else { continue }
            let id = VocabularyID(rawValue: UInt32(index))
            columns.append(TermID(rawValue: UInt32(term)), globalWeight: vocabulary.globalWeight(of: id))
            known.append(id)
        }
        let rows = columns.weightedRows(of: counts, weighting: parameters.weighting, threads: threads)
        var vectors = rows.multiplied(by: termVectors(of: known, threads: threads), threads: threads)
        vectors.normalizeRows(threads: threads)
        return vectors
    }

    /// The vectors of some terms, one a row, so that a product touches no others.
    private func termVectors(of ids: [VocabularyID], threads: Int) -> DenseMatrix {
        let values = [Float].filledConcurrently(count: ids.count * rank, repeating: 0) { values in
            concurrentChunks(of: ids.count, threads: threads, chunk: 1024) { _, indices in
                termVectors.withSpan { vectors in
                    for index in indices {
                        let source = Int(ids[index].rawValue) * rank
                        values.withElements(in: index * rank..<(index + 1) * rank) { row in
                            for axis in 0..<rank { row[axis] = vectors[source + axis] }
                        }
                    }
                }
            }
        }
        return DenseMatrix(rowCount: ids.count, columnCount: rank, values: values)
    }
}

// MARK: - One text

extension LatentSemanticModel {
    /// Embeds one text, a query for instance.
    ///
    /// - Parameter terms: The terms of the text and how often each occurs in it, as an analyzer of the model's
    ///   ``settings`` writes them, in any order. Frequencies are finite and not negative, and may be fractions; those of
    ///   a term that is listed more than once are added.
    /// - Returns: ``rank`` numbers of Euclidean length 1, or zeros if no term of the text has a place in the space.
    /// - Complexity: O(*n* · (log ``termCount`` + ``rank``)) for *n* terms; nothing is prepared, so that the first text
    ///   after opening a file costs no more than the next.
    public func embed(_ terms: [(term: String, frequency: Float)]) -> [Float] {
        var vector = project(weightedRow(of: terms))
        vector.normalize()
        return vector
    }

    /// A text as a sparse row over the vocabulary, of Euclidean length 1 or empty.
    package struct WeightedRow: Hashable, Sendable {
        /// The terms of the text that the model knows, ascending.
        package let ids: [VocabularyID]

        /// The weight of each.
        package let weights: [Float]
    }

    /// The weighted row of a text; ``project(_:)`` takes it into the space.
    ///
    /// - Parameter terms: As for ``embed(_:)``.
    /// - Returns: The terms that the model knows, with the weights that a document of these frequencies would have.
    package func weightedRow(of terms: [(term: String, frequency: Float)]) -> WeightedRow {
        var frequencies: [(id: VocabularyID, frequency: Float)] = []
        for (term, frequency) in terms {
            precondition(
                frequency >= 0 && frequency.isFinite, "the frequency of '\(term)' is \(frequency)"
            )
            guard let id = vocabulary.id(of: term), frequency > 0 else { continue }
            frequencies.append((id, frequency))
        }
        frequencies.sort { $0.id < $1.id }
        var ids: [VocabularyID] = []
        var sums: [Float] = []
        for (id, frequency) in frequencies {
            if id == ids.last {
                sums[sums.count - 1] += frequency
            } else {
                ids.append(id)
                sums.append(frequency)
            }
        }
        var weights = zip(ids, sums).map { id, frequency in
            parameters.weighting.localWeight(frequency) * vocabulary.globalWeight(of: id)
        }
        let squares = weights.reduce(0) { $0 + Double($1) * Double($1) }
        guard squares > 0, squares.isFinite else { return WeightedRow(ids: [], weights: []) }
        for index in weights.indices { weights[index] = Float(Double(weights[index]) / squares.squareRoot()) }
        return WeightedRow(ids: ids, weights: weights)
    }

    /// A weighted row times V: the text's vector before its length is made 1.
    package func project(_ row: WeightedRow) -> [Float] {
        var vector = [Float](repeating: 0, count: rank)
        termVectors.withSpan { vectors in
            for (id, weight) in zip(row.ids, row.weights) {
                let start = Int(id.rawValue) * rank
                for axis in 0..<rank { vector[axis] += weight * vectors[start + axis] }
            }
        }
        return vector
    }
}
