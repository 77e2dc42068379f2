import Exploration
import PaperStore
import Papers
import ParallelLoops

// MARK: - A map

extension Library {
    /// Lays the papers out in the plane by their nearest neighbors, and finds their topics.
    ///
    /// ```swift
    /// let map = try library.map()
    /// for point in map.points { print(point.x, point.y, point.title) }
    /// ```
    ///
    /// It is the layout of L. McInnes, J. Healy and J. Melville, "UMAP: Uniform Manifold Approximation and Projection
    /// for Dimension Reduction", 2018, <https://arxiv.org/abs/1802.03426>: neighbors pull each other close, random
    /// papers push each other apart. Which papers are near each other means something. The distance between groups that
    /// are far apart, and directions, mean little. The same papers, options and index give the same map, whatever the
    /// number of threads.
    ///
    /// - Parameters:
    ///   - options: Which papers, and how many topics.
    ///   - progress: Called from time to time. It returns whether to go on.
    /// - Returns: The map. Papers without a vector have no place on it.
    /// - Throws: What `topics(_:progress:)` throws.
    /// - Complexity: That of `topics(_:progress:)`, and O(*n* · *k*) for each of 200 epochs; 500 for up to 10,000
    ///   papers.
    public func map(
        _ options: ExplorationOptions = ExplorationOptions(), progress: (AddProgress) -> Bool = { _ in true }
    ) throws(AkinError) -> PaperMap {
        try options.validate()
        return try read { papers, generation in
            let neighborhood = try PaperNeighborhood(options, papers, generation, progress: progress)
            let count = neighborhood.keys.count
            try AddProgress(.analysing, papers: count).tell(progress)
            let finder = TopicFinder(neighborhood, options, generation?.index)
            let topics = try finder.answer(papers, generation).topics
            let places = try finder.graph.places(options) { fraction throws(AkinError) in
                try AddProgress(.fitting, papers: count, fraction: fraction).tell(progress)
            }
            var points: [PaperMap.Point] = []
            points.reserveCapacity(count)
            for (place, key) in neighborhood.keys.enumerated() {
                guard let paper = try papers.paper(forKey: key) else { continue }
                points.append(PaperMap.Point(paper, at: places[place], topic: finder.topics[place]))
            }
            return PaperMap(
                points: points, topics: topics, unplacedCount: neighborhood.keysWithoutVector.count)
        }
    }
}

extension WeightedGraph {
    /// The places of the nodes in the plane.
    fileprivate func places(
        _ options: ExplorationOptions, tell: (Double) throws(AkinError) -> Void
    ) throws(AkinError) -> [SIMD2<Float>] {
        let threads = options.threads ?? availableCores
        let start = spectralStart(of: self, seed: options.seed, threads: threads)
        var stop: AkinError?
        let places = layout(self, from: start, LayoutParameters(seed: options.seed), threads: threads) { fraction in
            do throws(AkinError) {
                try tell(fraction)
                return true
            } catch {
                stop = error
                return false
            }
        }
        if let stop { throw stop }
        return places ?? start
    }
}

extension PaperMap.Point {
    fileprivate init(_ paper: Paper, at place: SIMD2<Float>, topic: Int?) {
        self.init(
            id: paper.id, title: paper.title, authors: paper.authors, year: paper.year, venue: paper.venue,
            url: paper.url, collections: paper.collections, tags: paper.tags, x: place.x, y: place.y, topic: topic)
    }
}
