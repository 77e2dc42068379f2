/// A paper, as its source describes it.
///
///     let paper = Paper(
///         id: "arxiv:2402.04617",
///         title: "InfLLM: Training-Free Long-Context Extrapolation for LLMs with an Efficient Context Memory",
///         abstract: "Large language models …",
///         authors: ["Chaojun Xiao", "Pengle Zhang"],
///         year: 2024
///     )
///
/// Things that are no papers, such as notes, tickets or recipes, are texts too: ``init(id:fields:attributes:)`` makes
/// one of any ``fields``, each with its weight, and ``attributes`` hold what is particular to it.
///
/// The initializer tidies every text: control characters and runs of white space, line ends included, become one space,
/// and the ends of a text have none. It takes the markup of JATS, HTML and MathML out of every text except ids and the
/// url, so that `H<sub>2</sub>O` is `H₂O`. It then drops empty entries of lists and repeated alternate ids. Notes and
/// attributes keep their lines and everything else. It changes nothing else.
///
/// A paper has one form in JSON, see ``encode(to:)``.
public struct Paper: Hashable, Sendable {
    /// The id that the source gave, or a derived one if the source gave none; see
    /// ``derivedID(title:abstract:firstAuthorKey:place:reference:)``.
    public package(set) var id: String

    /// The title, possibly empty.
    public package(set) var title: String

    /// The abstract in one paragraph, possibly empty.
    public package(set) var abstract: String

    /// The names of the authors, in the paper's order and the source's spelling.
    public package(set) var authors: [String]

    /// The year of publication, four digits.
    public package(set) var year: Int?

    /// The place of publication, in the source's spelling.
    public package(set) var venue: String?

    /// Subject classes, such as `cs.CL`.
    public package(set) var categories: [String]

    /// Keywords or key phrases.
    public package(set) var keywords: [String]

    /// A link to the paper.
    public package(set) var url: String?

    /// Other ids of the same paper. Each of them finds it.
    public package(set) var alternateIDs: [String]

    /// The date of publication in ISO 8601, as far as it is known: `2021-05-03`, `2021-05`.
    ///
    /// A date that is a year alone is `nil`; see ``year``.
    public package(set) var date: String?

    /// The kind of publication, by the names of the Citation Style Language: `article-journal`, `paper-conference`,
    /// `thesis`. A kind that has no name there keeps that of its source.
    public package(set) var type: String?

    /// The language of the text as a tag of BCP 47, such as `en` or `pt-BR`, or in the source's spelling.
    public package(set) var language: String?

    /// The key by which a person cites the paper: `vaswani2017attention`.
    public package(set) var citationKey: String?

    /// The collections that the paper is in. A collection inside another is a path: `Thesis/Chapter 2`.
    public package(set) var collections: [String]

    /// The words that a person filed the paper under.
    public package(set) var tags: [String]

    /// Further texts that are searched, each with a name and a weight. Most papers have none.
    public package(set) var fields: [Field]

    /// A person's notes on the paper. They keep their lines.
    public package(set) var notes: [String]

    /// The files of the paper: paths or links.
    public package(set) var attachments: [String]

    /// Everything else that the source says, by name: `["volume": ["30"]]`. Values keep their lines.
    public package(set) var attributes: [String: [String]]

    /// Creates a paper, tidies its texts and takes markup out of them.
    ///
    /// Without a title, an abstract and another text, a paper cannot be found. The initializer allows it, because test
    /// collections have empty documents. See ``isEmpty``.
    ///
    /// - Parameters:
    ///   - id: The source's id. If it is `nil` or blank, the paper gets a derived id.
    ///   - title: The title.
    ///   - abstract: The abstract.
    ///   - authors: The names of the authors, in order.
    ///   - year: The year of publication. One without four digits is left out.
    ///   - venue: The place of publication. A blank text counts as `nil`.
    ///   - categories: Subject classes.
    ///   - keywords: Keywords or key phrases.
    ///   - url: A link to the paper. A blank text counts as `nil`.
    ///   - alternateIDs: Other ids of the same paper.
    ///   - date: The date of publication, `2021-05-03` or `2021-05`. Other texts are left out, and so is a date of
    ///     another year. Without a `year`, the date gives it.
    ///   - type: The kind of publication. A blank text counts as `nil`, here and in the next two.
    ///   - language: The language of the text.
    ///   - citationKey: The key by which a person cites the paper.
    ///   - collections: The collections that the paper is in, as paths.
    ///   - tags: The words that a person filed the paper under.
    ///   - fields: Further texts to search. Blank ones are left out.
    ///   - notes: A person's notes. Blank ones are left out.
    ///   - attachments: The files of the paper.
    ///   - attributes: Everything else, by name. Blank values, and names without a value, are left out.
    /// - Complexity: O(*n*) for *n* bytes.
    public init(
        id: String? = nil,
        title: String,
        abstract: String,
        authors: [String] = [],
        year: Int? = nil,
        venue: String? = nil,
        categories: [String] = [],
        keywords: [String] = [],
        url: String? = nil,
        alternateIDs: [String] = [],
        date: String? = nil,
        type: String? = nil,
        language: String? = nil,
        citationKey: String? = nil,
        collections: [String] = [],
        tags: [String] = [],
        fields: [Field] = [],
        notes: [String] = [],
        attachments: [String] = [],
        attributes: [String: [String]] = [:]
    ) {
        self.title = tidied(plainText(title))
        self.abstract = tidied(plainText(abstract))
        self.authors = tidiedList(plainTexts(authors))
        let day = date.map(tidied).flatMap { Paper.isDate($0) ? $0 : nil }
        // A year that differs says more than the date: it is a field of its own.
        self.date = day.flatMap { $0.utf8.count > 4 && (year ?? Int($0.prefix(4))) == Int($0.prefix(4)) ? $0 : nil }
        self.year = (year ?? day.flatMap { Int($0.prefix(4)) }).flatMap { Paper.years.contains($0) ? $0 : nil }
        self.venue = venue.map { tidied(plainText($0)) }.nonEmpty
        self.categories = tidiedList(plainTexts(categories))
        self.keywords = tidiedList(plainTexts(keywords))
        self.url = url.map(tidied).nonEmpty
        self.type = type.map(tidied).nonEmpty
        self.language = language.map(tidied).nonEmpty
        self.citationKey = citationKey.map(tidied).nonEmpty
        self.collections = distinct(tidiedList(collections))
        self.tags = distinct(tidiedList(plainTexts(tags)))
        self.fields = fields.isEmpty ? [] : fields.filter { !isBlank($0.text) }
        self.notes = distinct(notes.filter { !isBlank($0) })
        self.attachments = distinct(tidiedList(attachments))
        self.attributes = attributes.isEmpty ? [:] : Paper.nonBlank(attributes)
        self.id = id.map(tidied).nonEmpty ?? ""
        self.alternateIDs = []
        if self.id.isEmpty { self.id = withDerivedID().id }
        if !alternateIDs.isEmpty { self.alternateIDs = distinct(tidiedList(alternateIDs), apartFrom: self.id) }
    }

    /// Creates a paper with nothing but an id, a title and an abstract. These are tidy already.
    package init(tidyID id: String, title: String, abstract: String) {
        (self.id, self.title, self.abstract) = (id, title, abstract)
        (authors, categories, keywords, alternateIDs) = ([], [], [], [])
        (year, venue, url, date, type, language, citationKey) = (nil, nil, nil, nil, nil, nil, nil)
        (collections, tags, fields, notes, attachments, attributes) = ([], [], [], [], [], [:])
    }

    /// The years that a paper can have.
    package static let years = 1000...9999

    /// Whether a text is a date, or a year, of ISO 8601.
    private static func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let ranges = [Paper.years, 1...12, 1...31]
        return parts.count <= ranges.count
            && zip(parts, ranges).allSatisfy { part, range in
                part.utf8.count == (range == Paper.years ? 4 : 2) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
                    && Int(part).map(range.contains) == true
            }
    }

    private static func nonBlank(_ attributes: [String: [String]]) -> [String: [String]] {
        var result: [String: [String]] = [:]
        for (name, values) in attributes.sorted(by: { $0.key < $1.key }) {
            let (name, values) = (tidied(name), values.filter { !isBlank($0) })
            if !name.isEmpty, !values.isEmpty { result[name, default: []] += values }
        }
        return result
    }

    /// Whether the paper names a work without its title: it has authors, a citation key, or an identifier that stands
    /// for one paper everywhere.
    package var isReference: Bool {
        !authors.isEmpty || citationKey != nil || !strongIdentifiers.isEmpty
    }

    /// Whether the paper has neither a title nor an abstract nor another text.
    public var isEmpty: Bool {
        title.isEmpty && abstract.isEmpty && fields.isEmpty
    }
}

/// The strings in their order, each once, without `excluded`.
func distinct(_ strings: [String], apartFrom excluded: String? = nil) -> [String] {
    if strings.isEmpty { return strings }
    var seen: Set = excluded.map { [$0] } ?? []
    return strings.filter { seen.insert($0).inserted }
}

/// Whether a text has nothing but white space and control characters.
private func isBlank(_ text: String) -> Bool {
    tidied(text).isEmpty
}

extension String? {
    /// The string, or `nil` if it is empty.
    var nonEmpty: String? {
        self?.isEmpty == false ? self : nil
    }
}
