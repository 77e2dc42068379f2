/// The papers that were removed.
package struct RemovalReport: Codable, Hashable, Sendable {
    /// Their ids.
    package var removed: [String]

    package init(removed: [String]) {
        self.removed = removed
    }
}
