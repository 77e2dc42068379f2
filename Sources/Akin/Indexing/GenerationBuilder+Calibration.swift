import HNSW
import LatentSemantics
import LexicalIndex
import Papers
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
    ///   - keys: All papers, ascending.
    ///   - content: Where the texts of some of them are read.
    ///   - segment: The indexes of all papers, which were just written.
    ///   - model: The model, which was just fitted.
    /// - Throws: The error of the part that failed.
    func calibrate(
        _ manifest: inout Manifest, _ keys: [PaperKey], of content: StoredContent, _ segment: Segment,
        _ model: LatentSemanticModel
    ) throws {
        if current?.manifest.modelOrigin != manifest.modelOrigin { manifest.calibration = Calibration() }
        guard let vectors = segment.vectors else { return }
        manifest.calibration.randomSimilarity = RandomSimilarity(ofVectors: keys.count) {
            vectors.vector(for: keys[$0].rawValue)
        }
        guard manifest.modelOrigin == .papers else {
            manifest.calibration.semanticWeight = RankingPolicy.standard.startedSpaceWeight
            return
        }
        try AddProgress(.calibrating, papers: keys.count).tell(progress)
        let index = SegmentedIndex(
            model: model, segments: [segment], fittedPaperCount: keys.count, calibration: manifest.calibration)
        let choice = SemanticWeightChoice(index, analyzer: try Analyzer(analyzer), threads: threads)
        let units = segment.lexical.keys.map(UnitKey.init)
        let chosen = try choice.choose(for: units) { try content.texts([keys[$0]])[0] }
        guard let (weight, questionCount) = chosen else { return }
        manifest.calibration.semanticWeight = weight
        manifest.calibration.questionCount = questionCount
        manifest.calibration.paperCount = keys.count
    }
}
