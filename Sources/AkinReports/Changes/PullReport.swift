/// A library that was made in a folder of one in a database.
package struct PullReport: Codable, Hashable, Sendable {
    /// The folder.
    package var library: String
    /// The database, without a password.
    package var database: String
    /// The papers.
    package var papers: Int

    package init(library: String, database: String, papers: Int) {
        self.library = library
        self.database = database
        self.papers = papers
    }
}
