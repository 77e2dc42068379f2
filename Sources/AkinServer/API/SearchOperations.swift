import Akin
import AkinAgents
import AkinReports
import Foundation
import HTTPTypes
import Hummingbird
import LibraryEncoders
import Papers
import QueryLanguage
import Ranking

/// Questions in words and by papers.
enum SearchOperations {
    static let all = [search, searchMany, like, facets]

    private static let question = APIParameter(
        "q", .text(longest: SearchParameters.longestQuestion), "The question, in the query language.", isRequired: true)

    private static let literal = APIParameter("literal", .flag, "Whether no sign of the question has a meaning.")

    private static let searchParameters = [question, literal] + SearchParameters.ranking

    private static let answer = reportSchema(AnswerReport.self)

    // MARK: - Words

    private static let search = APIOperation(
        method: .get, path: "/api/v1/search", name: "search", summary: "Find papers by a question or a few words.",
        parameters: searchParameters, answer: .json("The papers, best first.", answer), errors: [404, 422]
    ) { call in
        try await call.cached { try .json(await answer(to: call.parameters, call)) }
    }

    private static let searchMany = APIOperation(
        method: .post, path: "/api/v1/search", name: "searchMany", summary: "Answer a long question, or several.",
        details: "The body is an object with the parameters of GET, or {\"searches\": [such objects]}, at most "
            + "\(mostSearches). Several have several answers, in their order.",
        body: APIOperation.Body(
            description: "A question, or several.", schema: .either([searchBody, searchesBody])),
        answer: .json("The answer, or the answers.", .either([answer, answersSchema])), errors: [404, 413, 415, 422]
    ) { call in
        let body = try await call.jsonBody()
        guard let searches = body["searches"] else {
            return try .json(await answer(to: RequestParameters(body, for: searchParameters), call))
        }
        guard body.count == 1 else { throw Problem.invalid("searches", "stands alone") }
        let parameters = try parameters(of: searches)
        return try .json(await withinTime(ServerState.longestRequest) { try await answers(to: parameters, call) })
    }

    /// The parameters of several questions.
    private static func parameters(of searches: JSONValue) throws(Problem) -> [RequestParameters] {
        guard let searches = searches.array, searches.count <= mostSearches else {
            throw .invalid("searches", "takes a list of at most \(mostSearches) questions")
        }
        return try searches.map { search throws(Problem) in
            guard case .object(let object) = search else { throw .invalid("searches", "takes objects") }
            return try RequestParameters(object, for: searchParameters)
        }
    }

    private static func answers(to parameters: [RequestParameters], _ call: APICall) async throws -> AnswersReport {
        var report = AnswersReport(answers: [])
        for parameters in parameters { report.answers.append(try await answer(to: parameters, call)) }
        return report
    }

    private static let mostSearches = 100

    /// Several answers.
    struct AnswersReport: Codable, Sendable {
        var answers: [AnswerReport]
    }

    private static let answersSchema = reportSchema(AnswersReport.self)

    private static let searchBody = JSONSchema.object(name: "Search", searchParameters.map(\.property), isClosed: true)

    private static let searchesBody = JSONSchema.object(
        name: "Searches", [JSONSchema.Property(name: "searches", schema: .list(searchBody))], isClosed: true)

    private static func answer(to parameters: RequestParameters, _ call: APICall) async throws -> AnswerReport {
        let options = try SearchParameters.options(parameters)
        let text = parameters.text("q") ?? ""
        let isLiteral = parameters.flag("literal")
        if isLiteral, parameters.text("read") != nil {
            throw Problem(.unprocessableContent, "A literal question takes no condition on what was read.")
        }
        let question = isLiteral ? text : SearchParameters.question(text, read: parameters.text("read"))
        if !isLiteral { try SearchParameters.checkParts(of: question) }
        let (models, judge) = (call.server.models, SearchParameters.judge(parameters))
        return try await call.engine { library in
            var options = options
            let vectors = try library.prepare(
                &options, for: question, isLiteral: isLiteral, judge: judge, models: models)
            return try report(of: text, options, in: library) {
                try isLiteral
                    ? library.search(for: question, vectors: vectors, options: options)
                    : library.search(asking: question, vectors: vectors, options: options)
            }
        }
    }

    /// The report of an answer, with its time and its next page.
    static func report(
        of text: String, _ options: SearchOptions, in library: Library, _ search: () throws -> SearchAnswer
    ) throws -> AnswerReport {
        let start = ContinuousClock.now
        let answer = try search()
        var report = AnswerReport(
            query: text, answer: answer, elapsed: ContinuousClock.now - start,
            unknownFilters: try library.unknownEntries(of: options.filter))
        report.nextCursor = SearchParameters.nextCursor(after: answer.hits.count, options)
        return report
    }

    // MARK: - Papers

    private static let like = APIOperation(
        method: .get, path: "/api/v1/like", name: "like", summary: "Find papers like some, and unlike others.",
        parameters: [
            APIParameter("paper", .text(longest: 500), "A paper to be near: its id or its title.", isRepeatable: true),
            APIParameter("unlike", .text(longest: 500), "A paper to stay away from.", isRepeatable: true),
            APIParameter(
                "q", .text(longest: SearchParameters.longestQuestion),
                "Words that count beside the papers, and conditions."),
        ] + SearchParameters.ranking,
        answer: .json("The papers, best first.", answer), errors: [404, 409, 422]
    ) { call in
        let options = try SearchParameters.options(call.parameters)
        let (near, away) = (call.parameters.texts("paper"), call.parameters.texts("unlike"))
        let words = SearchParameters.question(call.parameters.text("q") ?? "", read: call.parameters.text("read"))
        guard !near.isEmpty || !words.isEmpty else {
            throw Problem(.unprocessableContent, "Name a paper to be near, or give words.")
        }
        let conditions = try words.isEmpty ? nil : QueryExpression(askedAs: words)
        let (models, judge) = (call.server.models, SearchParameters.judge(call.parameters))
        return try await call.cached {
            try .json(
                await call.engine { library in
                    let named = try near.map { try library.paper(named: $0) }
                    let others = try away.map { try library.paper(named: $0) }
                    var options = options
                    _ = try library.prepare(&options, for: "", judge: judge, models: models)
                    let titles = (named.map(\.headline) + [words]).filter { !$0.isEmpty }.joined(separator: "; ")
                    return try report(of: titles, options, in: library) {
                        try library.search(
                            like: named.map(\.id), unlike: others.map(\.id), meeting: conditions, options: options)
                    }
                })
        }
    }

    // MARK: - Facets

    private static let facets = APIOperation(
        method: .get, path: "/api/v1/facets", name: "facets",
        summary: "Count the papers of an answer by year, venue, category, tag, collection and type.",
        details: "Of a question that ranks, the best \(Facets.depth) papers count.",
        parameters: [
            APIParameter(
                "q", .text(longest: SearchParameters.longestQuestion),
                "The question. Default: all papers that the filter lets through.")
        ] + SearchParameters.filter,
        answer: .json("The counts.", reportSchema(FacetsReport.self)), errors: [404, 422]
    ) { call in
        let filter = try SearchParameters.filter(call.parameters)
        let question = SearchParameters.question(call.parameters.text("q") ?? "", read: call.parameters.text("read"))
        return try await call.cached {
            let served = call.library
            let isLasting =
                filter.addedSince == nil && (try? QueryExpression(parsing: question))?.dependsOnClock != true
            return try .json(
                await call.engine { library in
                    guard isLasting else { return try Facets(asking: question, filter, in: library).report }
                    return try served.facets.value(of: "\(question)\n\(filter)", in: served.tag) {
                        try Facets(asking: question, filter, in: library).report
                    }
                })
        }
    }
}

extension QueryExpression {
    /// Reads a question.
    ///
    /// - Throws: ``Problem`` for one that does not parse.
    init(askedAs text: String) throws(Problem) {
        try SearchParameters.checkParts(of: text)
        do throws(QuerySyntaxError) {
            self = try QueryExpression(parsing: text)
        } catch {
            throw Problem(.unprocessableContent, "The question does not parse. \(error)")
        }
    }
}
