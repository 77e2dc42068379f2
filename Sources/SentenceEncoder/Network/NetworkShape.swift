/// The numbers that say how large an encoder is and which variant of BERT it is.
///
/// The network is that of Devlin, Chang, Lee and Toutanova, *BERT: Pre-training of Deep Bidirectional Transformers for
/// Language Understanding* (2019), <https://arxiv.org/abs/1810.04805>: learned positions, layer normalization after each
/// residual sum, full attention. Any number of layers, heads and features will do.
package struct NetworkShape: Sendable, Hashable {
    /// The components of a token's vector between layers, and of an embedding.
    package var hiddenSize: Int
    /// The number of layers.
    package var layerCount: Int
    /// The number of attention heads of a layer. It divides ``hiddenSize``.
    package var headCount: Int
    /// The components between the two dense layers of a feed-forward block.
    package var intermediateSize: Int
    /// The number of tokens that have an embedding.
    package var vocabularySize: Int
    /// The most tokens that a sequence has.
    package var positionCount: Int
    /// The number of token types: 2 where a sequence may consist of two texts.
    package var typeCount: Int
    /// What is added to a variance before its root is taken.
    package var normEpsilon: Float
    /// The function between the two dense layers of a feed-forward block.
    package var activation: Activation

    /// Creates a shape.
    package init(
        hiddenSize: Int, layerCount: Int, headCount: Int, intermediateSize: Int, vocabularySize: Int,
        positionCount: Int, typeCount: Int = 2, normEpsilon: Float = 1e-12, activation: Activation = .gelu
    ) {
        self.hiddenSize = hiddenSize
        self.layerCount = layerCount
        self.headCount = headCount
        self.intermediateSize = intermediateSize
        self.vocabularySize = vocabularySize
        self.positionCount = positionCount
        self.typeCount = typeCount
        self.normEpsilon = normEpsilon
        self.activation = activation
    }

    /// The components of a query, a key or a value of one head.
    var headSize: Int { hiddenSize / headCount }

    /// The most that a size may be. It bounds sums of products of codes, which must not overflow 32 bits.
    package static let largestSize = 32_768

    /// Why no network has this shape, as the end of a sentence; nil if one has.
    ///
    /// Whoever reads a shape from a file asks this first, for ``TransformerNetwork`` traps on a shape with a flaw.
    package var flaw: String? {
        let sizes = [
            ("hidden size", hiddenSize, Self.largestSize), ("number of layers", layerCount, 1000),
            ("number of heads", headCount, Self.largestSize), ("intermediate size", intermediateSize, Self.largestSize),
            ("vocabulary size", vocabularySize, 1 << 24), ("number of positions", positionCount, 1 << 20),
            ("number of token types", typeCount, 1 << 16),
        ]
        if let (name, value, most) = sizes.first(where: { $0.1 < 1 || $0.1 > $0.2 }) {
            return "its \(name) is \(value), and must be 1 to \(most)"
        }
        if hiddenSize % headCount != 0 {
            return "its \(headCount) heads do not divide a hidden size of \(hiddenSize)"
        }
        if !(normEpsilon >= 0 && normEpsilon.isFinite) {
            return "the epsilon of its layer normalization is \(normEpsilon)"
        }
        return nil
    }
}

/// The function between the two dense layers of a feed-forward block.
package enum Activation: Sendable, Hashable {
    /// *x* times the probability that a standard normal variable is at most *x*.
    ///
    /// Hendrycks and Gimpel, *Gaussian Error Linear Units* (2016), <https://arxiv.org/abs/1606.08415>. The error is at
    /// most 5e-7 · max(1, |*x*|).
    case gelu
    /// The approximation of ``gelu`` by a hyperbolic tangent, as in the same paper.
    case geluTanh
    /// The larger of *x* and 0.
    case relu
}

/// How the vectors of a sequence's tokens become the embedding of the sequence.
package enum Pooling: Sendable, Hashable {
    /// Their mean.
    case mean
    /// The vector of the first token.
    case cls
    /// The largest of each component.
    case max
}

/// The numbers that a network computes with.
public enum EncoderPrecision: String, Codable, Hashable, Sendable, CaseIterable {
    /// 32-bit floats.
    case float32
    /// 8-bit codes: weights with a scale for each output, activations with a scale for each token.
    ///
    /// Products take a quarter of the time, weights a quarter of the memory. Attention, normalization and all sums stay
    /// in floats. Embeddings differ from those of ``float32`` by a cosine of about .998.
    case int8
}
