/// The name of a vector space of a library. A library may have several side by side.
package struct SpaceName: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The space that the library learned from its papers. It is the only one so far.
    package static let latentSemantics = Self(rawValue: "lsa")
}

/// A unit vector of a named space.
package struct SpaceVector: Hashable, Sendable {
    package var space: SpaceName
    package var components: [Float]

    package init(_ components: [Float], in space: SpaceName = .latentSemantics) {
        self.space = space
        self.components = components
    }
}
