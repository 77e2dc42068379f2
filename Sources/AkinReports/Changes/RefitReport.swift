package import Akin

/// A vector space that was refitted on the papers of a library.
package struct RefitReport: Codable, Hashable, Sendable {
    /// The papers that it was fitted on.
    package var papers: Int
    /// The number of the generation that holds it.
    package var generation: Int
    /// Its dimensions.
    package var rank: Int
    /// The terms that it knows.
    package var terms: Int

    /// Reports a fit.
    ///
    /// - Parameters:
    ///   - paperCount: The papers that the space was fitted on.
    ///   - info: What the library holds afterwards.
    package init(paperCount: Int, info: LibraryInfo) {
        papers = paperCount
        generation = info.generation
        rank = info.rank
        terms = info.termCount
    }
}
