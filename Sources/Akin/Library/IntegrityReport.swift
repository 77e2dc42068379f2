/// What a check of a library's files found.
public struct IntegrityReport: Sendable {
    /// What is wrong: a sentence for each finding, which names the file and the place.
    public var findings: [String] = []
    /// The ids of the papers whose stored text is damaged, and of those that a repair lost before it was cut off.
    public var lostPapers: [String] = []
    /// Whether the stored text of any paper is damaged.
    var hasDamagedPapers = false
    /// Whether a newer version of Akin has written parts that this version does not know. A repair leaves them out.
    public var hasUnknownParts = false
    /// Whether the library was rebuilt.
    public var isRepaired = false
    /// Whether the store of papers is damaged beyond the texts of single papers.
    var isStoreDamaged = false
    /// The number of papers in the library.
    public var paperCount = 0

    package init() {}

    /// Whether nothing is wrong.
    public var isHealthy: Bool { findings.isEmpty && lostPapers.isEmpty }
}
