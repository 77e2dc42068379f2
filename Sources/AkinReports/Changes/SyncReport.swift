package import Akin
import Papers

/// What reading changed sources again did.
package struct SyncReport: Codable, Hashable, Sendable {
    /// A paper whose record its source no longer has.
    package struct Missing: Codable, Hashable, Sendable {
        /// The id of the record.
        package var id: String
        /// The title of the paper.
        package var title: String

        /// Names a paper.
        package init(id: String, title: String) {
            self.id = id
            self.title = title
        }
    }

    /// A source of papers.
    package struct Source: Codable, Hashable, Sendable {
        /// What became of a source.
        package enum Status: String, Codable, Hashable, Sendable {
            /// It is as it was when it was read.
            case unchanged
            /// It was read again.
            case read
            /// Nothing is there any more. Its papers stay.
            case gone
            /// It cannot be read.
            case failed
            /// It was not read from a file, so that only its own program can read it again.
            case foreign
        }

        /// The path of the file or folder.
        package var name: String
        package var status: Status
        /// The papers that came; absent if the source was not read.
        package var added: Int?
        /// The papers that changed; absent if the source was not read.
        package var updated: Int?
        /// The ids of records that the source no longer has. Their papers stay until they are removed.
        package var missing: [Missing]
        /// Why it could not be read.
        package var message: String?

        /// Reports a source that was not read.
        package init(_ source: LibrarySource, _ status: Status) {
            name = source.name
            self.status = status
            missing = source.missing.map { Missing(id: $0, title: "") }
        }

        /// Reports a source that was read.
        package init(_ source: LibrarySource, _ report: AddReport) {
            name = source.name
            added = report.added
            updated = report.updated
            missing = report.missing.filter { $0.source == source.name }.map { Missing(id: $0.id, title: "") }
            message = report.failedFiles.first?.message
            status = report.failedFiles.isEmpty ? .read : .failed
        }
    }

    /// The sources of the library.
    package var sources: [Source]
    /// The ids of the papers that were removed because their sources no longer have them.
    package var removed: [String]
    /// Whether nothing was changed; absent otherwise.
    package var dryRun: Bool?

    /// Reports sources, and what was removed.
    package init(_ sources: [Source], removed: [String] = [], isDryRun: Bool = false) {
        if isDryRun { dryRun = true }
        self.sources = sources
        self.removed = removed
    }
}
