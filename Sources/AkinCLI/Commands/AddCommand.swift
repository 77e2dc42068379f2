import Akin
import AkinReports
import ArgumentParser
import PaperFormats
import Papers

/// `akin add FILE…`
struct AddCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Read papers out of files and add them to the library.",
        discussion: """
            The first addition makes the library. A paper that the library has already is updated, not added again. A \
            record that is no paper is skipped and reported. A file that cannot be read does not stop the others. \
            Files may be packed by gzip. Markup such as <jats:p> and &amp; is taken out of titles and abstracts.

            FORMATS
              jsonl  one JSON object a line: id, title, abstract, authors, year, venue,
                     categories, keywords, url, altIds; BEIR's corpus.jsonl as well
              json   one such object on several lines, a list of them, or an object
                     whose "papers" is a list: what akin list --json prints
              page   the text of a web page of papers: title, blank line, abstract,
                     blank line, …

            EXAMPLES
              akin add papers.jsonl
              akin add --library ~/reading saved-page.txt more.jsonl
              akin add --format jsonl papers.json
              akin add papers.jsonl --vectors minilm.npy --space minilm
            """
    )

    @Argument(help: ArgumentHelp("The files, or folders of files.", valueName: "file"))
    var files: [String]

    @Option(help: "The format of the files. Default: told from their names and first lines.")
    var format = ImportFormat.auto

    @Flag(help: "Clear the fields that a record leaves empty. Without it, they stay as they are.")
    var replace = false

    @Flag(help: "Stop at the first record or file that cannot be read, and add nothing.")
    var strict = false

    @Flag(help: "Say what would be added, and change nothing.")
    var dryRun = false

    @OptionGroup var model: ModelOptions

    @OptionGroup var vectors: VectorOptions

    @OptionGroup var waiting: WaitingOptions

    @OptionGroup var options: LibraryOptions

    var isDoneWithoutOutput: Bool { true }

    func result(_ console: Console) throws -> CommandResult<AdditionReport> {
        let given = try vectors.given()
        let (report, elapsed) = try timed {
            try console.showingProgress { progress in
                try Library.add(
                    from: PaperFiles(files, options: ImportOptions(format: format, threads: options.threads)),
                    toLibraryAt: options.path,
                    options: AddOptions(
                        replacing: replace, vectors: given, model: model.source, rank: model.rank,
                        threads: options.threads, isStrict: strict, isDryRun: dryRun),
                    waiting: waiting.waiting(console), progress: progress)
            }
        }
        return report.result(library: options.path, elapsed: elapsed, isDryRun: dryRun)
    }
}
