import Akin
import ArgumentParser
import Papers

extension LibraryOptions {
    /// Names the first records that were no papers, and counts the rest.
    func remark(skipped: [SkippedRecord], rest: String = "") {
        for skip in skipped.prefix(AddOutput.namedSkips) { remark("skipped \(skip)") }
        if skipped.count > AddOutput.namedSkips {
            remark("and \(skipped.count - AddOutput.namedSkips) more skipped records" + rest)
        }
    }
}

/// What an `add` did, for people and under `--json`.
struct AddOutput {
    /// The skipped records that are named on a terminal before the rest is counted.
    static let namedSkips = 10

    var report: AddReport
    var library: String
    var elapsed: Duration

    /// Prints the report, and ends the command with status 2 if a file was of no use.
    func write(_ options: LibraryOptions) throws {
        if options.json {
            JSONOutput.write(
                JSONReport(
                    added: report.added, updated: report.updated, unchanged: report.unchanged,
                    skipped: report.skipped.map { .init(file: $0.file, line: $0.line, reason: $0.reason) },
                    notes: report.notes.map { .init(file: $0.file, line: $0.line, reason: $0.message) },
                    failed: report.failedFiles.map { .init(file: $0.file, message: $0.message) }
                )
            )
        } else if !options.quiet {
            print(summary)
        }
        options.remark(skipped: report.skipped, rest: "; --json lists them all")
        for note in report.notes.prefix(Self.namedSkips) { options.remark("note \(note)") }
        if report.notes.count > Self.namedSkips {
            options.remark("and \(report.notes.count - Self.namedSkips) more notes; --json lists them all")
        }
        for failure in report.failedFiles { Terminal.note("akin: \(failure.message)") }
        if !report.failedFiles.isEmpty { throw CommandFailure.failed }
    }

    private var summary: String {
        var parts = ["\(report.added) \(report.added == 1 ? "paper" : "papers") added"]
        if report.updated > 0 { parts.append("\(report.updated) updated") }
        if report.unchanged > 0 { parts.append("\(report.unchanged) unchanged") }
        if !report.skipped.isEmpty { parts.append("\(report.skipped.count) skipped") }
        let seconds = (elapsed / .milliseconds(1) / 10).rounded() / 100
        return parts.joined(separator: ", ") + " in \(seconds) s. \(library) holds \(report.paperCount)."
    }

    private struct JSONReport: Encodable {
        struct Skip: Encodable {
            var file: String
            var line: Int
            var reason: String
        }
        struct Failure: Encodable {
            var file: String
            var message: String
        }
        var added: Int
        var updated: Int
        var unchanged: Int
        var skipped: [Skip]
        var notes: [Skip]
        var failed: [Failure]
    }
}
