/// What an examination of a library found.
public struct Examination: Sendable {
    /// What is wrong, a sentence each, naming the file and the place.
    public var findings: [String] = []
    /// The papers whose stored text is damaged, by id.
    public var lostPapers: [String] = []
    /// Whether the library was rebuilt.
    public var isRepaired = false
    /// Whether the store of papers is damaged, beyond the texts of single papers.
    var isStoreDamaged = false
    /// The papers that the library holds.
    public var paperCount = 0

    /// Whether nothing is wrong.
    public var isHealthy: Bool { findings.isEmpty && lostPapers.isEmpty }
}
