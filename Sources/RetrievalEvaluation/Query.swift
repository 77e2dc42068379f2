/// One question of a test collection.
public struct Query: Hashable, Sendable {
    /// The name of the query in ``Qrels`` and ``Run``.
    public let id: QueryID

    /// The text of the query. It may be empty if the id is enough.
    public let text: String

    /// Creates a query.
    public init(id: QueryID, text: String) {
        self.id = id
        self.text = text
    }
}
