/// What recall an ``HNSWIndex`` has at which `ef`, measured on its own vectors.
///
/// ``HNSWIndex/certify(queries:threads:)`` takes a sample of the indexed vectors as queries, each of them left out of the
/// graph and of the truth, and compares walks at several `ef` with an exact scan. So the figures are about queries that
/// come from where the vectors came from; other queries, such as a few words where the vectors are those of whole texts,
/// may fare better or worse. They err on the side of caution: walks around a query's own node miss its links, which a
/// graph built without the node would have replaced by others. See <doc:Recall> for by how much.
///
/// A result counts as right if it is no farther than the *k*-th true neighbour, so equal distances do not count as misses.
public struct RecallCertificate: Hashable, Sendable {
    /// The recall of walks that keep a number of candidates.
    public struct Point: Hashable, Sendable {
        /// The candidates that the walks kept.
        public let ef: Int

        /// The share of the true neighbours that they found, over all queries.
        public let recall: Double

        /// Where the recall lies with 95 % confidence.
        ///
        /// Wilson's interval (1927), its number of trials corrected for the results of one query succeeding and failing
        /// together (Kish's design effect, measured on the sample).
        public let interval: ClosedRange<Double>

        package init(ef: Int, recall: Double, interval: ClosedRange<Double>) {
            self.ef = ef
            self.recall = recall
            self.interval = interval
        }
    }

    /// How recall at one *k* grows with `ef`.
    public struct Curve: Hashable, Sendable {
        /// The number of neighbours asked for.
        public let k: Int

        /// The measurements, by ascending `ef`.
        public let points: [Point]

        package init(k: Int, points: [Point]) {
            self.k = k
            self.points = points
        }
    }

    /// The measurements: recall@10 and recall@100, as far as the index has so many vectors.
    public let curves: [Curve]

    /// The queries in the sample.
    public let queryCount: Int

    /// The vectors that the index had.
    public let vectorCount: Int

    /// The queries that were asked for, of which a small index has not so many; `nil` if their number was left open.
    let queriesWanted: Int?

    package init(curves: [Curve], queryCount: Int, vectorCount: Int, queriesWanted: Int?) {
        self.curves = curves
        self.queryCount = queryCount
        self.vectorCount = vectorCount
        self.queriesWanted = queriesWanted
    }
}

extension RecallCertificate {
    /// The `ef` at which a search for the `k` nearest has a recall, with 97.5 % confidence; `nil` if none that was measured
    /// has.
    ///
    /// It is the `ef` at which the lower end of the interval reaches the recall. Between two measurements the end is taken
    /// to lie on the line between them, which is below the truth, for recall grows ever more slowly. Up to 10 neighbours,
    /// recall@10 decides; beyond them `ef` grows in proportion to *k*, or what recall@100 needs if that is less. In
    /// proportion is more than enough: the same share of more neighbours takes fewer candidates for each.
    ///
    /// - Parameters:
    ///   - recall: The share of the true neighbours, from 0 to 1.
    ///   - k: The number of neighbours; at least 1.
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

    /// A number of neighbours that no index reaches, and whose products stay in range.
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
