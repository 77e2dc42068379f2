import Akin
import AkinReports
import Foundation
import HTTPTypes
import LibraryEncoders
import Papers
import QueryLanguage
import Ranking

/// The parameters of questions: which papers to choose from, how to rank them, and which part of the answer to give.
enum SearchParameters {
    /// The longest question, in Unicode scalars. It takes a search some tens of milliseconds.
    static let longestQuestion = 10_000

    /// The conditions of a question, at most. Each may take a look at all papers.
    private static let mostConditions = 100

    /// Refuses a question of too many conditions. Words without signs are none.
    ///
    /// - Throws: ``Problem`` with status 422.
    static func checkParts(of question: String) throws(Problem) {
        guard let expression = try? QueryExpression(parsing: question), !expression.isPlain else { return }
        guard expression.conditionCount(isCondition: false) <= mostConditions else {
            throw Problem(.unprocessableContent, "The question has more than \(mostConditions) parts and signs.")
        }
    }

    /// The papers before the last page of an answer, at most.
    static let deepest = 999_999

    static let filter = [
        APIParameter(
            "year", .text(pattern: "[1-9][0-9]{3}([.]{2}([1-9][0-9]{3})?)?|[.]{2}[1-9][0-9]{3}"),
            "Only papers of these years: 2023, 2020..2023, 2023.. or ..2020."),
        APIParameter(
            "category", .text(), "Only papers of this category, or of one of several: cs matches cs.CL.",
            isRepeatable: true),
        APIParameter("author", .text(), "Only papers with this author, or words of the name.", isRepeatable: true),
        APIParameter("venue", .text(), "Only papers of this venue, or words of its name.", isRepeatable: true),
        APIParameter("tag", .text(), "Only papers with this tag.", isRepeatable: true),
        APIParameter("collection", .text(), "Only papers in this collection.", isRepeatable: true),
        APIParameter(
            "where", .text(longest: 500, pattern: "[A-Za-z][A-Za-z0-9_ -]*=[^ ][\\s\\S]*"),
            "Only papers of which a field has this value: type=thesis.",
            isRepeatable: true),
        APIParameter(
            "since", .text(pattern: "[1-9][0-9]{0,3}[hdwmy]"),
            "Only papers that were added in the last hours, days, weeks, months or years: 12h, 7d, 2w, 3m, 1y."),
        APIParameter("read", .choice(["read", "unread"]), "Only papers that were read, or that were not."),
    ]

    static let page = [
        APIParameter("limit", .integer(0...1_000), "The number of papers to give. Default: 10."),
        APIParameter(
            "cursor", .text(pattern: "[0-9]{1,6}"),
            "Where to go on: the `nextCursor` of an answer to the same question."),
    ]

    static let ranking =
        [
            APIParameter("mode", .choice(SearchMode.allCases.map(\.rawValue)), "How to rank. Default: hybrid."),
            APIParameter("alpha", .number(0...1), "The semantic weight of a hybrid ranking."),
            APIParameter(
                "space", .text(pattern: "[a-z][a-z0-9-]{0,31}"), "The vector spaces that rank. Default: lsa.",
                isRepeatable: true),
            APIParameter(
                "sort", .choice(PaperOrder.allCases.map(\.rawValue)),
                "The order of the papers that are given, the best ones."),
            APIParameter("diverse", .number(0...1), "How much the papers should differ from each other."),
            APIParameter("minScore", .number(-100...100), "The least z-score of a paper."),
            APIParameter(
                "rerank", .flag,
                "Whether the sentence encoder that the library remembers orders the first papers anew."),
            APIParameter("explain", .flag, "Whether each paper says why it is there."),
            APIParameter(
                "snippets", .flag, "Whether each paper has the sentence that says most. Default: true."),
            APIParameter("fold", .flag, "Whether near copies take one place. Default: true."),
        ] + page + filter

    /// The options of a search.
    ///
    /// - Throws: ``Problem`` for values that cannot be.
    static func options(_ parameters: RequestParameters) throws(Problem) -> SearchOptions {
        var options = SearchOptions(
            k: parameters.integer("limit") ?? 10, offset: try offset(parameters),
            filter: try filter(parameters))
        if let mode = parameters.text("mode").flatMap(SearchMode.init) { options.mode = mode }
        options.alpha = parameters.number("alpha")
        let spaces = parameters.texts("space")
        if !spaces.isEmpty {
            options.spaces = try spaces.map { name throws(Problem) in
                guard let space = SpaceName(rawValue: name) else { throw .invalid("space", "is no name of a space") }
                return space
            }
        }
        if let sort = parameters.text("sort").flatMap(PaperOrder.init) { options.sort = sort }
        options.diversity = parameters.number("diverse")
        options.minimumZScore = parameters.number("minScore")
        options.explains = parameters.flag("explain")
        options.findsSnippets = parameters.text("snippets") != "false"
        options.foldsDuplicates = parameters.text("fold") != "false"
        return options
    }

    /// What judges the first papers.
    static func judge(_ parameters: RequestParameters) -> JudgeChoice {
        JudgeChoice(parameters.flag("rerank") ? .remembered : .none)
    }

    /// The filter of a question.
    ///
    /// - Throws: ``Problem`` for years, times and fields that cannot be read.
    static func filter(_ parameters: RequestParameters) throws(Problem) -> PaperFilter {
        var filter = PaperFilter(
            venues: parameters.texts("venue"), categories: parameters.texts("category"),
            authors: parameters.texts("author"))
        if let years = parameters.text("year") {
            // The pattern of the parameter lets nothing else through than a range that ends before it begins.
            guard let range = YearRange(years) else {
                throw Problem(.unprocessableContent, "The years '\(years)' end before they begin.")
            }
            filter.years = range
        }
        for entry in parameters.texts("where") {
            let parts = entry.parts(at: "=", atMost: 2)
            guard parts.count == 2 else { throw .invalid("where", "takes FIELD=VALUE") }
            filter.attributes[parts[0], default: []].append(parts[1])
        }
        for name in ["tag", "collection"] where !parameters.texts(name).isEmpty {
            filter.attributes[name, default: []] += parameters.texts(name)
        }
        if let since = parameters.text("since") {
            guard let time = AddedTime(since) else { throw .invalid("since", "takes 7d, 2w, 3m or 1y") }
            filter.addedSince = time.start(now: Int(Date().timeIntervalSince1970))
        }
        return filter
    }

    /// A question with a condition on what was read, which is one of the query language alone.
    ///
    /// - Parameters:
    ///   - text: The question. One that does not parse is words.
    ///   - read: `read`, `unread` or `nil`.
    /// - Returns: The question in the query language.
    static func question(_ text: String, read: String?) -> String {
        guard let read, let condition = try? QueryExpression(parsing: "is:\(read)") else { return text }
        let words = text.split { !$0.isLetter && !$0.isNumber }.map { QueryExpression.word(String($0)) }
        let asked = (try? QueryExpression(parsing: text)) ?? .every(words)
        return words.isEmpty ? condition.description : QueryExpression.every([asked, condition]).description
    }

    /// The papers before those that a cursor stands for.
    private static func offset(_ parameters: RequestParameters) throws(Problem) -> Int {
        guard let cursor = parameters.text("cursor") else { return 0 }
        guard let offset = Int(cursor), (0...deepest).contains(offset) else {
            throw .invalid("cursor", "is none that an answer gave")
        }
        return offset
    }

    /// The cursor of the next page; `nil` behind the last one.
    static func nextCursor(after count: Int, _ options: SearchOptions) -> String? {
        let next = options.offset + count
        return count > 0 && count == options.k && next <= deepest ? String(next) : nil
    }
}

extension QueryExpression {
    /// The words, phrases and conditions that papers have to meet.
    fileprivate func conditionCount(isCondition: Bool) -> Int {
        switch self {
        case .word: isCondition ? 1 : 0
        case .phrase, .condition: 1
        case .required(let part), .not(let part): part.conditionCount(isCondition: true)
        case .every(let parts): parts.reduce(0) { $0 + $1.conditionCount(isCondition: isCondition) }
        case .either(let parts): parts.reduce(0) { $0 + $1.conditionCount(isCondition: true) }
        }
    }

    /// Whether what meets the expression depends on the clock.
    var dependsOnClock: Bool {
        conditions.contains { if case .added = $0 { true } else { false } }
    }
}
