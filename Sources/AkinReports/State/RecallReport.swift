package import Akin

/// What share of the nearest papers a graph finds, measured when it was built.
package struct RecallReport: Codable, Hashable, Sendable {
    /// One measurement.
    package struct Point: Codable, Hashable, Sendable {
        /// The papers asked for.
        package var k: Int
        /// The candidates that each walk kept.
        package var ef: Int
        package var recall: Double
        /// The lower end of the 95 % interval.
        package var low: Double
        /// The upper end of the 95 % interval.
        package var high: Double
    }

    /// The `ef` that finds the default share of the 10 nearest papers, or the share `reached` where the recall flattens
    /// below that; absent if only a scan does.
    package var ef: Int?
    /// The share that `ef` finds; absent if it is the default.
    package var reached: Double?
    /// The papers that were asked about.
    package var queries: Int
    /// The papers in the graph.
    package var papers: Int
    package var points: [Point]

    /// Reports the measurements of a graph.
    package init(_ recall: LibraryInfo.Recall) {
        ef = recall.ef
        reached = recall.reached
        queries = recall.queryCount
        papers = recall.paperCount
        points = recall.points.map {
            Point(k: $0.k, ef: $0.ef, recall: $0.recall, low: $0.interval.lowerBound, high: $0.interval.upperBound)
        }
    }
}
