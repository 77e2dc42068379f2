import LatentSemantics
import LinearAlgebra
import TextAnalysis

// MARK: - Calibrating

extension GenerationBuilder {
    /// Learns from the papers what a fit changes: how similar papers are by chance, and the semantic weight.
    ///
    /// The weight is chosen again when the library has grown by ``IndexingPlan/refitGrowth`` since the last choice. A
    /// space that started from a model has the weight ``StartingModel/alpha``.
    ///
    /// - Parameters:
    ///   - manifest: What is learned is entered here.
    ///   - texts: The texts of all papers.
    ///   - vectors: The vectors of all papers.
    ///   - segment: The indexes of all papers, which were just written.
    ///   - model: The model, which was just fitted.
    /// - Throws: The error of the part that failed.
    func calibrate(
        _ manifest: inout Manifest, _ texts: [IndexedText], _ vectors: DenseMatrix, _ segment: Segment,
        _ model: LatentSemanticModel
    ) throws {
        if current?.manifest.modelOrigin != manifest.modelOrigin { manifest.calibration = Calibration() }
        manifest.calibration.randomPairs = RandomPairs(vectors)
        guard manifest.modelOrigin == .papers else {
            manifest.calibration.alpha = StartingModel.alpha
            return
        }
        let grown = IndexingPlan.refitGrowth * Double(manifest.calibration.paperCount)
        guard Double(texts.count) >= grown, let index = segment.vectors else { return }
        progress(AddProgress(.calibrating, papers: texts.count))
        let papers = FittedPapers(
            analyzer: try Analyzer(analyzer), model: model, lexical: segment.lexical, vectors: index)
        guard let (alpha, questionCount) = try AlphaChoice(papers: papers, threads: threads).choose(for: texts) else {
            return
        }
        manifest.calibration.alpha = alpha
        manifest.calibration.questionCount = questionCount
        manifest.calibration.paperCount = texts.count
    }
}
