package import Akin

/// A map that was written to a file.
package struct MapReport: Codable, Hashable, Sendable {
    /// A topic on the map.
    package struct Entry: Codable, Hashable, Sendable {
        package var name: String
        package var papers: Int
    }

    package var output: String
    /// The papers on the map.
    package var papers: Int
    /// The papers that have no vector and therefore no place.
    package var unplaced: Int
    package var topics: [Entry]

    /// Reports a map in a file.
    package init(_ map: PaperMap, output: String) {
        self.output = output
        papers = map.points.count
        unplaced = map.unplacedCount
        topics = map.topics.map { Entry(name: $0.name, papers: $0.paperCount) }
    }
}
