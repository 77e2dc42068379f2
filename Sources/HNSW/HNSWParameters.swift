/// How a ``VectorIndex`` builds its graph. <doc:Parameters> lists what each value costs and gains.
public struct HNSWParameters: Hashable, Sendable {
    /// The number of links that a new node gets on each level.
    ///
    /// A node keeps at most twice as many links on level 0, and at most `m` on each level above.
    ///
    /// Default 16; sensible from 8 to 48. More links raise recall at a given `ef`, most of all on vectors of high
    /// intrinsic dimension. They cost memory (8 · `m` bytes a vector) and time when the index is built and searched.
    public let m: Int

    /// The number of candidates that the search for the neighbors of a new node keeps.
    ///
    /// Default 200; sensible from 100 to 500. More candidates build a better graph, which has more recall at a given
    /// `ef`. The time to build grows in proportion.
    public let efConstruction: Int

    /// The seed of the hash that gives each node its level.
    ///
    /// Default 42. The level of a node depends on its key and the seed only.
    public let seed: UInt64

    /// Creates the default parameters.
    public init() {
        (m, efConstruction, seed) = (16, 200, 42)
    }

    /// Creates parameters.
    ///
    /// - Throws: ``HNSWError`` with the code `invalidArgument` if ``m`` is not in ``mRange`` or ``efConstruction``
    ///   not in ``efConstructionRange``.
    public init(m: Int = 16, efConstruction: Int = 200, seed: UInt64 = 42) throws(HNSWError) {
        guard Self.mRange.contains(m), Self.efConstructionRange.contains(efConstruction) else {
            throw HNSWError(
                .invalidArgument,
                "Cannot build a graph with m \(m) and efConstruction \(efConstruction): m must be in \(Self.mRange) "
                    + "and efConstruction in \(Self.efConstructionRange)."
            )
        }
        self.m = m
        self.efConstruction = efConstruction
        self.seed = seed
    }

    /// The values of ``m`` that an index accepts.
    public static let mRange = 2...256

    /// The values of ``efConstruction`` that an index accepts.
    public static let efConstructionRange = 1...65_535

    /// The largest number of links that a node keeps on level 0.
    public var m0: Int { 2 * m }
}
