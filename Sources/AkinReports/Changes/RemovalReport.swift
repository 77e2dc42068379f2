/// The papers that were removed, or the vector space.
package struct RemovalReport: Codable, Hashable, Sendable {
    /// Their ids.
    package var removed: [String]
    /// The name of the vector space; absent where papers were removed.
    package var removedSpace: String?

    package init(removed: [String], removedSpace: String? = nil) {
        self.removed = removed
        self.removedSpace = removedSpace
    }
}
