/// Which papers may be found.
///
/// A paper passes if it passes every part that says something. A part with several entries is passed by any one of them.
/// Upper and lower case, accents in names, and punctuation in names and venues do not count.
public struct PaperFilter: Hashable, Sendable {
    /// The years of publication; a paper without a year does not pass.
    public var years: YearRange?

    /// Venues: whole words of them in a row, so that `neurips` passes `NeurIPS 2023`.
    public var venues: [String]

    /// Categories, or what stands before a dot in them, so that `cs` passes `cs.CL`.
    public var categories: [String]

    /// Authors, or parts of their names. `Vaswani, Ashish` is turned round.
    public var authors: [String]

    /// Creates a filter, by default one that everything passes.
    public init(
        years: YearRange? = nil, venues: [String] = [], categories: [String] = [], authors: [String] = []
    ) {
        self.years = years
        self.venues = venues
        self.categories = categories
        self.authors = authors
    }

    /// Whether everything passes.
    public var isEmpty: Bool {
        years == nil && venues.isEmpty && categories.isEmpty && authors.isEmpty
    }
}
