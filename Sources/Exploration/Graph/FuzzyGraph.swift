#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#elseif canImport(Bionic)
import Bionic
#else
import Glibc
#endif

extension WeightedGraph {
    /// The fuzzy graph of nearest neighbors: who is near by the measure of either.
    ///
    /// It is the graph of L. McInnes, J. Healy and J. Melville, "UMAP: Uniform Manifold Approximation and Projection
    /// for Dimension Reduction", 2018, <https://arxiv.org/abs/1802.03426>, section 3.1. Distances are stretched where
    /// things lie close together, so that every thing has about as many neighbors:
    ///
    /// 1. A thing's nearest neighbor has the weight 1. The others have exp(−(*d* − *ρ*)/*σ*), where *ρ* is the distance
    ///    of the nearest. *σ* is chosen so that the weights add up to log₂ *k*.
    /// 2. The two weights *a* and *b* of a pair, one from each side, become *a* + *b* − *ab*.
    ///
    /// - Complexity: O(*n* · *k*) for *n* things of *k* neighbors.
    package init(fuzzy neighbors: NearestNeighbors) {
        let directed = (0..<neighbors.count).flatMap { row in
            membershipStrengths(neighbors.distances[neighbors.places(of: row)])
        }
        let transposed = neighbors.transposed(with: directed)
        var rowPointers = [0]
        var columns: [UInt32] = []
        var weights: [Float] = []
        columns.reserveCapacity(directed.count * 3 / 2)
        weights.reserveCapacity(directed.count * 3 / 2)
        for row in 0..<neighbors.count {
            var pairs = neighbors.places(of: row).map { (neighbors.columns[$0], directed[$0]) }
            pairs += transposed.places(of: row).map { (transposed.columns[$0], transposed.weights[$0]) }
            pairs.sort { $0.0 < $1.0 }
            for (column, weight) in pairs {
                if columns.count > rowPointers[row], columns[columns.count - 1] == column {
                    let other = weights[weights.count - 1]
                    weights[weights.count - 1] = other + weight - other * weight
                } else {
                    columns.append(column)
                    weights.append(weight)
                }
            }
            rowPointers.append(columns.count)
        }
        self.init(rowPointers: rowPointers, columns: columns, weights: weights)
    }
}

/// The weights of a thing's neighbors, given their distances in ascending order.
func membershipStrengths(_ distances: ArraySlice<Float>) -> [Float] {
    guard let nearest = distances.first(where: { $0 > 0 }) else { return distances.map { _ in 1 } }
    let target = log2(Float(distances.count + 1))
    func weight(_ distance: Float, _ scale: Float) -> Float { exp(-max(0, distance - nearest) / scale) }
    // The sum grows with the scale: bisection, upwards until the sum is passed.
    var (low, high): (Float, Float) = (0, .infinity)
    var scale: Float = 1
    for _ in 0..<bisectionSteps {
        let sum = distances.reduce(0) { $0 + weight($1, scale) }
        if abs(sum - target) < 1e-5 { break }
        if sum > target { high = scale } else { low = scale }
        scale = high.isFinite ? (low + high) / 2 : scale * 2
    }
    // Where all lie at one distance, no scale serves, and it must not vanish.
    let mean = distances.reduce(0, +) / Float(distances.count)
    scale = max(scale, smallestScale * mean)
    return distances.map { weight($0, scale) }
}

/// As many as umap-learn takes; the last ones change no digit that counts.
private let bisectionSteps = 64

/// The smallest scale as a share of the mean distance, as in umap-learn.
private let smallestScale: Float = 1e-3

extension NearestNeighbors {
    /// The lists of those who name each thing, with the weights of their naming it. Columns ascend.
    fileprivate func transposed(with weights: [Float]) -> TransposedNeighbors {
        var rowPointers = [Int](repeating: 0, count: count + 1)
        for column in columns { rowPointers[Int(column) + 1] += 1 }
        for row in 0..<count { rowPointers[row + 1] += rowPointers[row] }
        var next = rowPointers
        var named = [UInt32](repeating: 0, count: columns.count)
        var sorted = [Float](repeating: 0, count: columns.count)
        for row in 0..<count {
            for place in places(of: row) {
                let target = next[Int(columns[place])]
                next[Int(columns[place])] += 1
                named[target] = UInt32(row)
                sorted[target] = weights[place]
            }
        }
        return TransposedNeighbors(rowPointers: rowPointers, columns: named, weights: sorted)
    }
}

private struct TransposedNeighbors {
    let rowPointers: [Int]
    let columns: [UInt32]
    let weights: [Float]

    func places(of row: Int) -> Range<Int> { rowPointers[row]..<rowPointers[row + 1] }
}
