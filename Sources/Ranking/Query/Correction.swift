/// A word of a question that is likely a mistake.
public struct Correction: Codable, Hashable, Sendable {
    /// The word as it was written.
    public var written: String
    /// The word that was searched beside it.
    public var searched: String

    /// Creates a correction.
    public init(written: String, searched: String) {
        self.written = written
        self.searched = searched
    }
}
