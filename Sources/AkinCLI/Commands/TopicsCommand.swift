import Akin
import AkinReports
import ArgumentParser

/// `akin topics`
struct TopicsCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "topics",
        abstract: "List the subjects of the papers, with the words that tell them apart.",
        discussion: """
            A topic is a group of papers that are nearer to each other than to the rest. Its name is made of the \
            words that are much more frequent in it than elsewhere. The same library always gives the same topics. \
            With --trend, the topics whose share of all papers has grown most come first, with a column for each of \
            the last years.

            EXAMPLES
              akin topics
              akin topics --count 5 --trend
              akin topics --year 2023.. --json
              akin topics --in "Thesis/Chapter 2"
              akin topics --output topics.csv
            """
    )

    @OptionGroup var topics: TopicOptions

    @Flag(help: "Show how topics grow, the fastest first.")
    var trend = false

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write the topic of each paper to this table (CSV) as well.", valueName: "file"))
    var output: String?

    @Flag(help: "Replace an existing file.")
    var force = false

    @OptionGroup var chosen: ExploringOptions
    @OptionGroup var options: LibraryOptions

    func result(_ console: Console) throws -> CommandResult<TopicsReport> {
        if let output { try checkOutput(output, of: "a table", replacesAnyFile: force) }
        let library = try options.open()
        let unknown = try library.unknownEntries(of: chosen.papers)
        var answer = try console.showingProgress { progress in
            try library.topics(
                ExplorationOptions(
                    space: chosen.space, filter: chosen.papers, topicCount: topics.count, seed: topics.seed,
                    threads: options.threads), progress: progress)
        }
        if let output { try write(answer, to: output) }
        if trend { answer.sortByGrowth() }
        let isEmpty = answer.topics.isEmpty
        return CommandResult(
            report: TopicsReport(answer, output: output, unknownFilters: unknown),
            text: { isEmpty ? [] : TopicListing.lines(answer, showsTrend: trend) },
            summary: isEmpty ? nil : TopicListing.summary(answer),
            remarks: isEmpty
                ? remarks(onNothing: unknown, hasPapers: answer.paperCount > 0, in: chosen.space)
                : unknown.map(\.line) + shortfall(answer),
            status: isEmpty ? .nothingFound : .done)
    }

    /// A remark if there are fewer topics than were asked for.
    private func shortfall(_ answer: TopicAnswer) -> [String] {
        guard let count = topics.count, answer.topics.count != count else { return [] }
        return ["The papers make \(answer.topics.count) topics, and not \(count): groups of fewer than 3 are none."]
    }

    private func write(_ answer: TopicAnswer, to path: String) throws {
        let writer = try FileWriter(path: path)
        writer.write("id,topic\r\n")
        for paper in answer.assignments {
            let name = paper.topic.map { answer.topics[$0].name } ?? ""
            writer.write("\(csvField(paper.id)),\(csvField(name))\r\n")
        }
        try writer.finish()
    }
}

extension TopicAnswer {
    /// Puts the topics that grow fastest first; those whose growth is unknown come last. Assignments no longer fit.
    fileprivate mutating func sortByGrowth() {
        topics = topics.enumerated()
            .sorted { ($1.element.growth ?? 0, $0.offset) < ($0.element.growth ?? 0, $1.offset) }.map(\.element)
    }
}
