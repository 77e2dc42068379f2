import LatentSemantics
import LexicalIndex
import LinearAlgebra
import Ranking
import TextAnalysis

// MARK: - Calibrating

extension GenerationBuilder {
    /// Learns from the papers what a fit changes: how similar papers are by chance, and the semantic weight.
    ///
    /// The weight is chosen at every fit, so that a library that grew and was fitted again has the weight that it would
    /// have if it had been built at once. A space that started from a model has the weight
    /// `RankingPolicy.startedSpaceWeight`.
    ///
    /// - Parameters:
    ///   - manifest: What is learned is entered here.
    ///   - texts: The texts of all papers.
    ///   - vectors: The vectors of all papers.
    ///   - segment: The indexes of all papers, which were just written.
    ///   - model: The model, which was just fitted.
    /// - Throws: The error of the part that failed.
    func calibrate(
        _ manifest: inout Manifest, _ texts: [PaperText], _ vectors: DenseMatrix, _ segment: Segment,
        _ model: LatentSemanticModel
    ) throws {
        if current?.manifest.modelOrigin != manifest.modelOrigin { manifest.calibration = Calibration() }
        manifest.calibration.randomSimilarity = RandomSimilarity(
            of: vectors.values, dimensions: vectors.columnCount)
        guard manifest.modelOrigin == .papers else {
            manifest.calibration.semanticWeight = RankingPolicy.standard.startedSpaceWeight
            return
        }
        guard segment.vectors != nil else { return }
        try AddProgress(.calibrating, papers: texts.count).tell(progress)
        let index = SegmentedIndex(
            model: model, segments: [segment], fittedPaperCount: texts.count, calibration: manifest.calibration)
        let choice = SemanticWeightChoice(index, analyzer: try Analyzer(analyzer), threads: threads)
        let units = segment.lexical.keys.map(UnitKey.init)
        guard let (weight, questionCount) = try choice.choose(for: texts, units: units) else { return }
        manifest.calibration.semanticWeight = weight
        manifest.calibration.questionCount = questionCount
        manifest.calibration.paperCount = texts.count
    }
}
