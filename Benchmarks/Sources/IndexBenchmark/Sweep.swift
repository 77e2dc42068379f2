import Foundation

/// The points of one system, measured one at a time so that systems can take turns.
///
/// A chain of points ends when recall is nearly complete, when it no longer grows, or when a pass takes too long.
struct Sweep {
    private static let completeRecall = 0.9993
    private static let leastGain = 0.0003
    private static let longestPass = 6.0

    private let chains: [[Point]]
    private var chain = 0
    private var point = 0
    private var stalls = 0
    private var lastRecall = 0.0

    init(_ chains: [[Point]]) {
        self.chains = chains.filter { !$0.isEmpty }
    }

    /// The next point to measure; `nil` at the end.
    var next: (chain: Int, point: Int)? {
        chain < chains.count ? (chain, point) : nil
    }

    /// Moves on after a measurement.
    mutating func advance(recall: Double, seconds: Double) {
        stalls = recall - lastRecall < Self.leastGain ? stalls + 1 : 0
        lastRecall = recall
        point += 1
        let isDone = recall >= Self.completeRecall || stalls == 2 || seconds > Self.longestPass
        if isDone || point == chains[chain].count {
            (chain, point, stalls, lastRecall) = (chain + 1, 0, 0, 0)
        }
    }
}
