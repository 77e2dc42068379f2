package import Akin
import Papers
import QueryLanguage

/// Papers that somebody may want, best first, and why.
package struct RecommendationReport: Codable, Hashable, Sendable {
    /// A recommended paper.
    package struct Result: Codable, Hashable, Sendable {
        /// The place, from 1.
        package var rank: Int
        package var id: String
        package var title: String
        /// The relevance times the preference for new papers.
        package var score: Double
        /// How much the paper is like what is liked, from 0 to 1, whatever its age.
        package var relevance: Double
        package var authors: [String]
        package var year: Int?
        package var venue: String?
        package var url: String?
        /// Other papers that are nearly the same: they have no place of their own.
        package var duplicates: [AnswerReport.Duplicate]
        /// The terms that speak most for the paper, the strongest first.
        package var terms: [Term]
        /// The liked paper that is nearest; absent without a vector space, and behind the thousandth paper.
        package var nearest: Nearest?
    }

    /// A term that the paper shares with what is liked.
    package struct Term: Codable, Hashable, Sendable {
        package var word: String
        /// What it adds to the paper's decision.
        package var share: Double
    }

    /// A liked paper.
    package struct Nearest: Codable, Hashable, Sendable {
        package var id: String
        package var title: String
        /// The cosine of the two papers.
        package var similarity: Double
    }

    /// The number of liked papers.
    package var liked: Int
    /// The number of papers to stay away from.
    package var against: Int
    /// The number of papers that could be recommended.
    package var candidates: Int
    /// What stood for the liked papers where none were named: `liked` or `read`; absent otherwise.
    package var defaultExamples: String?
    package var results: [Result]
    /// The entries of the filter that no paper of the library has; absent if there are none.
    package var unknownFilters: [UnknownFilterReport]?
    /// How long the library took.
    package var milliseconds: Double

    /// Reports an answer.
    ///
    /// - Parameters:
    ///   - answer: The answer.
    ///   - elapsed: How long the library took.
    ///   - unknownFilters: The entries of the filter that no paper has.
    package init(_ answer: RecommendationAnswer, elapsed: Duration, unknownFilters: [UnknownFilter] = []) {
        liked = answer.likedCount
        against = answer.againstCount
        candidates = answer.candidateCount
        defaultExamples = answer.defaultExamples?.rawValue
        results = answer.recommendations.map(Result.init)
        self.unknownFilters = UnknownFilterReport.list(unknownFilters)
        milliseconds = elapsed / .milliseconds(1)
    }
}

extension RecommendationReport.Result {
    fileprivate init(_ item: RecommendationAnswer.Recommendation) {
        rank = item.hit.rank
        id = item.hit.paper.id
        title = item.hit.paper.title
        score = item.hit.score
        relevance = item.relevance
        authors = item.hit.paper.authors
        year = item.hit.paper.year
        venue = item.hit.paper.venue
        url = item.hit.paper.url
        duplicates = item.hit.duplicates.map { AnswerReport.Duplicate(id: $0.id, title: $0.title) }
        terms = item.terms.map { RecommendationReport.Term(word: $0.word, share: $0.share) }
        nearest = item.nearest.map {
            RecommendationReport.Nearest(id: $0.id, title: $0.title, similarity: $0.similarity)
        }
    }
}
