extension LatentSemanticModel {
    /// The same model with its term vectors in eight bits a number instead of 32, for a file of about a quarter of the size.
    ///
    /// Each vector is coded by itself, to within 1/254 of its largest number; singular values and weights stay as they are.
    /// Embedding by it decodes the vectors of the words at hand.
    ///
    /// - Complexity: O(``termCount`` · ``rank``).
    public var coded: LatentSemanticModel {
        LatentSemanticModel(
            parameters: parameters, settings: settings, documentCount: documentCount, singularValues: singularValues,
            vocabulary: vocabulary, termVectors: termVectors.coded, expectedRetention: expectedRetention
        )
    }
}
