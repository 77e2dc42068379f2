import Akin
import ArgumentParser
import Papers

/// What papers of an answer stand together by.
enum PaperGroup: String, ExpressibleByArgument, CaseIterable {
    case year, venue, collection, type

    /// The papers in groups, the group of the best paper first, each under a heading.
    func lines(_ hits: [SearchAnswer.Hit], _ style: ListingStyle) -> [String] {
        var order: [String] = []
        var groups: [String: [SearchAnswer.Hit]] = [:]
        for hit in hits {
            let name = name(of: hit.paper)
            if groups[name] == nil { order.append(name) }
            groups[name, default: []].append(hit)
        }
        return order.enumerated().flatMap { place, name in
            (place == 0 ? [] : [""]) + [TextStyle.bold(oneLine(name))] + PaperListing.lines(groups[name] ?? [], style)
        }
    }

    private func name(of paper: Paper) -> String {
        let name =
            switch self {
            case .year: paper.year.map(String.init)
            case .venue: paper.venue
            case .collection: paper.collections.first
            case .type: paper.type
            }
        return name ?? "no \(rawValue)"
    }
}
