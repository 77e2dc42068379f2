package import Akin
import Papers
import QueryLanguage
package import Ranking

/// The answer to a search, or to a question for papers like others.
package struct AnswerReport: Codable, Hashable, Sendable {
    /// A ranked paper.
    package struct Result: Codable, Hashable, Sendable {
        /// The place in the answer, from 1.
        package var rank: Int
        package var id: String
        package var title: String
        /// The library that the paper is of; absent if one library was asked.
        package var library: String?
        /// What the paper is ranked by.
        package var score: Double
        /// The exact BM25 score and cosines, before they are divided by the question's best and weighed.
        package var parts: Parts
        /// How many standard deviations the cosine lies above that of two random papers; absent in a small library.
        package var zScore: Double?
        package var authors: [String]
        package var year: Int?
        package var venue: String?
        package var url: String?
        /// Other papers that are nearly the same, such as a preprint: they have no place of their own.
        package var duplicates: [Duplicate]
        /// The sentence that says most on the question; absent if no sentence has a word of it.
        package var snippet: SnippetReport?
        /// Why the paper is in the answer; absent unless the question asked for it.
        package var explanation: ExplanationReport?
    }

    /// A sentence, and where the words of the question stand in it.
    package struct SnippetReport: Codable, Hashable, Sendable {
        package var text: String
        /// The first byte and the byte after the last one of each word, in the text's UTF-8.
        package var matches: [[Int]]
    }

    /// A paper that is nearly the same as one in the answer.
    package struct Duplicate: Codable, Hashable, Sendable {
        package var id: String
        package var title: String
    }

    /// Both sides of a ranking: the exact values in a result, and in an explanation the shares that add up to the
    /// score.
    package struct Parts: Codable, Hashable, Sendable {
        /// BM25.
        package var lexical: Double
        /// The cosine with the question.
        package var semantic: Double
        /// The cosine with the centroid of the feedback documents.
        package var feedback: Double
        /// What a person's notes add to the score; absent if they add nothing.
        package var notes: Double?
        /// What the encoder that judges the first papers adds to the score; absent if it adds nothing.
        package var judgment: Double?

        init(_ parts: SearchAnswer.Parts) {
            (lexical, semantic, feedback) = (parts.lexical, parts.semantic, parts.feedback)
            notes = parts.notes > 0 ? parts.notes : nil
            judgment = parts.judgment > 0 ? parts.judgment : nil
        }
    }

    /// The question: a text, or the titles of the papers that the answer should be like.
    package var query: String
    /// The kind of ranking: `hybrid`, `semantic` or `lexical`.
    package var mode: String
    /// Whether any of the first papers is close to the question.
    package var close: Bool
    package var results: [Result]
    /// The words of the question that no paper of the library has.
    package var unknownWords: [String]
    /// The words of the question that are likely mistakes, and what was searched beside them.
    package var corrections: [Correction]
    /// Words of the library that are spelled like the unknown ones that were not corrected.
    package var suggestions: [String]
    /// The question, if it is an id that the library does not have; absent otherwise.
    package var absentID: String?
    /// The entries of the filter that no paper of the library has; absent if there are none.
    package var unknownFilters: [UnknownFilterReport]?
    /// The question as it was understood, in the query language; absent if it is words alone.
    package var understood: String?
    /// Why the question was searched as words although it has signs; absent if it was not.
    package var syntaxError: String?
    /// The condition of the question that no paper meets, or none of those that meet the conditions before it; absent
    /// if some do.
    package var unmet: String?
    /// How many papers of the answer were given a tag or put into a collection by the same command; absent if it was
    /// not asked to.
    package var filed: Int?
    /// How many papers meet a question that has conditions alone; absent for others.
    package var total: Int?
    /// Where a server goes on with the next page; absent behind the last one, and from the command line.
    package var nextCursor: String?
    /// How long the library took to answer.
    package var milliseconds: Double

    /// Reports an answer.
    ///
    /// - Parameters:
    ///   - query: The question.
    ///   - answer: The answer.
    ///   - elapsed: How long the library took.
    ///   - unknownFilters: The entries of the filter that no paper has.
    package init(query: String, answer: SearchAnswer, elapsed: Duration, unknownFilters: [UnknownFilter] = []) {
        self.query = query
        mode = answer.mode.rawValue
        close = answer.isClose
        results = answer.hits.map(Result.init)
        unknownWords = answer.unknownWords
        corrections = answer.corrections
        suggestions = answer.suggestions
        absentID = answer.absentID
        understood = answer.understood?.description
        syntaxError = answer.syntaxError?.description
        unmet = answer.unmet?.condition
        total = answer.metCount
        self.unknownFilters = UnknownFilterReport.list(unknownFilters)
        milliseconds = elapsed / .milliseconds(1)
    }
}

extension AnswerReport.Result {
    init(_ hit: SearchAnswer.Hit) {
        rank = hit.rank
        id = hit.paper.id
        title = hit.paper.title
        score = hit.score
        parts = AnswerReport.Parts(hit.parts)
        zScore = hit.zScore
        authors = hit.paper.authors
        year = hit.paper.year
        venue = hit.paper.venue
        url = hit.paper.url
        duplicates = hit.duplicates.map { AnswerReport.Duplicate(id: $0.id, title: $0.title) }
        snippet = hit.snippet.map { snippet in
            AnswerReport.SnippetReport(
                text: snippet.text, matches: snippet.matches.map { [$0.lowerBound, $0.upperBound] })
        }
        explanation = hit.explanation.map { ExplanationReport($0, abstract: hit.paper.abstract) }
    }
}

/// The two answers of the demonstration.
package struct DemonstrationReport: Codable, Hashable, Sendable {
    /// Papers like one of the bundled papers.
    package var like: AnswerReport
    /// Papers that answer a question in words.
    package var search: AnswerReport

    package init(like: AnswerReport, search: AnswerReport) {
        self.like = like
        self.search = search
    }
}
