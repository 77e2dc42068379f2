import Akin
import AkinReports
import ArgumentParser
import Foundation
import PaperFormats
import Papers

/// `akin train FILE… --output MODEL`
struct TrainCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Fit a vector space on the papers of files, for libraries to start from.",
        discussion: """
            A library of few papers finds more with a vector space that was fitted on many papers of its field. Akin \
            brings such a space for language and learning. This command makes one for another field. The file holds \
            single words and numbers, and no other text of the papers.

            EXAMPLES
              akin train field.jsonl --min-papers 5 --output field.lsa
              akin add --model field.lsa few.jsonl
            """
    )

    @Argument(help: ArgumentHelp("The files, or folders of files.", valueName: "file"))
    var files: [String]

    @Option(name: [.short, .long], help: "The file to write.")
    var output: String

    @Option(help: "The most dimensions of the space.")
    var rank = ModelTraining().rank

    @Option(help: "The least number of papers with a word that the space learns.")
    var minPapers = ModelTraining().minimumPaperCount

    @Flag(help: "Write each number of the vectors in 32 bits instead of 8. The file is four times as large.")
    var full = false

    @Flag(help: "Replace an existing file even if it is no model. The files that are read are never replaced.")
    var force = false

    @Option(help: "The format of the files. Default: told from their names and first lines.")
    var format = ImportFormat.auto

    @OptionGroup var options: LibraryOptions

    var isDoneWithoutOutput: Bool { true }

    func validate() throws {
        try checkOutput(output, apartFrom: files)
    }

    func result(_ console: Console) throws -> CommandResult<TrainingReport> {
        let training = ModelTraining(rank: rank, minimumPaperCount: minPapers, isCoded: !full)
        let (trained, elapsed) = try timed {
            try console.showingProgress { progress in
                try training.train(
                    on: PaperFiles(files, options: ImportOptions(format: format, threads: options.threads)),
                    writing: output, replacesAnyFile: force, threads: options.threads, progress: progress)
            }
        }
        for line in named(
            trained.skipped.map { oneLine("skipped \($0)") }, further: trained.furtherSkippedCount,
            rest: "more skipped records")
        {
            console.remark(line)
        }
        let bytes = try FileManager.default.attributesOfItem(atPath: output)[.size] as? Int ?? 0
        let seconds = String(format: "%.1f", elapsed / .seconds(1))
        let size = ByteCountFormatter.string(fromByteCount: Int64(bytes), countStyle: .file)
        return CommandResult(
            report: TrainingReport(trained, output: output, bytes: bytes),
            summary: "Fitted \(trained.rank) dimensions on \(trained.paperCount) papers in \(seconds) s: \(output), "
                + "\(size), \(trained.termCount) words.",
            failures: trained.failedFiles.map(\.message),
            status: trained.failedFiles.isEmpty ? .done : .failed
        )
    }
}
