extension LatentSemanticModel {
    /// The same model with term vectors of 8 bits a number instead of 32. Its file has about a quarter of the size.
    ///
    /// Each number of a vector is off by at most 1/254 of the vector's largest number. Singular values and weights stay
    /// as they are. Embedding a text decodes the vectors of its words.
    ///
    /// - Complexity: O(``termCount`` · ``rank``).
    public var coded: LatentSemanticModel {
        LatentSemanticModel(
            parameters: parameters, settings: settings, documentCount: documentCount, singularValues: singularValues,
            vocabulary: vocabulary, termVectors: termVectors.coded, expectedRetention: expectedRetention
        )
    }
}
