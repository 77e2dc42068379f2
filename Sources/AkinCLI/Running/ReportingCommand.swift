import AkinReports
import ArgumentParser
import Foundation

/// A subcommand that does its work and returns a report.
///
/// A command decides what it found and how that reads. ``run()`` decides where it goes: it prints the report as JSON or
/// as text, keeps quiet where it should, and ends the command with its status.
protocol ReportingCommand: ParsableCommand {
    /// What the command prints under `--json`.
    associatedtype Report: Encodable

    /// The flags that every command has.
    var options: LibraryOptions { get }

    /// Whether the command does its work even if nobody gets its report, as one that changes a library does.
    var isDoneWithoutOutput: Bool { get }

    /// Does the work.
    ///
    /// - Parameter console: Where the command shows its progress, and tells what cannot wait for the report.
    /// - Returns: The report, as data and as text.
    /// - Throws: Whatever ends the command with status 2.
    func result(_ console: Console) throws -> CommandResult<Report>
}

extension ReportingCommand {
    /// `false`: the report is what the command is for.
    var isDoneWithoutOutput: Bool { false }

    /// Runs the command and prints its report.
    ///
    /// - Throws: The error of the command, or an `ExitCode` other than 0.
    mutating func run() throws {
        let result = try result(Console(options))
        if !options.json, !options.noPager, Terminal.isInteractive, let rows = Terminal.height,
            let pager = Pager.command
        {
            StandardOutput.page(through: pager, rows: rows, columns: Terminal.width)
        }
        if let stream = result.stream {
            try stream(options.json)
        } else if options.json {
            StandardOutput.write(try encodedJSON(result.report))
            StandardOutput.write("\n")
        } else {
            let lines = result.text()
            if !lines.isEmpty { Terminal.print(lines.joined(separator: "\n")) }
        }
        if !options.json {
            if let summary = result.summary, !options.quiet { Terminal.print(oneLine(summary)) }
            for remark in result.remarks where !options.quiet { Terminal.note(remark) }
        }
        for failure in result.failures { Terminal.note("akin: \(oneLine(failure))") }
        if result.status != .done { throw ExitCode(result.status.rawValue) }
    }
}

/// What a command found, as data and as text.
struct CommandResult<Report: Encodable> {
    /// The object that `--json` prints.
    var report: Report
    /// The lines on standard output.
    var text: () -> [String] = { [] }
    /// Prints what is too long for ``report`` and ``text``, piece by piece, as JSON or as text.
    var stream: ((_ isJSON: Bool) throws -> Void)?
    /// A last line on standard output, which `--quiet` leaves out.
    var summary: String?
    /// Remarks on standard error. `--quiet` leaves them out, and so does `--json`, whose object says the same.
    var remarks: [String] = []
    /// What did not work although the command went on; always on standard error.
    var failures: [String] = []
    /// The status to end with.
    var status = CommandStatus.done
}

/// The status that a command ends with.
enum CommandStatus: Int32 {
    /// The command found what it looked for, or did its work.
    case done = 0
    /// The command found nothing.
    case nothingFound = 1
    /// The command failed, did only a part of its work, or was used wrongly.
    case failed = 2
}
