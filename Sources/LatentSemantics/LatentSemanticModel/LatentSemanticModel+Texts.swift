import ParallelLoops
public import TextAnalysis
public import TextEncoding

/// The functions of a model for texts. They analyze the texts as the model's ``settings`` say, and do what the functions
/// for terms do.
extension LatentSemanticModel {
    /// Fits a model on texts. See ``fit(_:settings:parameters:threads:progress:)``.
    ///
    /// ```swift
    /// let model = try LatentSemanticModel.fit(texts: abstracts)
    /// let similarity = try model.embed("bounded memory").cosine(with: model.embed(abstracts[0]))
    /// ```
    ///
    /// - Parameters:
    ///   - texts: The texts.
    ///   - settings: How to cut them into terms; by default as English.
    ///   - parameters: The parameters of the model.
    ///   - threads: The most threads to use, at least 1; every core when nil.
    ///   - progress: Called from time to time with the share that is done. It returns whether to go on.
    /// - Returns: The model.
    /// - Throws: ``LatentSemanticsError``, as the function for terms, and `settingsDiffer`.
    public static func fit(
        texts: [String], settings: AnalyzerSettings = AnalyzerSettings(), parameters: Parameters = Parameters(),
        threads: Int? = nil, progress: ((Double) -> Bool)? = nil
    ) throws(LatentSemanticsError) -> LatentSemanticModel {
        let counts = try analyzer(settings).countTerms(documentCount: texts.count, threads: threads ?? availableCores) {
            [texts[$0]]
        }
        return try fit(counts, settings: settings, parameters: parameters, threads: threads, progress: progress)
    }

    /// Fits a model on texts, on a thread outside the pool of Swift's concurrency, so that other tasks go on.
    ///
    /// - Throws: What the function of the same name throws; ``LatentSemanticsError`` with the code `cancelled` if the task
    ///   is cancelled.
    public static func fit(
        texts: [String], settings: AnalyzerSettings = AnalyzerSettings(), parameters: Parameters = Parameters(),
        threads: Int? = nil, progress: (@Sendable (Double) -> Bool)? = nil
    ) async throws(LatentSemanticsError) -> LatentSemanticModel {
        try await inBackground { () throws(LatentSemanticsError) in
            guard !Task.isCancelled else {
                throw LatentSemanticsError(.cancelled, "Stopped a fit before its beginning, as was asked.")
            }
            return try fit(
                texts: texts, settings: settings, parameters: parameters, threads: threads, progress: progress)
        }
    }

    /// The embedding of a text, of Euclidean length 1; of zeros if no term of the text has a place in the space.
    ///
    /// - Throws: ``LatentSemanticsError`` with the code `settingsDiffer` if the libstemmer of this system makes other
    ///   terms than the model has.
    /// - Complexity: That of `embed(_:)`, and the analysis of the text.
    public func embed(_ text: String) throws(LatentSemanticsError) -> Embedding {
        let terms = try Self.analyzer(settings).terms(of: text)
        return Embedding(embed(terms.map { ($0.text, 1) }))
    }

    /// The embeddings of texts, in their order.
    ///
    /// - Parameters:
    ///   - texts: The texts.
    ///   - threads: The most threads to use, at least 1; every core when nil.
    /// - Returns: An embedding for each text.
    /// - Throws: ``LatentSemanticsError``, as `embed(_:threads:)`, and `settingsDiffer`.
    /// - Complexity: That of `embed(_:threads:)`, and the analysis of the texts.
    public func embed(_ texts: [String], threads: Int? = nil) throws(LatentSemanticsError) -> [Embedding] {
        let counts = try Self.analyzer(settings).countTerms(
            documentCount: texts.count, threads: threads ?? availableCores
        ) {
            [texts[$0]]
        }
        let rows = try embed(counts, threads: threads)
        return texts.indices.map { Embedding(Array(rows.row($0))) }
    }

    private static func analyzer(_ settings: AnalyzerSettings) throws(LatentSemanticsError) -> Analyzer {
        do throws(TextAnalysisError) {
            return try Analyzer(settings)
        } catch {
            throw LatentSemanticsError(.settingsDiffer, error.message, cause: error)
        }
    }
}

extension LatentSemanticModel: TextEncoder {
    /// The identity of the model. Vectors of two fits do not compare, so the version is made of the terms and the
    /// singular values.
    ///
    /// - Complexity: O(``termCount``).
    public var identity: EncoderIdentity {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ value: UInt64) { hash = (hash ^ value) &* 0x0000_0100_0000_01B3 }
        for term in terms { for byte in term.utf8 { add(UInt64(byte)) } }
        for value in singularValues { add(UInt64(value.bitPattern)) }
        return EncoderIdentity(
            name: "latent-semantics", version: "\(documentCount)-\(String(hash, radix: 16))", dimensions: rank)
    }

    /// The embeddings of texts; questions are embedded as documents are.
    ///
    /// - Throws: ``LatentSemanticsError``, as `embed(_:threads:)`.
    public func embeddings(of texts: [String], as role: TextRole) async throws -> [Embedding] {
        try await inBackground { () throws(LatentSemanticsError) in try embed(texts) }
    }
}
