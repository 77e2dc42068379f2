package import Akin
import Papers

/// What adding the papers of files did.
package struct AdditionReport: Codable, Hashable, Sendable {
    /// A record of a file, and what is to be said of it.
    package struct Record: Codable, Hashable, Sendable {
        package var file: String
        /// The line on which the record begins, from 1.
        package var line: Int
        package var reason: String
    }

    /// A record that a file no longer has. Its paper stays.
    package struct Missing: Codable, Hashable, Sendable {
        /// The path of the file.
        package var source: String
        /// The id of the record.
        package var id: String
    }

    /// A record that joined a paper of another id.
    package struct Joining: Codable, Hashable, Sendable {
        /// The id of the record.
        package var record: String
        /// The id of the paper.
        package var paper: String
        /// The identifier that both have; `nil` if their titles, and their authors or abstracts, told.
        package var identifier: String?
    }

    /// Whether nothing was changed; absent otherwise.
    package var dryRun: Bool?
    /// The papers that the library did not have.
    package var added: Int
    /// The papers that it had with other content.
    package var updated: Int
    /// The papers that it had with the same content.
    package var unchanged: Int
    /// The papers that have one of the given vectors now; absent if no vectors were given.
    package var withVector: Int?
    /// The records that joined a paper which their own id did not lead to.
    package var joined: [Joining]
    /// The records that a file had when it was read before, and no longer has; absent if there are none.
    package var missing: [Missing]?
    /// The records that are no papers, a thousand at most.
    package var skipped: [Record]
    /// How many more records are no papers; absent if there are none.
    package var furtherSkipped: Int?
    /// The records that lost a part, such as a year that is none, a thousand at most.
    package var notes: [Record]
    /// How many more records lost a part; absent if there are none.
    package var furtherNotes: Int?
    /// The files that could not be read, or hold no paper.
    package var failed: [FailedFile]

    /// Reports an addition.
    ///
    /// - Parameters:
    ///   - report: What was added.
    ///   - isDryRun: Whether nothing was added in truth.
    package init(_ report: AddReport, isDryRun: Bool = false) {
        if isDryRun { dryRun = true }
        if !report.missing.isEmpty { missing = report.missing.map { Missing(source: $0.source, id: $0.id) } }
        added = report.added
        updated = report.updated
        unchanged = report.unchanged
        if report.vectorCount > 0 { withVector = report.vectorCount }
        joined = report.joined.map { record in
            let identifier: String? = if case .identifier(let id) = record.reason { id } else { nil }
            return Joining(record: record.record, paper: record.paper, identifier: identifier)
        }
        skipped = report.skipped.map { Record(file: $0.file, line: $0.line, reason: $0.reason) }
        notes = report.notes.map { Record(file: $0.file, line: $0.line, reason: $0.message) }
        if report.furtherSkippedCount > 0 { furtherSkipped = report.furtherSkippedCount }
        if report.furtherNoteCount > 0 { furtherNotes = report.furtherNoteCount }
        failed = report.failedFiles.map { FailedFile(file: $0.file, message: $0.message) }
    }
}

/// A file that could not be read, or holds no paper.
package struct FailedFile: Codable, Hashable, Sendable {
    package var file: String
    package var message: String
}
