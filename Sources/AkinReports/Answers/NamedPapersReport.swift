package import Papers

/// The papers that somebody asked for by name, each with the papers nearest to it: one is reported as itself, several
/// as a list under the key `papers`.
package struct NamedPapersReport: Encodable, Hashable, Sendable {
    /// A paper: its own keys, and `neighbors`.
    package struct Entry: Encodable, Hashable, Sendable {
        package var paper: Paper
        /// The nearest papers, nearest first.
        package var neighbors: [Neighbor]

        package init(_ paper: Paper, neighbors: [Paper] = []) {
            self.paper = paper
            self.neighbors = neighbors.map { Neighbor(id: $0.id, title: $0.title) }
        }

        package func encode(to encoder: any Encoder) throws {
            try paper.encode(to: encoder)
            if neighbors.isEmpty { return }
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(neighbors, forKey: .neighbors)
        }

        private enum Keys: CodingKey { case neighbors }
    }

    /// A paper near to another.
    package struct Neighbor: Codable, Hashable, Sendable {
        package var id: String
        package var title: String
    }

    private let entries: [Entry]

    /// Reports papers in their order.
    package init(_ entries: [Entry]) { self.entries = entries }

    package func encode(to encoder: any Encoder) throws {
        if entries.count == 1 { return try entries[0].encode(to: encoder) }
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(entries, forKey: .papers)
    }

    private enum Keys: CodingKey { case papers }
}

/// What `akin open` opened for each paper.
package struct OpenReport: Codable, Hashable, Sendable {
    /// A paper.
    package struct Entry: Codable, Hashable, Sendable {
        package var id: String
        /// The file or the page; absent for a paper without both.
        package var target: String?

        package init(id: String, target: String?) {
            self.id = id
            self.target = target
        }
    }

    package var papers: [Entry]

    package init(_ papers: [Entry]) { self.papers = papers }
}
