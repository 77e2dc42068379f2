package import Akin
package import Papers

/// Several papers. Each is written as `Paper` encodes itself, which importers read back without loss.
package struct PapersReport: Codable, Hashable, Sendable {
    package var papers: [Paper]
    /// The entries of the filter that no paper of the library has; absent if there are none.
    package var unknownFilters: [UnknownFilterReport]?

    /// Reports papers in their order, and the entries of the filter that no paper has.
    package init(_ papers: [Paper], unknownFilters: [UnknownFilter] = []) {
        self.papers = papers
        self.unknownFilters = UnknownFilterReport.list(unknownFilters)
    }
}

/// The papers that somebody asked for by name: one is reported as itself, several as ``PapersReport``.
package enum NamedPapersReport: Encodable, Hashable, Sendable {
    case one(Paper)
    case several(PapersReport)

    /// Reports papers in their order.
    package init(_ papers: [Paper]) {
        self = papers.count == 1 ? .one(papers[0]) : .several(PapersReport(papers))
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .one(let paper): try paper.encode(to: encoder)
        case .several(let papers): try papers.encode(to: encoder)
        }
    }
}
