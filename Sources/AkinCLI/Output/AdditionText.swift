import Akin
import AkinReports
import Papers

extension AddReport {
    /// What was added, as a command's result. A file that could not be read ends it with status 2.
    ///
    /// - Parameters:
    ///   - library: The library's folder.
    ///   - elapsed: How long it took.
    /// - Returns: The result.
    func result(library: String, elapsed: Duration) -> CommandResult<AdditionReport> {
        CommandResult(
            report: AdditionReport(self),
            summary: summary(library: library, elapsed: elapsed),
            remarks: named(joined.map(\.remark), rest: "more such records; --json lists them all")
                + named(skipped.map { "skipped \($0)" }, rest: "more skipped records; --json lists them all")
                + named(notes.map { "note \($0)" }, rest: "more notes; --json lists them all"),
            failures: failedFiles.map(\.message),
            status: failedFiles.isEmpty ? .done : .failed
        )
    }

    private func summary(library: String, elapsed: Duration) -> String {
        var parts = ["\(added) \(added == 1 ? "paper" : "papers") added"]
        if updated > 0 { parts.append("\(updated) updated") }
        if unchanged > 0 { parts.append("\(unchanged) unchanged") }
        if !skipped.isEmpty { parts.append("\(skipped.count) skipped") }
        let state = paperCount == 0 ? "\(library) holds no paper." : "\(library) holds \(paperCount)."
        return parts.joined(separator: ", ") + " in \(roundedSeconds(elapsed)) s. \(state)"
    }
}

extension JoinedRecord {
    /// The record and the paper, as a remark.
    fileprivate var remark: String {
        switch reason {
        case .identifier(let id): "record '\(record)' is of paper '\(paper)': both have '\(id)'"
        case .title: "record '\(record)' is of paper '\(paper)': same title, and same first author or abstract"
        }
    }
}

/// The first ten lines, and one that counts the others.
func named(_ lines: [String], rest: String) -> [String] {
    let shown = 10
    guard lines.count > shown else { return lines }
    return lines.prefix(shown) + ["and \(lines.count - shown) \(rest)"]
}

/// A duration in seconds, with at most two places.
func roundedSeconds(_ duration: Duration) -> Double {
    (duration / .milliseconds(1) / 10).rounded() / 100
}
