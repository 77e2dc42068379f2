import Akin
import ArgumentParser
import Foundation
import PaperFormats
import Papers

/// `akin train FILE… --output MODEL`
struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Fit a vector space on the papers of files, for libraries to start from.",
        discussion: """
            A library of few papers is served better by a space that was fitted on many of its field than by one of its own. \
            Akin brings one along for language and learning; this makes one for another field. The file holds single words \
            and numbers, and no other text of the papers.

            EXAMPLES
              akin train field.jsonl --min-papers 5 --output field.lsa
              akin add --model field.lsa few.jsonl
            """
    )

    @Argument(help: ArgumentHelp("The files, or folders of files.", valueName: "file"))
    var files: [String]

    @Option(name: [.short, .long], help: "The file to write.")
    var output: String

    @Option(help: "The dimensions of the space, at most.")
    var rank = ModelTraining().rank

    @Option(help: "The papers that a word must occur in to be known.")
    var minPapers = ModelTraining().minimumPaperCount

    @Flag(help: "Write the vectors in 32 bits a number instead of 8: four times the size.")
    var full = false

    @Option(help: "What the files are; by default told from their names and first lines.")
    var format = ImportFormat.auto

    @OptionGroup var options: LibraryOptions

    func run() throws {
        let bar = ProgressBar(isWanted: !options.quiet && !options.json)
        let clock = ContinuousClock()
        let start = clock.now
        let training = ModelTraining(rank: rank, minimumPaperCount: minPapers, isCoded: !full)
        let report: ModelTraining.Report
        do {
            defer { bar.finish() }
            report = try training.train(
                on: PaperFiles(files, options: ImportOptions(format: format, threads: options.threads)),
                writing: output, threads: options.threads, progress: bar.show)
        }
        let bytes = try FileManager.default.attributesOfItem(atPath: output)[.size] as? Int ?? 0
        if options.json {
            JSONOutput.write(Report(report, output: output, bytes: bytes))
        } else if !options.quiet {
            let seconds = String(format: "%.1f", (clock.now - start) / .seconds(1))
            let size = ByteCountFormatter.string(fromByteCount: Int64(bytes), countStyle: .file)
            print(
                "Fitted \(report.rank) dimensions on \(report.paperCount) papers in \(seconds) s: \(output), \(size), "
                    + "\(report.termCount) words."
            )
        }
        options.remark(skipped: report.skipped)
        for failure in report.failedFiles { Terminal.note("akin: \(failure.message)") }
        if !report.failedFiles.isEmpty { throw CommandFailure.failed }
    }

    private struct Report: Encodable {
        var output: String
        var papers: Int
        var duplicates: Int
        var skipped: Int
        var terms: Int
        var rank: Int
        var bytes: Int

        init(_ report: ModelTraining.Report, output: String, bytes: Int) {
            self.output = output
            papers = report.paperCount
            duplicates = report.duplicateCount
            skipped = report.skipped.count
            terms = report.termCount
            rank = report.rank
            self.bytes = bytes
        }
    }
}
