import Akin

extension RecommendationAnswer {
    /// The papers as other answers list them, with the reason under each.
    func lines(_ style: ListingStyle) -> [String] {
        let items = Dictionary(recommendations.map { ($0.hit.rank, $0) }) { first, _ in first }
        return PaperListing.lines(recommendations.map(\.hit), style) { hit, margin in
            if case .titles = style { return [] }
            guard let reason = items[hit.rank]?.reason else { return [] }
            let width = Terminal.isInteractive ? Terminal.width : Int.max
            return wrapped(reason, width: width, indent: margin).split(separator: "\n")
                .map { TextStyle.accent(String($0)) }
        }
    }
}

extension RecommendationAnswer.Recommendation {
    /// Why the paper is recommended, in a sentence; `nil` without a reason.
    fileprivate var reason: String? {
        let words = terms.map { oneLine($0.word) }.joined(separator: ", ")
        let title = nearest.map { "near \(PaperListing.headline(titled: $0.title, id: $0.id))" }
        let parts = (words.isEmpty ? [] : ["for \(words)"]) + [title].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }
}

extension PaperListing {
    /// The title of a paper, or its id if it has none.
    static func headline(titled title: String, id: String) -> String { oneLine(title.isEmpty ? id : title) }
}
