import Foundation
import PaperStore
import Papers
import Ranking

/// Candidates in the order in which they are recommended, and why.
struct RecommendationRanking {
    /// A candidate with what it is ranked by.
    private struct Place {
        var key: PaperKey
        var decision: PreferenceModel.Decision
        var score: Double
    }

    private let places: [Place]
    private let model: PreferenceModel
    private let liked: PaperKeySet
    private let options: RecommendationOptions
    private let papers: PaperStore.Reader
    private let generation: Generation

    /// The years in which the preference for a new paper falls by half.
    private static let halfLife = 2.0
    /// The terms that a reason names.
    private static let namedTerms = 5
    /// The papers at the top that are compared with liked ones, and explained.
    private static let explainedCount = 1_000

    /// Ranks candidates. Ties go to the paper that was added first.
    ///
    /// - Throws: The error of an index or of the store.
    init(
        _ model: PreferenceModel, _ candidates: [PaperKey], liked: PaperKeySet, _ options: RecommendationOptions,
        _ papers: PaperStore.Reader, _ generation: Generation
    ) throws {
        let decisions = try model.decisions(on: candidates)
        let freshness = options.recency == 0 ? nil : try Freshness(papers, halfLife: Self.halfLife)
        // What is no more relevant than most papers gains nothing by being new.
        let median = decisions.map(\.total).sorted()[decisions.count / 2]
        let places = zip(candidates, decisions).map { key, decision in
            let newness = decision.total > median ? freshness?[key] ?? 0 : 0
            let preference = freshness == nil ? 1 : 1 - options.recency + options.recency * newness
            return Place(key: key, decision: decision, score: decision.relevance * preference)
        }
        self.places = places.sorted { $0.score != $1.score ? $0.score > $1.score : $0.key < $1.key }
        self.model = model
        self.liked = liked
        self.options = options
        self.papers = papers
        self.generation = generation
    }

    /// The recommendations of the page that the options ask for.
    ///
    /// Papers are read from the top until enough of them have a place of their own: near duplicates of liked papers
    /// have none, and those of a recommended one stand under it.
    ///
    /// - Throws: The error of an index or of the store.
    func recommendations() throws -> [RecommendationAnswer.Recommendation] {
        var found: [(place: Place, paper: Paper, nearest: RecommendationAnswer.NearestPaper?)] = []
        var duplicates = NearDuplicates()
        var likedPapers: [PaperKey: Paper] = [:]
        for (number, place) in places.enumerated() where duplicates.groups.count < options.depth {
            guard let paper = try papers.paper(forKey: place.key) else { continue }
            let nearest = number < Self.explainedCount ? try nearestLiked(to: place.key) : nil
            if let nearest {
                let other = try likedPapers[nearest.key] ?? papers.papers(forKeys: [nearest.key])[0]
                likedPapers[nearest.key] = other
                var pair = NearDuplicates()
                pair.append([other, paper])
                guard pair.groups.count == 2 else { continue }
            }
            duplicates.append([paper])
            let name = nearest.flatMap { near in
                likedPapers[near.key].map {
                    RecommendationAnswer.NearestPaper(id: $0.id, title: $0.title, similarity: near.cosine)
                }
            }
            found.append((place, paper, name))
        }
        let groups = duplicates.groups.prefix(options.depth).dropFirst(options.offset)
        let items = groups.enumerated().map { number, group in
            let (place, paper, nearest) = found[group[0]]
            let hit = SearchAnswer.Hit(
                rank: options.offset + number + 1, paper: paper, score: place.score,
                parts: SearchAnswer.Parts(
                    lexical: place.decision.lexical, semantic: place.decision.semantic, feedback: 0),
                duplicates: group.dropFirst().map { found[$0].paper })
            let isExplained = options.explains && group[0] < Self.explainedCount
            return RecommendationAnswer.Recommendation(
                hit: hit, relevance: place.decision.relevance,
                terms: isExplained ? model.strongestTerms(of: place.key, Self.namedTerms) : [],
                nearest: isExplained ? nearest : nil)
        }
        return options.sort.sorted(items.map(\.hit.paper)).map { items[$0] }
    }

    /// The liked paper nearest to a paper in the library's own space.
    ///
    /// - Throws: `HNSWError`.
    private func nearestLiked(to key: PaperKey) throws -> (key: PaperKey, cosine: Double)? {
        guard let vector = generation.index.vectors(of: [UnitKey(key)], in: .latentSemantics)[0],
            let direction = SpaceVector(normalizing: vector, in: .latentSemantics)
        else { return nil }
        let filter = CandidateFilter(allowed: liked, excluded: PaperKeySet())
        return try generation.index.nearest(1, to: direction, .ef(Self.nearestEF), filter).first.map {
            ($0.unit.paper, $0.cosine)
        }
    }

    /// The candidates of a search for the nearest liked paper.
    private static let nearestEF = 64
}

/// How new papers are, from 0 to 1: it falls by half in a half-life.
///
/// A paper's age is counted from the latest publication of the library that does not lie in the future. So an answer
/// hardly depends on the day. A paper without a year is as old as can be.
private struct Freshness {
    private var values: [PaperKey: Double] = [:]

    /// Reads when papers were published.
    ///
    /// - Throws: `PaperStoreError`.
    init(_ papers: PaperStore.Reader, halfLife: Double) throws {
        let times = try papers.publicationTimes()
        let present = 1970 + Date().timeIntervalSince1970 / Self.secondsOfYear
        // A year alone stands for its middle, which may lie ahead.
        let latest = times.lazy.map(\.years).filter { $0 < present + 1 }.max() ?? present
        values.reserveCapacity(times.count)
        for (key, years) in times { values[key] = exp2(-max(0, latest - years) / halfLife) }
    }

    private static let secondsOfYear = 365.25 * 86_400

    subscript(key: PaperKey) -> Double { values[key] ?? 0 }
}
