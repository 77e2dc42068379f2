package import Akin
import Papers

/// The papers that a person's edits changed.
package struct EditReport: Codable, Hashable, Sendable {
    /// Their ids.
    package var changed: [String]
    /// How many papers were as the edits make them.
    package var unchanged: Int

    package init(changed: [String], unchanged: Int) {
        self.changed = changed
        self.unchanged = unchanged
    }
}

/// The values of a field of a library.
package struct FieldValuesReport: Codable, Hashable, Sendable {
    /// A value.
    package struct Value: Codable, Hashable, Sendable {
        package var value: String
        package var papers: Int
    }

    /// The name of the field, such as `tag`.
    package var field: String
    /// Its values, the one with most papers first.
    package var values: [Value]

    package init(field: String, values: [(value: String, paperCount: Int)]) {
        self.field = field
        self.values = values.map { Value(value: $0.value, papers: $0.paperCount) }
    }
}

/// What `akin undo` took back, or may take back.
package struct UndoneReport: Codable, Hashable, Sendable {
    /// A change of the library.
    package struct Change: Codable, Hashable, Sendable {
        /// What was done.
        package var name: String
        /// When, in seconds since 1970.
        package var time: Int
        /// How many papers it stored, altered ones included.
        package var stored: Int
        /// How many papers it removed or altered.
        package var former: Int
        /// Some of the papers, three at most.
        package var papers: [Paper]

        /// A paper of a change.
        package struct Paper: Codable, Hashable, Sendable {
            package var id: String
            package var title: String
        }

        package init(_ change: LibraryPastChange) {
            name = change.name
            time = change.time
            stored = change.storedCount
            former = change.formerCount
            papers = change.papers.map { Paper(id: $0.id, title: $0.title) }
        }
    }

    /// The change that was taken back; absent if none was.
    package var undone: Change?
    /// The ids of papers that are gone.
    package var removed: [String]
    /// The ids of papers that are as they were.
    package var restored: [String]
    /// The changes that can be taken back next, the last one first.
    package var left: [Change]

    package init(_ report: UndoReport?, left: [LibraryPastChange]) {
        undone = report.map { Change($0.change) }
        removed = report?.removed.map(\.id) ?? []
        restored = report?.restored.map(\.id) ?? []
        self.left = left.map(Change.init)
    }
}
