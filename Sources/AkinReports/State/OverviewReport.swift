package import Akin

/// What a library holds, how fresh and how good it is, and what may be asked of it.
package struct OverviewReport: Encodable, Sendable {
    /// A language, and how many papers say that they are in it.
    package struct Language: Encodable, Sendable {
        package var language: String
        package var papers: Int
    }

    /// The library's folder.
    package var library: String
    package var papers: Int
    package var firstYear: Int?
    package var lastYear: Int?
    /// The year of most papers.
    package var commonYear: Int?
    package var languages: [Language]
    /// When the last paper was added, in seconds since 1970.
    package var lastAddition: Int?
    /// Absent where there is no vector space.
    package var drift: DriftReport?
    /// One entry for each segment; `null` for a segment that is scanned exactly or was not measured.
    package var recall: [RecallReport?]
    /// Commands to try, as a shell takes them.
    package var suggestions: [String]

    /// Reports the state of a library.
    package init(_ overview: LibraryOverview, _ info: LibraryInfo, suggestions: [String]) {
        library = info.path
        papers = overview.paperCount
        firstYear = overview.years?.lowerBound
        lastYear = overview.years?.upperBound
        commonYear = overview.commonYear
        languages = overview.languages.map { Language(language: $0.value, papers: $0.paperCount) }
        lastAddition = overview.lastAddition
        drift = info.drift.map(DriftReport.init)
        recall = info.segments.map { $0.recall.map(RecallReport.init) }
        self.suggestions = suggestions
    }
}
