package import Papers

/// A paper with all that is known of it.
package struct PaperReport: Codable, Hashable, Sendable {
    package var id: String
    package var altIds: [String]
    package var title: String
    package var abstract: String
    package var authors: [String]
    package var year: Int?
    package var venue: String?
    package var categories: [String]
    package var keywords: [String]
    package var url: String?

    /// Reports a paper.
    package init(_ paper: Paper) {
        id = paper.id
        altIds = paper.alternateIDs
        title = paper.title
        abstract = paper.abstract
        authors = paper.authors
        year = paper.year
        venue = paper.venue
        categories = paper.categories
        keywords = paper.keywords
        url = paper.url
    }
}

/// Several papers.
package struct PapersReport: Codable, Hashable, Sendable {
    package var papers: [PaperReport]

    /// Reports papers in their order.
    package init(_ papers: [Paper]) {
        self.papers = papers.map(PaperReport.init)
    }
}

/// The papers that somebody asked for by name: one is reported as itself, several as ``PapersReport``.
package enum NamedPapersReport: Encodable, Hashable, Sendable {
    case one(PaperReport)
    case several(PapersReport)

    /// Reports papers in their order.
    package init(_ papers: [Paper]) {
        self = papers.count == 1 ? .one(PaperReport(papers[0])) : .several(PapersReport(papers))
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .one(let paper): try paper.encode(to: encoder)
        case .several(let papers): try papers.encode(to: encoder)
        }
    }
}
