import ArraySpans
import ParallelLoops
import SeededRandom

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

/// Lays a graph of neighbors out in the plane, so that neighbors lie close together.
///
/// It is the layout of L. McInnes, J. Healy and J. Melville, "UMAP: Uniform Manifold Approximation and Projection for
/// Dimension Reduction", 2018, <https://arxiv.org/abs/1802.03426>, section 3.2: edges pull their nodes together, as
/// often as their weights say, and random nodes push each other apart, by the gradient of the cross entropy between the
/// graph and 1 / (1 + *a* *d*^2*b*). Two things differ, so that the result is the same for any number of threads:
///
/// - In an epoch every node moves by the places that the others had at its beginning.
/// - A node draws the nodes that push it from a generator of its own, seeded by the seed, the epoch and the node.
///
/// - Parameters:
///   - graph: The graph, as `WeightedGraph(fuzzy:)` makes it.
///   - start: A first place for each node, such as `spectralStart` gives.
///   - parameters: How long and how strongly.
///   - threads: The most threads to use. The result does not depend on it.
///   - progress: Called after each epoch with the part that is done. It returns whether to go on.
/// - Returns: A place for each node; `nil` if it was stopped.
/// - Complexity: O(epochs · *e*) for *e* edges, and as many random reads.
package func layout(
    _ graph: WeightedGraph, from start: [SIMD2<Float>], _ parameters: LayoutParameters = LayoutParameters(),
    threads: Int, progress: (Double) -> Bool = { _ in true }
) -> [SIMD2<Float>]? {
    precondition(start.count == graph.nodeCount, "\(start.count) places for \(graph.nodeCount) nodes")
    let epochs = parameters.epochs(for: graph.nodeCount)
    var state = LayoutState(graph, start, parameters, epochs: epochs)
    for epoch in 0..<epochs {
        state.step(epoch, threads: threads)
        if !progress(Double(epoch + 1) / Double(epochs)) { return nil }
    }
    return state.places
}

/// The places of nodes between two epochs.
private struct LayoutState {
    private let graph: WeightedGraph
    private let parameters: LayoutParameters
    private let epochs: Int
    private(set) var places: [SIMD2<Float>]
    /// The epochs between two pulls of each edge.
    private let intervals: [Float]
    /// The epoch in which each edge pulls next.
    private var dueEpochs: [Float]

    init(_ graph: WeightedGraph, _ start: [SIMD2<Float>], _ parameters: LayoutParameters, epochs: Int) {
        self.graph = graph
        self.parameters = parameters
        self.epochs = epochs
        places = start
        let strongest = graph.weights.max() ?? 1
        // An edge that would not pull once never does.
        intervals = graph.weights.map { $0 * Float(epochs) >= strongest ? strongest / $0 : .infinity }
        dueEpochs = intervals
    }

    /// Moves every node once.
    mutating func step(_ epoch: Int, threads: Int) {
        let rate = 1 - Float(epoch) / Float(epochs)
        let (graph, intervals, old, parameters) = (graph, intervals, places, parameters)
        var dueEpochs = dueEpochs
        self.dueEpochs = []
        places.fillConcurrently { new in
            dueEpochs.fillConcurrently { due in
                concurrentChunks(of: old.count, threads: threads, chunk: 512) { _, nodes in
                    let edges = graph.rowPointers[nodes.lowerBound]..<graph.rowPointers[nodes.upperBound]
                    new.withElements(in: nodes) { new in
                        due.withElements(in: edges) { due in
                            for node in nodes {
                                let pull = Pull(node: node, epoch: epoch, rate: rate, parameters)
                                new[node - nodes.lowerBound] = pull.moved(
                                    old.span, graph, intervals.span, &due, firstEdge: edges.lowerBound)
                            }
                        }
                    }
                }
            }
        }
        self.dueEpochs = dueEpochs
    }
}
