public import Papers

/// How papers are added to a library.
///
///     try library.add(papers, options: AddOptions(replacing: true))
public struct AddOptions: Sendable {
    /// When two records are the same paper. Default: `PaperMatching.byIdentity`.
    ///
    /// Papers with neither title nor abstract are stored for `.byIDAlone`. For `.byIdentity`, they are left out and
    /// counted, unless authors, a citation key or an identifier name a work.
    public var matching: PaperMatching

    /// Whether a field that a record leaves empty is cleared. Default: no, it stays as it is.
    public var replacing: Bool

    /// A vector for each record of the source, in the order of the records. Default: none.
    public var vectors: GivenVectors?

    /// Where the vector space comes from, now and in later calls. Default: the library's choice, which is
    /// ``ModelSource/automatic`` at first.
    public var model: ModelSource?

    /// The dimensions of the vector space, now and in later calls. Default: the library's choice.
    public var rank: RankChoice?

    /// The most threads to use. Default: one for each core. The library does not depend on it.
    public var threads: Int?

    /// Whether the first record or file that cannot be read ends the call. Default: no, it is skipped and reported.
    public var isStrict: Bool

    /// Whether the call only tells what it would do, and changes nothing. Default: no.
    ///
    /// Such a call reads the source and compares its records with the papers. It does not index them. It takes the
    /// place of a change meanwhile, and brings a store of an older format up to date as a change would.
    public var isDryRun: Bool

    /// Creates options.
    public init(
        matching: PaperMatching = .byIdentity, replacing: Bool = false, vectors: GivenVectors? = nil,
        model: ModelSource? = nil, rank: RankChoice? = nil, threads: Int? = nil, isStrict: Bool = false,
        isDryRun: Bool = false
    ) {
        self.matching = matching
        self.replacing = replacing
        self.vectors = vectors
        self.model = model
        self.rank = rank
        self.threads = threads
        self.isStrict = isStrict
        self.isDryRun = isDryRun
    }
}
