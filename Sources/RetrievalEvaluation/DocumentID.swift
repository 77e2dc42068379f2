/// The name of a document, as its corpus spells it.
public struct DocumentID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The name.
    public let rawValue: String

    /// Creates the id of a name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Creates the id of a name.
    public init(_ name: String) {
        rawValue = name
    }

    /// Whether one id precedes another in the order of their names as strings.
    ///
    /// Documents of equal score are ranked in this order.
    public static func < (left: DocumentID, right: DocumentID) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension DocumentID: ExpressibleByStringLiteral, CustomStringConvertible {
    /// Creates the id of a literal name.
    public init(stringLiteral name: String) {
        rawValue = name
    }

    /// The name.
    public var description: String { rawValue }
}
