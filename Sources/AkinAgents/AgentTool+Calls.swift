import Akin
import AkinReports
import LibraryEncoders
import Papers
import QueryLanguage
import Ranking

extension AgentTool {
    /// Does what the tool is for.
    ///
    /// - Parameters:
    ///   - arguments: The arguments of the call.
    ///   - library: The library.
    ///   - models: The models that are open.
    ///   - progress: Called from time to time by what takes long, with the share that is done. It returns whether to go
    ///   on.
    /// - Returns: The answer, for an agent to read.
    /// - Throws: ``AgentMistake`` for arguments that cannot be; `AkinError`.
    func call(
        _ arguments: JSONValue?, of library: Library, models: OpenModels, progress: (Double) -> Bool
    ) throws -> String {
        let arguments = try AgentArguments(arguments, known: argumentNames)
        switch self {
        case .search: return try search(arguments, library, models)
        case .like: return try like(arguments, library, models)
        case .show: return try show(arguments, library)
        case .why: return try why(arguments, library)
        case .topics: return try topics(arguments, library, progress)
        case .addNote:
            let paper = try library.paper(named: arguments.text("paper"))
            _ = try library.edit(ids: [paper.id], by: [.addNote(arguments.text("text"))], as: "note")
            return "Added the note to \(paper.headline) [\(paper.id)]."
        case .tag:
            let papers = try arguments.texts("papers").map { try library.paper(named: $0) }
            guard !papers.isEmpty else { throw AgentMistake("Name one or more papers.") }
            let tag = try library.existingSpelling(of: arguments.text("tag"), field: "tag") { $0.tags }
            let isRemoval = try arguments.flag("remove")
            let changed = try library.edit(
                ids: papers.map(\.id), by: [isRemoval ? .removeTag(tag) : .addTag(tag)],
                as: "\(isRemoval ? "untag" : "tag") \(tag)")
            return "Changed \(changed.count) of \(papers.count) papers."
        }
    }

    // MARK: - Answers

    private func search(
        _ arguments: AgentArguments, _ library: Library, _ models: OpenModels
    ) throws -> String {
        let query = try arguments.text("query")
        var options = try options(arguments)
        options.explains = try arguments.flag("explain")
        let vectors = try library.prepare(&options, for: query, judge: judge(arguments), models: models)
        return try text(of: library.search(asking: query, vectors: vectors, options: options), options, arguments)
    }

    private func like(_ arguments: AgentArguments, _ library: Library, _ models: OpenModels) throws -> String {
        let near = try arguments.texts("papers").map { try library.paper(named: $0).id }
        let away = try arguments.texts("unlike").map { try library.paper(named: $0).id }
        let words = try arguments.optionalText("words").map { [$0] } ?? []
        guard !near.isEmpty || !words.isEmpty else {
            throw AgentMistake("Name papers to be near, or give words.")
        }
        let conditions: QueryExpression?
        do {
            conditions = try arguments.optionalText("conditions").map { try QueryExpression(parsing: $0) }
        } catch let error as QuerySyntaxError {
            throw AgentMistake("The conditions do not parse. \(error)")
        }
        var options = try options(arguments)
        _ = try library.prepare(&options, for: "", judge: judge(arguments), models: models)
        return try text(
            of: library.search(like: near, unlike: away, texts: words, meeting: conditions, options: options), options,
            arguments)
    }

    private func judge(_ arguments: AgentArguments) throws -> JudgeChoice {
        JudgeChoice(try arguments.flag("rerank") ? .remembered : .none)
    }

    private func options(_ arguments: AgentArguments) throws -> SearchOptions {
        var offset = 0
        if let cursor = try arguments.optionalText("cursor") {
            guard let place = Int(cursor), (0...Self.deepestPlace).contains(place) else {
                throw AgentMistake("The cursor '\(cursor)' is none that an answer gave.")
            }
            offset = place
        }
        var options = SearchOptions(k: try arguments.integer("limit", in: 1...50, default: 10), offset: offset)
        options.findsSnippets = true
        return options
    }

    private static let deepestPlace = 10_000

    private func text(
        of answer: SearchAnswer, _ options: SearchOptions, _ arguments: AgentArguments
    ) throws -> String {
        var text = BudgetedText(
            limit: try arguments.integer("max_characters", in: BudgetedText.limits, default: BudgetedText.usualLimit))
        for remark in answer.remarks() { text.appendLine(remark.text) }
        for hit in answer.hits { text.append(entry(hit)) }
        let next = options.offset + answer.hits.count - text.leftOut
        let hint = next <= Self.deepestPlace ? "Ask again with cursor \"\(next)\"." : "Ask with other words."
        let isFull = answer.hits.count == options.k && text.leftOut == 0 && next <= Self.deepestPlace
        return text.finished("paper", hint: hint) + (isFull ? "[More: cursor \"\(next)\"]\n" : "")
    }

    private func entry(_ hit: SearchAnswer.Hit) -> String {
        var lines = ["\(hit.rank). \(hit.paper.headline)"]
        let closeness = hit.zScore.map { " · \(rounded($0)) σ" } ?? ""
        lines.append("   \(hit.paper.detailsLine)\(closeness)")
        if let snippet = hit.snippet { lines.append("   “\(snippet.text)”") }
        if let explanation = hit.explanation {
            lines += ReasonSummary(explanation, of: hit.paper).sentences.map { "   \($0)" }
        }
        for duplicate in hit.duplicates { lines.append("   also: \(duplicate.headline) [\(duplicate.id)]") }
        return lines.joined(separator: "\n")
    }

    private func rounded(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    // MARK: - Papers

    private func show(_ arguments: AgentArguments, _ library: Library) throws -> String {
        let names = try arguments.texts("papers")
        guard !names.isEmpty else { throw AgentMistake("Name one or more papers.") }
        var text = BudgetedText(
            limit: try arguments.integer("max_characters", in: BudgetedText.limits, default: BudgetedText.usualLimit))
        for name in names { text.append(try library.paper(named: name).agentCard) }
        return text.finished("paper", hint: "Ask for fewer papers, or for a larger max_characters.")
    }

    private func why(_ arguments: AgentArguments, _ library: Library) throws -> String {
        let first = try library.paper(named: arguments.text("first"))
        let second = try library.paper(named: arguments.text("second"))
        let comparison = try library.comparison(of: first.id, with: second.id)
        let summary = ReasonSummary(comparison.explanation, of: second)
        let reasons = summary.lines.isEmpty ? ["They have no word and no meaning in common."] : summary.sentences
        return ([first, second].map { "\($0.headline) [\($0.id)]" } + reasons).joined(separator: "\n") + "\n"
    }

    private func topics(
        _ arguments: AgentArguments, _ library: Library, _ progress: (Double) -> Bool
    ) throws -> String {
        let count = try arguments.optionalInteger("count", in: 1...200)
        let answer = try library.topics(ExplorationOptions(topicCount: count)) {
            progress($0.fraction ?? 0)
        }
        var text = BudgetedText(
            limit: try arguments.integer("max_characters", in: BudgetedText.limits, default: BudgetedText.usualLimit))
        for topic in answer.topics {
            let growth = topic.growth.map { " · share of all papers × \(rounded($0)) in three years" } ?? ""
            let terms = topic.terms.map(\.text).joined(separator: ", ")
            let typical = topic.typicalPapers.prefix(2).map { "\($0.headline) [\($0.id)]" }.joined(separator: "; ")
            text.append(
                "\(topic.name) · \(topic.paperCount) papers\(growth)\n   words: \(terms)\n   typical: \(typical)")
        }
        if answer.topics.isEmpty { text.appendLine("The papers are too few for topics.") }
        return text.finished("topic", hint: "Ask for a larger max_characters, or for a smaller count.")
    }
}

extension ReasonSummary {
    /// The lines as sentences: `both: streaming 41 %, memory 20 %`.
    fileprivate var sentences: [String] {
        lines.map { line in
            let items = line.items.map { "\($0.text) \(Int(($0.part * 100).rounded())) %" }
            return "\(line.kind.rawValue): \(items.joined(separator: ", "))"
        }
    }
}

extension Paper {
    /// All that an agent needs of a paper.
    var agentCard: String {
        var lines = ["\(headline)", "id: \(([id] + alternateIDs).joined(separator: ", "))"]
        func add(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { lines.append("\(name): \(value)") }
        }
        add("authors", authors.prefix(10).joined(separator: ", ") + (authors.count > 10 ? " et al." : ""))
        add("date", date ?? year.map(String.init))
        add("venue", venue)
        add("link", link)
        add("tags", tags.joined(separator: ", "))
        add("collections", collections.joined(separator: ", "))
        add("abstract", abstract)
        for field in fields { add(field.name, field.text) }
        for note in notes { add("note", note) }
        return lines.joined(separator: "\n") + "\n"
    }
}
