/// How many dimensions the vector space of a library has.
public enum RankChoice: Sendable, Hashable {
    /// A tenth of the number of papers, between 64 and 256. The default.
    ///
    /// A library that starts from a model has as many dimensions as the model, but no more than papers.
    case automatic
    /// This many, at least 1. A space of few papers may have fewer.
    case fixed(Int)

    /// The number; `nil` where the number of papers decides.
    var number: Int? {
        switch self {
        case .automatic: nil
        case .fixed(let rank): rank
        }
    }

    /// Checks that a space can have this many dimensions.
    ///
    /// - Throws: `AkinError` with code `invalidArgument`.
    func validate() throws(AkinError) {
        if case .fixed(let rank) = self, !(1...Self.largest).contains(rank) {
            throw AkinError(
                .invalidArgument,
                "A vector space does not have \(rank) dimensions: give a number from 1 to \(Self.largest)."
            )
        }
    }

    /// The largest rank: several times what any measured collection gains from. A fit takes memory and time by the
    /// rank.
    private static let largest = 2_000
}
