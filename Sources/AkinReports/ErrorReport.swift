package import Akin
package import RetrievalEvaluation

/// An error: a code for programs, a message for people, and what to do about it.
///
///     {"error": {"code": "damaged", "message": "Cannot use '…'.", "remedy": {"action": "repair"}}}
package struct ErrorReport: Codable, Hashable, Sendable {
    /// What went wrong.
    package struct Details: Codable, Hashable, Sendable {
        /// The kind of failure, stable between versions: the name of an `AkinError.Code`, `usage` or `failed`.
        package var code: String
        /// What failed, on what and why.
        package var message: String
        /// What to do about it; absent where nothing is known to help.
        package var remedy: Remedy?
        /// The papers that an ambiguous name may mean; absent for every other error.
        package var candidates: [Candidate]?
        /// How many papers beyond ``candidates`` the name may mean; absent if there are none.
        package var furtherCandidates: Int?
    }

    /// What to do about an error.
    package struct Remedy: Codable, Hashable, Sendable {
        /// The name of a case of `AkinError.Remedy`.
        package var action: String
        /// The words to search for, where the action is `searchWords`.
        package var words: String?
    }

    /// A paper that an ambiguous name may mean.
    package struct Candidate: Codable, Hashable, Sendable {
        package var id: String
        package var title: String
    }

    package var error: Details

    /// Reports an error without a remedy.
    package init(code: String, message: String) {
        error = Details(code: code, message: message)
    }

    /// Reports an error of the engine.
    package init(_ failure: AkinError) {
        error = Details(code: failure.code.rawValue, message: failure.message)
        error.remedy = failure.remedy.map(Remedy.init)
        if !failure.candidates.isEmpty {
            error.candidates = failure.candidates.map { Candidate(id: $0.id, title: $0.title) }
        }
        if failure.furtherCandidateCount > 0 { error.furtherCandidates = failure.furtherCandidateCount }
    }

    /// Reports a file of a test collection that could not be read or written.
    package init(_ failure: RetrievalEvaluationError) {
        let code: AkinError.Code =
            switch failure.code {
            case .cannotWrite, .unwritableName: .cannotWrite
            case .cannotRead, .missingSplit, .malformedLine, .repeatedLine, .empty: .unreadableInput
            }
        self.init(code: code.rawValue, message: "\(failure)")
    }
}

extension ErrorReport.Remedy {
    /// The remedy as data.
    package init(_ remedy: AkinError.Remedy) {
        action = remedy.name
        if case .searchWords(let words) = remedy { self.words = words }
    }
}
