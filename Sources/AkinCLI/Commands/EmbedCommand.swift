import Akin
import AkinReports
import ArgumentParser
import PaperFormats
import Papers
import TextEncoding

/// `akin embed FILE… --output VECTORS`
struct EmbedCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "embed",
        abstract: "Turn papers of files into vectors, without adding them to a library.",
        discussion: """
            The vectors are those of the library's own space, or of a model that akin train wrote. They go to a NumPy \
            file (.npy) of 32-bit floats with a row for each paper, in the order of the files, and the ids of the \
            papers to a text file beside it that ends in .ids, one a line. A paper of no known word has a row of \
            zeros. - reads standard input.

            EXAMPLES
              akin embed more.jsonl --output more.npy
              akin embed --model field.lsa --output field.npy - < papers.jsonl
            """
    )

    @Argument(help: ArgumentHelp("The files, or folders of files.", valueName: "file"))
    var files: [String]

    @Option(name: [.short, .long], help: "The file to write.")
    var output: String

    @Option(help: ArgumentHelp("A model that akin train wrote. Default: the library's own.", valueName: "file"))
    var model: String?

    @Flag(help: "Replace an existing file. The files that are read are never replaced.")
    var force = false

    @Option(help: "The format of the files. Default: told from their content.")
    var format = ImportFormat.auto

    @OptionGroup var options: LibraryOptions

    var isDoneWithoutOutput: Bool { true }

    func result(_ console: Console) throws -> CommandResult<VectorFileReport> {
        let encoder =
            try model.map { path throws(AkinError) in try PaperEncoder(modelAt: path) } ?? options.open().encoder()
        var vectors = VectorFile(path: output, columnCount: encoder.identity.dimensions)
        try vectors.checkPaths(replacesFiles: force, inputs: files + [model].compactMap(\.self))
        let source = PaperFiles(
            files, options: ImportOptions(format: format, keepsEmptyPapers: true, threads: options.threads))
        var report = AddReport()
        while let batch = source.nextBatch() {
            report.enterProblems(of: batch)
            for (paper, vector) in zip(batch.papers, try encoder.embed(batch.papers, threads: options.threads)) {
                vectors.append(paper.id, vector)
            }
        }
        if vectors.ids.isEmpty {
            throw AkinError(
                .unreadableInput, report.failedFiles.first?.message ?? "The files hold no paper.",
                remedy: .chooseOtherFiles)
        }
        try vectors.write()
        let skipped = named(
            report.skipped.map { oneLine("skipped \($0)") }, further: report.furtherSkippedCount,
            rest: "more skipped records")
        return CommandResult(
            report: vectors.report, summary: vectors.summary, remarks: skipped,
            failures: report.failedFiles.map(\.message), status: report.failedFiles.isEmpty ? .done : .failed)
    }
}
