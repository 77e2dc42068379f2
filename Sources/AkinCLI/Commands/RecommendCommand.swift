import Akin
import AkinReports
import ArgumentParser
import Papers
import QueryLanguage

/// `akin recommend`
struct RecommendCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "recommend", abstract: "Recommend papers that are like those you like, new ones first.",
        discussion: """
            Learns what sets the papers that you like apart from all others. By default you like the papers with the \
            tag 'liked' or, if there are none, those that you read (akin read). Papers to learn from, papers \
            that you read, hidden ones, and near copies of liked ones are not recommended.

            The order is relevance times a preference for new papers. Under each paper stand the terms that speak for \
            it and the liked paper nearest to it.

            EXAMPLES
              akin recommend
              akin recommend --from tag:liked --against tag:no -k 20 --since 30d
              akin recommend --from author:Vaswani --from in:Thesis year:2020..
              akin recommend --from "title:attention -title:survey" --recency 0
              akin recommend --from is:read --format "{score} {year} {title}"
            """
    )

    @Argument(
        help: ArgumentHelp(
            "What recommended papers have to meet, in the query language; see akin search --help.",
            valueName: "condition"))
    var conditions: [String] = []

    @Option(
        help: ArgumentHelp(
            "The papers that you like: conditions in the query language. May be repeated: they add up.",
            valueName: "condition"))
    var from: [String] = []

    @Option(
        help: ArgumentHelp("Papers that you do not want more of; may be repeated.", valueName: "condition"))
    var against: [String] = []

    @Option(
        name: [.customShort("k"), .customShort("n")],
        help: ArgumentHelp("The number of papers to give.", valueName: "n"))
    var k = Configuration.current.count ?? 10

    @Flag(help: "Give all papers, and not the first ones alone.")
    var all = false

    @Option(help: ArgumentHelp("The papers at the top to pass over, for the next page.", valueName: "n"))
    var offset = 0

    @Option(
        help: ArgumentHelp(
            "How much new papers are preferred, from 0 (not at all) to 1 (half the score every two years).",
            valueName: "share"))
    var recency = RecommendationOptions.defaultRecency

    @Option(help: "The order of the papers: relevance, date or title.")
    var sort = PaperOrder.relevance

    @OptionGroup var listing: ListingOptions
    @OptionGroup var filter: FilterOptions
    @OptionGroup var options: LibraryOptions

    func validate() throws {
        guard k >= 0 else { throw ValidationError("-k takes a number from 0 up, not \(k).") }
        guard offset >= 0 else { throw ValidationError("--offset takes a number from 0 up, not \(offset).") }
        guard (0...1).contains(recency) else {
            throw ValidationError("--recency takes a number from 0 to 1, not \(recency).")
        }
        for (name, words) in [("--from", from), ("--against", against)] {
            for word in words { try Self.check(word, of: name) }
            try QuestionWords(words).validate()
        }
        if !conditions.isEmpty { try Self.check(QuestionWords(conditions).text, of: "the conditions") }
    }

    private static func check(_ text: String, of name: String) throws {
        guard text.contains(where: { $0.isLetter || $0.isNumber }) else {
            throw ValidationError("There is no word and no field in \(name).")
        }
        do {
            _ = try QueryExpression(parsing: text)
        } catch {
            throw ValidationError("Cannot read \(name): \(error) akin search --help says what conditions there are.")
        }
    }

    /// The papers that meet one of some conditions, as they are meant in a library; `nil` without any.
    private static func either(_ texts: [String], in library: Library) throws -> QueryExpression? {
        let parts = try texts.map { try QueryExpression(parsing: QuestionWords([$0]).text(in: library)) }
        return parts.count > 1 ? .either(parts) : parts.first
    }

    private var recommending: RecommendationOptions {
        RecommendationOptions(
            k: all ? .max : k, offset: offset, filter: filter.papers, recency: recency, sort: sort,
            explains: options.json || explains)
    }

    /// Whether papers are listed with reasons.
    private var explains: Bool {
        switch try? listing.style {
        case .standard, .long, nil: true
        case .titles, .format: false
        }
    }

    func result(_ console: Console) throws -> CommandResult<RecommendationReport> {
        let library = try options.open()
        let query =
            conditions.isEmpty ? nil : try QueryExpression(parsing: QuestionWords(conditions).text(in: library))
        let liked = try Self.either(from, in: library)
        let against = try Self.either(against, in: library)
        let (answer, elapsed) = try timed {
            try library.recommendations(from: liked, against: against, meeting: query, options: recommending)
        }
        let unknown = try library.unknownEntries(of: filter.papers)
        let style = try listing.style
        return CommandResult(
            report: RecommendationReport(answer, elapsed: elapsed, unknownFilters: unknown),
            text: { answer.lines(style) }, remarks: unknown.map(\.line) + remarks(on: answer, unknown),
            status: answer.recommendations.isEmpty ? .nothingFound : .done)
    }

    private func remarks(on answer: RecommendationAnswer, _ unknown: [UnknownFilter]) -> [String] {
        if answer.likedCount == 0 {
            guard from.isEmpty else { return ["No paper meets --from that --against does not."] }
            let tag = SuggestedCommand("tag", Paper.likedTag, "PAPER", library: options.folder)
            let list = SuggestedCommand("recommend", "--from", "author:NAME", library: options.folder)
            return ["There is nothing to learn from. Mark papers that you like with \(tag), or name some: \(list)."]
        }
        guard answer.recommendations.isEmpty else {
            return answer.defaultExamples == .read
                ? ["Learned from the papers that were read, because none has the tag '\(Paper.likedTag)'."] : []
        }
        return unknown.isEmpty ? ["No paper found."] : []
    }
}
