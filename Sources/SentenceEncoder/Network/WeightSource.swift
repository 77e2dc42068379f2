/// Where the weights of a network come from: values by name and shape.
///
/// Names are those of BERT in the Transformers library, without the prefix `bert.`.
struct WeightSource<Failure: Error> {
    /// Whether there are values of a name.
    let has: (_ name: String) -> Bool
    /// The values of a name, which must have the shape.
    let values: (_ name: String, _ shape: [Int]) throws(Failure) -> [Float]

    /// The values of a name, counted.
    func callAsFunction(_ name: String, _ shape: [Int]) throws(Failure) -> [Float] {
        let values = try values(name, shape)
        precondition(values.count == shape.reduce(1, *), "\(values.count) values of \(name) for the shape \(shape)")
        return values
    }

    /// A dense layer of the outputs of all `names`, one behind the other.
    func denseLayer(
        _ names: [String], inputs: Int, outputs: Int, precision: EncoderPrecision
    ) throws(Failure) -> DenseLayer {
        var (weights, bias): ([Float], [Float]) = ([], [])
        for name in names {
            weights += try self("\(name).weight", [outputs, inputs])
            bias += try self("\(name).bias", [outputs])
        }
        return DenseLayer(weights: weights, bias: bias, inputCount: inputs, precision: precision)
    }

    /// A layer normalization, whose weights are called `gamma` and `beta` in old files.
    func normalization(_ name: String, shape: NetworkShape) throws(Failure) -> LayerNormalization {
        let isOld = !has("\(name).weight") && has("\(name).gamma")
        return LayerNormalization(
            weight: try self("\(name).\(isOld ? "gamma" : "weight")", [shape.hiddenSize]),
            bias: try self("\(name).\(isOld ? "beta" : "bias")", [shape.hiddenSize]), epsilon: shape.normEpsilon)
    }
}
