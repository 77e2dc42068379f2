import ArraySpans
import SeededRandom

/// A hyperplane that divides two classes of examples: a linear support vector machine with squared hinge loss.
///
/// The weights *w* and the bias *b* minimize
///
/// ```
/// ½ (|w|² + b²) + Σ costᵢ · max(0, 1 − yᵢ (w · xᵢ + b))²
/// ```
///
/// over the examples *xᵢ* with labels *yᵢ* of ±1. The dual problem has one variable an example, at least 0. It is
/// solved by coordinate descent: C.-J. Hsieh, K.-W. Chang, C.-J. Lin, S. S. Keerthi and S. Sundararajan, "A Dual
/// Coordinate Descent Method for Large-Scale Linear SVM" (2008), <https://doi.org/10.1145/1390156.1390208>, algorithm
/// 1, for the L2 loss: `dual` is their α, and `cost` their C, here one an example. We visit the examples in a seeded
/// order, and do not shrink the set of them.
package struct LinearSupportVectorMachine: Sendable {
    /// The weight of each column.
    package private(set) var weights: [Float]
    /// What is added to the product of weights and example.
    package private(set) var bias: Float
    /// The passes over the examples that were made.
    package private(set) var passCount = 0

    /// When to stop.
    package struct Limits: Sendable {
        /// The most passes over the examples. More of them come nearer to the minimum; each takes O(*nnz*).
        package var passes = 30
        /// The largest violation of the optimality conditions that counts as none. A smaller one takes more passes.
        package var tolerance: Float = 0.05

        package init() {}
    }

    /// Finds the hyperplane.
    ///
    /// 1. Visit the examples in a new order in each pass.
    /// 2. Of each, move its dual variable to the minimum, the others being fixed, but not below 0.
    /// 3. Move the weights by the change, times the example.
    /// 4. Stop when the gradients of a pass, as far as they may be followed, differ by less than the tolerance.
    ///
    /// - Parameters:
    ///   - rows: The examples.
    ///   - isPositive: Whether each belongs to the positive class.
    ///   - costs: What an error on each costs, above 0. A greater cost fits the example more closely, and a smaller one
    ///     keeps the weights small.
    ///   - limits: When to stop.
    ///   - seed: Decides the order of the visits.
    /// - Precondition: There are as many labels and costs as rows.
    /// - Complexity: O(*nnz*) a pass for *nnz* entries.
    package init(
        _ rows: SparseRows, isPositive: [Bool], costs: [Float], limits: Limits = Limits(), seed: UInt64 = 1
    ) {
        precondition(
            isPositive.count == rows.rowCount && costs.count == rows.rowCount,
            "\(rows.rowCount) examples have \(isPositive.count) labels and \(costs.count) costs")
        var weights = [Float](repeating: 0, count: rows.columnCount)
        var bias: Float = 0
        let diagonal = costs.map { 0.5 / $0 }
        let squares = (0..<rows.rowCount).map { row in
            rows.values[rows.rowPointers[row]..<rows.rowPointers[row + 1]].reduce(1) { $0 + $1 * $1 } + diagonal[row]
        }
        var duals = [Float](repeating: 0, count: rows.rowCount)
        var order = Array(0..<rows.rowCount)
        var generator = SplitMix64(seed: seed)
        while passCount < limits.passes {
            passCount += 1
            order.shuffle(using: &generator)
            var (highest, lowest) = (-Float.infinity, Float.infinity)
            for row in order {
                let label: Float = isPositive[row] ? 1 : -1
                let gradient = label * (rows.product(row, weights.span) + bias) - 1 + diagonal[row] * duals[row]
                let projected = duals[row] == 0 ? min(gradient, 0) : gradient
                (highest, lowest) = (max(highest, projected), min(lowest, projected))
                guard projected != 0 else { continue }
                let former = duals[row]
                duals[row] = max(former - gradient / squares[row], 0)
                let change = (duals[row] - former) * label
                bias += change
                var span = weights.mutableSpan
                rows.add(row, times: change, to: &span)
            }
            if highest - lowest < limits.tolerance { break }
        }
        self.weights = weights
        self.bias = bias
    }

    /// The distance of an example from the hyperplane, times the length of the weights: above 0 on the positive side.
    package func decision(_ row: Int, of rows: SparseRows) -> Float { rows.product(row, weights.span) + bias }
}
