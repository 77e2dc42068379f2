import ParallelLoops

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#elseif canImport(Bionic)
import Bionic
#else
import Glibc
#endif

extension TransformerNetwork {
    /// The logits that the classifier gives to pairs of texts, as cross-encoders rank them.
    ///
    /// - Parameters:
    ///   - pairs: The tokens of each pair, at least one, and otherwise as those of
    ///     ``embeddings(of:pooling:dimensions:normalizes:threads:)``.
    ///   - threads: The most threads to use, at least 1. The logits do not depend on it.
    /// - Returns: A logit for each pair, in their order.
    /// - Throws: `CancellationError` if the task is cancelled.
    /// - Precondition: The network has a classifier.
    /// - Complexity: That of the embeddings.
    package func logits(of pairs: [TokenSequence], threads: Int) throws(CancellationError) -> [Float] {
        guard let classifier else { preconditionFailure("the network has no classifier") }
        precondition(pairs.allSatisfy { !$0.ids.isEmpty }, "a pair without tokens has no logit")
        var failure: CancellationError?
        let logits = [Float].filledConcurrently(count: pairs.count, repeating: 0) { logits in
            do throws(CancellationError) {
                try run(pairs, threads: threads) { place, rows, vectors in
                    let logit = classifier.logit(of: rows.lowerBound, in: vectors, with: kernels)
                    logits.withElements(in: place..<place + 1) { $0[0] = logit }
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return logits
    }
}

/// From the vector of the first token to a logit: a dense layer, a hyperbolic tangent, and a weighted sum.
struct Classifier: Sendable {
    private let pooler: DenseLayer
    private let weight: [Float]
    private let bias: Float

    /// Takes the weights from a source.
    init<Failure>(shape: NetworkShape, source: WeightSource<Failure>) throws(Failure) {
        let size = shape.hiddenSize
        pooler = try source.denseLayer(["pooler.dense"], inputs: size, outputs: size, precision: .float32)
        weight = try source("classifier.weight", [1, size])
        bias = try source("classifier.bias", [1])[0]
    }

    /// The logit of a sequence.
    ///
    /// - Parameters:
    ///   - row: The row of its first token.
    ///   - vectors: The buffer that holds it.
    ///   - table: The kernels.
    /// - Returns: The logit.
    func logit(of row: Int, in vectors: RowBuffer, with table: EncoderKernelTable) -> Float {
        let pooled = RowBuffer(rowCount: 1, width: weight.count, encodedWidth: 0)
        pooler.apply(to: vectors, rows: row..<row + 1, into: pooled, at: 0, with: table)
        return pooled.withRow(0) { values in
            var sum = bias
            for column in 0..<values.count { sum += weight[column] * tanh(values[column]) }
            return sum
        }
    }
}
