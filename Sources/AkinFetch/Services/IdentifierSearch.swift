import Papers

/// The search for papers by their identifiers.
struct IdentifierSearch {
    private let session: FetchSession
    private let total: Int
    private var isOpen: Set<PaperIdentifier>
    private let order: [PaperIdentifier]

    /// The number of papers that were found.
    private(set) var foundCount = 0

    /// Prepares the search for some identifiers.
    init(session: FetchSession, wanted: [PaperIdentifier]) {
        self.session = session
        order = wanted
        isOpen = Set(wanted)
        total = wanted.count
    }

    /// The identifiers that were not found, in their order.
    var open: [PaperIdentifier] { order.filter(isOpen.contains) }

    /// Asks for the papers, and writes them as they come.
    mutating func run() async throws {
        for batch in open.filter({ $0.scheme == .arXiv }).batches(of: ArXiv.pageLength) {
            try take(try await session.arXiv.papers(batch.map(\.value)))
        }
        let fields: [(name: String, value: (PaperIdentifier) -> String?)] = [
            ("pmid", { $0.scheme == .pubMed ? $0.value : nil }),
            ("pmcid", { $0.scheme == .pubMedCentral ? "PMC\($0.value)" : nil }),
            ("openalex", { $0.scheme == .openAlex ? "W\($0.value)" : nil }),
            ("doi", \.doi),
        ]
        for field in fields {
            for batch in open.compactMap(field.value).batches(of: OpenAlex.batchLength) {
                for answer in try await session.openAlex.works(field.name, Array(batch)) { try take(answer) }
            }
        }
        let rest = open.filter { [.doi, .acl].contains($0.scheme) }
        for batch in rest.batches(of: Crossref.batchLength) {
            for answer in try await session.crossref.works(batch.compactMap(\.doi)) { try take(answer) }
        }
    }

    /// Writes the papers of an answer that were asked for and not found yet.
    private mutating func take(_ answer: Answer) throws {
        session.tell(answer)
        for paper in answer.papers {
            let identifiers = ([paper.id] + paper.alternateIDs).compactMap { PaperIdentifier($0) }
            guard identifiers.contains(where: isOpen.contains) else { continue }
            isOpen.subtract(identifiers)
            try session.output.write([paper])
            foundCount += 1
        }
        session.show(foundCount, of: total)
    }
}

extension PaperIdentifier {
    /// The DOI that the identifier is, or that its source registers for it.
    var doi: String? {
        switch scheme {
        case .doi: value
        case .arXiv: "10.48550/arxiv.\(value)"
        case .acl: "10.18653/v1/\(value)"
        case .pubMed, .pubMedCentral, .semanticScholar, .openAlex: nil
        }
    }
}
