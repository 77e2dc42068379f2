/// The statements that a connection has prepared, by their text and the types of their parameters.
struct StatementCache {
    /// The number of statements that stay prepared. A server keeps some kilobytes for each.
    static let limit = 256

    private struct Entry {
        let name: String
        let types: [PostgresType]
        var lastUse: Int
    }

    private var entries: [String: [Entry]] = [:]
    private var uses = 0
    private var created = 0
    private(set) var count = 0

    /// The name of a prepared statement.
    ///
    /// - Parameters:
    ///   - sql: The text.
    ///   - types: The types of the parameters. An unspecified one, of a null, fits any.
    /// - Returns: The name, or `nil` if none fits.
    mutating func name(of sql: String, _ types: [PostgresType]) -> String? {
        guard var variants = entries[sql],
            let index = variants.firstIndex(where: { entry in
                entry.types.count == types.count
                    && zip(entry.types, types).allSatisfy { $1 == .unspecified || $0 == $1 }
            })
        else { return nil }
        uses += 1
        variants[index].lastUse = uses
        entries[sql] = variants
        return variants[index].name
    }

    /// Notes a statement that is about to be prepared.
    ///
    /// - Returns: Its name, which no other statement of the connection had.
    mutating func add(_ sql: String, _ types: [PostgresType]) -> String {
        created += 1
        uses += 1
        count += 1
        let name = "akin_\(created)"
        entries[sql, default: []].append(Entry(name: name, types: types, lastUse: uses))
        return name
    }

    /// Forgets a statement.
    mutating func remove(_ sql: String, name: String) {
        guard var variants = entries[sql], let index = variants.firstIndex(where: { $0.name == name }) else { return }
        variants.remove(at: index)
        entries[sql] = variants.isEmpty ? nil : variants
        count -= 1
    }

    /// Forgets all.
    mutating func removeAll() {
        entries = [:]
        count = 0
    }

    /// Forgets what was used longest ago, until there is room.
    ///
    /// - Returns: The names that the server is to forget.
    mutating func makeRoom() -> [String] {
        guard count >= Self.limit else { return [] }
        let all = entries.flatMap { sql, variants in variants.map { (sql: sql, entry: $0) } }
        // An eighth at a time, so that not every new statement sorts them.
        let oldest = all.sorted { $0.entry.lastUse < $1.entry.lastUse }.prefix(count - Self.limit * 7 / 8)
        for (sql, entry) in oldest { remove(sql, name: entry.name) }
        return oldest.map(\.entry.name)
    }
}
