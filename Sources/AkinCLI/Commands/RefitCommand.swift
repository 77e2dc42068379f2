import Akin
import AkinReports
import ArgumentParser

/// `akin refit`
struct RefitCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "refit",
        abstract: "Fit the vector space anew on all papers of the library.",
        discussion: """
            `akin add` does so by itself when the library has grown by a tenth since the last fit, or has drifted. \
            `akin info` shows the drift. The library answers questions meanwhile, and changes in one step.

            EXAMPLES
              akin refit
              akin refit --model own --rank 128
            """
    )

    @OptionGroup var model: ModelOptions

    @OptionGroup var waiting: WaitingOptions

    @OptionGroup var options: LibraryOptions

    var isDoneWithoutOutput: Bool { true }

    func result(_ console: Console) throws -> CommandResult<RefitReport> {
        let ((library, paperCount), elapsed) = try timed {
            let library = try options.open(waiting: waiting.waiting(console))
            let paperCount = try console.showingProgress { progress in
                try library.refit(
                    model: model.source, rank: model.rank, threads: options.threads, progress: progress)
            }
            return (library, paperCount)
        }
        return CommandResult(
            report: RefitReport(paperCount: paperCount, info: try library.info()),
            summary: "The space of \(options.path) was fitted on \(paperCount) papers in \(roundedSeconds(elapsed)) s."
        )
    }
}
