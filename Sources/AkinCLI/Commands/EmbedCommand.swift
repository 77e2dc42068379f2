import Akin
import AkinReports
import ArgumentParser
import LibraryEncoders
import PaperFormats
import Papers
import SentenceEncoder
import TextEncoding

/// `akin embed FILE… --output VECTORS`
struct EmbedCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "embed",
        abstract: "Turn papers of files into vectors, without adding them to a library.",
        discussion: """
            The vectors are those of the library's own space, of a model that akin train wrote, or of a sentence \
            encoder in a folder. They go to a file of 32-bit floats with a row for each paper, in the \
            order of the files: .fvecs if its name ends so, and else NumPy's .npy. The ids of the papers go to a text \
            file beside it that ends in .ids, one a line. A paper of no known word has a row of zeros. - reads \
            standard input.

            EXAMPLES
              akin embed more.jsonl --output more.npy
              akin embed --model field.lsa --output field.npy - < papers.jsonl
              akin embed --encoder models/all-MiniLM-L6-v2 --output encoded.npy papers.jsonl
            """
    )

    @Argument(help: ArgumentHelp("The files, or folders of files.", valueName: "file"))
    var files: [String]

    @Option(name: [.short, .long], help: "The file to write.")
    var output: String

    @Option(help: ArgumentHelp("A model that akin train wrote. Default: the library's own.", valueName: "file"))
    var model: String?

    @OptionGroup var encoder: EncoderOptions

    @Flag(help: "Encode the texts as questions, with what the encoder wants before these.")
    var asQuestions = false

    @Flag(help: "Replace an existing file. The files that are read are never replaced.")
    var force = false

    @Option(help: "The format of the files. Default: told from their content.")
    var format = ImportFormat.auto

    @OptionGroup var options: LibraryOptions

    var isDoneWithoutOutput: Bool { true }

    func validate() throws {
        if encoder.encoder != nil, model != nil { throw ValidationError("Give --model or --encoder, not both.") }
        if encoder.encoder == nil, asQuestions {
            throw ValidationError("--as-questions is for an --encoder; other vectors know no difference.")
        }
    }

    /// What makes vectors of papers, and the number of their components.
    private func embedding() throws -> (dimensions: Int, embed: ([Paper]) throws -> [Embedding]) {
        let threads = options.threads
        if let given = encoder.given {
            let encoder = try OpenModels(threads: threads).encoder(of: given)
            let role: TextRole = asQuestions ? .query : .document
            return (encoder.identity.dimensions, { try encoder.encode($0.map(\.text), as: role) })
        }
        let encoder =
            try model.map { path throws(AkinError) in try PaperEncoder(modelAt: path) } ?? options.open().encoder()
        return (encoder.identity.dimensions, { try encoder.embed($0, threads: threads) })
    }

    func result(_ console: Console) throws -> CommandResult<VectorFileReport> {
        let (dimensions, embed) = try embedding()
        var vectors = try PaperVectorFile(
            path: output, dimensions: dimensions, replacesFiles: force,
            inputs: files + [model].compactMap(\.self) + encoder.files)
        let source = PaperFiles(
            files, options: ImportOptions(format: format, keepsEmptyPapers: true, threads: options.threads))
        var report = AddReport()
        while let batch = source.nextBatch() {
            report.enterProblems(of: batch)
            for (paper, vector) in zip(batch.papers, try embed(batch.papers)) {
                try vectors.append(paper.id, vector)
            }
        }
        if vectors.ids.isEmpty {
            throw AkinError(
                .unreadableInput, report.failedFiles.first?.message ?? "The files hold no paper.",
                remedy: .chooseOtherFiles)
        }
        try vectors.finish()
        let skipped = named(
            report.skipped.map { oneLine("skipped \($0)") }, further: report.furtherSkippedCount,
            rest: "more skipped records")
        return CommandResult(
            report: vectors.report, summary: vectors.summary, remarks: skipped,
            failures: report.failedFiles.map(\.message), status: report.failedFiles.isEmpty ? .done : .failed)
    }
}
