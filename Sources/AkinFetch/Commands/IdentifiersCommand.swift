import ArgumentParser
import Papers

/// `akin fetch ids`
struct IdentifiersCommand: FetchingCommand {
    static let configuration = CommandConfiguration(
        commandName: "ids",
        abstract: "Get papers by their DOIs, arXiv ids or PubMed ids.",
        discussion: """
            Identifiers may be written in any way: bare, with a prefix, or as the address of the paper. A PubMed id \
            needs its prefix, pmid:. arXiv is asked for its own papers and OpenAlex for the others, and Crossref for \
            the DOIs that OpenAlex does not know.

            EXAMPLES
              akin fetch ids doi:10.1145/582415.582418 arxiv:2402.04617 | akin add -
              akin fetch ids -o papers.jsonl - < ids.txt
            """
    )

    @Argument(help: ArgumentHelp("The identifiers. - is standard input, one a line.", valueName: "id"))
    var ids: [String]

    @OptionGroup var options: FetchOptions

    func fetch(with session: FetchSession) async throws -> Int {
        let wanted = identifiers(session)
        guard !wanted.isEmpty else {
            throw FetchError(
                .nothingToAsk, "None of these is a DOI, an arXiv id or a PubMed id",
                remedy: "Give identifiers such as doi:10.1145/582415.582418, arxiv:2402.04617 or pmid:28445112.")
        }
        var search = IdentifierSearch(session: session, wanted: wanted.filter { !session.output.has($0) })
        let known = wanted.count - search.open.count
        try await search.run()
        let missing = search.open.map(\.canonicalSpelling)
        if !missing.isEmpty {
            let names = missing.prefix(20).joined(separator: ", ") + (missing.count > 20 ? ", …" : "")
            session.remark("Found \(wanted.count - missing.count) of \(wanted.count). Not found: \(names)")
        }
        return known + search.foundCount
    }

    /// The identifiers of the arguments and of standard input, each once.
    private func identifiers(_ session: FetchSession) -> [PaperIdentifier] {
        var seen: Set<PaperIdentifier> = []
        var identifiers: [PaperIdentifier] = []
        func take(_ text: String) {
            guard !text.allSatisfy(\.isWhitespace) else { return }
            guard let identifier = PaperIdentifier(text), identifier.scheme != .semanticScholar else {
                session.remark("'\(text)' is no DOI, arXiv id, PubMed id or OpenAlex id.")
                return
            }
            if seen.insert(identifier).inserted { identifiers.append(identifier) }
        }
        for id in ids {
            guard id == "-" else {
                take(id)
                continue
            }
            while let line = readLine() { take(line) }
        }
        return identifiers
    }
}
