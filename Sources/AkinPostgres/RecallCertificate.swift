import Akin
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
        /// The mean recall.
        var mean: Double
        /// How far the 95 % interval of the mean reaches to each side.
        var margin = 0.0

        /// What the recall is taken to be: the lower end of the interval.
        var recall: Double { mean - margin }
    }

    /// The steps, by rising factors.
    var steps: [Step]
    /// The papers that were asked about.
    var questionCount = 0

    /// The most candidates that pgvector keeps.
    static let largestEf = 1_000
    private static let smallestEf = 40

    /// What is assumed where nothing was measured: .9952 with twice as many candidates (155,000 papers).
    static let unmeasured = Self(steps: [Step(factor: 2, mean: 0.99), Step(factor: 4, mean: 0.999)])

    /// Whether the numbers are ones that were measured.
    var isSound: Bool {
        !steps.isEmpty && questionCount >= 0
            && steps.allSatisfy {
                (1...1_000).contains($0.factor) && (0...1).contains($0.mean) && (0...1).contains($0.margin)
            }
    }

    /// The candidates to keep for a number of papers; `nil` if only a comparison with all papers gives the recall.
    func ef(for count: Int, recall: Double) -> Int? {
        guard recall < 1, let factor = (steps.first { $0.recall >= recall } ?? steps.last)?.factor else { return nil }
        return min(
            Self.largestEf, max(Self.smallestEf, Int((Double(min(count, Self.largestEf)) * factor).rounded(.up))))
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
    /// - Parameters:
    ///   - space: The space.
    ///   - query: Runs a statement.
    /// - Throws: `PostgresError`.
    /// - Complexity: Compares 48 papers with all.
    init(
        measuring space: SpaceName, _ query: (_ sql: String, _ parameters: [PostgresValue]) throws -> PostgresRows
    ) throws {
        let table = PublishedGeneration.vectorTable(of: space)
        let questions = try query(
            """
            select vec from \(table) join
                (select key, row_number() over (order by key) - 1 as place, count(*) over () as total
                    from \(table) where vec is not null) numbered using (key)
            where place % greatest(1, total / \(Self.questionCount)) = 0
            """, []
        ).map { try $0.vector(0) }
        let exact = try questions.map { question in
            try Set(
                query(
                    """
                    with compared as materialized (select key, vec <#> $1 as distance from \(table))
                    select key from compared order by distance, key limit \(Self.wantedCount)
                    """, [.halfvec(question)]
                ).map { try $0.int64(0) })
        }
        steps = try Self.factors.map { factor in
            let ef = Int(factor * Double(Self.wantedCount))
            _ = try query("select set_config('hnsw.ef_search', $1, false)", [.text("\(ef)")])
            let recalls = try zip(questions, exact).filter { !$1.isEmpty }.map { question, nearest in
                let found = try query(
                    "select key from \(table) order by vec <#> $1 limit \(Self.wantedCount)", [.halfvec(question)]
                ).count { try nearest.contains($0.int64(0)) }
                return Double(found) / Double(nearest.count)
            }
            return Self.step(factor, recalls)
        }
        questionCount = questions.count
        _ = try query("reset hnsw.ef_search", [])
    }

    private static func step(_ factor: Double, _ recalls: [Double]) -> Step {
        guard recalls.count > 1 else { return Step(factor: factor, mean: recalls.first ?? 1) }
        let mean = recalls.reduce(0, +) / Double(recalls.count)
        let variance = recalls.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(recalls.count - 1)
        return Step(factor: factor, mean: mean, margin: 1.96 * (variance / Double(recalls.count)).squareRoot())
    }

    /// What a library tells of it.
    ///
    /// - Parameter paperCount: The papers in the index.
    /// - Returns: The measurements.
    func info(paperCount: Int) -> LibraryInfo.Recall {
        let wanted = SearchOptions.defaultRecall
        let best = steps.last?.recall ?? 1
        return LibraryInfo.Recall(
            points: steps.map { step in
                LibraryInfo.Recall.Point(
                    k: Self.wantedCount, ef: Int(step.factor * Double(Self.wantedCount)), recall: step.mean,
                    interval: max(0, step.recall)...min(1, step.mean + step.margin))
            },
            queryCount: questionCount, paperCount: paperCount, ef: ef(for: Self.wantedCount, recall: wanted),
            reached: best < wanted ? best : nil)
    }
}
