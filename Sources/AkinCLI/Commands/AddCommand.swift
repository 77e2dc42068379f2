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
            Files may be packed by gzip, Zstandard or xz, lie in zip archives and nested folders, and have other \
            encodings than UTF-8; - is standard input. Markup such as <jats:p> and &amp; is taken out of titles and abstracts.

            FORMATS
              jsonl  one JSON object a line: id, title, abstract, authors, year, venue,
                     categories, keywords, url, altIds; BEIR's corpus.jsonl as well
              json   one such object on several lines, a list of them, or an object
                     whose "papers" is a list: what akin list --json prints
              page   the text of a web page of papers: title, blank line, abstract,
                     blank line, …
              text   the text of one paper: its title, and the rest; never recognized
              pdf    the first page of a PDF document; needs pdftotext of poppler
              zotero zotero.sqlite, or the folder that it is in

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
                    toLibraryAt: options.path, vectors: given, model: model.source, rank: model.rank,
                    threads: options.threads,
                    waiting: waiting.waiting(console), progress: progress)
            }
        }
        return report.result(library: options.path, elapsed: elapsed)
    }
}
