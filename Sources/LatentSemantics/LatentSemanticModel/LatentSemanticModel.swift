// Texts, their terms and their vectors are the words of this module's functions. So one import is enough.
@_exported public import LinearAlgebra
import MappedFiles
@_exported public import TextAnalysis
@_exported public import TextEncoding

/// A vector space, fitted on the terms of many documents. Texts on the same subject lie close together in it, even if
/// they use different words.
///
/// Latent semantic analysis (S. Deerwester, S. T. Dumais, G. W. Furnas, T. K. Landauer and R. Harshman, Indexing by
/// latent semantic analysis, Journal of the American Society for Information Science 41, 1990,
/// <https://doi.org/10.1002/(SICI)1097-4571(199009)41:6%3C391::AID-ASI1%3E3.0.CO;2-9>) writes the documents as the rows
/// of a matrix A of weighted terms and truncates its singular value decomposition, A ≈ U Σ Vᵀ. We first divide the rows
/// of A by their Euclidean length, so that long documents do not dominate the space. Every text is embedded in the same
/// way: its weighted row of length 1, times V, divided by the length of the result. This is the fold-in of the paper
/// without its division by the singular values. For a document of the fit it is the row of U Σ.
///
///     let model = try LatentSemanticModel.fit(texts: texts)
///     let documents = try model.embed(texts)                             // an embedding for each text
///     let similarity = try model.embed("long contexts").cosine(with: documents[0])
///
/// Programs that need the terms count them once and pass the counts.
///
/// The similarity of two texts is the inner product of their vectors: their cosine. A model never changes, and many
/// threads may use it at once.
public struct LatentSemanticModel: Sendable {
    /// The parameters of the fit.
    public let parameters: Parameters

    /// How the texts of the fit were analyzed. Texts that are embedded must be analyzed the same way.
    public let settings: AnalyzerSettings

    /// The number of documents that the model was fitted on.
    public let documentCount: Int

    /// The singular values of the space, above 0, in descending order.
    public let singularValues: [Float]

    /// The retention that a document of the fit would have if it had been left out, estimated from a seeded sample of a
    /// thousand; `nil` in models of early builds.
    ///
    /// Compare the ``retention(of:threads:)`` of new documents with it (see ``ModelDrift``).
    public internal(set) var expectedRetention: Retention?

    /// The terms that the model knows.
    package let vocabulary: Vocabulary

    /// V: ``rank`` numbers for each term of the vocabulary.
    let termVectors: TermVectors

    /// The number of dimensions of the space: that of ``parameters``, or fewer if the corpus has no more.
    public var rank: Int { singularValues.count }

    /// The number of terms that the model knows.
    public var termCount: Int { vocabulary.count }

    init(
        parameters: Parameters,
        settings: AnalyzerSettings,
        documentCount: Int,
        singularValues: [Float],
        vocabulary: Vocabulary,
        termVectors: TermVectors,
        expectedRetention: Retention? = nil
    ) {
        precondition(
            termVectors.count == vocabulary.count && termVectors.rank == singularValues.count,
            """
            \(vocabulary.count) terms of rank \(singularValues.count) have \(termVectors.count) vectors of \
            \(termVectors.rank) numbers
            """
        )
        self.parameters = parameters
        self.settings = settings
        self.documentCount = documentCount
        self.singularValues = singularValues
        self.vocabulary = vocabulary
        self.termVectors = termVectors
        self.expectedRetention = expectedRetention
    }
}

// MARK: - What is known of a term

extension LatentSemanticModel {
    /// Whether the model knows a term, as the analyzer writes it.
    ///
    /// - Complexity: O(log ``termCount``) comparisons, here and in the functions below.
    public func contains(_ term: String) -> Bool {
        vocabulary.id(of: term) != nil
    }

    /// The number of documents, of those that the model was fitted on, that contain a term; 0 if it is unknown.
    public func documentFrequency(of term: String) -> Int {
        vocabulary.id(of: term).map { vocabulary.documentFrequency(of: $0) } ?? 0
    }

    /// The word that the documents of the fit write most often for a term; `nil` if it is unknown.
    public func surfaceForm(of term: String) -> String? {
        vocabulary.id(of: term).map(vocabulary.surfaceForm(of:))
    }

    /// The part of a term's weight that depends on its spread over the corpus (see ``TermWeighting``); 0 if it is
    /// unknown.
    public func globalWeight(of term: String) -> Float {
        vocabulary.id(of: term).map { vocabulary.globalWeight(of: $0) } ?? 0
    }

    /// The row of V that belongs to a term: its coordinates on the axes of the space.
    package func termVector(of id: VocabularyID) -> [Float] {
        var vector = [Float](repeating: 0, count: rank)
        termVectors.add(id, times: 1, to: &vector)
        return vector
    }
}
