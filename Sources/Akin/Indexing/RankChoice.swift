/// How many dimensions the vector space of a library has.
public enum RankChoice: Sendable, Hashable {
    /// A tenth of the papers, between 64 and 256; in a library that starts from a model, as many as the model, and no more than
    /// there are papers. The default.
    case automatic
    /// So many, or fewer where the papers have no more; at least 1.
    case fixed(Int)

    /// The number; `nil` where it goes by the papers.
    var number: Int? {
        switch self {
        case .automatic: nil
        case .fixed(let rank): rank
        }
    }

    /// Refuses a number of dimensions that no space has.
    func validate() throws(AkinError) {
        if case .fixed(let rank) = self, !(1...Self.largest).contains(rank) {
            throw AkinError(
                .invalidArgument,
                "A vector space does not have \(rank) dimensions: give a number from 1 to \(Self.largest)."
            )
        }
    }

    /// Four times what any corpus is known to gain from; a fit takes memory and time by the number of dimensions.
    private static let largest = 2_000
}
