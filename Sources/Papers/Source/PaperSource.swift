/// Papers that arrive batch by batch, from files, from a database or from another program.
///
/// A library takes its papers from a source and does not know where they come from. `PaperFormats` has the sources for
/// files. Here is one for papers that a program holds in memory:
///
///     struct PaperChunks: PaperSource {
///         var papers: ArraySlice<Paper>
///
///         mutating func nextBatch() -> PaperBatch? {
///             guard !papers.isEmpty else { return nil }
///             defer { papers = papers.dropFirst(1_000) }
///             return PaperBatch(papers: Array(papers.prefix(1_000)))
///         }
///     }
///
/// A source skips a record that is no paper, reports it in the batch, and continues with the next record. It throws
/// only when it cannot continue at all.
public protocol PaperSource {
    /// The error that ends the source early. `Never` for a source that always reaches its end.
    associatedtype Failure: Error

    /// The size of everything that the source will read, in bytes, or `nil` if nobody knows.
    ///
    /// A library compares it with the free space of the disk before it starts. Default: `nil`.
    var byteCount: Int? { get }

    /// The part of the source that has been read, from 0 to 1, or `nil` if nobody knows. Default: `nil`.
    var fractionRead: Double? { get }

    /// The sources that have been read to their ends, which a library remembers. Default: none.
    var remembered: [RememberedSource] { get }

    /// Returns the next papers, or `nil` after the last batch.
    ///
    /// A batch may hold no paper, only reports about records and files. A batch of a few thousand papers keeps memory
    /// small and costs little overhead.
    ///
    /// - Throws: `Failure` if the source cannot continue.
    mutating func nextBatch() throws(Failure) -> PaperBatch?
}

/// A source that a library remembers, so that it can be read again when it has changed.
public struct RememberedSource: Hashable, Sendable {
    /// The name of the source: what ``PaperBatch/source`` says, such as the path of a file.
    public var name: String

    /// What the source was like, in a form that only its reader understands: a changed source has another state.
    public var state: String

    /// Creates a source.
    public init(name: String, state: String) {
        self.name = name
        self.state = state
    }
}

extension PaperSource {
    /// No source is remembered.
    public var remembered: [RememberedSource] { [] }

    /// `nil`: nobody knows.
    public var byteCount: Int? { nil }

    /// `nil`: nobody knows.
    public var fractionRead: Double? { nil }
}
