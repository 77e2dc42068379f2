/// The measured recall of a ``VectorIndex`` with a graph, for several `ef`.
///
/// ``VectorIndex/certify(queries:threads:progress:)-(Int?,_,_)`` takes a sample of the indexed vectors as queries. It
/// leaves each query out of the graph and of the truth, and compares walks at several `ef` with an exact scan.
/// ``VectorIndex/certify(queries:threads:progress:)-([Float],_,_)`` takes queries of yours. A result counts as right if
/// it is no farther than the *k*-th true neighbor, so equal distances do not count as misses.
///
/// The figures hold for queries from the same source as those of the measurement, which ``source`` names. Other queries
/// may find more or less, such as a few words in an index of whole texts: measure with such queries then. A search can
/// ask ``VectorIndex/isCovered(_:found:)`` whether its query was like them.
///
/// A vector of the index that serves as a query is left out of the graph: nodes that link to it get a link to one of
/// its neighbors in its place. <doc:Recall> compares the figures with those of queries that were never in the index.
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

        /// The point from which twice the `ef` gains less than a fifth of the recall that is missing. If the curve does
        /// not flatten, it is the last point; `nil` without points.
        public var knee: Point? {
            for point in points {
                guard let next = points.first(where: { $0.ef >= 2 * point.ef }) else { break }
                if next.recall - point.recall < Self.worthwhileGain * (1 - point.recall) { return point }
            }
            return points.last
        }

        /// The share of the missing recall that is worth twice the time.
        private static var worthwhileGain: Double { 0.2 }

        package init(k: Int, points: [Point]) {
            self.k = k
            self.points = points
        }
    }

    /// The measurements: recall@10 and recall@100, if the index has more vectors than that.
    public let curves: [Curve]

    /// Where the queries of a measurement came from.
    public enum QuerySource: Hashable, Sendable {
        /// From the index: some of its own vectors.
        case indexedVectors

        /// From the caller of ``VectorIndex/certify(queries:threads:progress:)-([Float],_,_)``.
        case givenQueries
    }

    /// Where the queries came from. The figures hold for queries of that kind.
    public let source: QuerySource

    /// The number of queries.
    public let queryCount: Int

    /// The number of vectors in the index at the time.
    public let vectorCount: Int

    /// Whether the walks compared 8-bit codes; see ``VectorIndex/comparesCodes``.
    public let comparesCodes: Bool

    /// The number of queries that the caller wanted; `nil` for the default. A small index may have fewer vectors.
    let queriesWanted: Int?

    /// How far the nearest of a query was, at most, for nearly all queries; see ``VectorIndex/isCovered(_:found:)``.
    let nearestLimit: Remoteness?

    package init(
        curves: [Curve], queryCount: Int, vectorCount: Int, queriesWanted: Int?, comparesCodes: Bool = false,
        source: QuerySource = .indexedVectors, nearestLimit: Remoteness? = nil
    ) {
        self.curves = curves
        self.queryCount = queryCount
        self.vectorCount = vectorCount
        self.queriesWanted = queriesWanted
        self.comparesCodes = comparesCodes
        self.source = source
        self.nearestLimit = nearestLimit
    }
}

extension RecallCertificate: CustomStringConvertible {
    /// What was measured, and whose queries it speaks of, as in `recall@10 0.9712 at ef 96, recall@100 0.9533 at ef
    /// 256, of 500 queries among 40000 vectors; it holds for queries like the indexed vectors`.
    public var description: String {
        let kind =
            switch source {
            case .indexedVectors: "the indexed vectors"
            case .givenQueries: "those that were given"
            }
        let recalls = curves.compactMap { curve in
            curve.knee.map { "recall@\(curve.k) \(($0.recall * 10_000).rounded() / 10_000) at ef \($0.ef)" }
        }
        let measured = recalls.isEmpty ? "nothing measured" : recalls.joined(separator: ", ")
        return "\(measured), of \(queryCount) queries among \(vectorCount) vectors; it holds for queries like \(kind)"
    }
}

/// How far a query is from its nearest vector.
package struct Remoteness: Hashable, Sendable {
    /// The distance; 0 under the inner product.
    package let distance: Float

    /// The distance in proportion to the length of the query, which tells more where lengths differ much: the squared
    /// Euclidean distance over the squared length, or the negative product over the length; 0 under the cosine metric.
    package let ratio: Float

    package init(distance: Float, ratio: Float) {
        self.distance = distance
        self.ratio = ratio
    }
}

/// How a search by recall is answered, and what it reaches.
public struct RecallPlan: Hashable, Sendable {
    /// The recall that was asked for.
    public let asked: Double

    /// The recall that the search has, with 97.5 % confidence by the certificate; 1 if it compares all vectors.
    ///
    /// It is below ``asked`` where the measured recall flattens before it gets there: then the search takes the knee
    /// of the curve. To compare all vectors instead, ask for a recall of 1.
    public let reached: Double

    /// The number of candidates that a walk keeps. A search that compares all vectors ignores it.
    public let ef: Int

    package init(asked: Double, reached: Double, ef: Int) {
        self.asked = asked
        self.reached = reached
        self.ef = ef
    }

    /// Whether the search has the recall that was asked for.
    public var isReached: Bool { reached >= asked }
}

extension RecallCertificate {
    /// The `ef` for a recall, and what it reaches: ``ef(forRecall:k:)`` if there is one, else the knee of the curve.
    ///
    /// - Parameters:
    ///   - recall: The share of the true neighbors, from 0 to 1.
    ///   - k: The number of neighbors; at least 1.
    /// - Returns: The plan; `nil` if nothing was measured, or if the recall is 1, which only a scan has.
    public func plan(forRecall recall: Double, k: Int) -> RecallPlan? {
        if let ef = ef(forRecall: recall, k: k) { return RecallPlan(asked: recall, reached: recall, ef: ef) }
        guard recall < 1, let curve = curves.last(where: { $0.k <= max(k, Self.smallestK) }), let knee = curve.knee
        else { return nil }
        return RecallPlan(asked: recall, reached: knee.interval.lowerBound, ef: scaled(knee.ef, of: curve, to: k))
    }

    private static let smallestK = 10

    /// The `ef` for `k` neighbors that was measured for fewer: it grows in proportion.
    private func scaled(_ ef: Int, of curve: Curve, to k: Int) -> Int {
        max(k, k <= curve.k ? ef : (ef * min(k, Self.largestK) + curve.k - 1) / curve.k)
    }

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
            enough.append(scaled(ef, of: curve, to: k))
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
