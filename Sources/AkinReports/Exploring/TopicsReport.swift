package import Akin
import Papers

/// The topics of a library.
package struct TopicsReport: Codable, Hashable, Sendable {
    /// A topic.
    package struct Entry: Codable, Hashable, Sendable {
        package var name: String
        package var papers: Int
        package var terms: [Term]
        /// The papers nearest to the mean of all, nearest first.
        package var typical: [PaperHeading]
        /// The mean NPMI of the terms' pairs; absent for fewer than two terms.
        package var coherence: Double?
        /// The papers of each year.
        package var years: [String: Int]
        /// The topic's share of all papers in the last three years over that in the three before; absent if either has
        /// no paper of the topic.
        package var growth: Double?
    }

    /// A word or two that tell the papers of a topic from the others.
    package struct Term: Codable, Hashable, Sendable {
        package var text: String
        package var weight: Double
        /// The papers of the topic that have it.
        package var papers: Int
    }

    /// The papers that were looked at.
    package var papers: Int
    /// The papers without a topic.
    package var outside: Int
    /// The modularity of the graph of neighbors.
    package var modularity: Double
    package var topics: [Entry]
    /// All papers of each year.
    package var years: [String: Int]
    /// The file with the topic of each paper; absent if none was written.
    package var output: String?
    /// The entries of the filter that no paper of the library has; absent if there are none.
    package var unknownFilters: [UnknownFilterReport]?

    /// Reports topics in their order.
    package init(_ answer: TopicAnswer, output: String? = nil, unknownFilters: [UnknownFilter] = []) {
        papers = answer.paperCount
        outside = answer.outsideCount
        modularity = answer.modularity
        topics = answer.topics.map(Entry.init)
        years = Self.named(answer.years)
        self.output = output
        self.unknownFilters = UnknownFilterReport.list(unknownFilters)
    }

    fileprivate static func named(_ years: [Int: Int]) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: years.map { (String($0.key), $0.value) })
    }
}

extension TopicsReport.Entry {
    init(_ topic: Topic) {
        name = topic.name
        papers = topic.paperCount
        terms = topic.terms.map { TopicsReport.Term(text: $0.text, weight: $0.weight, papers: $0.paperCount) }
        typical = topic.typicalPapers.map { PaperHeading(id: $0.id, title: $0.title, year: $0.year) }
        coherence = topic.coherence
        years = TopicsReport.named(topic.years)
        growth = topic.growth
    }
}

/// A paper by its title.
package struct PaperHeading: Codable, Hashable, Sendable {
    package var id: String
    package var title: String
    package var year: Int?
}
