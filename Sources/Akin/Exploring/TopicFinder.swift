import Exploration
import PaperStore
import Papers
import ParallelLoops
import Ranking

/// Finds the topics of papers whose neighbors are known, and describes them.
struct TopicFinder {
    private let neighborhood: PaperNeighborhood
    private let options: ExplorationOptions
    /// The graph of the neighbors.
    let graph: WeightedGraph
    /// The topic of each paper of the neighborhood; `nil` for a paper of none.
    let topics: [Int?]
    /// The papers of each topic, as places in the neighborhood.
    private let members: [[Int]]
    private let modularity: Double

    /// Fewer papers are no topic. Where the papers decide, they join the topic that they are linked to.
    private static let fewestPapers = 3
    private static let termLimit = 10
    private static let typicalLimit = 5
    /// The terms in a name.
    private static let nameLength = 3

    init(_ neighborhood: PaperNeighborhood, _ options: ExplorationOptions, _ index: SegmentedIndex?) {
        self.neighborhood = neighborhood
        self.options = options
        graph = WeightedGraph(fuzzy: neighborhood.neighbors)
        let linked = CommunityChoice(
            count: options.topicCount, smallestSize: Self.fewestPapers, seed: options.seed
        ).communities(of: graph)
        let communities =
            index.map { index in
                TopicRefinement(index: index, neighborhood: neighborhood, options: options).refined(linked)
            } ?? linked
        // They are numbered by size, so the small ones are the last.
        members = communities.members.filter { $0.count >= Self.fewestPapers || options.topicCount != nil }
        topics = communities.labels.map { [count = members.count] in $0 < count ? $0 : nil }
        modularity = graph.modularity(of: communities)
    }

    /// Describes the topics.
    ///
    /// - Throws: The errors of the store.
    func answer(_ papers: PaperStore.Reader, _ generation: Generation?) throws -> TopicAnswer {
        guard let generation else {
            return TopicAnswer(
                topics: [], assignments: try assignments(papers), years: try years(papers).all, modularity: 0)
        }
        let groups = members.map { $0.map { neighborhood.keys[$0] } }
        let outside = topics.indices.filter { topics[$0] == nil }.map { neighborhood.keys[$0] }
        let corpus = TermCorpus(generation)
        let finder = TopicTermFinder(corpus, groups: groups, others: outside)
        let terms = finder.terms(Self.termLimit)
        let years = try years(papers)
        let typical = typicalMembers(generation.index)
        let coherences = TopicCoherence(corpus, neighborhood.keys, terms).values
        var names = TopicNames(length: Self.nameLength)
        var described: [Topic] = []
        for topic in members.indices {
            described.append(
                Topic(
                    name: names.name(of: terms[topic].map(\.text)),
                    terms: terms[topic].map { Topic.Term(text: $0.text, weight: $0.weight, paperCount: $0.count) },
                    paperCount: members[topic].count,
                    typicalPapers: try self.typical(typical[topic], papers),
                    coherence: coherences[topic], years: years.ofTopics[topic],
                    growth: growth(years.ofTopics[topic], among: years.all)))
        }
        return TopicAnswer(
            topics: described, assignments: try assignments(papers), years: years.all, modularity: modularity)
    }

    /// The ids of all papers with their topics.
    private func assignments(_ papers: PaperStore.Reader) throws -> [TopicAnswer.Assignment] {
        let numbered = zip(neighborhood.keys, topics).map { ($0, $1) }
        let all = (numbered + neighborhood.keysWithoutVector.map { ($0, nil) }).sorted { $0.0 < $1.0 }
        return zip(try papers.ids(forKeys: all.map(\.0)), all).map { id, entry in
            TopicAnswer.Assignment(id: id, topic: entry.1)
        }
    }

    /// The papers of each year, in each topic and in all.
    private func years(_ papers: PaperStore.Reader) throws -> (ofTopics: [[Int: Int]], all: [Int: Int]) {
        var ofTopics = [[Int: Int]](repeating: [:], count: members.count)
        var all: [Int: Int] = [:]
        var known = Dictionary(uniqueKeysWithValues: zip(neighborhood.keys, topics))
        for key in neighborhood.keysWithoutVector { known[key] = .some(nil) }
        for (key, year) in try papers.years() {
            guard let topic = known[key] else { continue }
            all[year, default: 0] += 1
            if let topic { ofTopics[topic][year, default: 0] += 1 }
        }
        return (ofTopics, all)
    }

    /// The members of each topic nearest to the mean of their vectors, nearest first, and more of them than are shown.
    private func typicalMembers(_ index: SegmentedIndex) -> [[PaperKey]] {
        concurrentMap(members.count, threads: options.threads ?? availableCores) { topic in
            let keys = members[topic].map { neighborhood.keys[$0] }
            var mean: [Float] = []
            for key in keys {
                guard let vector = index.vectors(of: [UnitKey(key)], in: options.space)[0] else { continue }
                if mean.isEmpty { mean = [Float](repeating: 0, count: vector.count) }
                for axis in mean.indices { mean[axis] += vector[axis] }
            }
            let products = keys.map { key in
                let vector = index.vectors(of: [UnitKey(key)], in: options.space)[0] ?? []
                return zip(vector, mean).reduce(Float(0)) { $0 + $1.0 * $1.1 }
            }
            let order = keys.indices.sorted { (products[$1], keys[$0]) < (products[$0], keys[$1]) }
            return order.prefix(4 * Self.typicalLimit).map { keys[$0] }
        }
    }

    /// The first of some papers, those left out whose titles came before.
    private func typical(_ keys: [PaperKey], _ papers: PaperStore.Reader) throws -> [Paper] {
        var titles: Set<String> = []
        return Array(
            try papers.papers(forKeys: keys).filter { titles.insert($0.normalizedTitle).inserted }
                .prefix(Self.typicalLimit))
    }
}

/// How a topic's share of all papers has changed: the mean of the last three years over that of the three before.
func growth(_ years: [Int: Int], among all: [Int: Int]) -> Double? {
    guard let last = all.keys.max() else { return nil }
    func share(_ period: ClosedRange<Int>) -> Double? {
        let shares = period.compactMap { year in
            all[year].map { Double(years[year] ?? 0) / Double($0) }
        }
        return shares.isEmpty ? nil : shares.reduce(0, +) / Double(shares.count)
    }
    guard let now = share(last - 2...last), let before = share(last - 5...last - 3), now > 0, before > 0 else {
        return nil
    }
    return now / before
}
