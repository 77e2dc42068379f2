import Akin
import LatentSemantics
import Papers
import PostgresClient
import Ranking

/// One generation of a library in a database: what stays the same while papers are added to it.
struct PublishedGeneration: Sendable {
    /// Its number.
    let number: Int
    /// What it was made with, as on disk.
    let manifest: Manifest
    /// The space that the library learned, from a file in the cache of this machine.
    let model: LatentSemanticModel?

    /// The schema that holds it.
    var schema: String { Self.schema(number) }

    static func schema(_ number: Int) -> String { "akin_g\(number)" }

    /// The table of the vectors of a space that were given.
    static func table(of space: SpaceName) -> String { "space_" + space.rawValue.replacing("-", with: "_") }
}

/// The numbers of a generation that change when papers are added or removed.
struct CollectionState: Sendable {
    /// The units and their terms, repetitions included, as BM25 counts them.
    var unitCount: Int
    var totalLength: Int
    /// The papers that can be found.
    var paperCount: Int
}
