/// A paper: what a library knows of one, in the words of its source.
///
///     let paper = Paper(
///         id: "arxiv:2402.04617",
///         title: "InfLLM: Training-Free Long-Context Extrapolation for LLMs with an Efficient Context Memory",
///         abstract: "Large language models …",
///         authors: ["Chaojun Xiao", "Pengle Zhang"],
///         year: 2024
///     )
///
/// Every text is tidied when a paper is made: control characters and runs of white space, line ends included, become
/// one space, and none is left at either end. Entries of lists that are empty after that are dropped, and so are
/// alternate ids that say the id, or one another, again. Nothing else is changed.
///
/// As JSON, a paper is an object with the keys of its properties, of which ``alternateIDs`` is `alt_ids`; see
/// ``JSONLinesExporter`` for the order and ``ImportFormat/jsonLines`` for what is understood when reading.
public struct Paper: Hashable, Sendable {
    /// What the paper is known by: the id that its source gave it or, where the source gave none, one derived from what
    /// the paper says; see ``derivedID(title:abstract:firstAuthorKey:)``.
    public let id: String

    /// The title, possibly empty.
    public let title: String

    /// The abstract in one paragraph, possibly empty.
    public let abstract: String

    /// The names of the authors in the order of the paper, as the source writes them.
    public let authors: [String]

    /// The year of publication, four digits.
    public let year: Int?

    /// Where the paper was published, as the source writes it.
    public let venue: String?

    /// Subject classes, such as `cs.CL`.
    public let categories: [String]

    /// Key words or phrases.
    public let keywords: [String]

    /// Where the paper can be read.
    public let url: String?

    /// Other ids of the same paper; each of them finds it.
    public let alternateIDs: [String]

    /// Creates a paper, its texts tidied.
    ///
    /// A paper needs a title or an abstract to be found. The initializer does not insist, because an evaluation keeps
    /// empty documents; ``isEmpty`` tells, and importers skip such records.
    ///
    /// - Parameters:
    ///   - id: The source's id. Where it is `nil` or blank, the id is derived.
    ///   - title: The title.
    ///   - abstract: The abstract.
    ///   - authors: The authors' names in order.
    ///   - year: The year of publication.
    ///   - venue: Where it was published. Blank is `nil`.
    ///   - categories: Subject classes.
    ///   - keywords: Key words or phrases.
    ///   - url: Where it can be read. Blank is `nil`.
    ///   - alternateIDs: Other ids of the same paper.
    /// - Precondition: The year, if there is one, is in 1000...9999.
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
        if let year { precondition(Paper.years.contains(year), "a year has four digits, this one is \(year)") }
        self.title = tidied(title)
        self.abstract = tidied(abstract)
        self.authors = tidiedList(authors)
        self.year = year
        self.venue = venue.map(tidied).nonEmpty
        self.categories = tidiedList(categories)
        self.keywords = tidiedList(keywords)
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

    /// Creates a paper of parts that came out of a paper, and so are tidy already.
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

/// The strings in order, each once, without `excluded`.
func distinct(_ strings: [String], apartFrom excluded: String) -> [String] {
    var seen: Set = [excluded]
    return strings.filter { seen.insert($0).inserted }
}

extension String? {
    /// `nil` where the string is empty.
    var nonEmpty: String? {
        self?.isEmpty == false ? self : nil
    }
}
