import Akin
import AkinPostgres
import AkinReports
import ArgumentParser

/// `akin pull`
struct PullCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull",
        abstract: "Make a library in a folder of one in a PostgreSQL database.",
        discussion: """
            The folder gets all papers with their tags, notes and vectors, and the space of the library in the \
            database: it answers as that does, offline. akin publish is the way back.

            EXAMPLES
              akin pull --from postgres://reader@db/papers --library papers
            """
    )

    @Option(help: ArgumentHelp("The database.", valueName: "address"))
    var from: String

    @OptionGroup var options: LibraryOptions

    var isDoneWithoutOutput: Bool { true }

    func validate() throws {
        guard Library.isAddress(from) else {
            throw ValidationError("--from takes an address such as postgres://HOST/DATABASE.")
        }
    }

    func result(_ console: Console) throws -> CommandResult<PullReport> {
        let path = try options.folderPath()
        let (report, elapsed) = try timed {
            try console.showingProgress { progress in
                let library = try Library.open(from, cache: options.dataFolder.cache)
                let count = try library.pull(toLibraryAt: path, threads: options.threads, progress: progress)
                return PullReport(library: path, database: Library.withoutPassword(from), papers: count)
            }
        }
        return CommandResult(
            report: report,
            summary: "Pulled \(report.papers) papers to \(report.library) in \(roundedSeconds(elapsed)) s."
        )
    }
}
