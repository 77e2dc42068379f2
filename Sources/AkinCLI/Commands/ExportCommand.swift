import Akin
import AkinReports
import ArgumentParser
import PaperFormats
import Papers
import QueryLanguage
import Ranking
import TextEncoding
import VectorFiles

/// `akin export`
struct ExportCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write papers in the format of another program, or their vectors.",
        discussion: """
            It writes all papers, those that the flags choose, those that a question finds, or those that you name. \
            Citation keys are kept; a \
            paper without one gets one of its first author, year and title. jsonl keeps everything, and akin add \
            reads every format back.

            With --vectors, it writes vectors instead, a row for each paper that has one: .fvecs if the name of the \
            file ends so, and else NumPy's .npy. The ids go to a text file beside it that ends in .ids.

            EXAMPLES
              akin export --format bibtex --output papers.bib
              akin export --format ris --year 2023.. --tag reading
              akin export InfLLM SirLLM --format csl-json
              akin export --search "KV cache year:2023.. -survey" --format bibtex
              akin export --vectors papers.npy
            """
    )

    @Argument(
        help: ArgumentHelp(
            "Papers, by id or title; - for standard input, an id a line. Default: all.", valueName: "paper"))
    var papers: [String] = []

    @Option(help: "The format. Default: what the ending of --output says.")
    var format: ExportFormat?

    @Option(
        name: [.short, .long], help: ArgumentHelp("The file to write. Default: standard output.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Write vectors to this file, .npy or .fvecs.", valueName: "file"))
    var vectors: String?

    @Option(help: ArgumentHelp("The vector space of --vectors.", valueName: "name"))
    var space = SpaceName.latentSemantics

    @Flag(help: "Replace an existing file.")
    var force = false

    @Option(
        help: ArgumentHelp(
            "Write the papers that akin search finds for this question, best first.", valueName: "question"))
    var search: String?

    @Option(
        name: [.customShort("k"), .customShort("n")],
        help: ArgumentHelp(
            "The number of papers of --search. Default: 10, or all for a question of conditions alone.", valueName: "n")
    )
    var k: Int?

    @OptionGroup var filter: FilterOptions
    @OptionGroup var options: LibraryOptions

    func validate() throws {
        if chosenFormat == nil, vectors == nil {
            let names = ExportFormat.allValueStrings.joined(separator: ", ")
            throw ValidationError("Say which format to write: --format \(names); or --vectors FILE.")
        }
        if vectors != nil, format != nil || output != nil {
            throw ValidationError("--vectors names its file; --format and --output are for papers.")
        }
        if vectors == nil, options.json, output == nil {
            throw ValidationError("--json reports on a file that is written: give --output.")
        }
        if let search { try QuestionWords([search]).validate() }
        if let k, k < 0 { throw ValidationError("-k takes a number from 0 up, not \(k).") }
        if k != nil, search == nil { throw ValidationError("-k is the number of papers of --search.") }
        if search != nil, vectors != nil || !papers.isEmpty {
            throw ValidationError("--search finds the papers to write; name none, and no --vectors.")
        }
        if !papers.isEmpty, !filter.papers.isEmpty {
            throw ValidationError("Name papers, or choose them by flags, not both.")
        }
    }

    /// The format that was named, or that the name of the file says.
    private var chosenFormat: ExportFormat? {
        if let format { return format }
        guard let ending = output?.split(separator: ".").last else { return nil }
        return ExportFormat.all.first { $0.fileExtension == ending.lowercased() }
    }

    func result(_ console: Console) throws -> CommandResult<ExportReport> {
        let library = try options.open()
        var filter = filter.papers
        let answer = try search.map { try self.answer(to: $0, filter, in: library) }
        let ids = try answer.map { $0.isClose ? $0.hits.map(\.paper.id) : [] } ?? namedIDs(papers, in: library)
        let named = try answer?.hits.map(\.paper) ?? ids.map { try library.paper(named: $0) }
        // Standard input may name none, and a question find none, which is not all.
        if !papers.isEmpty || search != nil { filter.ids = Set(ids) }
        let unknown = try library.unknownEntries(of: filter).map(\.line)
        if let vectors { return try result(of: library, filter, vectors, unknown) }
        guard let format = chosenFormat else { throw ValidationError("--format is missing.") }
        if let output {
            try checkOutput(output, of: "papers", replacesAnyFile: force)
            let writer = try FileWriter(path: output)
            let count = try write(library, filter, named, as: format) { text in writer.write(text) }
            try writer.finish()
            return CommandResult(
                report: ExportReport(output: output, format: format.name, papers: count),
                summary: "Wrote \(count) \(count == 1 ? "paper" : "papers") to \(output).", remarks: unknown,
                status: count == 0 ? .nothingFound : .done)
        }
        guard try !library.papers(matching: filter, limit: 1).isEmpty else {
            return CommandResult(
                report: ExportReport(output: "", format: format.name, papers: 0),
                remarks: unknown.isEmpty ? ["No paper found."] : unknown, status: .nothingFound)
        }
        return CommandResult(
            report: ExportReport(output: "", format: format.name, papers: 0),
            stream: { _ in
                _ = try write(library, filter, named, as: format) { text in StandardOutput.write(text) }
            }, remarks: unknown)
    }

    /// What a question finds, best first.
    ///
    /// - Throws: `ValidationError` for a question that does not parse: what is written has to be what was meant.
    private func answer(to text: String, _ filter: PaperFilter, in library: Library) throws -> SearchAnswer {
        let text = try QuestionWords([text]).text(in: library)
        let isListing = (try? QueryExpression(parsing: text))?.rankingText.isEmpty ?? false
        var options = SearchOptions(k: k ?? (isListing ? .max : Self.foundPapers), filter: filter)
        options.foldsDuplicates = false
        let answer = try library.search(asking: text, options: options)
        if let error = answer.syntaxError { throw ValidationError("Cannot read the question of --search: \(error)") }
        return answer
    }

    /// The papers of a question, unless a number is given.
    private static let foundPapers = 10

    /// Writes the papers piece by piece, those that were named in their order.
    ///
    /// - Returns: Their number.
    private func write(
        _ library: Library, _ filter: PaperFilter, _ named: [Paper], as format: ExportFormat,
        to write: (String) -> Void
    ) throws -> Int {
        var exporter = format.exporter()
        var count = 0
        func append(_ papers: [Paper]) {
            for paper in papers {
                if count > 0 { write(exporter.separator) }
                write(exporter.record(for: paper))
                count += 1
            }
        }
        write(exporter.header)
        if named.isEmpty {
            try library.forEachPaper(matching: filter) { papers in
                append(papers)
                return StandardOutput.isOpen
            }
        } else {
            append(named)
        }
        write(exporter.footer)
        return count
    }

    private func result(
        of library: Library, _ filter: PaperFilter, _ path: String, _ remarks: [String]
    ) throws -> CommandResult<ExportReport> {
        var file: PaperVectorFile?
        var failure: (any Error)?
        try library.forEachVector(in: space, matching: filter) { id, vector in
            do {
                if file == nil {
                    file = try PaperVectorFile(path: path, dimensions: vector.dimensions, replacesFiles: force)
                }
                try file?.append(id, vector)
            } catch {
                failure = error
            }
            return failure == nil
        }
        if let failure { throw failure }
        guard let file else {
            return CommandResult(
                report: ExportReport(
                    output: path, format: (VectorFileFormat(endingOf: path) ?? .npy).rawValue, papers: 0),
                remarks: remarks.isEmpty ? ["No paper has a vector in the space '\(space)'."] : remarks,
                status: .nothingFound)
        }
        try file.finish()
        return CommandResult(
            report: ExportReport(output: path, format: file.format, papers: file.ids.count), summary: file.summary,
            remarks: remarks)
    }
}
