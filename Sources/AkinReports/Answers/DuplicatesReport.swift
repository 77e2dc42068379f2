package import Akin
package import Papers

/// Papers that are probably one, or what became of them.
package struct DuplicatesReport: Codable, Hashable, Sendable {
    /// The groups; absent if papers were merged.
    package var groups: [[Paper]]?
    /// The papers that others were merged into; absent if none were.
    package var merged: [Paper]?

    /// Reports groups that were found.
    package init(groups: [DuplicateGroup]) {
        self.groups = groups.map(\.papers)
    }

    /// Reports papers that others were merged into.
    package init(merged: [Paper]) {
        self.merged = merged
    }
}
