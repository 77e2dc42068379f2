import CEncoderKernels

/// What a thread needs to take a batch through the network: memory for the activations of its tokens.
///
/// It is made once for all batches of a thread. A token takes 16 · *hidden size* bytes of floats, and nothing grows with
/// the square of a length.
final class NetworkScratch {
    /// The rows that go through the feed-forward block at once, so that their activations stay in the second-level cache.
    ///
    /// 24 rows and 96 took the same time, 192 took 3 % more.
    static let blockRows = 48

    /// The tokens' vectors between layers.
    let hidden: RowBuffer
    /// The query, key and value of each token; the context takes the place of the query.
    let attention: RowBuffer
    /// The activations between the dense layers of a feed-forward block, for one block of rows.
    let intermediate: RowBuffer
    /// What is added to the tokens' vectors, for one block of rows.
    let update: RowBuffer
    /// What attention needs for one head.
    let scores: AlignedBuffer<Float>

    /// Creates the memory for batches of at most `tokens` tokens and sequences of at most `length`.
    init(shape: NetworkShape, precision: EncoderPrecision, tokens: Int, length: Int) {
        let isEncoded = precision == .int8
        let (hiddenSize, intermediateSize) = (shape.hiddenSize, shape.intermediateSize)
        let block = min(tokens, Self.blockRows)
        hidden = RowBuffer(rowCount: tokens, width: hiddenSize, encodedWidth: isEncoded ? hiddenSize : 0)
        attention = RowBuffer(rowCount: tokens, width: 3 * hiddenSize, encodedWidth: isEncoded ? hiddenSize : 0)
        intermediate = RowBuffer(
            rowCount: block, width: intermediateSize, encodedWidth: isEncoded ? intermediateSize : 0)
        update = RowBuffer(rowCount: block, width: hiddenSize, encodedWidth: 0)
        scores = AlignedBuffer(count: akin_attention_scratch(length, shape.headSize))
    }
}
