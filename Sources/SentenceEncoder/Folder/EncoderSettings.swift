/// The shape of a model, and what it makes of a text.
package struct EncoderSettings: Hashable, Sendable {
    /// The components of the vector of each token.
    package var hiddenSize: Int

    /// The number of layers.
    package var layerCount: Int

    /// The attention heads of a layer. They divide ``hiddenSize``.
    package var headCount: Int

    /// The components between the two matrices of a layer's feed-forward part.
    package var intermediateSize: Int

    /// The number of tokens that have a vector. Every token of the tokenizer is below it.
    package var vocabularySize: Int

    /// The longest sequence of tokens that has vectors of positions.
    package var positionCount: Int

    /// The number of token types: two for a model that compares texts.
    package var typeCount: Int

    /// What layer normalization adds to a variance, above 0.
    package var normEpsilon: Float

    /// The function between the two matrices of a layer's feed-forward part.
    package var activation: Activation

    /// How the vectors of tokens become one vector.
    package var pooling: Pooling = .mean

    /// Whether the vector of a text is scaled to length 1.
    package var normalizes = false

    /// The most tokens of a text, those at its ends included; from 8 to ``positionCount``.
    package var tokenLimit: Int

    /// What stands before a question; empty if the folder names no such prompt.
    package var queryPrompt = ""

    /// What stands before a text that is kept and found; empty if the folder names no such prompt.
    package var documentPrompt = ""

    /// Whether the model gives two texts one number, by a classifier with a single label, instead of vectors.
    package var isCrossEncoder = false

    /// The functions of feed-forward parts.
    package enum Activation: Hashable, Sendable {
        /// *x* · Φ(*x*), with the exact distribution function of the normal distribution.
        case gelu
        /// The same with an approximation by the hyperbolic tangent.
        case geluTanh
        /// max(0, *x*).
        case relu
    }

    /// The ways from the vectors of tokens to one vector.
    package enum Pooling: Hashable, Sendable {
        /// The mean of all tokens.
        case mean
        /// The vector of the first token, `[CLS]`.
        case firstToken
        /// The greatest value of each component.
        case maximum
    }
}
