public import Papers
public import Ranking

/// Which papers to look around among, and how.
public struct ExplorationOptions: Hashable, Sendable {
    /// The vector space whose neighbors count. The default is the one that the library learned.
    public var space: SpaceName
    /// The papers. By default they are all.
    public var filter: PaperFilter
    /// How many nearest papers of each paper count, from 1 to 200. The default is 15.
    ///
    /// Fewer show finer structure, and more show broader structure. Time and memory grow with it.
    public var neighborCount: Int
    /// The number of topics, from 1 to 1,000; `nil`, the default, lets the papers decide.
    public var topicCount: Int?
    /// Decides what is left to chance: the order in which papers are visited, and which of them push each other apart
    /// on a map. The same papers with the same seed give the same result, whatever the number of threads.
    public var seed: UInt64
    /// The most threads to use; `nil`, the default, is one for each core.
    public var threads: Int?

    /// Creates options.
    public init(
        space: SpaceName = .latentSemantics, filter: PaperFilter = PaperFilter(), neighborCount: Int = 15,
        topicCount: Int? = nil, seed: UInt64 = 0, threads: Int? = nil
    ) {
        self.space = space
        self.filter = filter
        self.neighborCount = neighborCount
        self.topicCount = topicCount
        self.seed = seed
        self.threads = threads
    }

    /// The numbers of neighbors that a call takes. More say little more of a paper and cost memory.
    package static let neighborRange = 1...200

    /// The numbers of topics that a call takes. Nobody reads more.
    package static let topicRange = 1...1_000

    /// Refuses numbers that no call takes.
    ///
    /// - Throws: `AkinError` with code `invalidArgument`.
    func validate() throws(AkinError) {
        try Akin.validate(threads: threads)
        guard Self.neighborRange.contains(neighborCount) else {
            throw AkinError(
                .invalidArgument,
                "Cannot take \(neighborCount) neighbors of each paper: give a number from "
                    + "\(Self.neighborRange.lowerBound) to \(Self.neighborRange.upperBound).")
        }
        if let topicCount, !Self.topicRange.contains(topicCount) {
            throw AkinError(
                .invalidArgument,
                "Cannot find \(topicCount) topics: give a number from \(Self.topicRange.lowerBound) to "
                    + "\(Self.topicRange.upperBound).")
        }
    }
}
