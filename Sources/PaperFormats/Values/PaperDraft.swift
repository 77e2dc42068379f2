import Papers

/// What a record says of a paper, gathered field by field.
///
/// An importer fills a draft in whatever order its format has, and turns it into a paper at the end.
struct PaperDraft {
    var title = ""
    var abstract = ""
    /// The names of the authors in reading order, see ``readingOrder(ofName:)``.
    var authors: [String] = []
    var year: Int?
    /// The date as far as it is known, `2021-05-03`.
    var date: String?
    var venue: String?
    var categories: [String] = []
    var keywords: [String] = []
    var url: String?
    var type: String?
    var language: String?
    var citationKey: String?
    var collections: [String] = []
    var tags: [String] = []
    var fields: [Paper.Field] = []
    var notes: [String] = []
    var attachments: [String] = []
    var attributes: [String: [String]] = [:]

    /// Whether the lists were put together from several fields, so that texts may be in them twice. Then
    /// ``paper(id:alternateIDs:)`` drops the second ones, all at once, because one record may have very many fields.
    private var mayRepeatTexts = false

    /// Identifiers in any spelling, such as DOIs, arXiv ids and addresses of the paper.
    private var identifiers = DistinctList<PaperIdentifier>()

    /// Ids that are no known identifiers, with a prefix that says whose they are: `openalex:W2741809807`.
    private var otherIDs = DistinctList<String>()

    /// The values of long attributes, to find them fast. One record may have millions.
    private var longAttributes: [String: (count: Int, values: Set<String>)] = [:]

    /// From how many values on an attribute is long.
    private static let longAttribute = 32

    /// Notes an identifier, if the text is one; `scheme` is what the format calls it: `doi`, `arxiv`, `pmid`. An
    /// address that is no identifier is nothing.
    ///
    /// - Returns: Whether the text is an identifier.
    @discardableResult
    mutating func identify(_ text: String, as scheme: String? = nil) -> Bool {
        let spelled = scheme.map { PaperIdentifier("\($0):\(text)") } ?? nil
        guard let identifier = PaperIdentifier(text) ?? spelled else { return false }
        // Ids of lists that have some papers twice stand among those of sources, in their order.
        if [.openAlex, .pubMedCentral].contains(identifier.scheme) {
            otherIDs.append(identifier.canonicalSpelling)
        } else {
            identifiers.append(identifier)
        }
        return true
    }

    /// Notes an id that only its source knows, under the source's prefix.
    mutating func identify(_ id: String, from source: String) {
        let id = tidied(id)
        if !id.isEmpty { otherIDs.append("\(source):\(id)") }
    }

    /// Notes an id that has its prefix already, or none.
    mutating func identify(exactly id: String) {
        let id = tidied(id)
        if !id.isEmpty { otherIDs.append(id) }
    }

    /// Takes off the full stop with which PubMed ends titles, unless it belongs to an abbreviation: `in the U.S.`
    mutating func dropFullStopOfTitle() {
        guard title.hasSuffix("."), !title.hasSuffix("..") else { return }
        let word = title.dropLast().split(separator: " ").last ?? ""
        if !word.contains(".") { title.removeLast() }
    }

    /// Adds texts to one of the lists. The paper has each of them once.
    mutating func unite(_ list: WritableKeyPath<PaperDraft, [String]>, with texts: [String]) {
        self[keyPath: list] += texts
        mayRepeatTexts = true
    }

    /// Adds a value to an attribute, unless it is blank or there already.
    mutating func add(_ value: String, to attribute: String) {
        guard !has(value, in: attribute), !tidied(value).isEmpty else { return }
        attributes[attribute, default: []].append(value)
        guard longAttributes[attribute] != nil else { return }
        longAttributes[attribute]?.values.insert(value)
        longAttributes[attribute]?.count += 1
    }

    private mutating func has(_ value: String, in attribute: String) -> Bool {
        guard let values = attributes[attribute] else { return false }
        if values.count < Self.longAttribute { return values.contains(value) }
        if longAttributes[attribute]?.count != values.count {
            longAttributes[attribute] = (values.count, Set(values))
        }
        return longAttributes[attribute]?.values.contains(value) ?? false
    }

    /// The number of the paper at arXiv, if it is known.
    var arXivID: String? {
        identifiers.elements.first { $0.scheme == .arXiv }?.value
    }

    /// The paper. Its id is the strongest identifier: a DOI, an arXiv id, a PubMed id, another known identifier, or an
    /// id of the source. Without any, it gets a derived id.
    ///
    /// - Parameters:
    ///   - id: An id that the paper has instead. All identifiers are alternate ids then.
    ///   - alternateIDs: Other ids of the paper.
    /// - Returns: The paper.
    func paper(id: String? = nil, alternateIDs: [String] = []) -> Paper {
        let order: [PaperIdentifier.Scheme] = [.doi, .arXiv, .pubMed]
        let sorted =
            order.flatMap { scheme in identifiers.elements.filter { $0.scheme == scheme } }
            + identifiers.elements.filter { !order.contains($0.scheme) }
        let known = sorted.map(\.canonicalSpelling) + otherIDs.elements
        let others = id == nil ? known.dropFirst() + alternateIDs : alternateIDs + known
        func whole(_ list: [String]) -> [String] { mayRepeatTexts ? distinctTexts(list) : list }
        return Paper(
            id: id ?? known.first, title: title, abstract: Self.saysNothing(abstract) ? "" : abstract,
            authors: authors, year: year, venue: venue, categories: whole(categories), keywords: whole(keywords),
            url: url, alternateIDs: others, date: date, type: type, language: language, citationKey: citationKey,
            collections: whole(collections), tags: whole(tags), fields: fields, notes: whole(notes),
            attachments: whole(attachments), attributes: attributes)
    }

    /// Whether an abstract only says that there is none, as Scopus' `[No abstract available]` does. Equal abstracts
    /// make one paper of two.
    private static func saysNothing(_ abstract: String) -> Bool {
        guard abstract.utf8.count <= 60 else { return false }
        let words = abstract.lowercased().split { !$0.isLetter }.joined(separator: " ")
        return placeholders.contains(words)
    }

    private static let placeholders: Set<String> = [
        "abstract available from the publisher", "abstract not available", "abstract unavailable", "abstract",
        "abstract is not available", "n a", "na", "nan", "nil", "no abstract", "no abstract available",
        "no abstract is available", "no abstract provided", "no abstract was provided", "no summary available", "none",
        "not available", "null", "there is no abstract", "there is no abstract available", "unavailable",
    ]
}

/// Values in their order, each once.
private struct DistinctList<Element: Hashable & Sendable>: Sendable {
    private(set) var elements: [Element] = []
    private var seen: Set<Element> = []

    mutating func append(_ element: Element) {
        if seen.insert(element).inserted { elements.append(element) }
    }
}
