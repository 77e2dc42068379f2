/// One question of a test collection.
public struct Query: Hashable, Sendable {
    /// The name by which ``Qrels`` and ``Run`` speak of the query.
    public let id: QueryID

    /// What is asked, in the words of the collection; empty where the id says it all.
    public let text: String

    /// Creates a query.
    public init(id: QueryID, text: String) {
        self.id = id
        self.text = text
    }
}
