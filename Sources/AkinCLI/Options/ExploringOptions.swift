import Akin
import ArgumentParser
import Papers
import Ranking

/// The flags of commands that look around in a library: which papers, and in which vector space.
struct ExploringOptions: ParsableArguments {
    @Option(
        name: .customLong("in"),
        help: ArgumentHelp("Only papers of this collection; may be repeated.", valueName: "collection"))
    var collections: [String] = []

    @OptionGroup var filter: FilterOptions

    @Option(help: ArgumentHelp("The vector space whose neighbors count; akin info lists them.", valueName: "name"))
    var space = SpaceName.latentSemantics

    /// The papers that the flags choose.
    var papers: PaperFilter {
        var papers = filter.papers
        if !collections.isEmpty { papers.attributes["collection", default: []] += collections }
        return papers
    }

    /// Refuses a number of neighbors that no call takes.
    static func validate(neighbors k: Int) throws {
        let range = ExplorationOptions.neighborRange
        guard range.contains(k) else {
            throw ValidationError("-k takes a number from \(range.lowerBound) to \(range.upperBound), not \(k).")
        }
    }
}

/// The flags of commands that find topics.
struct TopicOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The number of topics. Default: what the papers make of it.", valueName: "n"))
    var count: Int?

    @Option(
        help: ArgumentHelp(
            "What chance decides depends on this number: another one gives slightly different topics.",
            valueName: "number"))
    var seed: UInt64 = 0

    func validate() throws {
        let range = ExplorationOptions.topicRange
        if let count, !range.contains(count) {
            throw ValidationError(
                "--count takes a number from \(range.lowerBound) to \(range.upperBound), not \(count).")
        }
    }
}

/// What to tell if there are no vectors to look around among.
func remarks(onNothing unknown: [UnknownFilter], hasPapers: Bool, in space: SpaceName) -> [String] {
    if hasPapers { return ["No paper has a vector in the space '\(space)'."] }
    return unknown.isEmpty ? ["No paper found."] : unknown.map(\.line)
}
