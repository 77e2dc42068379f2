import JSONReading
import Papers

// MARK: - Identifiers by the names of their schemes

extension PaperDraft {
    /// Notes an identifier by what a source calls its scheme: `doi`, `PubMed`, `external_id.openalex`.
    ///
    /// Numbers of journals and books become the attributes `issn` and `isbn`. Any other scheme that is no known one
    /// becomes an attribute under its name, because it may be the same for many papers.
    ///
    /// - Parameters:
    ///   - text: The identifier.
    ///   - scheme: The name of the scheme.
    ///   - acceptsAny: Whether an unknown scheme is taken for the prefix of an id that the source has given the paper.
    mutating func noteIdentifier(_ text: String, ofScheme scheme: String, acceptsAny: Bool = false) {
        let (text, name) = (tidied(text), tidied(scheme).lowercased())
        if text.isEmpty { return }
        switch name.filter({ $0.isLetter || $0.isNumber }) {
        case "doi": noteDOI(text)
        case "arxiv", "arxivid": if !identify(text, as: "arxiv") { add(text, to: name) }
        case "pmid", "pubmed", "pubmedid": if !notePubMed(text) { add(text, to: name) }
        case "pmc", "pmcid", "pubmedcentral":
            notePubMedCentral(text.split(separator: "/").last.map(String.init) ?? text)
        case "acl": if !identify(text, as: "acl") { add(text, to: name) }
        case "openalex": if !noteOpenAlex(text) { add(text, to: name) }
        case "s2", "semanticscholar": if !identify(text, as: "s2") { add(text, to: name) }
        case "issn", "eissn", "issnl", "pissn", "isbn", "isbn10", "isbn13":
            noteSerialNumbers(text, otherwise: name)
        case "url", "uri", "website", "http", "https": noteLink(text)
        case "urn":
            let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
            if parts.count == 2, parts[0].lowercased() != "urn" {
                noteIdentifier(parts[1], ofScheme: parts[0])
            } else {
                add(text, to: name)
            }
        case "isi": identify(text, from: "wos")
        case let plain where Self.sourcesOfIDs.contains(plain): identify(text, from: plain)
        default: if acceptsAny { identify(text, from: name) } else { add(text, to: name.isEmpty ? "identifier" : name) }
        }
    }

    /// Notes identifiers by scheme: an object of schemes, or a list of objects that name scheme and value, as Lens,
    /// DataCite and schema.org write them, or of texts.
    mutating func noteIdentifiers(_ value: JSONValue) {
        for element in value.elements {
            if let text = element.text {
                note(text, as: .id, named: "identifier")
            } else if let scheme = element.text(of: "type", "scheme", "identifierType", "propertyID", "id_type") {
                for text in ["value", "identifier", "id"].lazy.compactMap({ element[$0]?.texts }).first ?? [] {
                    noteIdentifier(text, ofScheme: scheme)
                }
            } else if case .object(let fields) = element {
                for (scheme, value) in fields {
                    for text in value.texts { noteIdentifier(text, ofScheme: scheme) }
                }
            }
        }
    }

    /// Notes the ids of a text that tells their schemes itself: `doi:10.1145/1.2`, `openalex:W2741809807`.
    ///
    /// - Parameters:
    ///   - text: The ids, with spaces or semicolons between them.
    ///   - name: What the source calls them. Akin's own names of ids may have any prefix.
    mutating func noteIDs(_ text: String, named name: String) {
        let isOwn = ["id", "ids", "altids", "alternateids"].contains(name.lowercased())
        for id in text.split(whereSeparator: { $0 == ";" || $0.isWhitespace }).map(String.init) {
            if identify(id) || noteOpenAlex(id) { continue }
            guard Self.isPrefixedID(id.lowercased()), let colon = id.firstIndex(of: ":") else {
                add(id, to: name.lowercased())
                continue
            }
            let isDerived = id.hasPrefix("title:") || id.hasPrefix("abstract:")
            if isDerived { continue }
            noteIdentifier(
                String(id[id.index(after: colon)...]), ofScheme: String(id[..<colon]),
                acceptsAny: isOwn && Self.isPrefixedID(id))
        }
    }

    /// The sources whose ids stand for one paper each.
    private static let sourcesOfIDs: Set<String> = [
        "biosis", "cinahl", "core", "coreid", "corpusid", "dblp", "embase", "eric", "hal", "inspec", "inspire", "lens",
        "mag", "magid", "mathscinet", "mendeley", "oai", "psycinfo", "scopus", "wos", "zbmath", "zotero",
    ]
}
