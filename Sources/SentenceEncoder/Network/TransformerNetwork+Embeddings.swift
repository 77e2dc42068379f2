import ParallelLoops

extension TransformerNetwork {
    /// The embeddings of sequences, row after row.
    ///
    /// An embedding may be cut to its first components. Networks that were trained for it put the most important first:
    /// Kusupati et al., *Matryoshka Representation Learning* (2022), <https://arxiv.org/abs/2205.13147>.
    ///
    /// - Parameters:
    ///   - sequences: The ids of the tokens of each text, special tokens included: at most `positionCount` of them, each
    ///     below `vocabularySize`. The embedding of a sequence without tokens is 0.
    ///   - pooling: How the vectors of its tokens become that of a sequence.
    ///   - dimensions: The components that an embedding keeps, 1 to `hiddenSize`: the first ones.
    ///   - normalizes: Whether embeddings are scaled to length 1, after they are cut. One of zeros stays as it is.
    ///   - threads: The most threads to use, at least 1. The embeddings do not depend on it.
    /// - Returns: `sequences.count` rows of `dimensions` floats.
    /// - Throws: `CancellationError` if the task is cancelled.
    /// - Complexity: O(*tokens* · *weights* + *heads* · *tokens of a sequence*²) multiplications. A thread needs memory
    ///   for about 512 tokens.
    package func embeddings(
        of sequences: [[Int32]], pooling: Pooling, dimensions: Int, normalizes: Bool, threads: Int
    ) throws(CancellationError) -> [Float] {
        precondition(
            dimensions > 0 && dimensions <= shape.hiddenSize, "\(dimensions) dimensions of \(shape.hiddenSize)")
        var failure: CancellationError?
        let sequences = sequences.map { TokenSequence($0) }
        let rows = [Float].filledConcurrently(count: sequences.count * dimensions, repeating: 0) { embeddings in
            do throws(CancellationError) {
                try run(sequences, threads: threads) { place, rows, vectors in
                    embeddings.withElements(in: place * dimensions..<(place + 1) * dimensions) { embedding in
                        pooling.pool(rows, of: vectors, into: &embedding)
                        if normalizes { normalize(&embedding) }
                    }
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return rows
    }
}

extension Pooling {
    /// Writes the first components of the embedding of a sequence, as many as there is room for.
    ///
    /// - Parameters:
    ///   - rows: The rows of the sequence's tokens.
    ///   - vectors: The buffer that holds them.
    ///   - embedding: Receives the components, and holds zeros before.
    func pool(_ rows: Range<Int>, of vectors: RowBuffer, into embedding: inout MutableSpan<Float>) {
        guard let first = rows.first else { return }
        vectors.withRow(first) { vector in
            for column in 0..<embedding.count { embedding[column] = vector[column] }
        }
        switch self {
        case .cls: return
        case .mean: add(rows.dropFirst(), of: vectors, to: &embedding)
        case .max: takeLargest(rows.dropFirst(), of: vectors, into: &embedding)
        }
    }

    private func add(_ rows: Range<Int>, of vectors: RowBuffer, to embedding: inout MutableSpan<Float>) {
        for row in rows {
            vectors.withRow(row) { vector in
                for column in 0..<embedding.count { embedding[column] += vector[column] }
            }
        }
        for column in 0..<embedding.count { embedding[column] /= Float(rows.count + 1) }
    }

    private func takeLargest(_ rows: Range<Int>, of vectors: RowBuffer, into embedding: inout MutableSpan<Float>) {
        for row in rows {
            vectors.withRow(row) { vector in
                for column in 0..<embedding.count where vector[column] > embedding[column] {
                    embedding[column] = vector[column]
                }
            }
        }
    }
}

/// Scales a vector to length 1, unless it is 0.
private func normalize(_ vector: inout MutableSpan<Float>) {
    var squares = 0.0
    for index in 0..<vector.count { squares += Double(vector[index]) * Double(vector[index]) }
    guard squares > 0 else { return }
    let factor = 1 / squares.squareRoot()
    for index in 0..<vector.count { vector[index] = Float(Double(vector[index]) * factor) }
}
