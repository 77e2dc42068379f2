import EncoderTestSupport
import Foundation
import SentenceEncoder

/// The encoder in plain loops over `Double`: the slow twin of `TransformerNetwork`.
struct NaiveNetwork {
    let weights: RandomWeights

    private var shape: NetworkShape { weights.shape }

    /// The vectors of the tokens of a sequence.
    func hidden(_ ids: [Int32], secondStart: Int? = nil) -> [[Double]] {
        let words = matrix("embeddings.word_embeddings.weight", columns: shape.hiddenSize)
        let positions = matrix("embeddings.position_embeddings.weight", columns: shape.hiddenSize)
        let types = matrix("embeddings.token_type_embeddings.weight", columns: shape.hiddenSize)
        var rows = ids.enumerated().map { position, id in
            let type = types[position < secondStart ?? ids.count ? 0 : 1]
            let sum = (0..<shape.hiddenSize).map { words[Int(id)][$0] + positions[position][$0] + type[$0] }
            return normalized(sum, "embeddings.LayerNorm")
        }
        for layer in 0..<shape.layerCount { rows = self.layer("encoder.layer.\(layer)", rows) }
        return rows
    }

    /// The logit of the classifier.
    func logit(_ ids: [Int32], secondStart: Int) -> Double {
        let first = hidden(ids, secondStart: secondStart)[0]
        return dense("classifier", dense("pooler.dense", first).map { tanh($0) })[0]
    }

    private func layer(_ name: String, _ rows: [[Double]]) -> [[Double]] {
        let queries = rows.map { dense("\(name).attention.self.query", $0) }
        let keys = rows.map { dense("\(name).attention.self.key", $0) }
        let values = rows.map { dense("\(name).attention.self.value", $0) }
        let size = shape.hiddenSize / shape.headCount
        return rows.indices.map { token in
            var context = [Double](repeating: 0, count: shape.hiddenSize)
            for head in 0..<shape.headCount {
                let part = head * size..<(head + 1) * size
                let scores = keys.map { key in
                    part.reduce(0) { $0 + queries[token][$1] * key[$1] } / Double(size).squareRoot()
                }
                let largest = scores.max() ?? 0
                let exponentials = scores.map { exp($0 - largest) }
                let sum = exponentials.reduce(0, +)
                for column in part {
                    for (weight, value) in zip(exponentials, values) { context[column] += weight / sum * value[column] }
                }
            }
            let attended = normalized(
                add(rows[token], dense("\(name).attention.output.dense", context)),
                "\(name).attention.output.LayerNorm")
            let inner = dense("\(name).intermediate.dense", attended).map(activate)
            return normalized(add(attended, dense("\(name).output.dense", inner)), "\(name).output.LayerNorm")
        }
    }

    private func activate(_ x: Double) -> Double {
        switch shape.activation {
        case .gelu: x / 2 * (1 + erf(x / 2.0.squareRoot()))
        case .geluTanh: x / 2 * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
        case .relu: max(x, 0)
        }
    }

    private func dense(_ name: String, _ input: [Double]) -> [Double] {
        zip(matrix("\(name).weight", columns: input.count), vector("\(name).bias")).map { row, bias in
            zip(row, input).reduce(bias) { $0 + $1.0 * $1.1 }
        }
    }

    private func normalized(_ row: [Double], _ name: String) -> [Double] {
        let count = Double(row.count)
        let mean = row.reduce(0, +) / count
        let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        let factor = 1 / (variance + Double(shape.normEpsilon)).squareRoot()
        let (weight, bias) = (vector("\(name).weight"), vector("\(name).bias"))
        return row.indices.map { (row[$0] - mean) * factor * weight[$0] + bias[$0] }
    }

    private func add(_ a: [Double], _ b: [Double]) -> [Double] {
        zip(a, b).map { $0 + $1 }
    }

    private func vector(_ name: String) -> [Double] {
        (weights.values[name] ?? []).map(Double.init)
    }

    private func matrix(_ name: String, columns: Int) -> [[Double]] {
        let values = vector(name)
        return stride(from: 0, to: values.count, by: columns).map { Array(values[$0..<$0 + columns]) }
    }
}
