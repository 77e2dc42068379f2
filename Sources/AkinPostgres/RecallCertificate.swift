import Foundation
import PostgresClient
import Ranking

/// What recall costs in the server's HNSW index of a space: how many candidates the index has to keep (`ef_search`) to
/// find a share of the nearest papers. It is measured in the database when the index is built.
struct RecallCertificate: Codable, Hashable, Sendable {
    /// The recall that keeping some times as many candidates as are wanted gave.
    struct Step: Codable, Hashable, Sendable {
        /// The candidates for each paper that is wanted.
        var factor: Double
        /// The lower end of the 95 % interval of the mean recall.
        var recall: Double
    }

    /// The steps, by rising factors.
    var steps: [Step]

    /// The most candidates that pgvector keeps.
    static let largestEf = 1_000
    private static let smallestEf = 40

    /// What is assumed where nothing was measured: .9952 with twice as many candidates (155,000 papers).
    static let unmeasured = Self(steps: [Step(factor: 2, recall: 0.99), Step(factor: 4, recall: 0.999)])

    /// The candidates to keep for a number of papers; `nil` if only a comparison with all papers gives the recall.
    func ef(for count: Int, recall: Double) -> Int? {
        guard recall < 1, let factor = (steps.first { $0.recall >= recall } ?? steps.last)?.factor else { return nil }
        return min(Self.largestEf, max(Self.smallestEf, Int((Double(min(count, Self.largestEf)) * factor).rounded(.up))))
    }
}

// MARK: - Measuring

extension RecallCertificate {
    private static let factors = [1, 1.25, 1.5, 2, 3, 4]
    /// The papers that are asked for the papers nearest to them.
    private static let questionCount = 48
    /// The papers that each is asked for: what a ranking asks for.
    private static let wantedCount = 200

    /// Measures the index of a space, with papers that are spread evenly over the library.
    ///
    /// - Throws: `PostgresError`.
    /// - Complexity: Compares 48 papers with all.
    init(measuring space: SpaceName, _ connection: PostgresConnection) throws {
        let table = PublishedGeneration.vectorTable(of: space)
        let questions = try connection.query(
            """
            select vec from (select vec, row_number() over (order by key) - 1 as place, count(*) over () as total
                from \(table) where vec is not null) numbered
            where place % greatest(1, total / \(Self.questionCount)) = 0
            """
        ).map { try $0.vector(0) }
        let exact = try questions.map { question in
            try Set(
                connection.query(
                    """
                    with compared as materialized (select key, vec <#> $1 as distance from \(table))
                    select key from compared order by distance, key limit \(Self.wantedCount)
                    """, [.halfvec(question)]
                ).map { try $0.int64(0) })
        }
        steps = try Self.factors.map { factor in
            let ef = Int(factor * Double(Self.wantedCount))
            try connection.query("select set_config('hnsw.ef_search', $1, false)", [.text("\(ef)")])
            let recalls = try zip(questions, exact).filter { !$1.isEmpty }.map { question, nearest in
                let found = try connection.query(
                    "select key from \(table) order by vec <#> $1 limit \(Self.wantedCount)", [.halfvec(question)]
                ).count { try nearest.contains($0.int64(0)) }
                return Double(found) / Double(nearest.count)
            }
            return Step(factor: factor, recall: Self.lowerEnd(ofMeanOf: recalls))
        }
        try connection.query("reset hnsw.ef_search")
    }

    private static func lowerEnd(ofMeanOf values: [Double]) -> Double {
        guard values.count > 1 else { return values.first ?? 1 }
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
        return mean - 1.96 * (variance / Double(values.count)).squareRoot()
    }
}

// MARK: - Keeping

extension RecallCertificate {
    private static let prefix = "recall "

    /// Stores it among the facts of the generation.
    ///
    /// - Throws: `PostgresError`.
    func save(as space: SpaceName, _ connection: PostgresConnection) throws {
        let json = String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
        try connection.query(
            """
            insert into fact (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value
            """, [.text(Self.prefix + space.rawValue), .text(json)])
    }

    /// Those among the facts of a generation. One that cannot be read counts as not measured.
    ///
    /// - Throws: `PostgresError`.
    static func certificates(in facts: PostgresRows) throws -> [SpaceName: Self] {
        var found: [SpaceName: Self] = [:]
        for row in facts where try row.text(0).hasPrefix(prefix) {
            guard let space = SpaceName(rawValue: String(try row.text(0).dropFirst(prefix.count))) else { continue }
            found[space] = try? JSONDecoder().decode(Self.self, from: Data(row.text(1).utf8))
        }
        return found
    }
}
