import Akin
import AkinReports
import ArgumentParser
import LibraryEncoders
import PaperFormats
import Papers

/// `akin like PAPER…`
struct LikeCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "like",
        abstract: "Find papers like one or several papers of the library.",
        discussion: """
            A PAPER is an id (also a link to arXiv, a DOI and the like), a title, the part of a title before its \
            colon, or some words of a title.

            EXAMPLES
              akin like InfLLM
              akin like "A Survey on Mixture of Experts" InfLLM
              akin like InfLLM --unlike "LLM in a flash"
              akin like InfLLM --words streaming --not-words medical
              akin like --file papers.jsonl
              akin list title:memory --format "{id}" | akin like -

            akin like --fetch doi:10.1145/582415.582418 asks for a paper that the library does not have.
            """
    )

    @Argument(
        help: ArgumentHelp(
            "The papers to be near; - for standard input: ids, one a line, or a text.", valueName: "paper"))
    var papers: [String] = []

    @Option(help: ArgumentHelp("A paper to stay away from; may be repeated.", valueName: "paper"))
    var unlike: [String] = []

    @Option(help: ArgumentHelp("Words to be near; may be repeated. They count as much as a paper.", valueName: "text"))
    var words: [String] = []

    @Option(help: ArgumentHelp("Words to stay away from; may be repeated.", valueName: "text"))
    var notWords: [String] = []

    @Option(
        help: ArgumentHelp(
            """
            A file with papers to be near that are not in the library, of any format that akin add reads: a PDF, a \
            .bib file, JSON Lines. May be repeated.
            """,
            valueName: "file"))
    var file: [String] = []

    @Flag(
        help: """
            Get papers that the library does not have from arXiv, OpenAlex or Crossref, by their identifiers. They are \
            not added.
            """)
    var fetch = false

    @OptionGroup var ranking: RankingOptions
    @OptionGroup var filing: FilingOptions
    @OptionGroup var options: LibraryOptions

    func validate() throws {
        if papers.isEmpty, words.isEmpty, file.isEmpty {
            throw ValidationError("Name papers to be near, or give --words or --file.")
        }
    }

    /// What standard input has, if it is asked for: papers if each line begins with the id of one, else a text.
    private func input(in library: Library) throws -> (own: [Paper], text: String?) {
        guard papers.contains("-") else { return ([], nil) }
        var lines: [String] = []
        while let line = readLine() { lines.append(line) }
        let ids = lines.compactMap { $0.split(separator: "\t", maxSplits: 1).first.map { tidied(String($0)) } }
            .filter { !$0.isEmpty }
        let known = try library.canonicalIDs(of: ids)
        if !ids.isEmpty, ids.allSatisfy({ known[$0] != nil }) {
            return (try ids.compactMap { try library.paper(id: $0) }, nil)
        }
        return ([], lines.joined(separator: "\n"))
    }

    /// The texts to be near that are no papers of the library.
    private func texts() throws -> [String] {
        var texts = words
        for path in file {
            let reader = try Self.reader(of: path)
            while let batch = try reader.nextBatch() {
                texts += batch.papers.map(\.text)
                guard texts.count <= Self.mostTexts else {
                    throw ValidationError("'\(path)' has too many papers to be near: \(Self.mostTexts) at most.")
                }
            }
        }
        return texts
    }

    /// The papers that are named: those of the library, and others that are fetched.
    private func named(in library: Library) throws -> (own: [Paper], others: [Paper]) {
        var own: [Paper] = []
        var missing: [String] = []
        for name in papers where name != "-" {
            do {
                own.append(try library.paper(named: name))
            } catch {
                guard error.code == .paperNotFound, fetch, PaperIdentifier(name) != nil else { throw error }
                missing.append(name)
            }
        }
        return (own, missing.isEmpty ? [] : try CompanionProgram.fetch().papers(of: missing, isQuiet: options.quiet))
    }

    /// Reads the papers of a file. A text of no known format is the text of one paper.
    private static func reader(of path: String) throws -> PaperReader {
        do {
            return try PaperReader(path: path)
        } catch  where error.code == .unknownFormat {
            return try PaperReader(path: path, options: ImportOptions(format: .text))
        }
    }

    /// The letters of a text that a heading shows.
    private static let shownText = 60

    private static let mostTexts = 1_000

    func result(_ console: Console) throws -> CommandResult<AnswerReport> {
        let library = try options.open()
        var search = ranking.search
        _ = try library.prepare(
            &search, for: "", judge: ranking.judge, models: OpenModels(threads: options.threads))
        let (asked, elapsed) = try timed {
            let (named, others) = try named(in: library)
            let input = try input(in: library)
            let near = named + input.own
            let texts = try texts() + [input.text].compactMap(\.self) + others.map(\.text)
            let away = try unlike.map { try library.paper(named: $0) }
            let answer = try library.search(
                like: near.map(\.id), unlike: away.map(\.id), texts: texts, unlikeTexts: notWords,
                options: search)
            let names = near.map(PaperListing.headline) + texts.map { oneLine(String($0.prefix(Self.shownText))) }
            return (answer: answer, titles: names.joined(separator: "; "))
        }
        return asked.answer.result(
            query: asked.titles, heading: "Papers like \(asked.titles)", elapsed: elapsed,
            unknownFilters: try library.unknownEntries(of: ranking.filter.papers),
            listing: try ranking.listing.style, groups: try ranking.group?.names(of: asked.answer.hits, in: library),
            reasons: ranking.reasons,
            filed: try filing.file(asked.answer, in: library))
    }
}
