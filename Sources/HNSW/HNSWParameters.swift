/// How the graph of an ``HNSWIndex`` is built. What the values buy and cost is measured in <doc:Parameters>.
public struct HNSWParameters: Hashable, Sendable {
    /// The links that a new node gets on each level; a node keeps at most twice as many on level 0, and as many on the
    /// levels above.
    ///
    /// Default 16; sensible from 8 to 48. More links raise recall at a given `ef`, most of all on vectors of high
    /// intrinsic dimension, and cost memory (8 · `m` bytes a vector) and time in building and searching.
    public let m: Int

    /// The candidates that are kept while the neighbours of a new node are sought.
    ///
    /// Default 200; sensible from 100 to 500. More candidates make a better graph, with more recall at a given `ef`;
    /// the time of building grows in proportion.
    public let efConstruction: Int

    /// The seed of the numbers that decide on which levels a node stands.
    ///
    /// Default 42. The level of a node is a function of seed and key alone.
    public let seed: UInt64

    /// Chooses parameters.
    ///
    /// - Precondition: `m` is in ``mRange`` and `efConstruction` in ``efConstructionRange``.
    public init(m: Int = 16, efConstruction: Int = 200, seed: UInt64 = 42) {
        precondition(Self.mRange.contains(m), "m must be in \(Self.mRange), was \(m)")
        precondition(
            Self.efConstructionRange.contains(efConstruction),
            "efConstruction must be in \(Self.efConstructionRange), was \(efConstruction)"
        )
        self.m = m
        self.efConstruction = efConstruction
        self.seed = seed
    }

    /// The values of ``m`` that an index takes.
    public static let mRange = 2...256

    /// The values of ``efConstruction`` that an index takes.
    public static let efConstructionRange = 1...65_535

    /// The most links that a node keeps on level 0.
    public var m0: Int { 2 * m }
}
