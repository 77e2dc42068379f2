import Akin
import Papers
import Ranking
import TestSupport
import Testing

@Suite("Looking around in a library")
struct ExploringTests {
    /// Calls `body` with a library of invented papers on twelve subjects.
    private func withLibrary(
        _ count: Int, parts: Int = 1, _ body: (_ library: Library) throws -> Void
    ) throws {
        try TemporaryFolder.with { (folder: String) throws in
            let library = try Library(creatingAt: folder + "/library")
            let papers = SyntheticPapers.make(count)
            for part in 0..<parts {
                let places = part * count / parts..<(part + 1) * count / parts
                if !places.isEmpty { try library.add(Array(papers[places])) }
            }
            try body(library)
        }
    }

    /// The share of papers whose topic is that of most papers of their subject, where each topic is one subject's.
    private func purity(_ answer: TopicAnswer) -> Double {
        let groups = Dictionary(grouping: answer.assignments.filter { $0.topic != nil }) { $0.topic ?? -1 }
        let right = groups.values.reduce(0) { sum, group in
            let subjects = Dictionary(grouping: group) { (Int($0.id.dropFirst(6)) ?? 0) % SyntheticPapers.subjects }
            return sum + (subjects.values.map(\.count).max() ?? 0)
        }
        return Double(right) / Double(answer.paperCount)
    }

    @Test(arguments: [1, 3])
    func `topics are the subjects of the papers, however these were added`(parts: Int) throws {
        try withLibrary(600, parts: parts) { library in
            let answer = try library.topics()
            #expect(answer.topics.count == SyntheticPapers.subjects)
            #expect(purity(answer) > 0.95)
            #expect(answer.modularity > 0.5)
            #expect(answer.outsideCount == 0 && answer.assignments.map(\.id) == (0..<600).map { "paper:\($0)" })
            for (place, topic) in answer.topics.enumerated() {
                #expect(topic.paperCount == answer.assignments.count { $0.topic == place })
                #expect(topic.paperCount == topic.years.values.reduce(0, +))
                #expect(topic.typicalPapers.count == 5 && topic.terms.count == 10)
                #expect(topic.name.hasPrefix(topic.terms[0].text))
                #expect((topic.coherence ?? -1) > 0)
            }
            #expect(Set(answer.topics.map(\.name)).count == answer.topics.count)
        }
    }

    @Test(arguments: [1, 5, 30])
    func `as many topics are found as were asked for`(count: Int) throws {
        try withLibrary(600) { library in
            let answer = try library.topics(ExplorationOptions(topicCount: count))
            #expect(answer.topics.count == count)
        }
    }

    @Test
    func `names and places are the same on every call and for any number of threads`() throws {
        try withLibrary(300) { library in
            let maps = try [1, 2, 7].map { try library.map(ExplorationOptions(threads: $0)) }
            for map in maps {
                #expect(map.points == maps[0].points)
                #expect(map.topics.map(\.name) == maps[0].topics.map(\.name))
            }
        }
    }

    @Test
    func `a filter chooses the papers whose topics and neighbors are found`() throws {
        try withLibrary(600) { library in
            let options = ExplorationOptions(filter: PaperFilter(categories: ["subject-1", "subject-2"]))
            let answer = try library.topics(options)
            #expect(answer.paperCount == 100 && answer.topics.count < 6)
            let graph = try library.neighborGraph(options)
            #expect(graph.nodes.count == 100 && graph.edges.count == 1_500)
        }
    }

    @Test
    func `neighbors are those that an exact search finds, nearest first and without the paper itself`() throws {
        try withLibrary(200) { library in
            let graph = try library.neighborGraph(ExplorationOptions(neighborCount: 5))
            let vectors = try #require(try library.indexedVectors())
            for (place, unit) in vectors.units.enumerated() {
                let edges = graph.edges.filter { $0.source == place }
                let similarities = edges.map(\.similarity)
                #expect(similarities == similarities.sorted(by: >) && !edges.contains { $0.target == place })
                #expect(edges.map { vectors.units[$0.target] } == (try vectors.exactNeighbors(of: unit, k: 5)))
            }
        }
    }

    @Test(arguments: [0, 1, 2, 7])
    func `small libraries have a map, a graph and perhaps topics`(count: Int) throws {
        try withLibrary(count) { library in
            let map = try library.map()
            #expect(map.points.count == count && map.topics.count <= max(1, count / 3))
            #expect(map.points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
            #expect(try library.neighborGraph().edges.count == count * max(0, count - 1))
            #expect(try library.topics().paperCount == count)
        }
    }

    @Test
    func `numbers that no call takes are refused`() throws {
        try withLibrary(10) { library in
            let refused = [
                ExplorationOptions(neighborCount: 0), ExplorationOptions(neighborCount: .max),
                ExplorationOptions(topicCount: 0), ExplorationOptions(topicCount: -1),
                ExplorationOptions(topicCount: 1_000_000_000), ExplorationOptions(threads: 0),
            ]
            for options in refused {
                let error = #expect(throws: AkinError.self) { try library.topics(options) }
                #expect(error?.code == .invalidArgument)
                #expect(throws: AkinError.self) { try library.map(options) }
                #expect(throws: AkinError.self) { try library.neighborGraph(options) }
            }
            #expect(throws: AkinError.self) { try library.nearestTerms(to: "word", limit: -1) }
            let unknown = #expect(throws: AkinError.self) { try library.topics(ExplorationOptions(space: "minilm")) }
            #expect(unknown?.code == .spaceNotFound)
        }
    }

    @Test
    func `a call that is stopped throws`() throws {
        try withLibrary(100) { library in
            let error = #expect(throws: AkinError.self) { try library.map { $0.stage != .fitting } }
            #expect(error?.code == .cancelled)
        }
    }

    @Test
    func `papers without a known word have no topic and no place`() throws {
        try withLibrary(100) { library in
            try library.add([Paper(id: "empty", title: "The", abstract: "")])
            let answer = try library.topics()
            #expect(answer.assignments.last?.id == "empty" && answer.assignments.last?.topic == nil)
            #expect(answer.outsideCount == 1)
            #expect(try library.map().unplacedCount == 1)
        }
    }

    @Test
    func `terms near a word come with their cosines, and an unknown word with suggestions`() throws {
        try withLibrary(300) { library in
            let word = SyntheticPapers.word(200)
            let found = try library.nearestTerms(to: word, limit: 5)
            #expect(found.isKnown && found.terms.count == 5)
            #expect(found.terms.map(\.similarity) == found.terms.map(\.similarity).sorted(by: >))
            let unknown = try library.nearestTerms(to: String(word.dropLast()) + "x")
            #expect(!unknown.isKnown && unknown.terms.isEmpty && unknown.suggestions.contains(word))
        }
    }
}
