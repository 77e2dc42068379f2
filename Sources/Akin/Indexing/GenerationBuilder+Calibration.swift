import LatentSemantics
import LinearAlgebra
import TextAnalysis

// MARK: - Calibrating

extension GenerationBuilder {
    /// Learns from the papers what a fit changes: how alike papers are by chance, and, once the library has grown enough
    /// since, the weight of meaning. A space that started from a model has a weight of its own.
    ///
    /// - Parameters:
    ///   - manifest: What is learned goes here.
    ///   - texts: Those of all papers.
    ///   - vectors: Those of all papers.
    ///   - segment: The indexes of all papers, which were just written.
    ///   - model: The model that was just fitted.
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
