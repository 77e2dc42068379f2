import ArraySpans
import ParallelLoops
import SeededRandom

/// A first place in the plane for each node of a graph: the slowest variations over its edges.
///
/// These are the eigenvectors of D^(−½) W D^(−½) behind the first, as in M. Belkin and P. Niyogi, "Laplacian
/// Eigenmaps", 2003, <https://doi.org/10.1162/089976603321780317>, found by orthogonal iteration. It is cut short: a
/// start needs the rough shape alone.
///
/// - Parameters:
///   - graph: The graph.
///   - seed: Decides where the iteration starts.
///   - iterations: The steps.
///   - threads: The most threads to use. The result does not depend on it.
/// - Returns: Places between −10 and 10, as umap-learn starts from.
/// - Complexity: O(*e*) for *e* edges a step.
package func spectralStart(
    of graph: WeightedGraph, seed: UInt64 = 0, iterations: Int = 150, threads: Int
) -> [SIMD2<Float>] {
    let count = graph.nodeCount
    guard count > 2 else { return (0..<count).map { SIMD2(Float($0) * 2 - 1, 0) } }
    let roots = graph.strengths.map { Float(max($0, .leastNormalMagnitude).squareRoot()) }
    let scales = roots.map { $0 > 0 ? 1 / $0 : 0 }
    var random = SplitMix64(seed: seed)
    // Column 0 is known, and the others are kept at right angles to it.
    var block = roots.map { root in
        SIMD4(root, Float(random.nextUnit()) - 0.5, Float(random.nextUnit()) - 0.5, Float(random.nextUnit()) - 0.5)
    }
    orthogonalize(&block)
    for _ in 0..<iterations {
        block = halfStep(graph, scales, block, threads: threads)
        orthogonalize(&block)
    }
    return inRange(block.indices.map { SIMD2(block[$0][1], block[$0][2]) * scales[$0] }, seed: seed)
}

/// (I + D^(−½) W D^(−½)) / 2 times a block. The half keeps eigenvalues above 0, so that the largest are the slowest.
private func halfStep(
    _ graph: WeightedGraph, _ scales: [Float], _ block: [SIMD4<Float>], threads: Int
) -> [SIMD4<Float>] {
    .writtenConcurrently(count: block.count) { result in
        concurrentChunks(of: block.count, threads: threads, chunk: 1_024) { _, nodes in
            let (columns, weights, scales, block) = (
                graph.columns.span, graph.weights.span, scales.span, block.span
            )
            result.withElements(in: nodes) { result in
                for node in nodes {
                    var sum = SIMD4<Float>.zero
                    for place in graph.places(of: node) {
                        let other = Int(columns[place])
                        sum += block[other] * (weights[place] * scales[other])
                    }
                    result[node - nodes.lowerBound] = (block[node] + sum * scales[node]) * 0.5
                }
            }
        }
    }
}

/// Makes the columns of a block orthonormal, one after another (Gram–Schmidt).
private func orthogonalize(_ block: inout [SIMD4<Float>]) {
    for column in 0..<4 {
        for earlier in 0..<column {
            let product = block.reduce(0.0) { $0 + Double($1[column]) * Double($1[earlier]) }
            for row in block.indices { block[row][column] -= Float(product) * block[row][earlier] }
        }
        let square = block.reduce(0.0) { $0 + Double($1[column]) * Double($1[column]) }
        let scale = square > 0 ? Float(1 / square.squareRoot()) : 0
        for row in block.indices { block[row][column] *= scale }
    }
}

/// The places, scaled to the range from −10 to 10 and moved apart by a little where they coincide.
private func inRange(_ places: [SIMD2<Float>], seed: UInt64) -> [SIMD2<Float>] {
    // Small parts of a graph lie far out: the scale is that of most nodes.
    let magnitudes = places.map { max(abs($0.x), abs($0.y)) }.filter(\.isFinite).sorted()
    let scale = magnitudes.isEmpty ? 1 : magnitudes[(magnitudes.count - 1) * 99 / 100]
    var random = SplitMix64(seed: seed &+ 1)
    return places.map { place in
        let noise = SIMD2(Float(random.nextUnit()) - 0.5, Float(random.nextUnit()) - 0.5) * 0.01
        guard scale > 0, place.x.isFinite, place.y.isFinite else { return noise * 1_000 }
        return (place / scale * 10).clamped(lowerBound: SIMD2(repeating: -10), upperBound: SIMD2(repeating: 10)) + noise
    }
}
