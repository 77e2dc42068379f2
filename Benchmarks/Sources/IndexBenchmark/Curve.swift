import Foundation

/// The recall and speed of one system on one set with some number of threads.
struct Curve {
    struct Measurement {
        var point: Point
        var recall: Double
        /// The queries a second of wall time.
        var qps: Double
        /// The queries a second of processor time, which other programs on the machine change less.
        var cpuQPS: Double
    }

    let system: String
    let threads: Int
    var measurements: [Measurement]

    /// The points that no other point beats in both recall and speed, by ascending recall.
    func frontier(_ speed: KeyPath<Measurement, Double> = \.qps) -> [Measurement] {
        var best = 0.0
        var frontier: [Measurement] = []
        for point in measurements.sorted(by: { ($0.recall, $0[keyPath: speed]) > ($1.recall, $1[keyPath: speed]) })
        where point[keyPath: speed] > best {
            best = point[keyPath: speed]
            frontier.append(point)
        }
        return frontier.reversed()
    }

    /// The best recall that was measured.
    var bestRecall: Double { measurements.map(\.recall).max() ?? 0 }

    /// The speed at a recall, interpolated on the frontier. The logarithm of the speed is linear in that of 1 − recall.
    ///
    /// - Parameters:
    ///   - recall: The recall that is wanted.
    ///   - speed: Which speed.
    ///   - resolution: The smallest share that recall can show: half an answer.
    /// - Returns: The speed; that of the fastest point if its recall is higher; `nil` if no point reaches the recall.
    func speed(
        atRecall recall: Double, _ speed: KeyPath<Measurement, Double> = \.qps, resolution: Double
    ) -> Double? {
        let frontier = frontier(speed)
        guard let next = frontier.firstIndex(where: { $0.recall >= recall }) else { return nil }
        let above = frontier[next]
        guard next > 0, above.recall > recall else { return above[keyPath: speed] }
        let below = frontier[next - 1]
        func loss(_ recall: Double) -> Double { log(max(1 - recall, resolution)) }
        let part = (loss(recall) - loss(below.recall)) / (loss(above.recall) - loss(below.recall))
        return exp(log(below[keyPath: speed]) * (1 - part) + log(above[keyPath: speed]) * part)
    }
}
