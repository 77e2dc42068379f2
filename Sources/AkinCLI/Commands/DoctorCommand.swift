import Akin
import AkinReports
import ArgumentParser

/// `akin doctor`
struct DoctorCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check every byte of the library, and rebuild what is damaged.",
        discussion: """
            Without --repair nothing is changed. --repair rebuilds the indexes and the vector space from the stored \
            papers. A paper whose own record is damaged is named and removed from the library. A copy of the damaged \
            store is kept as papers.sqlite.damaged.

            A library in a database is compared with what was written: tables, indexes, papers, words, vectors and \
            counts. What is wrong there is mended by publishing the library again, or by pulling it, repairing the \
            folder, and publishing that.

            EXAMPLES
              akin doctor
              akin doctor --repair
            """
    )

    @Flag(help: "Rebuild what can be rebuilt.")
    var repair = false

    @OptionGroup var waiting: WaitingOptions

    @OptionGroup var options: LibraryOptions

    var isDoneWithoutOutput: Bool { repair }

    func result(_ console: Console) throws -> CommandResult<DoctorReport> {
        let path = options.shownPath
        let integrity =
            if repair {
                try Library.repair(
                    at: options.folderPath(), threads: options.threads, waiting: waiting.waiting(console))
            } else if options.isAddress {
                try options.open().checkIntegrity()
            } else {
                try Library.checkIntegrity(at: path)
            }
        let isDone = repair ? integrity.lostPapers.isEmpty : integrity.isHealthy
        let remark =
            if integrity.isHealthy {
                "\(path) is sound: \(integrity.paperCount) papers."
            } else if integrity.isRepaired {
                "Rebuilt. \(path) holds \(integrity.paperCount) papers."
            } else if integrity.hasUnknownParts {
                "Use the version of Akin that wrote the library. "
                    + "A repair by this one would leave out what it does not know."
            } else if options.isAddress {
                "Publish it again with \(SuggestedCommand("publish", "--to", path, library: nil))."
            } else {
                "Rebuild it with \(SuggestedCommand("doctor", "--repair", library: options.folder))."
            }
        return CommandResult(
            report: DoctorReport(integrity),
            text: {
                (integrity.findings + integrity.lostPapers.map { "\(repair ? "lost" : "damaged"): \($0)" }).map(oneLine)
            },
            remarks: [remark],
            status: isDone ? .done : .failed
        )
    }
}
