extension LatentSemanticModel {
    /// The parameters of a fit.
    public struct Parameters: Codable, Hashable, Sendable {
        /// The number of dimensions, at least 1. The default is 256. Sensible values are 100 to 400.
        ///
        /// More dimensions distinguish more subjects. They cost memory, file size and time in proportion. At the rank
        /// of the corpus itself, the space no longer brings different words together. The rank of the matrix caps it.
        public var rank: Int

        /// How frequencies become weights. The default is ``TermWeighting/dampedLogEntropy``.
        public var weighting: TermWeighting

        /// The fewest documents that a known term must occur in, at least 1. The default is 2.
        ///
        /// A term of a single document connects nothing, and leaving such terms out halves the vocabulary. In a corpus
        /// of some hundreds of documents they are worth keeping, so that queries find them.
        public var minimumDocumentFrequency: Int

        /// The largest fraction of the documents that a known term may occur in, above 0 and at most 1. The default is
        /// 1.
        ///
        /// A smaller fraction leaves out words that are everywhere. Their weights are small in any case.
        public var maximumDocumentFraction: Double

        /// The seed of the random start of the decomposition. The default is 42. The same seed gives the same model.
        public var seed: UInt64

        /// Creates parameters.
        public init(
            rank: Int = 256,
            weighting: TermWeighting = .dampedLogEntropy,
            minimumDocumentFrequency: Int = 2,
            maximumDocumentFraction: Double = 1,
            seed: UInt64 = 42
        ) {
            self.rank = rank
            self.weighting = weighting
            self.minimumDocumentFrequency = minimumDocumentFrequency
            self.maximumDocumentFraction = maximumDocumentFraction
            self.seed = seed
        }

        /// What is wrong with the parameters, in words, or `nil` if every one is within its range.
        var problem: String? {
            if rank < 1 {
                "the rank is \(rank), at least 1 is needed"
            } else if minimumDocumentFrequency < 1 {
                "the minimum document frequency is \(minimumDocumentFrequency), at least 1 is needed"
            } else if !(maximumDocumentFraction > 0 && maximumDocumentFraction <= 1) {
                "the maximum document fraction is \(maximumDocumentFraction), it must be above 0 and at most 1"
            } else {
                nil
            }
        }
    }
}
