package import Akin
import Ranking
import TextEncoding

/// What a library holds and how it is indexed.
package struct InfoReport: Codable, Sendable {
    /// The cosine of two papers drawn at random.
    package struct RandomSimilarity: Codable, Sendable {
        package var mean: Double
        /// The standard deviation.
        package var deviation: Double
    }

    /// A vector space.
    package struct Space: Codable, Sendable {
        package var name: String
        /// What made its vectors; absent in the space that the library learned.
        package var encoder: String?
        package var encoderVersion: String?
        package var dimensions: Int
        /// The papers that have a vector in it.
        package var papers: Int
    }

    package var papers: Int
    package var generation: Int
    package var segments: Int
    /// The dimensions of the vector space.
    package var rank: Int
    package var terms: Int
    package var bytes: Int
    /// The papers that the vector space was fitted on.
    package var fittedPapers: Int
    /// What the vector space was fitted on: `papers` alone, or these and the `released` model or a model from a `file`.
    package var model: ModelOrigin
    /// The semantic weight of a search.
    package var alpha: Double
    /// The semantic weight of a question for papers like others.
    package var likeAlpha: Double
    package var alphaQuestions: Int
    package var randomSimilarity: RandomSimilarity?
    package var language: String
    package var spaces: [Space]
    /// The library's folder.
    package var library: String
    /// Absent where there is no vector space.
    package var drift: DriftReport?
    /// One entry for each segment; `null` for a segment that is scanned exactly or was not measured.
    package var recall: [RecallReport?]

    /// Reports the state of a library.
    package init(_ info: LibraryInfo) {
        papers = info.paperCount
        generation = info.generation
        segments = info.segments.count
        rank = info.rank
        terms = info.termCount
        bytes = info.byteCount
        fittedPapers = info.fittedPaperCount
        model = info.modelOrigin
        alpha = info.alpha
        likeAlpha = info.likeAlpha
        alphaQuestions = info.alphaQuestionCount
        randomSimilarity = info.randomSimilarity.map { RandomSimilarity(mean: $0.mean, deviation: $0.deviation) }
        language = info.language
        spaces = info.spaces.map { space in
            Space(
                name: space.name.rawValue, encoder: space.encoder?.name, encoderVersion: space.encoder?.version,
                dimensions: space.dimensions, papers: space.paperCount)
        }
        library = info.path
        drift = info.drift.map(DriftReport.init)
        recall = info.segments.map { $0.recall.map(RecallReport.init) }
    }
}
