import Akin
import ArgumentParser
import Foundation
import LibraryEncoders
import Papers
import QueryLanguage
import Ranking

/// The flags of a question: how many papers to list, how to rank them, and which part of the library to search.
struct RankingOptions: ParsableArguments {
    @Option(
        name: [.customShort("k"), .customShort("n")],
        help: ArgumentHelp("The number of papers to give.", valueName: "n"))
    var k = Configuration.current.count ?? 10

    @Flag(help: "Give all papers that are found, and not the first ones alone.")
    var all = false

    @Option(help: ArgumentHelp("The papers at the top to pass over, for the next page.", valueName: "n"))
    var offset = 0

    @Option(help: "The order of the papers that are given, the best ones: relevance, date or title.")
    var sort = PaperOrder.relevance

    @Option(help: "What papers stand together by: year, venue, topic, collection or type.")
    var group: PaperGroup?

    @Option(
        help: ArgumentHelp(
            "How much the papers should differ from each other, from 0 to 1 (maximal marginal relevance). Try 0.3.",
            valueName: "share"))
    var diverse: Double?

    @Option(
        help: ArgumentHelp(
            "Only papers at least so many standard deviations above two random papers, such as 4.", valueName: "z"))
    var minScore: Double?

    @Option(help: "How to rank: by words and meaning, by meaning alone, or by words alone.")
    var mode = SearchMode.hybrid

    @Option(
        help: ArgumentHelp(
            """
            The semantic weight of a hybrid ranking, 0 to 1; the words have the rest. Default: what the library chose, \
            see akin info.
            """,
            valueName: "weight"
        )
    )
    var alpha: Double?

    @Option(
        help: ArgumentHelp(
            """
            The vector space that ranks; may be repeated, and then all count alike. Default: lsa, which the library \
            learned. akin info lists them.
            """,
            valueName: "name"
        )
    )
    var space: [SpaceName] = []

    @Flag(
        help: """
            Let the sentence encoder of akin encode judge the first papers and order them anew. It reads those that have \
            no vector yet.
            """)
    var rerank = false

    @Option(
        help: ArgumentHelp(
            """
            What judges, as with --rerank: the folder of a sentence encoder, also one that made no vectors of the \
            library, or of a cross-encoder; or the name of a space whose encoder the library remembers.
            """,
            valueName: "folder"))
    var encoder: String?

    @OptionGroup var reranking: RerankingOptions

    @Flag(help: "Say why each paper is there, in five lines: words, related words, and the best sentence.")
    var explain = false

    @Flag(help: "Say why each paper is there, with all numbers that its score is made of.")
    var explainFull = false

    @OptionGroup var listing: ListingOptions
    @OptionGroup var filter: FilterOptions

    func validate() throws {
        guard k >= 0 else { throw ValidationError("-k takes a number from 0 up, not \(k).") }
        guard offset >= 0 else { throw ValidationError("--offset takes a number from 0 up, not \(offset).") }
        try reranking.check(hasModel: rerank || encoder != nil, "--rerank or --encoder")
        if let diverse, !(0...1).contains(diverse) {
            throw ValidationError("--diverse takes a number from 0 to 1, not \(diverse).")
        }
        if let minScore, minScore.isNaN { throw ValidationError("--min-score takes a number.") }
        if let alpha, !(0...1).contains(alpha) {
            throw ValidationError("--alpha takes a number from 0 to 1, not \(alpha).")
        }
    }

    /// What judges the first papers.
    var judge: JudgeChoice {
        JudgeChoice(judging, depth: reranking.rerankDepth, share: reranking.rerankShare)
    }

    private var judging: JudgeChoice.Judge {
        guard let encoder else { return rerank ? .remembered : .none }
        if let space = SpaceName(argument: encoder), !FileManager.default.fileExists(atPath: encoder) {
            return .ofSpace(space)
        }
        return .model(RememberedEncoder(folder: encoder))
    }

    /// How much an explanation says.
    var reasons: ExplanationDetail { explainFull ? .full : .brief }

    var search: SearchOptions {
        var options = SearchOptions(
            k: all ? .max : k, offset: offset, mode: mode, alpha: alpha,
            spaces: space.isEmpty ? [.latentSemantics] : space, filter: filter.papers, explains: explain || explainFull)
        options.sort = sort
        options.diversity = diverse
        options.minimumZScore = minScore
        options.findsSnippets = listing.showsSnippets
        return options
    }
}

/// The flags that choose a part of the library.
struct FilterOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only papers of these years: 2023, 2020..2023, 2023.. or ..2020.", valueName: "years"))
    var year: YearRange?

    @Option(
        help: ArgumentHelp("Only papers of this category, or of one of several; may be repeated.", valueName: "name"))
    var category: [String] = []

    @Option(
        help: ArgumentHelp("Only papers with this author, or words of the name; may be repeated.", valueName: "name")
    )
    var author: [String] = []

    @Option(help: ArgumentHelp("Only papers of this venue, or words of its name; may be repeated.", valueName: "name"))
    var venue: [String] = []

    @Option(help: ArgumentHelp("Only papers with this tag; may be repeated.", valueName: "tag"))
    var tag: [String] = []

    @Option(
        help: ArgumentHelp(
            """
            Only papers of which a field has this value: type=thesis, language=de, collection=Thesis/Chapter 2, \
            or a field of the source, such as publisher=Springer. May be repeated: values of one field are alternatives.
            """,
            valueName: "field=value"))
    var `where`: [FieldValue] = []

    @Option(
        help: ArgumentHelp(
            "Only papers that were added in this time: 7d, 2w, 3m, 1y, or since a day such as 2026-11-28.",
            valueName: "time"))
    var since: AddedTime?

    var papers: PaperFilter {
        var fields = Dictionary(grouping: `where`, by: \.field).mapValues { $0.map(\.value) }
        if !tag.isEmpty { fields["tag", default: []] += tag }
        return PaperFilter(
            years: year, venues: venue, categories: category, authors: author, attributes: fields,
            addedSince: since.map { $0.start(now: Int(Date().timeIntervalSince1970)) })
    }
}
