import Papers

/// The programming interface of arXiv, which answers with Atom feeds.
///
/// See the *arXiv API User's Manual*, https://info.arxiv.org/help/api/user-manual.html.
struct ArXiv: Sendable {
    /// The most papers that one request asks for.
    static let pageLength = 100

    let client: PoliteClient
    let base: String

    /// Returns a page of the papers that a search finds, best first, and the number of all that it finds.
    func page(_ query: String, from start: Int, count: Int) async throws -> (answer: Answer, total: Int?) {
        // Now and then, arXiv answers with an empty page before the end. The next time it is full.
        for isLastTry in [false, false, true] {
            let answer = try await ask([
                ("search_query", query), ("start", "\(start)"), ("max_results", "\(count)"),
                ("sortBy", "relevance"), ("sortOrder", "descending"),
            ])
            let total = Self.total(answer.bytes)
            if !answer.papers.isEmpty || start >= total ?? 0 { return (answer, total) }
            if isLastTry { throw answer.malformed("the page from paper \(start + 1) on is empty") }
        }
        preconditionFailure("the last try returns or throws")
    }

    /// Returns the papers of some identifiers, such as `2506.11555`.
    func papers(_ identifiers: [String]) async throws -> Answer {
        try await ask([
            ("id_list", identifiers.joined(separator: ",")), ("max_results", "\(max(1, identifiers.count))"),
        ])
    }

    private func ask(_ parameters: [(name: String, value: String?)]) async throws -> Answer {
        guard var answer = try await client.answer(of: .arXiv, to: address(base, parameters)) else {
            throw FetchError(
                .refused, "\(base) answered that there is nothing (404)", remedy: "Check --arxiv-url.")
        }
        try answer.read()
        return answer
    }

    /// The number of all papers that a search finds: the element `totalResults`.
    private static func total(_ bytes: [UInt8]) -> Int? {
        // It stands before the first entry.
        let head = String(decoding: bytes.prefix(8_192), as: UTF8.self)
        guard let element = head.firstRange(of: "totalResults") else { return nil }
        let rest = head[element.upperBound...].prefix(400).drop { $0 != ">" }.dropFirst()
        return Int(rest.drop { $0.isWhitespace }.prefix { $0.isNumber })
    }

    /// A search in arXiv's own words.
    ///
    /// Words and phrases in quotes are looked for in all fields, and all of them have to be there. A question that
    /// names a field, such as `au:vaswani AND cat:cs.CL`, is left as it is.
    static func searchQuery(_ question: String, since day: Day?) -> String {
        let query = namesField(question) ? question : terms(question).map { "all:\($0)" }.joined(separator: " AND ")
        guard let day else { return query }
        // arXiv has no range without an end.
        return "(\(query)) AND submittedDate:[\(day.digits)0000 TO 299912312359]"
    }

    private static func namesField(_ question: String) -> Bool {
        let fields = ["ti", "au", "abs", "co", "jr", "cat", "rn", "id", "all", "submittedDate", "lastUpdatedDate"]
        let words = question.split { $0.isWhitespace || $0 == "(" }
        return words.contains { word in fields.contains { word.hasPrefix($0 + ":") } }
    }

    /// The words of a question, and its phrases with their quotes. Signs that mean something to arXiv become spaces.
    private static func terms(_ question: String) -> [String] {
        var terms: [String] = []
        for (index, part) in question.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
            let words = part.split { $0.isWhitespace || "()[]{}:^~*?\\/+!&|".contains($0) }.map(String.init)
            if index % 2 == 1, words.count > 1 {
                terms.append("\"\(words.joined(separator: " "))\"")
            } else {
                // A word in capitals may be one of arXiv's operators.
                terms += words.map { ["AND", "OR", "ANDNOT", "NOT", "TO"].contains($0) ? $0.lowercased() : $0 }
            }
        }
        return terms
    }
}
