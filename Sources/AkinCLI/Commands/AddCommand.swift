import Akin
import ArgumentParser
import PaperFormats
import Papers

/// `akin add FILE…`
struct AddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Read papers out of files and add them to the library.",
        discussion: """
            Makes the library on first use. A paper that is there already is updated, not doubled. A record that is no \
            paper is skipped and reported; a file that cannot be read does not stop the others.

            FORMATS
              jsonLines  one JSON object a line: id, title, abstract, authors, year, venue, categories, url
                         (BEIR's corpus.jsonl as well)
              page       the text of a web page of papers: title, blank line, abstract, blank line, …

            EXAMPLES
              akin add papers.jsonl
              akin add --library ~/reading saved-page.txt more.jsonl
            """
    )

    @Argument(help: ArgumentHelp("The files, or folders of files.", valueName: "file"))
    var files: [String]

    @Option(help: "What the files are; by default told from their names and first lines.")
    var format = ImportFormat.auto

    @OptionGroup var model: ModelOptions

    @OptionGroup var options: LibraryOptions

    func run() throws {
        let bar = ProgressBar(isWanted: !options.quiet && !options.json)
        let clock = ContinuousClock()
        let start = clock.now
        let library = try Library(creatingAt: options.path)
        let report: AddReport
        do {
            defer { bar.finish() }
            report = try library.add(
                from: PaperFiles(files, options: ImportOptions(format: format, threads: options.threads)),
                model: model.source, rank: model.rank, threads: options.threads,
                progress: bar.show)
        }
        try AddOutput(report: report, library: options.path, elapsed: clock.now - start).write(options)
    }
}
