/// The measured recall of a ``VectorIndex`` with a graph, for several `ef`.
///
/// ``VectorIndex/certify(queries:threads:)`` takes a sample of the indexed vectors as queries. It leaves each query out
/// of the graph and of the truth, and compares walks at several `ef` with an exact scan. A result counts as right if it
/// is no farther than the *k*-th true neighbor, so equal distances do not count as misses.
///
/// The figures hold for queries from the same source as the vectors. Other queries may find more or less, such as a few
/// words in an index of whole texts. The figures err on the low side: a walk around the query's own node lacks the
/// links of that node, and a graph built without the node would have other links in their place. <doc:Recall> gives the
/// size of the error.
public struct RecallCertificate: Hashable, Sendable {
    /// The recall of walks with one `ef`.
    public struct Point: Hashable, Sendable {
        /// The number of candidates that the walks kept.
        public let ef: Int

        /// The share of the true neighbors that the walks found, over all queries.
        public let recall: Double

        /// The interval that holds the recall with 95 % confidence.
        ///
        /// It is Wilson's interval (1927). The results of one query tend to be found or missed together, so its number
        /// of trials is corrected by Kish's design effect, measured on the sample.
        public let interval: ClosedRange<Double>

        package init(ef: Int, recall: Double, interval: ClosedRange<Double>) {
            self.ef = ef
            self.recall = recall
            self.interval = interval
        }
    }

    /// How recall at one *k* grows with `ef`.
    public struct Curve: Hashable, Sendable {
        /// The number of neighbors that the walks looked for.
        public let k: Int

        /// The measurements, by ascending `ef`.
        public let points: [Point]

        package init(k: Int, points: [Point]) {
            self.k = k
            self.points = points
        }
    }

    /// The measurements: recall@10 and recall@100, if the index has more vectors than that.
    public let curves: [Curve]

    /// The number of queries in the sample.
    public let queryCount: Int

    /// The number of vectors in the index at the time.
    public let vectorCount: Int

    /// Whether the walks compared 8-bit codes; see ``VectorIndex/comparesCodes``.
    public let comparesCodes: Bool

    /// The number of queries that the caller wanted; `nil` for the default. A small index may have fewer vectors.
    let queriesWanted: Int?

    package init(curves: [Curve], queryCount: Int, vectorCount: Int, queriesWanted: Int?, comparesCodes: Bool = false) {
        self.curves = curves
        self.queryCount = queryCount
        self.vectorCount = vectorCount
        self.queriesWanted = queriesWanted
        self.comparesCodes = comparesCodes
    }
}

extension RecallCertificate {
    /// The `ef` with which a search for the `k` nearest has a recall with 97.5 % confidence; `nil` if no measured `ef`
    /// has it.
    ///
    /// It is the `ef` at which the lower end of the interval reaches the recall. Between two measurements the lower end
    /// is taken from the line through both. The line lies below the curve, because recall grows ever more slowly.
    ///
    /// Up to 10 neighbors, recall@10 decides. Beyond 10, `ef` grows in proportion to *k*, or is what recall@100 needs
    /// if that is less. Growing in proportion is more than enough: the same share of more neighbors takes fewer
    /// candidates for each.
    ///
    /// - Parameters:
    ///   - recall: The share of the true neighbors, from 0 to 1.
    ///   - k: The number of neighbors; at least 1.
    /// - Returns: The `ef`, at least `k`.
    public func ef(forRecall recall: Double, k: Int) -> Int? {
        var enough: [Int] = []
        for curve in curves {
            guard let ef = curve.ef(forRecall: recall) else { continue }
            let scaled = k <= curve.k ? ef : (ef * min(k, Self.largestK) + curve.k - 1) / curve.k
            enough.append(max(scaled, k))
        }
        return enough.min()
    }

    /// A number of neighbors that no index has, and whose products stay in the range of `Int`.
    private static let largestK = Int(Int32.max)
}

extension RecallCertificate.Curve {
    /// The `ef` at which the lower end of the interval reaches a recall.
    func ef(forRecall recall: Double) -> Int? {
        var previous: RecallCertificate.Point?
        for point in points {
            let low = point.interval.lowerBound
            if low >= recall {
                guard let previous else { return point.ef }
                let before = previous.interval.lowerBound
                let share = (recall - before) / (low - before)
                return previous.ef + Int((Double(point.ef - previous.ef) * share).rounded(.up))
            }
            if low >= previous?.interval.lowerBound ?? 0 { previous = point }
        }
        return nil
    }
}
