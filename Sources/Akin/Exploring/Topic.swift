public import Papers

/// A subject that several papers of a library have in common.
public struct Topic: Sendable {
    /// A term that tells the papers of a topic from the others.
    public struct Term: Hashable, Sendable {
        /// A word or two neighboring words, as the papers write them most often.
        public var text: String
        /// How well it tells them: the share of the topic's papers that have it, times the logarithm of how much larger
        /// its odds are there than elsewhere.
        public var weight: Double
        /// The papers of the topic that have it.
        public var paperCount: Int
    }

    /// The first of the terms, which name the topic. The same papers always give the same name.
    public var name: String
    /// The terms, best first; at most ten.
    public var terms: [Term]
    /// The number of papers.
    public var paperCount: Int
    /// The papers nearest to the mean vector of all, nearest first; at most five. They are not near duplicates by the
    /// title.
    public var typicalPapers: [Paper]
    /// How often the terms stand together: the mean normalized pointwise mutual information of their pairs, from −1 to
    /// 1; `nil` for fewer than two terms.
    public var coherence: Double?
    /// The papers of each year, for the years in which there is one.
    public var years: [Int: Int]
    /// How the topic's share of all papers of a year has changed: the mean of the last three years over that of the
    /// three before. Above 1 it grows. `nil` if either period has no paper of the topic.
    public var growth: Double?

    package init(
        name: String, terms: [Term], paperCount: Int, typicalPapers: [Paper], coherence: Double?, years: [Int: Int],
        growth: Double?
    ) {
        self.name = name
        self.terms = terms
        self.paperCount = paperCount
        self.typicalPapers = typicalPapers
        self.coherence = coherence
        self.years = years
        self.growth = growth
    }
}

/// The topics of a library.
public struct TopicAnswer: Sendable {
    /// A paper and its topic.
    public struct Assignment: Hashable, Sendable {
        /// The paper's id.
        public var id: String
        /// The place of its topic in ``TopicAnswer/topics``; `nil` for a paper of none.
        public var topic: Int?
    }

    /// The topics, the largest first.
    public var topics: [Topic]
    /// The topic of each paper, in the order in which the papers were added.
    public var assignments: [Assignment]
    /// The papers of each year, those without a topic included.
    public var years: [Int: Int]
    /// How well the topics are told apart: the modularity of the graph of neighbors, from −½ to 1.
    public var modularity: Double

    /// The papers that were looked at.
    public var paperCount: Int { assignments.count }
    /// The papers that have no topic: they have no vector, or too few neighbors.
    public var outsideCount: Int { assignments.count { $0.topic == nil } }
}
