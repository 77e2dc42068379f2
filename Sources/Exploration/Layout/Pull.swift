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

/// How one node moves in one epoch of a layout.
struct Pull {
    private let node: Int
    private let epoch: Float
    private let rate: Float
    private let negativeSamples: Int
    private let seed: UInt64

    init(node: Int, epoch: Int, rate: Float, _ parameters: LayoutParameters) {
        self.node = node
        self.epoch = Float(epoch + 1)
        self.rate = rate
        negativeSamples = parameters.negativeSamples
        var mixed = SplitMix64(seed: parameters.seed &+ UInt64(epoch))
        seed = mixed.next() ^ UInt64(node) &* 0x9E37_79B9_7F4A_7C15
    }

    /// Moves the node.
    ///
    /// - Parameters:
    ///   - old: The places of all nodes at the beginning of the epoch.
    ///   - graph: The graph.
    ///   - intervals: The epochs between two pulls of each edge.
    ///   - due: The epochs in which edges pull next, from `firstEdge` on.
    ///   - firstEdge: The edge of the first element of `due`.
    /// - Returns: Its new place.
    func moved(
        _ old: Span<SIMD2<Float>>, _ graph: borrowing WeightedGraph, _ intervals: Span<Float>,
        _ due: inout MutableSpan<Float>, firstEdge: Int
    ) -> SIMD2<Float> {
        var place = old[node]
        var random = SplitMix64(seed: seed)
        for edge in graph.places(of: node) where due[edge - firstEdge] <= epoch {
            due[edge - firstEdge] += intervals[edge]
            place += rate * Self.attraction(place - old[Int(graph.columns[edge])])
            for _ in 0..<negativeSamples {
                let other = random.next(below: old.count)
                if other != node { place += rate * Self.repulsion(place - old[other]) }
            }
        }
        return place
    }

    /// *a* and *b*: the curve 1 / (1 + *a* *d*^2*b*) that falls off from a distance of .1 on, as umap-learn fits it.
    private static let a: Float = 1.577
    private static let b: Float = 0.8951
    /// No move is longer in one direction, before the rate.
    private static let longestMove: Float = 4

    private static func attraction(_ difference: SIMD2<Float>) -> SIMD2<Float> {
        let square = (difference * difference).sum()
        guard square > 0 else { return .zero }
        let power = pow(square, b)
        return clamped(difference * (-2 * a * b * power / (square * (1 + a * power))))
    }

    private static func repulsion(_ difference: SIMD2<Float>) -> SIMD2<Float> {
        let square = (difference * difference).sum()
        // Two nodes in one place are pushed apart by others.
        guard square > 0 else { return .zero }
        return clamped(difference * (2 * b / ((0.001 + square) * (1 + a * pow(square, b)))))
    }

    private static func clamped(_ move: SIMD2<Float>) -> SIMD2<Float> {
        move.clamped(lowerBound: SIMD2(repeating: -longestMove), upperBound: SIMD2(repeating: longestMove))
    }
}
