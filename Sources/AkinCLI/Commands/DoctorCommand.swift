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
        let report =
            repair
            ? try Library.repair(at: options.path, threads: options.threads)
            : try Library.checkIntegrity(at: options.path)
        if options.json {
            JSONOutput.write(
                Report(
                    healthy: report.isHealthy || report.isRepaired, findings: report.findings,
                    repaired: report.isRepaired, lostPapers: report.lostPapers
                )
            )
        } else {
            report.findings.forEach { print($0) }
            for paper in report.lostPapers { print("\(repair ? "lost" : "damaged"): \(paper)") }
            if report.isHealthy {
                options.remark("\(options.path) is sound: \(report.paperCount) papers.")
            } else if report.isRepaired {
                options.remark("Rebuilt. \(options.path) holds \(report.paperCount) papers.")
            } else {
                options.remark("Rebuild it with `akin doctor --repair`.")
            }
        }
        let isDone = repair ? report.lostPapers.isEmpty : report.isHealthy
        if !isDone { throw CommandFailure.failed }
    }

    private struct Report: Encodable {
        var healthy: Bool
        var findings: [String]
        var repaired: Bool
        var lostPapers: [String]
    }
}
