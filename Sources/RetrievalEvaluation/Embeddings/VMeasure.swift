import Foundation

/// How well clusters agree with classes, whatever the clusters are called: homogeneity, completeness and their harmonic
/// mean, as `sklearn.metrics.v_measure_score` has it.
///
/// A. Rosenberg & J. Hirschberg, *V-Measure: A Conditional Entropy-Based External Cluster Evaluation Measure*, 2007,
/// <https://aclanthology.org/D07-1043/>.
public struct VMeasure: Hashable, Sendable {
    /// How far each cluster holds members of one class alone, from 0 to 1; 1 for a single class.
    public let homogeneity: Double

    /// How far all members of a class are in one cluster, from 0 to 1; 1 for a single cluster.
    public let completeness: Double

    /// The harmonic mean of both, from 0 to 1.
    public var value: Double {
        let sum = homogeneity + completeness
        return sum > 0 ? 2 * homogeneity * completeness / sum : 0
    }

    /// Compares clusters with classes.
    ///
    /// Without elements all values are 1, as in scikit-learn.
    ///
    /// - Parameters:
    ///   - classes: The class of each element.
    ///   - clusters: The cluster of each element.
    /// - Throws: ``EmbeddingEvaluationError`` with the code `countMismatch`.
    /// - Complexity: O(*n*), and O(*p* log *p*) for *p* pairs of class and cluster.
    public init(classes: [some Hashable], clusters: [some Hashable]) throws(EmbeddingEvaluationError) {
        try checkCounts(classes.count, clusters.count, atLeast: 0, of: "elements")
        let (rows, columns) = (numbered(classes), numbered(clusters))
        var counts: [Int: Int] = [:]
        let width = columns.sizes.count
        for (row, column) in zip(rows.numbers, columns.numbers) { counts[row * width + column, default: 0] += 1 }
        let total = Double(classes.count)
        // In a fixed order, so that the last digits are the same each time.
        let information = counts.sorted { $0.key < $1.key }.reduce(0.0) { sum, cell in
            let expected = Double(rows.sizes[cell.key / width]) * Double(columns.sizes[cell.key % width])
            return sum + Double(cell.value) / total * log(total * Double(cell.value) / expected)
        }
        func share(of entropy: Double) -> Double { entropy > 0 ? min(1, max(0, information / entropy)) : 1 }
        homogeneity = share(of: entropy(of: rows.sizes))
        completeness = share(of: entropy(of: columns.sizes))
    }
}

/// A number for each value, from 0 in the order of their first places, and how often each number comes.
private func numbered<Value: Hashable>(_ values: [Value]) -> (numbers: [Int], sizes: [Int]) {
    var known: [Value: Int] = [:]
    var sizes: [Int] = []
    let numbers = values.map { value in
        let number = known[value] ?? sizes.count
        if number == sizes.count {
            known[value] = number
            sizes.append(0)
        }
        sizes[number] += 1
        return number
    }
    return (numbers, sizes)
}

/// The entropy of classes of some sizes, in nats.
private func entropy(of sizes: [Int]) -> Double {
    guard sizes.count > 1 else { return 0 }
    let total = Double(sizes.reduce(0, +))
    return sizes.reduce(0.0) { $0 - Double($1) / total * log(Double($1) / total) }
}
