import Akin
import Foundation
import Papers
import QueryLanguage

/// A question to the page: words, papers for and against, and filters. Its address says all of it.
struct PageQuestion: Hashable, Sendable {
    /// The name of the library; `nil` stands for the first.
    var library: String?
    /// The question in the query language.
    var text = ""
    /// The ids of papers to be near, and of those to stay away from.
    var like: [String] = []
    var unlike: [String] = []
    /// The chosen values of each filter but the years and what was read.
    var chosen: [String: [String]] = [:]
    /// The years, as they are written.
    var years: String?
    /// `read` or `unread`.
    var read: String?
    var sort = PaperOrder.relevance
    /// How many papers are shown, and how many are passed over first.
    var count = Self.usualCount
    var offset = 0

    static let usualCount = 20
    private static let mostPapers = 10_000

    /// The filters that may have several values, in the order of the page.
    static let filters = ["venue", "category", "topic", "tag", "collection", "author"]

    init(library: String? = nil) { self.library = library }

    /// Reads parameters of an address or of a form. What is no part of a question is passed over.
    init(_ fields: FormFields) {
        func text(_ name: String) -> String? { fields.text(name).flatMap { $0.isEmpty ? nil : $0 } }
        library = text("library")
        self.text = String((text("q") ?? "").prefix(SearchParameters.longestQuestion))
        like = fields.texts("like").filter { !$0.isEmpty }
        unlike = fields.texts("unlike").filter { !$0.isEmpty }
        for name in Self.filters {
            let values = fields.texts(name).filter { !$0.isEmpty }
            if !values.isEmpty { chosen[name] = values }
        }
        years = text("year").flatMap { YearRange($0)?.description }
        if text("from") != nil || text("to") != nil {
            let (from, to) = (text("from").flatMap { Int($0) }, text("to").flatMap { Int($0) })
            years = YearRange("\(from.map(String.init) ?? "")..\(to.map(String.init) ?? "")")?.description
        }
        read = text("read").flatMap { ["read", "unread"].contains($0) ? $0 : nil }
        sort = text("sort").flatMap(PaperOrder.init) ?? .relevance
        count = min(max(text("count").flatMap { Int($0) } ?? Self.usualCount, 1), Self.mostPapers)
        offset = min(max(text("offset").flatMap { Int($0) } ?? 0, 0), SearchParameters.deepest)
    }

    /// Whether nothing is asked.
    var isEmpty: Bool { text.isEmpty && like.isEmpty && unlike.isEmpty && !isFiltered }

    /// Whether words or papers rank the answer.
    var isRanked: Bool {
        if !like.isEmpty || !unlike.isEmpty { return true }
        return !text.isEmpty && (try? QueryExpression(parsing: text))?.rankingText.isEmpty != true
    }

    var isFiltered: Bool { !chosen.isEmpty || years != nil || read != nil }

    /// The words, with the condition on what was read, which is one of the query language alone.
    var words: String { SearchParameters.question(text, read: read) }

    /// The question without its filters.
    var withoutFilters: PageQuestion {
        var question = self
        (question.chosen, question.years, question.read) = ([:], nil, nil)
        return question.first
    }

    /// The first page of the answer.
    var first: PageQuestion {
        var question = self
        (question.count, question.offset) = (Self.usualCount, 0)
        return question
    }

    // MARK: - Addresses

    /// What says the question in a form: names with values. The library, the order and the page are left out.
    var fields: [(name: String, value: String)] {
        var fields: [(String, String)] = text.isEmpty ? [] : [("q", text)]
        fields += like.map { ("like", $0) } + unlike.map { ("unlike", $0) }
        if let years { fields.append(("year", years)) }
        for name in Self.filters { fields += (chosen[name] ?? []).map { (name, $0) } }
        if let read { fields.append(("read", read)) }
        return fields
    }

    /// The address of the answer.
    var href: String { href(with: []) }

    /// The address with further fields.
    func href(with further: [(name: String, value: String)]) -> String {
        var all = fields
        if sort != .relevance { all.append(("sort", sort.rawValue)) }
        if count != Self.usualCount { all.append(("count", String(count))) }
        return Self.address("/", all + further, library: library)
    }

    /// An address of the server.
    ///
    /// - Parameters:
    ///   - path: The path.
    ///   - fields: The names and values of its query.
    ///   - library: The name of the library; `nil` for the first.
    /// - Returns: The address.
    static func address(_ path: String, _ fields: [(name: String, value: String)], library: String?) -> String {
        let all = fields + (library.map { [("library", $0)] } ?? [])
        if all.isEmpty { return path }
        return path + "?" + all.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
    }

    private static func encoded(_ text: String) -> String {
        (text.addingPercentEncoding(withAllowedCharacters: plain) ?? "").replacing("%20", with: "+")
    }

    private static let plain = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

    // MARK: - Changes

    /// The question with a value of a filter added, or taken away if it is there.
    func toggling(_ value: String, of filter: String) -> PageQuestion {
        var question = first
        var values = question.chosen[filter] ?? []
        if let place = values.firstIndex(of: value) { values.remove(at: place) } else { values.append(value) }
        question.chosen[filter] = values.isEmpty ? nil : values
        return question
    }

    /// The question with a paper in the tray, on one side alone, or without it if it is there.
    func toggling(_ id: String, among side: WritableKeyPath<PageQuestion, [String]>) -> PageQuestion {
        var question = first
        let isThere = question[keyPath: side].contains(id)
        question.like.removeAll { $0 == id }
        question.unlike.removeAll { $0 == id }
        if !isThere { question[keyPath: side].append(id) }
        return question
    }
}

/// The names and values of a form or of the query of an address.
struct FormFields: Sendable {
    private var values: [String: [String]] = [:]

    /// The values of a name, at most: a whole answer may be selected.
    private static let mostValues = 10_000

    init() {}

    /// Reads them as browsers encode them. What is no UTF-8 is left out.
    init(encoded text: String) {
        for item in text.parts(at: "&") where !item.isEmpty {
            let parts = item.parts(at: "=", atMost: 2)
            guard let name = Self.decoded(parts[0]), let value = parts.count == 2 ? Self.decoded(parts[1]) : "" else {
                continue
            }
            add(name, value)
        }
    }

    mutating func add(_ name: String, _ value: String) {
        guard values[name, default: []].count < Self.mostValues else { return }
        values[name, default: []].append(value)
    }

    func texts(_ name: String) -> [String] { values[name] ?? [] }

    func text(_ name: String) -> String? { values[name]?.first }

    private static func decoded(_ text: String) -> String? {
        text.replacing("+", with: " ").removingPercentEncoding.flatMap { $0.utf8.contains(0) ? nil : $0 }
    }
}
