package import Akin
import Papers
package import QueryLanguage
package import Ranking

/// Something that is to be said about a question and its answer. The terminal, the page and agents say the same.
package enum AnswerRemark: Hashable, Sendable {
    /// The question is an id that the library does not have.
    case absentID(String)
    /// A condition that no paper meets.
    case unmet(UnmetCondition)
    /// The question was searched as words, because it does not parse.
    case syntaxError(QuerySyntaxError)
    /// An entry of the filter that no paper has.
    case unknownFilter(UnknownFilter)
    case nothingFound
    case nothingClose
    /// A word that is likely a mistake, and what was searched beside it.
    case correction(Correction)
    /// Words that no paper has.
    case unknownWords([String])
    /// Words that are spelled like the unknown ones.
    case suggestions([String])

    /// The sentence. It may hold what a file or a person has put into it, such as control characters.
    package var text: String {
        switch self {
        case .absentID(let id): "The library has no paper with the id '\(id)'."
        case .unmet(let condition): condition.remark
        case .syntaxError(let error):
            "Searched as words, because the question has no meaning with its signs: \(error)"
        case .unknownFilter(let filter): filter.remark
        case .nothingFound: "No paper found."
        case .nothingClose: "Nothing close: these are the nearest papers, and perhaps none is on the subject."
        case .correction(let correction): "Also searched '\(correction.searched)' for '\(correction.written)'."
        case .unknownWords(let words): Self.sentence(onUnknown: words)
        case .suggestions(let words): "Did you mean \(words.joined(separator: ", "))?"
        }
    }

    /// The unknown words that the sentence names before it counts the rest.
    private static let namedWords = 10

    private static func sentence(onUnknown words: [String]) -> String {
        let named = words.prefix(namedWords).map { "'\($0)'" }.joined(separator: ", ")
        let rest = words.count - namedWords
        return "No paper has \(named)\(rest > 0 ? " and \(rest) more" : "")."
    }
}

extension SearchAnswer {
    /// What is to be said about the question and the answer, the most important first.
    ///
    /// - Parameter unknownFilters: The entries of the filter that no paper has.
    /// - Returns: The remarks.
    package func remarks(_ unknownFilters: [UnknownFilter] = []) -> [AnswerRemark] {
        if let unmet { return [.unmet(unmet)] + unknownFilters.map(AnswerRemark.unknownFilter) }
        if let absentID { return [.absentID(absentID)] }
        var remarks = syntaxError.map { [AnswerRemark.syntaxError($0)] } ?? []
        remarks += unknownFilters.map(AnswerRemark.unknownFilter)
        if hits.isEmpty {
            if unknownFilters.isEmpty { remarks.append(.nothingFound) }
        } else if !isClose {
            remarks.append(.nothingClose)
        }
        remarks += corrections.map(AnswerRemark.correction)
        if !unknownWords.isEmpty { remarks.append(.unknownWords(unknownWords)) }
        if !suggestions.isEmpty { remarks.append(.suggestions(suggestions)) }
        return remarks
    }
}

extension UnmetCondition {
    /// What a person reads about it.
    package var remark: String {
        if others.isEmpty { return "No paper meets '\(condition)'." }
        let papers = paperCount == 1 ? "The one paper that meets" : "None of the \(paperCount) papers that meet"
        return "\(papers) '\(others)' \(paperCount == 1 ? "does not meet" : "meets") '\(condition)'."
    }
}

extension UnknownFilter {
    /// What a person reads about it.
    package var remark: String {
        let list = suggestions.joined(separator: ", ")
        let nearest = suggestions.isEmpty ? "" : part == .field ? " There are \(list)." : " Did you mean \(list)?"
        return "No paper has the \(part.rawValue) '\(value)'." + nearest
    }
}
