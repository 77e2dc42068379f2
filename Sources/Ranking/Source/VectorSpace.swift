/// The name of a vector space of a library. A library may have several side by side.
///
/// A name has 1 to 32 lowercase ASCII letters, digits and hyphens, and begins with a letter: it is a part of file names.
public struct SpaceName: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The name.
    public let rawValue: String

    /// Creates a name; `nil` if the text is none.
    public init?(rawValue: String) {
        let bytes = Array(rawValue.utf8)
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard (1...32).contains(bytes.count), letters.contains(bytes[0]),
            bytes.allSatisfy({ letters.contains($0) || digits.contains($0) || $0 == UInt8(ascii: "-") })
        else { return nil }
        self.rawValue = rawValue
    }

    private init(known rawValue: String) {
        self.rawValue = rawValue
    }

    /// The space that a library learns from its papers.
    public static let latentSemantics = Self(known: "lsa")

    /// The name.
    public var description: String { rawValue }

    /// Ascending by the names' bytes.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension SpaceName: ExpressibleByStringLiteral {
    /// Creates the name that a program writes.
    ///
    /// - Precondition: The text is a name.
    public init(stringLiteral text: String) {
        guard let name = Self(rawValue: text) else {
            preconditionFailure("'\(text)' is no name of a vector space: it has lowercase letters, digits and hyphens")
        }
        self = name
    }
}

/// A unit vector of a named space.
package struct SpaceVector: Hashable, Sendable {
    package var space: SpaceName
    package var components: [Float]

    package init(_ components: [Float], in space: SpaceName = .latentSemantics) {
        self.space = space
        self.components = components
    }

    /// The unit vector in the direction of `components`; `nil` if they point nowhere.
    package init?(normalizing components: [Float], in space: SpaceName) {
        let length = components.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        guard length > 0, length.isFinite else { return nil }
        self.init(components.map { Float(Double($0) / length) }, in: space)
    }
}

/// The sum of vectors, each times a weight; `nil` if there is none. A vector of another length than the first is left out.
func weightedSum(_ parts: [(vector: [Float]?, weight: Float)]) -> [Float]? {
    var sum: [Float]?
    for (vector, weight) in parts {
        guard let vector else { continue }
        var partial = sum ?? [Float](repeating: 0, count: vector.count)
        guard partial.count == vector.count else { continue }
        for axis in partial.indices { partial[axis] += weight * vector[axis] }
        sum = partial
    }
    return sum
}

/// A direction that units are compared with: a unit vector of one space, and how its cosines are read.
///
/// Some encoders give all texts cosines between .7 and .9. A cosine is therefore read against chance, the mean cosine
/// of the direction with all units of the space, which is its product with their mean vector:
///
/// *similarity* = (*cosine* − *chance*) / (1 − *chance*)
///
/// That alters no order within a space, and makes spaces comparable with each other and with words. In the space that
/// the library learned, chance is 0 up to some hundredths, and the similarity is the cosine.
package struct Direction: Hashable, Sendable {
    package var vector: SpaceVector
    /// The share of the space in the semantic side; the shares of all spaces of a query add up to 1.
    package var share: Double
    /// The mean cosine with the units of the space; 0 in the space that the library learned.
    package var chance: Double

    package init(_ vector: SpaceVector, share: Double = 1, chance: Double = 0) {
        self.vector = vector
        self.share = share
        self.chance = chance
    }

    /// A direction, read against the mean vector of its space; `nil` reads plain cosines.
    init(_ vector: SpaceVector, share: Double, against mean: [Float]?) {
        let chance = mean.map { mean in zip(mean, vector.components).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
        // A space whose vectors are all alike has no cosine beyond chance. Below 0, a unit without a vector would be
        // nearer than chance.
        self.init(vector, share: share, chance: max(0, min(chance ?? 0, 0.999)))
    }

    /// What a cosine with the direction adds to the semantic side.
    func part(ofCosine cosine: Double) -> Double {
        share * (chance == 0 ? cosine : max(0, (cosine - chance) / (1 - chance)))
    }
}
