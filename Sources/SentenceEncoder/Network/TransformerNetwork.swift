import ParallelLoops
import Synchronization

/// A BERT encoder: from the tokens of texts to their embeddings, or to the logits of a classifier.
///
/// ```swift
/// let network = try TransformerNetwork(
///     shape: shape, precision: .int8, has: file.has, weights: file.floats)
/// let vectors = try network.embeddings(
///     of: sequences, pooling: .mean, dimensions: 384, normalizes: true, threads: 2)
/// ```
///
/// Weights are packed once, when the network is made, and never change: any number of threads may use a network. A
/// result depends on its own sequence alone, to the last bit: neither on the other sequences of a call, nor on their
/// order, nor on the number of threads. It depends, within rounding, on the instruction set.
package final class TransformerNetwork: Sendable {
    /// The shape.
    package let shape: NetworkShape
    /// The numbers of the products.
    package let precision: EncoderPrecision
    /// Whether there is a classifier, for ``logits(of:threads:)``.
    package var hasClassifier: Bool { classifier != nil }

    let tables: EmbeddingTables
    let layers: [TransformerLayer]
    let classifier: Classifier?
    let kernels: EncoderKernelTable

    /// Makes a network of weights.
    ///
    /// - Parameters:
    ///   - shape: The shape, without a ``NetworkShape/flaw``.
    ///   - precision: The numbers of the products.
    ///   - kernels: The kernels to compute with.
    ///   - has: Whether there are weights of a name. It decides between the names of old and new files, and whether
    ///     there is a classifier.
    ///   - weights: The weights of a name, row-major, which must have a shape: as many as its product. Names are those
    ///     of BERT in the Transformers library without the prefix `bert.`, such as
    ///     `encoder.layer.0.attention.self.query.weight`; those of the classifier are `pooler.dense.*` and
    ///     `classifier.*`.
    /// - Throws: What `weights` throws.
    /// - Complexity: O(*weights*). Beside the network, the weights of one layer are in memory at a time.
    package init<Failure>(
        shape: NetworkShape, precision: EncoderPrecision, kernels: EncoderKernelTable = .best,
        has: (_ name: String) -> Bool, weights: (_ name: String, _ shape: [Int]) throws(Failure) -> [Float]
    ) throws(Failure) {
        precondition(shape.flaw == nil, "no network has this shape: \(shape.flaw ?? "")")
        self.shape = shape
        self.precision = precision
        self.kernels = kernels
        (tables, layers, classifier) = try withoutActuallyEscaping(has) { has throws(Failure) in
            try withoutActuallyEscaping(weights) { weights throws(Failure) in
                try Self.parts(shape, precision, WeightSource(has: has, values: weights))
            }
        }
    }

    private static func parts<Failure>(
        _ shape: NetworkShape, _ precision: EncoderPrecision, _ source: WeightSource<Failure>
    ) throws(Failure) -> (EmbeddingTables, [TransformerLayer], Classifier?) {
        let width = shape.hiddenSize
        let words = WordTable(
            try source("embeddings.word_embeddings.weight", [shape.vocabularySize, width]), width: width,
            precision: precision)
        let tables = EmbeddingTables(
            words: words,
            positions: try source("embeddings.position_embeddings.weight", [shape.positionCount, width]),
            types: try source("embeddings.token_type_embeddings.weight", [shape.typeCount, width]),
            normalization: try source.normalization("embeddings.LayerNorm", shape: shape), width: width)
        var layers: [TransformerLayer] = []
        for index in 0..<shape.layerCount {
            layers.append(try TransformerLayer(index: index, shape: shape, precision: precision, source: source))
        }
        let classifier = source.has("classifier.weight") ? try Classifier(shape: shape, source: source) : nil
        return (tables, layers, classifier)
    }
}

// MARK: - Running

extension TransformerNetwork {
    /// Takes sequences through the network, and hands the vectors of each one's tokens to a closure.
    ///
    /// Several threads call the closure at the same time, each for other sequences.
    ///
    /// - Parameters:
    ///   - sequences: The sequences.
    ///   - threads: The most threads to use, at least 1.
    ///   - body: Receives the place of a sequence, and the rows of a buffer that hold its tokens' vectors.
    /// - Throws: `CancellationError` if the task is cancelled, which it looks at before each batch.
    /// - Complexity: O(*tokens* · *weights* + *heads* · *tokens of a sequence*²) multiplications.
    func run(
        _ sequences: [TokenSequence], threads: Int,
        _ body: @Sendable (_ sequence: Int, _ rows: Range<Int>, _ vectors: RowBuffer) -> Void
    ) throws(CancellationError) {
        for sequence in sequences { check(sequence) }
        let plan = SequenceBatches(lengths: sequences.map(\.ids.count), threads: threads)
        let longest = sequences.map(\.ids.count).max() ?? 0
        let isCancelled = Atomic(false)
        let workers = WorkerScratch(count: min(threads, plan.batches.count)) { [shape, precision] in
            NetworkScratch(shape: shape, precision: precision, tokens: plan.tokenLimit, length: longest)
        }
        concurrentChunks(of: plan.batches.count, threads: threads) { worker, batches in
            // The first worker is the calling thread, the only one that knows of the task.
            if worker == 0, Task.isCancelled { isCancelled.store(true, ordering: .relaxed) }
            guard !isCancelled.load(ordering: .relaxed) else { return }
            let scratch = workers.scratch(of: worker)
            for batch in batches { run(plan.batches[batch], of: sequences, in: scratch, body) }
        }
        if isCancelled.load(ordering: .relaxed) { throw CancellationError() }
    }

    private func run(
        _ batch: [Int], of sequences: [TokenSequence], in scratch: NetworkScratch,
        _ body: (_ sequence: Int, _ rows: Range<Int>, _ vectors: RowBuffer) -> Void
    ) {
        var rows: [Range<Int>] = []
        for place in batch {
            let start = rows.last?.upperBound ?? 0
            tables.write(sequences[place], into: scratch.hidden, from: start, with: kernels)
            rows.append(start..<start + sequences[place].ids.count)
        }
        for layer in layers { layer.apply(to: rows, in: scratch, with: kernels) }
        for (place, rows) in zip(batch, rows) { body(place, rows, scratch.hidden) }
    }

    private func check(_ sequence: TokenSequence) {
        let count = sequence.ids.count
        precondition(
            count <= shape.positionCount, "\(count) tokens, and the network has \(shape.positionCount) positions")
        precondition(
            sequence.secondStart == count || shape.typeCount > 1, "a sequence of two texts, and one type of tokens")
        let isKnown = sequence.ids.allSatisfy { $0 >= 0 && $0 < shape.vocabularySize }
        precondition(isKnown, "an id of a token beyond the \(shape.vocabularySize) of the network")
    }
}
