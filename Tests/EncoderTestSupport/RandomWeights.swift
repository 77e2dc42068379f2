package import SentenceEncoder
import TestSupport

/// Random weights by name, as a file would give them.
package struct RandomWeights {
    package let shape: NetworkShape
    package private(set) var values: [String: [Float]] = [:]

    /// Draws the weights of a shape, with those of a classifier.
    package init(shape: NetworkShape, seed: UInt64, oldNames: Bool = false) {
        self.shape = shape
        var generator = SeededGenerator(seed: seed)
        func draw(_ name: String, _ count: Int, scale: Double, around mean: Double = 0) {
            values[name] = (0..<count).map { _ in Float(mean + scale * generator.nextGaussian()) }
        }
        let (hidden, inner) = (shape.hiddenSize, shape.intermediateSize)
        func dense(_ name: String, _ inputs: Int, _ outputs: Int) {
            draw("\(name).weight", inputs * outputs, scale: 1 / Double(inputs).squareRoot())
            draw("\(name).bias", outputs, scale: 0.1)
        }
        func normalization(_ name: String) {
            draw("\(name).\(oldNames ? "gamma" : "weight")", hidden, scale: 0.1, around: 1)
            draw("\(name).\(oldNames ? "beta" : "bias")", hidden, scale: 0.1)
        }
        draw("embeddings.word_embeddings.weight", shape.vocabularySize * hidden, scale: 1)
        draw("embeddings.position_embeddings.weight", shape.positionCount * hidden, scale: 0.3)
        draw("embeddings.token_type_embeddings.weight", shape.typeCount * hidden, scale: 0.3)
        normalization("embeddings.LayerNorm")
        for layer in 0..<shape.layerCount {
            let name = "encoder.layer.\(layer)"
            for part in ["query", "key", "value"] { dense("\(name).attention.self.\(part)", hidden, hidden) }
            dense("\(name).attention.output.dense", hidden, hidden)
            normalization("\(name).attention.output.LayerNorm")
            dense("\(name).intermediate.dense", hidden, inner)
            dense("\(name).output.dense", inner, hidden)
            normalization("\(name).output.LayerNorm")
        }
        dense("pooler.dense", hidden, hidden)
        dense("classifier", hidden, 1)
    }

    /// The network of the weights.
    package func network(
        _ precision: EncoderPrecision, kernels: EncoderKernelTable = .best
    ) -> TransformerNetwork {
        TransformerNetwork(
            shape: shape, precision: precision, kernels: kernels, has: { values[$0] != nil },
            weights: { name, _ in values[name] ?? [] })
    }
}

extension NetworkShape {
    /// Two layers, whose sizes are no multiples of anything that the kernels like.
    package static func tiny(activation: Activation = .gelu) -> NetworkShape {
        NetworkShape(
            hiddenSize: 60, layerCount: 2, headCount: 5, intermediateSize: 150, vocabularySize: 50, positionCount: 80,
            activation: activation)
    }

    /// Two layers of the sizes of a small real network, with heads of 32 components.
    package static let small = NetworkShape(
        hiddenSize: 128, layerCount: 2, headCount: 4, intermediateSize: 512, vocabularySize: 100, positionCount: 200)
}

/// Random sequences of the given lengths.
package func randomSequences(_ lengths: [Int], shape: NetworkShape, seed: UInt64) -> [[Int32]] {
    var generator = SeededGenerator(seed: seed)
    return lengths.map { length in
        (0..<length).map { _ in Int32.random(in: 0..<Int32(shape.vocabularySize), using: &generator) }
    }
}

/// The cosine of two vectors.
package func cosine(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Double {
    func product(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Double {
        zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    return product(a, b) / (product(a, a) * product(b, b)).squareRoot()
}
