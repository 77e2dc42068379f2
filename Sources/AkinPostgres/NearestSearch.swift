import Papers
import PostgresClient
import Ranking

/// A search for the papers nearest to a vector, as statements.
///
/// The server's HNSW index gives what it finds, and a filter is applied afterwards. A filter that one paper in 32 passes
/// leaves 10 of the 200 nearest, without a word. So
///
/// - a filter that at most a tenth of the papers pass is compared exactly, which is faster besides;
/// - with any other filter the index looks on until there are enough (`iterative_scan`);
/// - a recall of 1 is asked exactly too;
/// - whoever gets fewer rows than there must be asks ``exact`` instead.
struct NearestSearch {
    /// The statements, of which the last gives keys.
    let statements: [PostgresStatement]
    /// The same without the index.
    let exact: PostgresStatement
    /// The units that must be found at least.
    let expectedCount: Int
    private let filter: CandidateFilter
    private let limit: Int

    /// A share of the papers that passes a filter, up to which they are compared one by one.
    private static let exactShare = 10

    init(
        _ vector: SpaceVector, _ request: CandidateRequest, _ collection: CollectionState,
        _ certificate: RecallCertificate?
    ) {
        filter = request.filter
        limit = request.semanticLimit
        let table = PublishedGeneration.vectorTable(of: vector.space)
        let value = PostgresValue.halfvec(vector.components)
        let allowed = filter.allowed?.sortedKeys.map { Int64(bitPattern: $0.rawValue) }
        let excluded = filter.excluded.sortedKeys.map { Int64(bitPattern: $0.rawValue) }
        // Those that are left out may be among the nearest. Whoever asks for more papers than there are gets these.
        let count = min(limit, collection.paperCount) + excluded.count

        let condition = allowed == nil ? "true" : "key = any($3)"
        let parameters: [PostgresValue] = [value, .int8(Int64(count))] + (allowed.map { [.int8Array($0)] } ?? [])
        exact = PostgresStatement(
            """
            with compared as materialized (select key, vec <#> $1 as distance from \(table) where \(condition))
            select key from compared order by distance, key limit $2
            """, parameters)
        let reachable = allowed?.count ?? collection.paperCount
        // Of the papers that a question may find, not all have a vector of a space that was given.
        expectedCount = vector.space == .latentSemantics ? min(limit, reachable - excluded.count) : 0
        let isFew = allowed.map { $0.count <= collection.paperCount / Self.exactShare } ?? false
        let ef = (certificate ?? .unmeasured).ef(for: count, recall: request.recall)
        if let ef, !isFew {
            statements = [
                PostgresStatement(
                    """
                    select set_config('hnsw.ef_search', $1, true), set_config('hnsw.iterative_scan', $2, true)
                    """,
                    [
                        .text(String(ef)),
                        .text(
                            reachable < collection.paperCount || count > RecallCertificate.largestEf
                                ? "relaxed_order" : "off"),
                    ]),
                PostgresStatement(
                    "select key from \(table) where \(condition) order by vec <#> $1 limit $2", parameters),
            ]
        } else {
            statements = [exact]
        }
    }

    /// The units in the rows of an answer that the filter admits.
    func units(of rows: PostgresRows?) throws -> [UnitKey] {
        guard let rows else { return [] }
        let units = try rows.map { UnitKey(rawValue: UInt64(bitPattern: try $0.int64(0))) }
        return Array(units.filter(filter.admits).prefix(limit))
    }
}
