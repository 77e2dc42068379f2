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
/// The initializer tidies every text: control characters and runs of white space, line ends included, become one space,
/// and the ends of a text have none. It takes the markup of JATS, HTML and MathML out of every text except ids and the
/// url, so that `H<sub>2</sub>O` is `H₂O`. It then drops empty entries of lists and repeated alternate ids. It changes
/// nothing else.
///
/// A paper has one form in JSON, see ``encode(to:)``.
public struct Paper: Hashable, Sendable {
    /// The id that the source gave, or a derived one if the source gave none; see
    /// ``derivedID(title:abstract:firstAuthorKey:)``.
    public let id: String

    /// The title, possibly empty.
    public let title: String

    /// The abstract in one paragraph, possibly empty.
    public let abstract: String

    /// The names of the authors, in the paper's order and the source's spelling.
    public let authors: [String]

    /// The year of publication, four digits.
    public let year: Int?

    /// The place of publication, in the source's spelling.
    public let venue: String?

    /// Subject classes, such as `cs.CL`.
    public let categories: [String]

    /// Keywords or key phrases.
    public let keywords: [String]

    /// A link to the paper.
    public let url: String?

    /// Other ids of the same paper. Each of them finds it.
    public let alternateIDs: [String]

    /// Creates a paper, tidies its texts and takes markup out of them.
    ///
    /// Without a title and an abstract, a paper cannot be found. The initializer allows it, because test collections
    /// have empty documents. See ``isEmpty``.
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
        alternateIDs: [String] = []
    ) {
        self.title = tidied(plainText(title))
        self.abstract = tidied(plainText(abstract))
        self.authors = tidiedList(plainTexts(authors))
        self.year = year.flatMap { Paper.years.contains($0) ? $0 : nil }
        self.venue = venue.map { tidied(plainText($0)) }.nonEmpty
        self.categories = tidiedList(plainTexts(categories))
        self.keywords = tidiedList(plainTexts(keywords))
        self.url = url.map(tidied).nonEmpty
        let id =
            id.map(tidied).nonEmpty
            ?? Paper.derivedID(
                title: self.title,
                abstract: self.abstract,
                firstAuthorKey: Paper.normalizedAuthor(of: self.authors.first ?? "")
            )
        self.id = id
        self.alternateIDs = alternateIDs.isEmpty ? [] : distinct(tidiedList(alternateIDs), apartFrom: id)
    }

    /// Creates a paper from the parts of papers. These are tidy already.
    package init(
        tidyID id: String,
        title: String,
        abstract: String,
        authors: [String],
        year: Int?,
        venue: String?,
        categories: [String],
        keywords: [String],
        url: String?,
        alternateIDs: [String]
    ) {
        self.id = id
        self.title = title
        self.abstract = abstract
        self.authors = authors
        self.year = year
        self.venue = venue
        self.categories = categories
        self.keywords = keywords
        self.url = url
        self.alternateIDs = alternateIDs
    }

    /// The years that a paper can have.
    package static let years = 1000...9999

    /// Whether the paper has neither a title nor an abstract.
    public var isEmpty: Bool {
        title.isEmpty && abstract.isEmpty
    }
}

/// The strings in their order, each once, without `excluded`.
func distinct(_ strings: [String], apartFrom excluded: String) -> [String] {
    var seen: Set = [excluded]
    return strings.filter { seen.insert($0).inserted }
}

extension String? {
    /// The string, or `nil` if it is empty.
    var nonEmpty: String? {
        self?.isEmpty == false ? self : nil
    }
}
