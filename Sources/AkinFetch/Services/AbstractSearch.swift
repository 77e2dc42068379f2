import Papers

/// The search for the abstracts of some papers: OpenAlex first, then arXiv, and Crossref last.
struct AbstractSearch {
    /// The most papers of one search. OpenAlex is asked for all of them at once.
    static let batchLength = OpenAlex.batchLength

    private let session: FetchSession
    private let papers: [Paper]
    /// The places of the papers that lack an abstract, by their identifiers.
    private var open: [PaperIdentifier: Int] = [:]
    private var isFound: [Bool]

    /// The number of abstracts that were found.
    var foundCount: Int { isFound.count { $0 } }

    /// Prepares the search for the abstracts of some papers.
    init(session: FetchSession, papers: [Paper]) {
        self.session = session
        self.papers = papers
        isFound = papers.map { _ in false }
        for (place, paper) in papers.enumerated() {
            for identifier in Self.identifiers(of: paper) where open[identifier] == nil { open[identifier] = place }
        }
    }

    /// Whether a service can be asked for a paper.
    static func canAsk(for paper: Paper) -> Bool {
        identifiers(of: paper).contains { $0.doi != nil || $0.scheme == .pubMed }
    }

    /// Asks for the abstracts, and writes the papers that get one after each answer.
    mutating func run() async throws {
        for answer in try await session.openAlex.works("doi", firstOfEach(\.doi)) { try take(answer) }
        let pubMed = firstOfEach { $0.scheme == .pubMed ? $0.value : nil }
        if !pubMed.isEmpty {
            for answer in try await session.openAlex.works("pmid", pubMed) { try take(answer) }
        }
        let arXiv = firstOfEach { $0.scheme == .arXiv ? $0.value : nil }
        if !arXiv.isEmpty { try take(try await session.arXiv.papers(arXiv)) }
        let dois = firstOfEach { $0.scheme == .doi || $0.scheme == .acl ? $0.doi : nil }
        for answer in try await session.crossref.works(dois) { try take(answer) }
    }

    /// Of each paper that lacks an abstract, the first identifier in the form that a service takes.
    private func firstOfEach(_ form: (PaperIdentifier) -> String?) -> [String] {
        papers.indices.filter { !isFound[$0] }.compactMap { place in
            Self.identifiers(of: papers[place]).lazy.compactMap(form).first
        }
    }

    /// Writes the papers to which an answer has the abstract.
    private mutating func take(_ answer: Answer) throws {
        session.tell(answer)
        var completed: [Paper] = []
        for record in answer.papers where !record.abstract.isEmpty {
            guard let place = Self.identifiers(of: record).compactMap({ open[$0] }).first, !isFound[place] else {
                continue
            }
            isFound[place] = true
            let paper = papers[place]
            completed.append(
                Paper(
                    id: paper.id, title: paper.title, abstract: record.abstract, alternateIDs: paper.alternateIDs))
        }
        try session.output.write(completed)
    }

    private static func identifiers(of paper: Paper) -> [PaperIdentifier] {
        ([paper.id] + paper.alternateIDs).compactMap { PaperIdentifier($0) }
    }
}
