import CEncoderKernels

/// A layer of the encoder: attention and a feed-forward block, each added to its input and normalized.
///
/// Vaswani et al., *Attention Is All You Need* (2017), <https://arxiv.org/abs/1706.03762>, with the normalization after
/// the sum:
///
/// 1. Queries, keys and values of all tokens are one product with the concatenated weights.
/// 2. Attention runs over one sequence and head at a time. Its context takes the place of the queries.
/// 3. Blocks of rows go through the rest together: the output of attention, the sum, the normalization, and the
///    feed-forward block with the same behind it.
struct TransformerLayer: Sendable {
    private let queriesKeysValues: DenseLayer
    private let attentionOutput: DenseLayer
    private let attentionNormalization: LayerNormalization
    private let intermediate: DenseLayer
    private let output: DenseLayer
    private let outputNormalization: LayerNormalization
    private let shape: NetworkShape

    /// Takes the weights of the layer at `index` from a source.
    init<Failure>(
        index: Int, shape: NetworkShape, precision: EncoderPrecision, source: WeightSource<Failure>
    ) throws(Failure) {
        let (hidden, inner) = (shape.hiddenSize, shape.intermediateSize)
        let name = "encoder.layer.\(index)"
        self.shape = shape
        queriesKeysValues = try source.denseLayer(
            ["query", "key", "value"].map { "\(name).attention.self.\($0)" }, inputs: hidden, outputs: hidden,
            precision: precision)
        attentionOutput = try source.denseLayer(
            ["\(name).attention.output.dense"], inputs: hidden, outputs: hidden, precision: precision)
        attentionNormalization = try source.normalization("\(name).attention.output.LayerNorm", shape: shape)
        intermediate = try source.denseLayer(
            ["\(name).intermediate.dense"], inputs: hidden, outputs: inner, precision: precision)
        output = try source.denseLayer(["\(name).output.dense"], inputs: inner, outputs: hidden, precision: precision)
        outputNormalization = try source.normalization("\(name).output.LayerNorm", shape: shape)
    }

    /// Takes the tokens of a batch through the layer.
    ///
    /// - Parameters:
    ///   - sequences: The rows of each sequence of the batch, one behind the other.
    ///   - scratch: Holds the tokens' vectors, and receives the new ones.
    ///   - table: The kernels.
    func apply(to sequences: [Range<Int>], in scratch: NetworkScratch, with table: EncoderKernelTable) {
        guard let last = sequences.last else { return }
        let rows = 0..<last.upperBound
        scratch.hidden.encode(rows: rows, with: table)
        queriesKeysValues.apply(to: scratch.hidden, rows: rows, into: scratch.attention, at: 0, with: table)
        for sequence in sequences { attend(sequence, in: scratch, with: table) }
        for start in stride(from: 0, to: rows.count, by: NetworkScratch.blockRows) {
            applyRest(to: start..<min(start + NetworkScratch.blockRows, rows.count), in: scratch, with: table)
        }
    }

    private func attend(_ sequence: Range<Int>, in scratch: NetworkScratch, with table: EncoderKernelTable) {
        precondition(
            sequence.upperBound <= scratch.attention.rowCount
                && akin_attention_scratch(sequence.count, shape.headSize) <= scratch.scores.count,
            "no room for the attention of rows \(sequence)")
        // SAFETY: the rows exist and hold three vectors of `headCount * headSize` floats; the scores have their room.
        var attention = unsafe akin_attention(
            rows: scratch.attention.floats(from: sequence.lowerBound), length: sequence.count,
            head_count: shape.headCount, head_size: shape.headSize)
        unsafe table.kernels.pointee.attend(&attention, scratch.scores.base)
    }

    private func applyRest(to rows: Range<Int>, in scratch: NetworkScratch, with table: EncoderKernelTable) {
        let (hidden, update) = (scratch.hidden, scratch.update)
        let block = 0..<rows.count
        scratch.attention.encode(rows: rows, with: table)
        attentionOutput.apply(to: scratch.attention, rows: rows, into: update, at: 0, with: table)
        attentionNormalization.normalize(hidden, rows: rows, adding: update, with: table)

        hidden.encode(rows: rows, with: table)
        intermediate.apply(
            to: hidden, rows: rows, activation: shape.activation.kernel, into: scratch.intermediate, at: 0,
            with: table)
        scratch.intermediate.encode(rows: block, with: table)
        output.apply(to: scratch.intermediate, rows: block, into: update, at: 0, with: table)
        outputNormalization.normalize(hidden, rows: rows, adding: update, with: table)
    }
}
