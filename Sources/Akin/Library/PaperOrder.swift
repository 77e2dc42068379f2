import PaperStore
import Papers

/// The order of the papers of an answer.
public enum PaperOrder: String, Hashable, Sendable, CaseIterable {
    /// Best first.
    case relevance
    /// The latest first; papers without a date come last.
    case date
    /// By title.
    case title

    /// Some papers in the order. Papers that are equal in it keep theirs.
    func sorted(_ hits: [SearchAnswer.Hit]) -> [SearchAnswer.Hit] {
        if self == .relevance { return hits }
        return sorted(hits.map(\.paper)).map { hits[$0] }
    }

    /// The places of some papers in the order.
    func sorted(_ papers: [Paper]) -> [Int] {
        switch self {
        case .relevance: return Array(papers.indices)
        case .date:
            let dates = papers.map { $0.date ?? $0.year.map(String.init) ?? "" }
            return papers.indices.sorted { dates[$0] != dates[$1] ? dates[$0] > dates[$1] : $0 < $1 }
        case .title:
            let titles = papers.map(\.normalizedTitle)
            return papers.indices.sorted { titles[$0] != titles[$1] ? titles[$0] < titles[$1] : $0 < $1 }
        }
    }
}

extension PaperStore.Reader {
    /// Keys in an order; `relevance` leaves them as they are.
    ///
    /// - Throws: `PaperStoreError`.
    func sorted(_ keys: [PaperKey], by order: PaperOrder) throws(PaperStoreError) -> [PaperKey] {
        switch order {
        case .relevance: keys
        case .date: try sortedByDate(keys)
        case .title: try sortedByTitle(keys)
        }
    }
}
