/// A library that was published to a database.
package struct PublishReport: Codable, Hashable, Sendable {
    /// The database, without a password.
    package var database: String
    /// The number of the generation there.
    package var generation: Int
    /// The papers.
    package var papers: Int
    /// The terms of their texts.
    package var terms: Int
    /// What an administrator has to run, if only that was asked for.
    package var sql: String?

    package init(database: String, generation: Int, papers: Int, terms: Int, sql: String? = nil) {
        self.database = database
        self.generation = generation
        self.papers = papers
        self.terms = terms
        self.sql = sql
    }
}
