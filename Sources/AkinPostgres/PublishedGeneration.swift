import Akin
import LatentSemantics
import Papers
import PostgresClient
import Ranking
import TextAnalysis

/// One generation of a library in a database, as it is until the next change.
struct PublishedGeneration: Sendable {
    /// What tells it from others.
    let state: PublishedState
    /// What it was made with, as on disk.
    let manifest: Manifest
    /// The space that the library learned, from a file in the cache of this machine.
    let model: LatentSemanticModel?
    /// The analyzer of its terms.
    let analyzer: Analyzer
    /// The keys that postings still have although their papers were removed.
    let removed: Set<UInt64>
    /// What recall costs in the index of each space, as it was measured when the index was built.
    let certificates: [SpaceName: RecallCertificate]

    /// The schema that holds it.
    var schema: String { Self.schema(state.generation) }

    static func schema(_ number: Int) -> String { "akin_g\(number)" }

    /// The table of the vectors of a space.
    static func vectorTable(of space: SpaceName) -> String {
        space == .latentSemantics ? "document" : "space_" + space.rawValue.replacing("-", with: "_")
    }
}

/// Which content a library in a database has.
struct PublishedState: Hashable, Sendable, CustomStringConvertible {
    /// The number of the generation in force.
    var generation: Int
    /// A number that each publishing and each change makes larger: microseconds since 1970, or one more than before. A
    /// database that was emptied and published anew has other numbers.
    var change: Int

    /// Reads a row that begins with the two.
    init(_ row: PostgresRow) throws {
        generation = try row.int(0)
        change = try row.int(1)
    }

    var description: String { "\(generation).\(change)" }
}

/// The numbers of a generation that change when papers are added or removed.
struct CollectionState: Sendable {
    /// The units and their terms, repetitions included, as BM25 counts them.
    var unitCount: Int
    var totalLength: Int
    /// The papers that can be found.
    var paperCount: Int

    /// The three numbers, as a fact keeps them.
    var text: String { "\(unitCount) \(totalLength) \(paperCount)" }

    init(unitCount: Int, totalLength: Int, paperCount: Int) {
        self.unitCount = unitCount
        self.totalLength = totalLength
        self.paperCount = paperCount
    }

    /// Reads a row of the three. Numbers that no library has count as the nearest that one may have.
    init(_ row: PostgresRow) throws {
        let most = Int(Int32.max)
        unitCount = min(max(0, try row.int(0)), most)
        totalLength = min(max(0, try row.int(1)), most * 10_000)
        paperCount = min(max(0, try row.int(2)), most)
    }
}

/// What a transaction reads first, by ``Catalog/opening``.
struct PublishedMoment: Sendable {
    var state: PublishedState
    /// `nil` if the generation indexes no paper.
    var collection: CollectionState?

    /// Reads the answers.
    ///
    /// - Throws: `AkinError`: `noLibrary`, `newerVersion`; `PostgresError`.
    init(_ answers: [PostgresRows], _ name: String) throws {
        let row = try answers[0].only()
        try Catalog.check(version: row.int(2), name)
        state = try PublishedState(row)
        collection = try answers[1].first.map { try CollectionState($0) }
    }
}
