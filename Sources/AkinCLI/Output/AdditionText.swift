import Akin
import AkinReports
import Papers

extension AddReport {
    /// What was added, as a command's result. A file that could not be read ends it with status 2.
    ///
    /// - Parameters:
    ///   - library: The library's folder.
    ///   - elapsed: How long it took.
    ///   - isDryRun: Whether nothing was added in truth.
    /// - Returns: The result.
    func result(library: String, elapsed: Duration, isDryRun: Bool = false) -> CommandResult<AdditionReport> {
        CommandResult(
            report: AdditionReport(self, isDryRun: isDryRun),
            summary: isDryRun ? "Dry run, nothing was changed. It would be: \(changes)." : summary(library, elapsed),
            remarks: missingRemarks
                + named(joined.map { oneLine($0.remark) }, rest: "more such records; --json lists them all")
                + named(
                    skipped.map { oneLine("skipped \($0)") }, further: furtherSkippedCount,
                    rest:
                        "more skipped records; --json lists \(furtherSkippedCount > 0 ? "the first 1,000" : "them all")"
                )
                + named(
                    notes.map { oneLine("note \($0)") }, further: furtherNoteCount,
                    rest: "more notes; --json lists \(furtherNoteCount > 0 ? "the first 1,000" : "them all")"),
            failures: failedFiles.map(\.message),
            status: failedFiles.isEmpty ? .done : .failed
        )
    }

    private var missingRemarks: [String] {
        let counts = Dictionary(grouping: missing, by: \.source).sorted { $0.key < $1.key }
        return counts.map { source, records in
            "\(records.count) record(s) that '\(oneLine(source))' had before are missing from it; akin sync lists them."
        }
    }

    private func summary(_ library: String, _ elapsed: Duration) -> String {
        let state = paperCount == 0 ? "\(library) holds no paper." : "\(library) holds \(paperCount)."
        return "\(changes) in \(roundedSeconds(elapsed)) s. \(state)"
    }

    private var changes: String {
        var parts = ["\(added) \(added == 1 ? "paper" : "papers") added"]
        if updated > 0 { parts.append("\(updated) updated") }
        if unchanged > 0 { parts.append("\(unchanged) unchanged") }
        if vectorCount > 0 { parts.append("\(vectorCount) with a vector") }
        if !skipped.isEmpty { parts.append("\(skipped.count + furtherSkippedCount) skipped") }
        return parts.joined(separator: ", ")
    }
}

extension JoinedRecord {
    /// The record and the paper, as a remark.
    fileprivate var remark: String {
        switch reason {
        case .identifier(let id): "record '\(record)' is of paper '\(paper)': both have '\(id)'"
        case .citationKey:
            "record '\(record)' is of paper '\(paper)': same citation key and first author, and much the same title"
        case .title: "record '\(record)' is of paper '\(paper)': same title, and same first author or abstract"
        }
    }
}

/// The first twenty lines, and one that counts the others.
///
/// - Parameters:
///   - lines: The lines.
///   - further: How many more there are than these.
///   - rest: What the others are.
/// - Returns: At most 21 lines.
func named(_ lines: [String], further: Int = 0, rest: String) -> [String] {
    let shown = lines.prefix(20)
    let others = lines.count + further - shown.count
    return others > 0 ? shown + ["and \(others) \(rest)"] : Array(shown)
}

/// A duration in seconds, with at most two places.
func roundedSeconds(_ duration: Duration) -> Double {
    (duration / .milliseconds(1) / 10).rounded() / 100
}
