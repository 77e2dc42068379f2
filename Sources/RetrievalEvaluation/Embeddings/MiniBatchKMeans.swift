import Foundation
import SeededRandom
public import TextEncoding

/// k-means clustering that learns from small random batches, with the rules and defaults of scikit-learn's class of the
/// same name, as MTEB uses it.
///
/// D. Sculley, *Web-Scale K-Means Clustering*, 2010, <https://doi.org/10.1145/1772690.1772862>; it begins with the
/// centers of k-means++ (D. Arthur & S. Vassilvitskii, 2007).
///
/// 1. Choose centers among a sample of three batches: each is the best of a few that are drawn with probabilities
///    proportional to the squared distance from the centers so far.
/// 2. Draw a batch, assign it to the centers, and move each center to the mean of all texts that it ever got.
/// 3. Now and then, replace centers of very few texts by texts drawn from all.
/// 4. Stop when the smoothed distance has not fallen for ten batches, or after a hundred passes.
///
/// The seed alone decides the clusters, but its random numbers are not those of scikit-learn.
public struct MiniBatchKMeans: Hashable, Sendable {
    /// The number of clusters, at least 1 and at most that of the embeddings.
    public var clusterCount: Int
    /// The size of a batch, at least 1. The default is MTEB's 500.
    public var batchSize: Int
    /// The seed of the random numbers.
    public var seed: UInt64

    /// Creates the parameters of a clustering.
    public init(clusterCount: Int, batchSize: Int = 500, seed: UInt64 = 42) {
        self.clusterCount = clusterCount
        self.batchSize = batchSize
        self.seed = seed
    }

    /// The most passes over the embeddings, as in scikit-learn.
    private static let mostPasses = 100
    /// How many batches may bring no improvement before the end, as in scikit-learn.
    private static let patience = 10
    /// A center of fewer texts than this share of the largest is replaced, as in scikit-learn.
    private static let reassignmentShare = 0.01

    /// Clusters embeddings by their Euclidean distances.
    ///
    /// - Parameter embeddings: The embeddings, all of the same dimensions.
    /// - Returns: The cluster of each embedding, from 0. A cluster may be empty if embeddings are equal.
    /// - Throws: ``EmbeddingEvaluationError``: `dimensionMismatch`, `notFinite`, or `invalidParameter` for a number of
    ///   clusters or a batch that cannot be.
    /// - Complexity: O(*b* · *k* · *d*) for a batch of *b*, *k* clusters and *d* dimensions; mostly a few passes in
    ///   all.
    public func clusters(of embeddings: [Embedding]) throws(EmbeddingEvaluationError) -> [Int] {
        guard clusterCount >= 1, clusterCount <= embeddings.count, batchSize >= 1 else {
            throw EmbeddingEvaluationError(
                .invalidParameter,
                "\(embeddings.count) texts do not make \(clusterCount) clusters in batches of \(batchSize).")
        }
        try checkComponents(embeddings)
        let points = EmbeddingRows(embeddings)
        var generator = SplitMix64(seed: seed)
        var centers = firstCenters(of: points, using: &generator)
        learn(&centers, from: points, using: &generator)
        return (0..<points.rowCount).map { nearest(to: $0, of: points, among: centers).center }
    }

    /// The center nearest to a point, the first of equal ones, and their squared distance.
    private func nearest(
        to point: Int, of points: EmbeddingRows, among centers: EmbeddingRows
    ) -> (center: Int, distance: Float) {
        var best = (center: 0, distance: Float.infinity)
        for center in 0..<centers.rowCount {
            let distance = points.squaredDistance(of: point, from: centers, center)
            if distance < best.distance { best = (center, distance) }
        }
        return best
    }

    // MARK: - Beginning

    private func firstCenters(of points: EmbeddingRows, using generator: inout SplitMix64) -> EmbeddingRows {
        let (room, overflows) = batchSize.multipliedReportingOverflow(by: 3)
        let wanted =
            overflows || room > points.rowCount ? points.rowCount : max(room, min(points.rowCount, 3 * clusterCount))
        let sample = (0..<points.rowCount).shuffled(using: &generator).prefix(wanted)
        var centers = EmbeddingRows(zeros: clusterCount, like: points)
        centers.copy(sample[generator.next(below: sample.count)], of: points, to: 0)
        var distances = sample.map { points.squaredDistance(of: $0, from: centers, 0) }
        let trials = 2 + Int(log(Double(clusterCount)))
        for center in 1..<max(1, clusterCount) {
            let sums = distances.reduce(into: [Double]()) { $0.append(($0.last ?? 0) + Double($1)) }
            var best: (point: Int, distances: [Float], sum: Double)?
            for _ in 0..<trials {
                let target = generator.nextUnit() * (sums.last ?? 0)
                let drawn = (sums.last ?? 0) > 0 ? sums.firstIndex { $0 > target } : nil
                let point = sample[drawn ?? generator.next(below: sample.count)]
                let nearer = zip(sample, distances).map { min($1, points.squaredDistance(of: $0, from: points, point)) }
                let sum = nearer.reduce(0.0) { $0 + Double($1) }
                if best == nil || sum < best?.sum ?? 0 { best = (point, nearer, sum) }
            }
            guard let best else { continue }
            centers.copy(best.point, of: points, to: center)
            distances = best.distances
        }
        return centers
    }

    // MARK: - Learning

    private func learn(_ centers: inout EmbeddingRows, from points: EmbeddingRows, using generator: inout SplitMix64) {
        let count = points.rowCount
        let batchSize = min(batchSize, count)
        let steps = max(1, Self.mostPasses * count / batchSize)
        let smoothing = min(1, Double(batchSize) * 2 / Double(count + 1))
        var sizes = [Int](repeating: 0, count: clusterCount)
        var (smoothed, least): (Double?, Double?)
        var (unimproved, seenSinceReplacement) = (0, 0)
        for step in 0..<steps {
            let batch = (0..<batchSize).map { _ in generator.next(below: count) }
            let assigned = batch.map { nearest(to: $0, of: points, among: centers) }
            for (point, nearest) in zip(batch, assigned) {
                sizes[nearest.center] += 1
                centers.move(nearest.center, toward: points, point, by: 1 / Float(sizes[nearest.center]))
            }
            seenSinceReplacement += batchSize
            if sizes.contains(0) || seenSinceReplacement >= 10 * clusterCount {
                seenSinceReplacement = 0
                replaceSmall(&centers, &sizes, from: points, batchSize, using: &generator)
            }
            let distance = assigned.reduce(0.0) { $0 + Double($1.distance) } / Double(batchSize)
            // The first batch was measured against centers that nothing had been learned for.
            guard step > 0 else { continue }
            let mean = smoothed.map { $0 * (1 - smoothing) + distance * smoothing } ?? distance
            smoothed = mean
            if mean < least ?? .infinity {
                (least, unimproved) = (mean, 0)
            } else {
                unimproved += 1
                if unimproved >= Self.patience { return }
            }
        }
    }

    /// Puts the centers of very few points on points that are drawn from all, at most half a batch of them.
    private func replaceSmall(
        _ centers: inout EmbeddingRows, _ sizes: inout [Int], from points: EmbeddingRows, _ batchSize: Int,
        using generator: inout SplitMix64
    ) {
        let bound = Self.reassignmentShare * Double(sizes.max() ?? 0)
        let small = sizes.indices.filter { Double(sizes[$0]) < bound }.sorted { (sizes[$0], $0) < (sizes[$1], $1) }
            .prefix(max(1, batchSize / 2))
        guard !small.isEmpty, small.count < sizes.count else { return }
        let kept = Set(sizes.indices).subtracting(small)
        let size = kept.map { sizes[$0] }.min() ?? 0
        for center in small {
            centers.copy(generator.next(below: points.rowCount), of: points, to: center)
            sizes[center] = size
        }
    }
}
