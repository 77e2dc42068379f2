package import Akin

/// What is new in a library, by the questions that it watches.
package struct DigestReport: Codable, Hashable, Sendable {
    /// A question with the new papers on it.
    package struct Section: Codable, Hashable, Sendable {
        /// The name of the question; absent for papers that fit none and are like papers under a tag.
        package var name: String?
        /// The question in the query language; absent if it is papers alone.
        package var query: String?
        package var results: [AnswerReport.Result]
    }

    /// The second since 1970 from which on papers count.
    package var since: Int
    /// How many papers were added since.
    package var added: Int
    package var sections: [Section]

    package init(_ digest: Digest) {
        since = digest.since
        added = digest.addedCount
        sections = digest.sections.map { section in
            Section(
                name: section.question?.name, query: section.question.flatMap { $0.query.isEmpty ? nil : $0.query },
                results: section.hits.map(AnswerReport.Result.init))
        }
    }
}

/// The questions that a library watches.
package struct WatchedQuestionsReport: Codable, Hashable, Sendable {
    /// A question.
    package struct Question: Codable, Hashable, Sendable {
        package var name: String
        package var query: String
        package var like: [String]
    }

    package var questions: [Question]

    package init(_ questions: [WatchedQuestion]) {
        self.questions = questions.map { Question(name: $0.name, query: $0.query, like: $0.like) }
    }
}
