extension LatentSemanticModel {
    /// What a model is asked to be when it is fitted.
    public struct Parameters: Codable, Hashable, Sendable {
        /// The number of dimensions, at least 1. 256 by default; sensible from 100 to 400.
        ///
        /// More of them tell more apart, cost memory, file size and time in proportion, and blur less: at the rank of
        /// the corpus itself the space no longer brings different words together. A corpus whose matrix has fewer
        /// dimensions caps it.
        public var rank: Int

        /// How frequencies become weights. ``TermWeighting/dampedLogEntropy`` by default.
        public var weighting: TermWeighting

        /// The fewest documents a term must occur in to be known, at least 1. 2 by default.
        ///
        /// A term of a single document connects nothing; leaving it out halves the vocabulary. In a small corpus, of
        /// some hundreds of documents, such terms are worth keeping, so that queries find them: 1.
        public var minimumDocumentFrequency: Int

        /// The largest fraction of the documents a term may occur in to be known, above 0 and at most 1, the default.
        ///
        /// A smaller one leaves out words that are everywhere; the weighting makes them light in any case.
        public var maximumDocumentFraction: Double

        /// The seed of the random start of the decomposition. 42 by default; the same seed gives the same model.
        public var seed: UInt64

        /// Creates parameters, those left out by default.
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
