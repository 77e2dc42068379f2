import Akin
import ArgumentParser
import Papers

/// What papers of an answer stand together by.
enum PaperGroup: String, ExpressibleByArgument, CaseIterable {
    case year, venue, topic, collection, type

    /// The name of the group of each paper.
    ///
    /// - Parameters:
    ///   - hits: The papers.
    ///   - library: Their library, whose papers make the topics of these.
    /// - Returns: The names, in the order of the papers.
    /// - Throws: `AkinError` if the library cannot be read.
    func names(of hits: [SearchAnswer.Hit], in library: Library) throws(AkinError) -> [String] {
        let topics = try self == .topic ? Self.topics(of: hits, in: library) : [:]
        return hits.map { hit in
            let paper = hit.paper
            let name =
                switch self {
                case .year: paper.year.map(String.init)
                case .venue: paper.venue
                case .topic: topics[paper.id]
                case .collection: paper.collections.first
                case .type: paper.type
                }
            return name ?? "no \(rawValue)"
        }
    }

    /// The topics that some papers make among themselves, by the papers' ids.
    private static func topics(of hits: [SearchAnswer.Hit], in library: Library) throws(AkinError) -> [String: String] {
        let answer = try library.topics(ExplorationOptions(filter: PaperFilter(ids: Set(hits.map(\.paper.id)))))
        let named = answer.assignments.compactMap { paper in
            paper.topic.map { (paper.id, answer.topics[$0].name) }
        }
        return Dictionary(named, uniquingKeysWith: { first, _ in first })
    }
}

/// The papers of an answer in groups.
struct GroupedHits {
    private let groups: [(name: String, hits: [SearchAnswer.Hit])]

    /// Groups papers: those of one name stand together, and the group of the best paper comes first.
    init(_ hits: [SearchAnswer.Hit], named names: [String]) {
        var groups: [(name: String, hits: [SearchAnswer.Hit])] = []
        var places: [String: Int] = [:]
        for (hit, name) in zip(hits, names) {
            let place = places[name] ?? groups.count
            if place == groups.count {
                groups.append((name, []))
                places[name] = place
            }
            groups[place].hits.append(hit)
        }
        self.groups = groups
    }

    /// The lines of the groups, each under its name.
    func lines(_ style: ListingStyle, reasons: ExplanationDetail) -> [String] {
        groups.enumerated().flatMap { place, group in
            (place == 0 ? [] : [""]) + [TextStyle.bold(oneLine(group.name))]
                + PaperListing.lines(group.hits, style, reasons: reasons)
        }
    }
}
