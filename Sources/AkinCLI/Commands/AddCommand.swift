import Akin
import AkinReports
import ArgumentParser
import LibraryEncoders
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
            Files may be packed (gz, xz, zst, zip) and in other encodings than UTF-8. - is standard input. akin sync \
            reads the files again when they change.

            A format is told from what stands in a file.

            FORMATS
              jsonl     one JSON object a line: Akin's own keys, BEIR's, CSL, Crossref,
                        OpenAlex, Semantic Scholar, arXiv, Zotero, Mendeley
              json      one such object on several lines, a list of them, or an object
                        around a list: what akin list --json prints
              bibtex    BibTeX and BibLaTeX
              ris       RIS, as reference managers and databases export it
              nbib      PubMed's export
              wos       the Web of Science, as tagged lines or as a table
              enw       EndNote
              csv       tables with a header, also of tabs or semicolons; --map names
                        columns that are not known
              xml       arXiv, OAI-PMH, PubMed, ACL Anthology, EndNote, Crossref, JATS,
                        DBLP
              html      saved pages of papers, and of lists of papers
              markdown  lists of links to papers, and notes with YAML before them
              papis     info.yaml, or the folder that it is in
              text      the text of one paper: its first paragraph is the title; never
                        told from the content
              pdf       the first page of a PDF document; needs pdftotext of poppler
              page      the text of a web page of papers: title, blank line, abstract,
                        blank line, and so on
              zotero    zotero.sqlite, or the folder that it is in

            EXAMPLES
              akin add library.bib
              akin add --library ~/reading saved-page.txt more.jsonl
              akin add --map title=name table.csv
              akin add --dry-run exports
              akin add papers.jsonl --vectors minilm.npy --space minilm
            """
    )

    @Argument(help: ArgumentHelp("The files, or folders of files.", valueName: "file"))
    var files: [String]

    @Option(help: "The format of the files. Default: told from their content.")
    var format = ImportFormat.auto

    @Option(
        help: ArgumentHelp(
            "Which column of a table holds a field: title=name, doi=\"Digital Identifier\". May be repeated.",
            valueName: "field=header"))
    var map: [FieldValue] = []

    @Flag(
        help: "Clear the fields that a record leaves empty, except tags, collections and notes. Without it, all stay.")
    var replace = false

    @Flag(help: "Stop at the first record or file that cannot be read, and add nothing.")
    var strict = false

    @Flag(help: "Say what would be added, and change nothing.")
    var dryRun = false

    @OptionGroup var model: ModelOptions

    @OptionGroup var vectors: VectorOptions

    @Option(
        help: ArgumentHelp(
            """
            When the encoder of akin encode encodes new papers, from this time on: now, later (by akin encode) or \
            never. Default: what was said last, and at first later.
            """,
            valueName: "time"))
    var encode: EncodingTime?

    @OptionGroup var waiting: WaitingOptions

    @OptionGroup var options: LibraryOptions

    var isDoneWithoutOutput: Bool { true }

    private var columns: [String: String] {
        Dictionary(map.map { ($0.field, $0.value) }) { _, last in last }
    }

    func result(_ console: Console) throws -> CommandResult<AdditionReport> {
        let source = PaperFiles(
            files,
            options: ImportOptions(format: format, threads: options.threads, columns: columns, remembersFiles: true))
        let addOptions = AddOptions(
            replacing: replace, vectors: try vectors.given(), model: model.source, rank: model.rank,
            threads: options.threads, isStrict: strict, isDryRun: dryRun)
        let waiting = waiting.waiting(console)
        let (report, elapsed) = try timed {
            try console.showingProgress { progress in
                try options.isAddress
                    ? options.open(waiting: waiting).add(from: source, options: addOptions, progress: progress)
                    : Library.add(
                        from: source, toLibraryAt: options.path, options: addOptions, waiting: waiting,
                        progress: progress)
            }
        }
        var result = report.result(library: options.shownPath, elapsed: elapsed, isDryRun: dryRun)
        if dryRun { return result }
        // The papers are added, whatever an encoder says.
        do {
            let encoding = try encodeNewPapers(console)
            result.remarks += encoding.remarks
            result.failures += encoding.failures
        } catch {
            let reason = AkinError(translating: error).advice(library: options.folder)
            result.failures.append("The new papers were not encoded. \(reason)")
        }
        if !result.failures.isEmpty { result.status = .failed }
        return result
    }
}
