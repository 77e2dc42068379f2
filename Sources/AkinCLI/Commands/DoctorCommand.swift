import Akin
import ArgumentParser

/// `akin doctor`
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check every byte of the library, and rebuild what is damaged.",
        discussion: """
            Without --repair nothing is changed. --repair rebuilds the indexes and the vector space from the stored \
            papers. A paper whose own record is damaged is named and leaves the library; a copy of the damaged store is \
            kept as papers.sqlite.damaged.
            """
    )

    @Flag(help: "Rebuild what can be rebuilt.")
    var repair = false

    @OptionGroup var options: LibraryOptions

    func run() throws {
        let examination =
            repair
            ? try Library.repair(at: options.path, threads: options.threads)
            : try Library.examine(at: options.path)
        if options.json {
            JSONOutput.write(
                Report(
                    healthy: examination.isHealthy || examination.isRepaired, findings: examination.findings,
                    repaired: examination.isRepaired, lostPapers: examination.lostPapers
                )
            )
        } else {
            examination.findings.forEach { print($0) }
            for paper in examination.lostPapers { print("\(repair ? "lost" : "damaged"): \(paper)") }
            if examination.isHealthy {
                options.remark("\(options.path) is sound: \(examination.paperCount) papers.")
            } else if examination.isRepaired {
                options.remark("Rebuilt. \(options.path) holds \(examination.paperCount) papers.")
            } else {
                options.remark("Rebuild it with `akin doctor --repair`.")
            }
        }
        let isDone = repair ? examination.lostPapers.isEmpty : examination.isHealthy
        if !isDone { throw CommandFailure.failed }
    }

    private struct Report: Encodable {
        var healthy: Bool
        var findings: [String]
        var repaired: Bool
        var lostPapers: [String]
    }
}
