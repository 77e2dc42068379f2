/// A condition that papers must meet to be found.
///
/// A paper meets the filter if it meets every part that is given. It meets a part if it meets one of its entries.
/// Case is ignored, and so are accents in names and punctuation in names and venues.
public struct PaperFilter: Hashable, Sendable {
    /// The years of publication. A paper without a year does not meet this part.
    public var years: YearRange?

    /// Consecutive whole words of a venue: `neurips` matches `NeurIPS 2023`.
    public var venues: [String]

    /// Categories, or their part before a dot: `cs` matches `cs.CL`.
    public var categories: [String]

    /// Names of authors, or consecutive whole words of them. `Vaswani, Ashish` is read as `Ashish Vaswani`, and an
    /// initial stands for every name that it begins: `A. Vaswani`.
    public var authors: [String]

    /// Ids or alternate ids, as they are stored; `nil` stands for all. Use it for conditions that only your program
    /// knows. An empty set is met by no paper.
    public var ids: Set<String>?

    /// Values of other fields, by their names: `["tag": ["to read"], "status": ["open", "new"]]`.
    ///
    /// The names are `date`, `type`, `language`, `citationKey`, `tag`, `collection`, and those of the papers'
    /// attributes. A value has to be whole, and values of more than 200 bytes are not compared. A collection stands for
    /// those inside it too. A paper meets the filter if it has one value of each name.
    public var attributes: [String: [String]]

    /// The second since 1970 from which on a paper was added; `nil` stands for any. A paper of a library of an earlier
    /// version, whose time is not known, does not meet this part.
    public var addedSince: Int?

    /// Creates a filter. By default every paper meets it.
    public init(
        years: YearRange? = nil, venues: [String] = [], categories: [String] = [], authors: [String] = [],
        ids: Set<String>? = nil, attributes: [String: [String]] = [:], addedSince: Int? = nil
    ) {
        self.years = years
        self.venues = venues
        self.categories = categories
        self.authors = authors
        self.ids = ids
        self.attributes = attributes
        self.addedSince = addedSince
    }

    /// Whether every paper meets the filter.
    public var isEmpty: Bool {
        years == nil && venues.isEmpty && categories.isEmpty && authors.isEmpty && ids == nil
            && attributes.isEmpty && addedSince == nil
    }
}
