import Papers
import QueryLanguage
import Ranking

/// Several libraries that answer a question together.
///
///     let group = LibraryGroup([papers, thesis])
///     for hit in try group.search(asking: "long context").hits { print(hit.library, hit.hit.paper.title) }
///
/// Scores of two libraries cannot be compared: each is divided by the best of its own answer. What can be compared is
/// how far a paper lies above chance, its z-score. So papers are merged by these, and each library keeps the order of
/// its own answer: a paper counts with the greatest z-score of itself and of those behind it. The papers of a library
/// that is too small to know chance are merged by their ranks.
public struct LibraryGroup: Sendable {
    /// The libraries.
    public let libraries: [Library]

    /// Creates a group. Of papers that are equally close, those of earlier libraries come first.
    public init(_ libraries: [Library]) { self.libraries = libraries }

    /// Asks all libraries a question in the query language, one after another.
    ///
    /// - Parameters:
    ///   - text: The question.
    ///   - options: How many papers all libraries together give, ranked how. Each library answers in the space that it
    ///     learned.
    /// - Returns: The answer, best paper first.
    /// - Throws: What `Library.search(asking:vectors:options:)` throws, of the first library that cannot answer.
    /// - Complexity: The sum of what the libraries take.
    public func search(
        asking text: String, options: SearchOptions = SearchOptions()
    ) throws(AkinError) -> LibraryGroupAnswer {
        var asked = options
        // The same papers decide on each page.
        asked.k = max(options.depth, LibraryGroupAnswer.comparedCount)
        asked.offset = 0
        // What ranks nothing is sorted before it is cut.
        let ranks = (try? QueryExpression(parsing: text))?.rankingText.isEmpty != true
        if ranks { asked.sort = .relevance }
        var answers: [SearchAnswer] = []
        for library in libraries { answers.append(try library.search(asking: text, options: asked)) }
        return LibraryGroupAnswer(answers, options)
    }

    /// Asks all libraries in the background. See `search(asking:options:)`.
    ///
    /// - Throws: What that function throws.
    public func search(
        asking text: String, options: SearchOptions = SearchOptions()
    ) async throws(AkinError) -> LibraryGroupAnswer {
        guard let first = libraries.first else { return LibraryGroupAnswer([], options) }
        return try await first.inBackground { _ throws(AkinError) in try search(asking: text, options: options) }
    }
}

/// What several libraries answer together.
public struct LibraryGroupAnswer: Sendable {
    /// A paper of the answer.
    public struct Hit: Sendable {
        /// The place of the paper's library in the group.
        public var library: Int
        /// The other libraries that have the same paper.
        public var otherLibraries: [Int] = []
        /// The paper. Its rank is that in the whole answer.
        public var hit: SearchAnswer.Hit
    }

    /// The papers, best first. A paper that several libraries have stands once.
    public var hits: [Hit]
    /// What each library answered, for what it says of the question's words and conditions.
    public var answers: [SearchAnswer]

    /// Whether any library has a paper that is close to what was asked.
    public var isClose: Bool { answers.contains(where: \.isClose) }

    /// The papers of each library that are compared with those of others, at least.
    static let comparedCount = 100

    /// The answer as if one library had given it: a word is unknown, and a condition unmet, if it is so in all.
    public var asOne: SearchAnswer {
        guard var answer = answers.first else { return .empty(.hybrid) }
        answer.hits = hits.map(\.hit)
        answer.isClose = isClose
        answer.metCount = nil
        for other in answers.dropFirst() {
            answer.unknownWords.removeAll { !other.unknownWords.contains($0) }
            answer.corrections += other.corrections.filter { !answer.corrections.contains($0) }
            answer.suggestions += other.suggestions.filter { !answer.suggestions.contains($0) }
            if other.absentID == nil { answer.absentID = nil }
            if other.unmet == nil { answer.unmet = nil }
        }
        return answer
    }

    init(_ answers: [SearchAnswer], _ options: SearchOptions) {
        self.answers = answers
        let all = Self.merged(answers, options.sort)
        let merged = options.foldsDuplicates ? Self.folded(all) : all
        hits = Array(merged.dropFirst(options.offset).prefix(options.k))
        for place in hits.indices { hits[place].hit.rank = options.offset + place + 1 }
        let order = options.sort.sorted(hits.map(\.hit.paper))
        hits = order.map { hits[$0] }
    }

    /// All papers, those that are closest by their z-scores first.
    private static func merged(_ answers: [SearchAnswer], _ order: PaperOrder) -> [Hit] {
        let all = answers.enumerated().flatMap { library, answer in answer.hits.map { Hit(library: library, hit: $0) } }
        // Conditions alone rank nothing.
        if all.allSatisfy({ $0.hit.score == 0 }) {
            let sorted = (order == .relevance ? PaperOrder.date : order).sorted(all.map(\.hit.paper))
            return sorted.map { all[$0] }
        }
        var heights = answers.map { Self.heights(of: $0.hits) }
        let known = heights.compactMap(\.self).joined().sorted(by: >)
        for library in answers.indices where heights[library] == nil {
            heights[library] = answers[library].hits.indices.map { rank in
                known.isEmpty ? -Double(rank) : known[min(rank, known.count - 1)]
            }
        }
        let flat = heights.flatMap { $0 ?? [] }
        return all.indices.sorted { first, second in
            if flat[first] != flat[second] { return flat[first] > flat[second] }
            let ranks = (all[first].hit.rank, all[second].hit.rank)
            return ranks.0 != ranks.1 ? ranks.0 < ranks.1 : first < second
        }.map { all[$0] }
    }

    /// For each paper of a library's answer the greatest z-score of it and of those behind it; `nil` without z-scores.
    private static func heights(of hits: [SearchAnswer.Hit]) -> [Double]? {
        guard hits.allSatisfy({ $0.zScore != nil }) else { return nil }
        var greatest = -Double.infinity
        return Array(
            hits.reversed().map { hit in
                greatest = max(greatest, hit.zScore ?? greatest)
                return greatest
            }.reversed())
    }

    /// The papers without those that are nearly the same as one before them, which has them as duplicates.
    private static func folded(_ hits: [Hit]) -> [Hit] {
        var same = NearDuplicates()
        same.append(hits.map(\.hit.paper))
        var places: [String: Int] = [:]
        var folded: [Hit] = []
        for group in same.groups {
            let ids = group.map { hits[$0].hit.paper.id }
            let known = ids.lazy.compactMap { places[$0] }.first
            if known == nil { folded.append(hits[group[0]]) }
            let place = known ?? folded.count - 1
            for id in ids { places[id] = place }
            for other in known == nil ? group.dropFirst() : group[...] { folded[place].take(hits[other]) }
        }
        return folded
    }
}

extension LibraryGroupAnswer.Hit {
    /// Takes the place of another paper, which is nearly or wholly the same.
    fileprivate mutating func take(_ other: Self) {
        if other.hit.paper.id == hit.paper.id {
            if other.library != library { otherLibraries.append(other.library) }
        } else {
            hit.duplicates.append(other.hit.paper)
        }
        let known = Set([hit.paper.id] + hit.duplicates.map(\.id))
        hit.duplicates += other.hit.duplicates.filter { !known.contains($0.id) }
    }
}
